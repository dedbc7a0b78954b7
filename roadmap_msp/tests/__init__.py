from . import test_client_roadmap
