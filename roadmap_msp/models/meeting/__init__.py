from . import roadmap_agenda
from . import roadmap_agenda_line
from . import roadmap_cadence
from . import roadmap_meeting
from . import roadmap_meeting_move
from . import roadmap_meeting_topic
