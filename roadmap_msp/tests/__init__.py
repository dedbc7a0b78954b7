from . import test_access_matrix
from . import test_client_link
from . import test_client_outbox
from . import test_client_roadmap
from . import test_plan_library
from . import test_portal_home
from . import test_asset_content
from . import test_asset_register
