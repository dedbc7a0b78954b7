from . import portal
from . import link
