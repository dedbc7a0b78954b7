"""Which known asset a row is about, and what the row would change. No ORM.

The order: client, maker and serial number; else our own id as the export wrote it; else the
source's own id; else the name within the client. A row that points at two devices is in conflict:
nobody guesses.
"""

from dataclasses import dataclass, field

STORED = ("new", "changed")
BAD = ("conflict", "archived", "refused")
"""What cannot be imported."""
VERDICTS = (*STORED, "unchanged", *BAD)
# Filled on the row, kept elsewhere than in a column of the asset.
DATES = {
    "purchase_date": "purchase",
    "warranty_end": "warranty_end",
    "maker_warranty_end": "warranty_end",
}
APART = frozenset((*DATES, "roadmap_id", "import_ref", "import_source", "own_ref"))


@dataclass(slots=True)
class Device:
    """A known asset; ``how``: "serial", "own", "ref" or "name", how the row could mean it."""

    id: int
    name: str
    maker_key: str
    serial_key: str
    gone: bool
    how: str
    other_ref: bool = False
    """The row's source knows it under another id."""


@dataclass(slots=True)
class Verdict:
    """``reason`` and ``other`` say why: another device's name or another row's number."""

    kind: str
    device: Device = None
    reason: str = ""
    other: str = ""
    changes: dict = field(default_factory=dict)


def find(row, candidates):
    """The device that a row is about.

    :param row: import_rows.Row
    :param candidates: Devices of the row's client that share serial key, id or name with it
    :return: Verdict "new", "changed" (known; what differs is not looked at here) or "conflict"
    """
    if not candidates:
        return _unknown(row)
    serials = _same_serial(row, [d for d in candidates if d.how == "serial"])
    # Our own id, which the export wrote, says it before the source's.
    refs = [d for how in ("own", "ref") for d in candidates if d.how == how]
    if len(serials) > 1:
        return Verdict("conflict", reason="serial_twice", other=serials[0].name)
    if serials and refs and refs[0].id != serials[0].id:
        return Verdict("conflict", serials[0], "two_devices", refs[0].name)
    if serials or refs:
        return Verdict("changed", (serials or refs)[0])
    names = [d for d in candidates if d.how == "name" and _may_be(row, d)]
    if len(names) > 1:
        return Verdict("conflict", reason="name_twice", other=names[0].name)
    return Verdict("changed", names[0]) if names else _unknown(row)


def _unknown(row):
    """A device that the client does not have yet."""
    return Verdict("new") if row.values.get("name") else Verdict("refused", reason="no_name")


def _same_serial(row, devices):
    """The same maker, else those where one side does not name it."""
    exact = [d for d in devices if d.maker_key == row.maker_key]
    if exact or not row.maker_key:
        return devices if not row.maker_key else exact
    return [d for d in devices if not d.maker_key]


def _may_be(row, device):
    """A name says little: another serial number or another id of this source is another device."""
    if row.serial_key and device.serial_key and row.serial_key != device.serial_key:
        return False
    return not (row.values.get("import_ref") and device.other_ref)


class Seen:
    """The rows so far, so that no device stands twice in a file."""

    def __init__(self):
        self.keys = {}
        self.devices = {}

    def twin(self, row, source, device=None):
        """The number of an earlier row of the same device, or None; then remembers this one."""
        values = row.values
        client = values["roadmap_id"]
        if device:
            earlier = self.devices.setdefault(device.id, row.number)
            if earlier != row.number:
                return earlier
        keys = []
        if values.get("import_ref"):
            keys.append((client, "ref", source, values["import_ref"]))
        if row.serial_key:
            earlier = self._serial_twin(client, row)
            if earlier is not None:
                return earlier
        elif not values.get("import_ref") and not device:
            keys.append((client, "name", values["name"].casefold()))
        for key in keys:
            earlier = self.keys.setdefault(key, row.number)
            if earlier != row.number:
                return earlier
        return None

    def _serial_twin(self, client, row):
        makers = self.keys.setdefault((client, "serial", row.serial_key), {})
        for maker, number in makers.items():
            if number != row.number and (not maker or not row.maker_key or maker == row.maker_key):
                return number
        makers[row.maker_key] = row.number
        return None
