from . import roadmap_asset_retire
from . import roadmap_asset_teach
