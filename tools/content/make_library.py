"""Write the item library as Odoo data from its two source files.

    python tools/content/make_library.py

Reads source/recommendations.psv (the money) and source/recommendation_summaries.psv (the why, in
the client's words) and writes roadmap_msp/data/plan_item_templates.xml. The external id of a
template is item_template_<code>, that of its lines item_template_line_<code>_<one_off|recurring>.
"""

import re
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
TARGET = HERE.parents[1] / "roadmap_msp" / "data" / "plan_item_templates.xml"

UNITS = {
    "firm": "firm",
    "seat": "seat",
    "user": "user",
    "device": "device",
    "server": "server",
    "site": "site",
    "AP": "ap",
    "door": "door",
    "drop": "drop",
    "line": "line",
    "room": "room",
    "terminal": "terminal",
    "test": "test",
}
# Sold for the devices that the item names, not for every device that the client owns.
PER_ASSET = {
    *("R-103", "R-104", "R-105", "R-107", "R-108", "R-109", "R-110", "R-111", "R-113", "R-114"),
    *("R-115", "R-120", "R-123", "R-209"),
}
# A share of the units: a quarter of the seats a year, a spare for twenty devices, a key for one
# person in five.
QUANTITY = {("R-101", "one_off"): 0.25, ("R-118", "one_off"): 0.05, ("R-318", "one_off"): 0.2}
# Bought or rented, never both.
EITHER_OR = {"R-115": "buy or rent"}
# The period where the source names an occasion instead, and the unit where it names a period.
SPECIAL_RECURRING = {"year": ("server", "year"), "test": ("test", "quarter")}
ONE_OFF_NAMES = {
    "goods": "Equipment",
    "goods + labour": "Equipment and set-up",
    "goods + project": "Equipment and project work",
    "goods + subscription": "Equipment and set-up",
    "project": "Project work",
    "project + licence": "Licence and project work",
    "third party": "Work by a third party",
    "third party + project": "Application and project work",
    "service": "Service",
    "agreement service": "Service",
    "warranty": "Warranty",
}
RECURRING_NAMES = {"warranty": "Warranty extension", "agreement service": "Service"}


def main():
    summaries = dict(read("recommendation_summaries.psv", 2))
    records = [template(row, summaries[row[0]]) for row in read("recommendations.psv", 13)]
    head = '<?xml version="1.0" encoding="utf-8"?>\n<odoo noupdate="1">\n'
    TARGET.write_text(head + "".join(records) + "</odoo>\n", encoding="utf-8")
    print(f"{len(records)} templates -> {TARGET}")


def read(name, width):
    """The rows of a file; a row of another width is an error that names its line."""
    lines = (SOURCE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.strip()]
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise SystemExit(f"{name}:{number}: {len(row)} fields instead of {width}")
    return rows


def slug(text):
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def template(row, summary):
    code, name, category, low, high, unit, rec_low, rec_high, rec_unit = row[:9]
    product_type, due_days, covered, visible = row[9:]
    values = [
        ("name", name),
        ("code", code),
        ("summary", summary),
        ("product_type", product_type),
        ("due_days", due_days),
        ("category_id", {"ref": f"category_{slug(category)}"}),
        ("currency_id", {"ref": "base.USD"}),
        ("may_be_covered", {"eval": str(covered == "1")}),
        ("client_visible", {"eval": str(visible == "1")}),
    ]
    found = record(f"item_template_{slug(code)}", "roadmap.item.template", values)
    if unit:
        found += line(code, "one_off", unit, None, low, high, product_type)
    if rec_unit:
        base, _, period = rec_unit.rpartition("/")
        unit, period = SPECIAL_RECURRING.get(rec_unit, (base or "firm", period))
        found += line(code, "recurring", unit, period, rec_low, rec_high, product_type)
    return found


def line(code, kind, unit, period, low, high, product_type):
    if kind == "one_off":
        name = ONE_OFF_NAMES.get(product_type, "Set-up")
    else:
        name = RECURRING_NAMES.get(product_type, "Subscription")
    values = [
        ("template_id", {"ref": f"item_template_{slug(code)}"}),
        ("name", name),
        ("sequence", {"one_off": "10", "recurring": "20"}[kind]),
        ("kind", kind),
        ("period", period),
        ("unit", UNITS[unit]),
        ("quantity", str(QUANTITY.get((code, kind), "")) or None),
        ("per_asset", {"eval": "True"} if code in PER_ASSET else None),
        ("option_group", EITHER_OR.get(code)),
        ("price_low", low),
        ("price_high", high),
    ]
    return record(f"item_template_line_{slug(code)}_{kind}", "roadmap.item.template.line", values)


def record(xmlid, model, values):
    rows = [f'    <record id="{xmlid}" model="{model}">\n']
    for name, value in values:
        if isinstance(value, dict):
            attributes = " ".join(f'{key}="{text}"' for key, text in value.items())
            rows.append(f'        <field name="{name}" {attributes}/>\n')
        elif value is not None:
            rows.append(f'        <field name="{name}">{escape(value)}</field>\n')
    return "".join([*rows, "    </record>\n"])


if __name__ == "__main__":
    main()
