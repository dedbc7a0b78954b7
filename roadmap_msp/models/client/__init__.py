from . import roadmap_category
from . import roadmap_link
from . import roadmap_outbox
from . import roadmap_roadmap
from . import roadmap_stakeholder
from . import roadmap_tier
