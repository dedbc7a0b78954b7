"""Make one record out of two, whatever refers to them.

Odoo's contact merge re-points foreign keys too, but deletes rows that would break a constraint and
fails on a unique index. Here such a row is merged into its twin first, however deep that goes.
"""

import re

from odoo.tools import SQL


def merge_record(env, model, src_id, dst_id):
    """Re-point everything that refers to record `src_id` of `model` to `dst_id`; drop `src_id`.

    Both are ids of the same model. Values of the record that stays are kept. Works in SQL and
    leaves the cache invalidated, for stored related fields move along with the rows they stand in.
    """
    env.flush_all()
    _merge(env, model, src_id, dst_id)
    env.invalidate_all()


def _merge(env, model, src_id, dst_id):
    wizard = env["base.partner.merge.automatic.wizard"]
    table = env[model]._table
    for child, column in wizard._get_fk_on(table):
        _merge_twins(env, child, column, src_id, dst_id)
        env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE %s = %s",
                SQL.identifier(child),
                SQL.identifier(column),
                dst_id,
                SQL.identifier(column),
                src_id,
            )
        )
    env.invalidate_all()
    src, dst = env[model].browse(src_id), env[model].browse(dst_id)
    wizard._update_reference_fields_generic(model, src, dst)
    _repoint_by_name(env, model, src_id, dst_id)
    env.flush_all()
    env.cr.execute(SQL("DELETE FROM %s WHERE id = %s", SQL.identifier(table), src_id))
    env.invalidate_all()


def _merge_twins(env, table, column, src_id, dst_id):
    """Merge the rows of `table` that could not follow to `dst_id` without breaking an index."""
    for keys, predicate in _unique_indexes(env, table, column):
        same = SQL(" AND ").join(
            [
                # There may be one row only, where the index has no other key.
                SQL("TRUE"),
                *(
                    SQL("s.%s = d.%s", SQL.identifier(f"k{number}"), SQL.identifier(f"k{number}"))
                    for number, key in enumerate(keys)
                    if not re.search(rf"\b{column}\b", key)
                ),
            ]
        )
        rows = SQL(
            "SELECT *, ctid AS row_place, %s FROM %s WHERE %s",
            SQL(", ").join(
                # Expressions come from the database's own catalogue.
                SQL("(%s) AS %s", SQL(key.replace("%", "%%")), SQL.identifier(f"k{number}"))
                for number, key in enumerate(keys)
            ),
            SQL.identifier(table),
            SQL((predicate or "TRUE").replace("%", "%%")),
        )
        if model := _model_of(env, table):
            pairs = env.execute_query(
                SQL(
                    "SELECT s.id, d.id FROM (%s) s JOIN (%s) d ON %s WHERE s.%s = %s AND d.%s = %s",
                    rows,
                    rows,
                    same,
                    SQL.identifier(column),
                    src_id,
                    SQL.identifier(column),
                    dst_id,
                )
            )
            for twin_id, kept_id in pairs:
                _merge(env, model, twin_id, kept_id)
        else:
            env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE ctid IN (SELECT s.row_place FROM (%s) s JOIN (%s) d"
                    " ON %s WHERE s.%s = %s AND d.%s = %s)",
                    SQL.identifier(table),
                    rows,
                    rows,
                    same,
                    SQL.identifier(column),
                    src_id,
                    SQL.identifier(column),
                    dst_id,
                )
            )


def _unique_indexes(env, table, column):
    """[(key expressions, predicate or None)] of the unique indexes that `column` is a part of.

    Also of those that hold it within an expression, as in "COALESCE(roadmap_id, 0)".
    """
    return env.execute_query(
        SQL(
            """
            SELECT array_agg(pg_get_indexdef(i.indexrelid, k.position, TRUE) ORDER BY k.position),
                   pg_get_expr(i.indpred, i.indrelid)
              FROM pg_index i
              JOIN pg_class c ON c.oid = i.indrelid
             CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) AS k(position)
             WHERE i.indisunique
               AND c.relname = %s
               AND c.relnamespace = current_schema::regnamespace
             GROUP BY i.indexrelid, i.indpred, i.indrelid
            HAVING bool_or(pg_get_indexdef(i.indexrelid, k.position, TRUE) ~ %s)
            """,
            table,
            rf"\m{column}\M",
        )
    )


def _model_of(env, table):
    """The name of the model that is stored in `table`; None for a many2many table."""
    for model in env.registry.values():
        if model._table == table and not model._abstract and model._auto:
            return model._name
    return None


def _repoint_by_name(env, model, src_id, dst_id):
    """Our own links by model name and id, which are no foreign keys."""
    for other in env.registry.values():
        if not other._name.startswith("roadmap.") or other._abstract or not other._auto:
            continue
        for field in other._fields.values():
            if field.type == "many2one_reference" and field.store:
                env.cr.execute(
                    SQL(
                        "UPDATE %s SET %s = %s WHERE %s = %s AND %s = %s",
                        SQL.identifier(other._table),
                        SQL.identifier(field.name),
                        dst_id,
                        SQL.identifier(field.model_field),
                        model,
                        SQL.identifier(field.name),
                        src_id,
                    )
                )
