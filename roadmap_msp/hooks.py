"""What uninstalling does beside the data files."""

from odoo.tools import SQL


def uninstall_hook(env):
    """Take our records off native ones before the tables go, so that no reference blocks it.

    Opportunities, quotations, orders and calendar events stay: they are the MSP's own. Our booking
    activities go; so do ratings of meetings, whose records vanish with the tables.
    """
    reasons = env["crm.lost.reason"].browse()
    for name in ("crm_lost_reason_ended", "crm_lost_reason_year_over"):
        reasons |= env.ref(f"roadmap_msp.{name}", raise_if_not_found=False) or reasons
    everything = {"active_test": False, "tracking_disable": True}
    leads = env["crm.lead"].with_context(**everything)
    leads.search([("lost_reason_id", "in", reasons.ids)]).lost_reason_id = False
    types = env["ir.model.data"].search(
        [("module", "=", "roadmap_msp"), ("model", "=", "mail.activity.type")]
    )
    activities = env["mail.activity"].with_context(**everything)
    activities.search([("activity_type_id", "in", types.mapped("res_id"))]).unlink()
    env["rating.rating"].search([("res_model", "=like", "roadmap.%")]).unlink()
    env.flush_all()
    _take_reminders_off(env)
    _release_foreign_keys(env)


def _take_reminders_off(env):
    """Our reminder of the day before: without us Odoo would mail it to the clients itself."""
    alarm = env.ref("roadmap_msp.alarm_day_before", raise_if_not_found=False)
    if alarm:
        env.cr.execute(
            SQL(
                "DELETE FROM calendar_alarm_calendar_event_rel WHERE calendar_alarm_id = %s",
                alarm.id,
            )
        )


def _release_foreign_keys(env):
    """Let go of records that our rows would forbid to delete; the rows vanish with their tables.

    Odoo deletes the records of our data files (tiers, agendas, products of the demo) before the
    tables. A reference that may be empty is emptied, of a required one the foreign key goes.
    """
    keys = env.execute_query(
        SQL(
            """
            SELECT t.relname, k.conname, a.attname, a.attnotnull
              FROM pg_constraint k
              JOIN pg_class t ON t.oid = k.conrelid
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
             WHERE k.contype = 'f'
               AND k.confdeltype IN ('a', 'r')
               AND t.relname = ANY(%s)
               AND t.relnamespace = current_schema::regnamespace
            """,
            sorted(_own_tables(env)),
        )
    )
    for table, key, column, required in keys:
        names = SQL.identifier(table), SQL.identifier(key if required else column)
        if required:
            env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", *names))
        else:
            env.cr.execute(SQL("UPDATE %s SET %s = NULL", *names))
    env.invalidate_all()


def _own_tables(env):
    """Tables of our models and of the many2many fields between them and others."""
    tables = set()
    for model in env.registry.values():
        if model._name.startswith("roadmap.") and model._auto and not model._abstract:
            tables.add(model._table)
            tables.update(
                field.relation
                for field in model._fields.values()
                if field.type == "many2many" and field.store and field.relation
            )
    return tables
