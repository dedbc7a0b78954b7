from . import calendar_event
from . import crm_lead
from . import ir_http
from . import res_company
from . import res_config_settings
from . import res_partner
from . import sale_order
from . import sale_order_line
