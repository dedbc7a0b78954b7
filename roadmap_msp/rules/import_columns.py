"""Which column of an export means which field of an asset, for the tools that MSPs use."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A field that a column can fill. ``names`` are headings that mean it, best first."""

    field: str
    kind: str
    names: str
    limit: int = 200
    """Characters; longer is a mistake in the file rather than a value."""
    lines: bool = False
    """It may have several lines."""


# A heading is compared without punctuation and capitals. The names stand in the exports of remote
# management, service desks, network inventories and makers' portals, and in our own export.
TARGETS = (
    Target(
        "roadmap_id",
        "client",
        "client|customer|company|client name|customer name|company name|organization"
        "|organisation|organization name|account|account name|tenant|customer organization",
    ),
    Target(
        "import_ref",
        "ref",
        "source s id|device id|configuration id|config id|asset id|agent id|device uid"
        "|computer id|uid|uuid|guid|id|asset tag|external id|known as source s id|machine id",
    ),
    Target(
        "name",
        "text",
        "name|device name|hostname|host name|computer name|system name|configuration name"
        "|asset name|machine name|friendly name|device|netbios name|endpoint name",
    ),
    Target(
        "type_id",
        "type",
        "type|device class|device type|configuration type|asset type|chassis type|category"
        "|class|node class|device role|product type|form factor",
    ),
    Target("maker", "text", "maker|manufacturer|vendor|make|brand|system manufacturer|oem"),
    Target(
        "model",
        "text",
        "model|model number|product|model name|product name|system model|device model"
        "|product description|machine type model",
    ),
    Target(
        "serial",
        "text",
        "serial number|serial|s n|sn|serial no|service tag|bios serial number|serialnumber"
        "|device serial|system serial number|serial number service tag",
    ),
    Target(
        "operating_system",
        "text",
        "operating system|os|os type|os name|os version|firmware|firmware version"
        "|operating system name|platform|os full name|osname",
    ),
    Target(
        "user_name",
        "text",
        "used by|last logged in user|last logged on user|user|contact|primary user|owner"
        "|assigned to|assigned user|last user|logged in user|last login user|username",
    ),
    Target("partner_id", "contact", "client s contact|contact of the client"),
    Target("parent_id", "parent", "part of|parent device|parent asset"),
    Target("site", "text", "site|location|site name|office|branch|address name|location name"),
    Target(
        "memory_gb", "memory", "memory gb|memory|ram|ram gb|total memory|installed memory|total ram"
    ),
    Target("disk_type", "disk", "disk|disk type|drive type|storage type|media type"),
    Target(
        "purchase_date",
        "date",
        "purchased|purchase date|date purchased|date of purchase|installed|install date"
        "|installation date|ship date|shipped|shipping date|original ship date|bought on"
        "|invoice date|order date|acquired|warranty start|warranty start date|start date",
    ),
    Target(
        "warranty_end",
        "date",
        "warranty end|warranty expiry|warranty expires|warranty expiration|support until"
        "|warranty expiration date|warranty end date|warranty expiry date|warranty date"
        "|expires|end date|coverage end date|support end date|expiration date|contract end",
    ),
    Target(
        "maker_warranty_end",
        "date",
        "warranty end maker|vendor warranty end|manufacturer warranty end|oem warranty end"
        "|maker warranty end",
    ),
    Target(
        "purchase_cost", "money", "purchase cost|cost|purchase price|price paid|unit cost|price"
    ),
    Target("state", "state", "asset state|asset status|lifecycle state"),
    Target("vendor_id", "vendor", "bought from|supplier|reseller|purchased from|seller"),
    Target(
        "invoice_ref",
        "text",
        "vendor s invoice|invoice|invoice number|invoice no|invoice ref|supplier invoice",
    ),
    Target("note", "text", "note|notes|comment|comments|description|remarks", 4_000, True),
    Target("import_source", "source", "source|known as source"),
    Target("own_ref", "own", "register id"),
)
BY_FIELD = {target.field: target for target in TARGETS}
_WORD = re.compile(r"[^a-z0-9]+")


def heading_key(text):
    """A heading for comparing: "Serial_Number (S/N)" and "serial number s n" are the same."""
    return " ".join(_WORD.sub(" ", text.lower()).split())


def guess(head, remembered=None):
    """A field or None for every column; no field twice.

    :param list head: the headings
    :param dict remembered: {heading_key: field or None}, what was chosen the last time
    """
    keys = [heading_key(title) for title in head]
    remembered = remembered or {}
    found = [None] * len(head)
    taken = set()
    for place, key in enumerate(keys):
        field = remembered.get(key)
        if field in BY_FIELD and field not in taken:
            found[place] = field
            taken.add(field)
    for target in TARGETS:
        if target.field in taken:
            continue
        for name in (*target.names.split("|"), heading_key(target.field)):
            place = next(
                (
                    n
                    for n, key in enumerate(keys)
                    if key == name and found[n] is None and key not in remembered
                ),
                None,
            )
            if place is not None:
                found[place] = target.field
                break
    return found
