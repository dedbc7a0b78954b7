from . import roadmap_decision
from . import roadmap_item
from . import roadmap_item_line
from . import roadmap_item_template
from . import roadmap_item_template_line
from . import roadmap_proposal
from . import roadmap_proposal_line
