"""Warranty look-ups of makers: an adapter each behind the small interface of `base.Lookup`.

No ORM here: keys and serial numbers in, dates out. What is asked, when, and where the dates go
is decided by the models.
"""

from .dell import DellLookup
from .hp import HpLookup
from .lenovo import LenovoLookup

LOOKUPS = {lookup.source: lookup for lookup in (DellLookup, HpLookup, LenovoLookup)}
