from . import roadmap_asset
from . import roadmap_asset_date
from . import roadmap_asset_ref
from . import roadmap_asset_type
from . import roadmap_lifecycle
