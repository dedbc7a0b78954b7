"""Takes and compares pictures of a database: its tables, columns and rows.

snapshot.py take DATABASE FILE
snapshot.py compare BEFORE AFTER records|everything
"""

import json
import sys
from pathlib import Path

# What a host's users work with; the addon's install may touch none of it.
RECORDS = """
    account_move account_move_line calendar_attendee calendar_event crm_lead crm_stage crm_team
    mail_activity mail_message product_pricelist product_product product_template res_company
    res_partner sale_order sale_order_line
""".split()
# What an install adds to and an uninstall must clear again.
CONFIGURATION = """
    ir_act_client ir_act_report_xml ir_act_server ir_act_url ir_act_window ir_actions ir_asset
    ir_config_parameter ir_cron ir_filters ir_model ir_model_access ir_model_constraint
    ir_model_fields ir_model_relation ir_rule ir_sequence ir_ui_menu ir_ui_view mail_activity_plan
    mail_activity_type mail_alias mail_message_subtype mail_template res_groups
    res_groups_privilege res_users uom_uom
""".split()
# What Odoo notes on the addon's own records as it makes them; uninstalling takes these along.
OWN_NOTES = ("ir.actions.server", "ir.cron", "roadmap.")
# Odoo itself forgets its notes on the foreign keys of dropped columns, those of sale_crm too.
KNOWN = {"ir_model_constraint": "WHERE type != 'f'"}


def row_of(table):
    # A new group for the administrator touches that user's contact, for any addon.
    if table == "res_partner":
        return (
            "to_jsonb(t) - CASE WHEN id IN (SELECT partner_id FROM res_users) "
            "THEN 'write_date' ELSE '' END"
        )
    return "to_jsonb(t)"


def take(database, path):
    import psycopg2

    with psycopg2.connect(dbname=database) as connection, connection.cursor() as cr:
        cr.execute(
            """SELECT table_name, array_agg(column_name::text ORDER BY column_name)
                 FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1"""
        )
        columns = dict(cr.fetchall())
        rows, counts = {}, {}
        for table in RECORDS:
            if table in columns:
                cr.execute(f'SELECT {row_of(table)} FROM "{table}" t ORDER BY id')
                rows[table] = [row for (row,) in cr.fetchall()]
        for table in CONFIGURATION:
            if table in columns:
                cr.execute(f'SELECT id FROM "{table}" {KNOWN.get(table, "")} ORDER BY id')
                counts[table] = [row_id for (row_id,) in cr.fetchall()]
        cr.execute("SELECT model || ' ' || name FROM ir_model_data WHERE module = 'roadmap_msp'")
        names = sorted(name for (name,) in cr.fetchall())
    Path(path).write_text(
        json.dumps(dict(columns=columns, rows=rows, counts=counts, names=names), default=str)
    )


def is_own_note(table, row):
    return table == "mail_message" and (row["model"] or "").startswith(OWN_NOTES)


def changed_records(before, after, own_notes_allowed):
    for table, old_rows in before["rows"].items():
        new_rows = {row["id"]: row for row in after["rows"].get(table, [])}
        for old in old_rows:
            new = new_rows.pop(old["id"], None)
            if new is None:
                yield f"{table} {old['id']}: deleted"
                continue
            for column, value in old.items():
                if new.get(column) != value:
                    yield f"{table} {old['id']}: {column} was {value!r}, is {new.get(column)!r}"
        for row_id, row in new_rows.items():
            if not (own_notes_allowed and is_own_note(table, row)):
                yield f"{table} {row_id}: new"


def traces(before, after):
    for table in sorted(after["columns"].keys() - before["columns"].keys()):
        yield f"table {table} is left"
    for table, old in before["columns"].items():
        new = after["columns"].get(table, [])
        yield from (f"column {table}.{name} is left" for name in sorted(set(new) - set(old)))
        yield from (f"column {table}.{name} is gone" for name in sorted(set(old) - set(new)))
    for table, old in before["counts"].items():
        new = after["counts"].get(table, [])
        if set(new) - set(old):
            yield f"{table}: left {sorted(set(new) - set(old))[:10]}"
        if set(old) - set(new):
            yield f"{table}: gone {sorted(set(old) - set(new))[:10]}"
    yield from (f"external id left: {name}" for name in after["names"])


def compare(before_path, after_path, scope):
    before, after = (json.loads(Path(path).read_text()) for path in (before_path, after_path))
    found = list(changed_records(before, after, own_notes_allowed=scope == "records"))
    if scope == "everything":
        found += traces(before, after)
    for line in found:
        print(line)
    return bool(found)


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    sys.exit({"take": take, "compare": compare}[command](*arguments))
