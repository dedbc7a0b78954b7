import io

from odoo import api, models
from odoo.tools import SQL

from ...rules import copy_text, import_match, import_rows, matching
from .roadmap_asset_due import MANUAL
from .roadmap_asset_said import MAKER_SOURCE

REQUIRED = ("name", "state")
# (column, type) of the rows as they are laid beside the assets.
ROW_COLUMNS = (
    ("number", "int"),
    ("roadmap_id", "int"),
    ("source", "varchar"),
    ("ref", "varchar"),
    ("own_ref", "int"),
    ("serial_key", "varchar"),
    ("name_key", "varchar"),
)


class RoadmapAsset(models.Model):
    """Lay the rows of an import beside the assets that are known, all at once."""

    _inherit = "roadmap.asset"

    @api.model
    def _import_copy(self, table, names, columns):
        """Rows into a table by PostgreSQL's COPY, which no INSERT comes near.

        :param columns: texts as of ``rules/copy_text.py``, of one or more names each; ticks are
            "t" and "f"
        """
        text = copy_text.table(columns)
        if not text:
            return
        fields = SQL(", ").join(map(SQL.identifier, names))
        statement = SQL("COPY %s (%s) FROM STDIN", SQL.identifier(table), fields)
        self.env.cr.copy_expert(statement.code, io.BytesIO(text.encode()))
        self.env.cr.sql_log_count += 1

    @api.model
    def _import_table(self, table, columns, rows):
        """A table of this transaction only, filled; ``columns``: (name, type)."""
        spec = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in columns
        )
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(table)))
        self.env.cr.execute(
            SQL("CREATE TEMP TABLE %s (%s) ON COMMIT DROP", SQL.identifier(table), spec)
        )
        cells = map(copy_text.column, zip(*rows, strict=True))
        self._import_copy(table, [name for name, _kind in columns], cells)
        self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    @api.model
    def _import_candidates(self, judged):
        """{row number: [Device]}: known assets of the row's client that it may be about."""
        self.flush_model()
        self.env["roadmap.asset.ref"].flush_model()
        self._import_table("roadmap_import_row", ROW_COLUMNS, map(self._import_identity, judged))
        clients = tuple({one.row.values["roadmap_id"] for one in judged})
        # What the planner believes of a client's assets is out of date while they are imported:
        # a nested loop over thousands of rows and assets would take minutes.
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        found = self.env.execute_query(self._import_candidates_sql(clients))
        self.env.cr.execute("SET LOCAL enable_nestloop = on")
        devices = {}
        for number, *values in found:
            devices.setdefault(number, []).append(import_match.Device(*values))
        return devices

    @api.model
    def _import_identity(self, one):
        values = one.row.values
        name = values.get("name")
        return (
            one.row.number,
            values["roadmap_id"],
            one.source,
            values.get("import_ref"),
            values.get("own_ref"),
            one.row.serial_key,
            import_rows.client_key(name) if name else None,
        )

    @api.model
    def _import_candidates_sql(self, clients):
        return SQL(
            r"""
            WITH known AS MATERIALIZED (
                SELECT id, roadmap_id, name, maker_key, serial_key,
                       (active IS NOT TRUE OR state = 'retired') AS gone,
                       lower(regexp_replace(btrim(name), '\s+', ' ', 'g')) AS name_key
                  FROM roadmap_asset WHERE roadmap_id IN %(clients)s
            ), refs AS MATERIALIZED (
                SELECT asset_id, roadmap_id, source, external_id
                  FROM roadmap_asset_ref WHERE roadmap_id IN %(clients)s
            ), found AS (
                SELECT said.number, known.id, 'serial' AS how
                  FROM roadmap_import_row said
                  JOIN known USING (roadmap_id, serial_key)
                UNION ALL
                SELECT said.number, known.id, 'own'
                  FROM roadmap_import_row said
                  JOIN known ON known.roadmap_id = said.roadmap_id AND known.id = said.own_ref
                UNION ALL
                SELECT said.number, refs.asset_id, 'ref'
                  FROM roadmap_import_row said
                  JOIN refs ON refs.roadmap_id = said.roadmap_id AND refs.source = said.source
                            AND refs.external_id = said.ref
                UNION ALL
                SELECT said.number, known.id, 'name'
                  FROM roadmap_import_row said JOIN known USING (roadmap_id, name_key)
            ), named AS (
                SELECT DISTINCT asset_id, source FROM refs
            )
            SELECT found.number, known.id, known.name, known.maker_key, known.serial_key,
                   known.gone, found.how, named.asset_id IS NOT NULL AND found.how <> 'ref'
              FROM found
              JOIN known ON known.id = found.id
              JOIN roadmap_import_row said ON said.number = found.number
              LEFT JOIN named ON named.asset_id = found.id AND named.source = said.source
             ORDER BY found.number, known.id
            """,
            clients=clients,
        )

    @api.model
    def _import_current(self, run, ids):
        """What stands now.

        :return: {id: {field: value}}, {(id, kind, source): (date, locked)}, {(id, source, ref)}
        """
        for model in ("roadmap.asset.date", "roadmap.asset.ref"):
            self.env[model].flush_model()
        names = ["id", *self._import_columns(run), "purchase_date", "warranty_end"]
        columns = SQL(", ").join(map(SQL.identifier, dict.fromkeys(names)))
        ids = tuple(ids)
        values = self.env.execute_query_dict(
            SQL("SELECT %s FROM roadmap_asset WHERE id IN %s", columns, ids)
        )
        dates = self.env.execute_query(
            SQL(
                "SELECT asset_id, kind, source, date, locked"
                " FROM roadmap_asset_date WHERE asset_id IN %s",
                ids,
            )
        )
        refs = self.env.execute_query(
            SQL(
                "SELECT asset_id, source, external_id FROM roadmap_asset_ref WHERE asset_id IN %s",
                ids,
            )
        )
        return (
            {vals["id"]: vals for vals in values},
            {tuple(row[:3]): tuple(row[3:]) for row in dates},
            set(refs),
        )

    @api.model
    def _import_columns(self, run):
        """The fields of an import that are columns of the asset itself, in a fixed order."""
        return sorted(run.fields - import_match.APART)

    @api.model
    def _import_changes(self, run, one, current):
        """{field: (old, new)} of what the row would change; new None: emptied on request."""
        values, dates, refs = current
        now, said = values[one.asset_id], one.row.values
        changes = {}
        for name in self._import_columns(run):
            if name in said and not self._import_same(name, now[name], said[name]):
                changes[name] = (now[name], said[name])
            elif run.options.get("clear") and name in one.row.blank and name not in REQUIRED:
                if now[name] not in (None, "", 0):
                    changes[name] = (now[name], None)
        for name, kind in import_match.DATES.items():
            source = MAKER_SOURCE if name == "maker_warranty_end" else one.source
            old, locked = dates.get((one.asset_id, kind, source), (None, False))
            new = said.get(name)
            if locked and source != MANUAL:
                continue  # what a person locked stays, whatever the source says later
            if new and source == MANUAL and old is None and now[name] == new:
                continue  # a list kept by hand that repeats what stands says nothing new
            if new and old != new:
                changes[name] = (old, new)
            elif run.options.get("clear") and name in one.row.blank and old:
                changes[name] = (old, None)
        ref = said.get("import_ref")
        if ref and (one.asset_id, one.source, ref) not in refs:
            changes["import_ref"] = (None, ref)
        return changes

    @api.model
    def _import_same(self, name, old, new):
        """Other spellings of one maker or serial number are no change."""
        if name == "maker":
            return matching.maker_key(old) == matching.maker_key(new)
        if name == "serial":
            return matching.serial_key(old) == matching.serial_key(new)
        if name == "purchase_cost":
            return abs((old or 0) - new) < 0.005
        return (old or None) == (new or None)
