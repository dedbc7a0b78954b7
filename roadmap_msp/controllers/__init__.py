from . import portal
from . import link
from . import order
from . import plan
from . import meeting
from . import assets
