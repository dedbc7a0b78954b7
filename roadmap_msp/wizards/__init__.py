from . import roadmap_asset_retire
from . import roadmap_asset_teach
from . import roadmap_meeting_booking
from . import roadmap_onboarding
