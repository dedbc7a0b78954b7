from . import test_client_roadmap
from . import test_access_matrix
