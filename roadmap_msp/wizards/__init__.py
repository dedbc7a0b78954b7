from . import roadmap_asset_retire
from . import roadmap_asset_teach
from . import roadmap_meeting_booking
from . import roadmap_onboarding
from . import roadmap_answer_return
from . import roadmap_assessment_sheet
from . import roadmap_finding_close
from . import roadmap_questionnaire_send
