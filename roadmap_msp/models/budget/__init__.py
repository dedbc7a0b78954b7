from . import roadmap_contract
from . import roadmap_forecast
from . import roadmap_forecast_query
from . import roadmap_forecast_arms
from . import roadmap_forecast_devices
from . import roadmap_forecast_actuals
from . import roadmap_forecast_year
from . import roadmap_roadmap_budget
