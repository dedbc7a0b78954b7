from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules import copy_text, import_match
from .roadmap_asset_derive import DERIVED_FROM

SAID = ("import_ref", *import_match.DATES)
EFFECTIVE = ("purchase_date", "warranty_end")
LOGGED = ("create_uid", "write_uid", "create_date", "write_date")


class RoadmapAsset(models.Model):
    """Store the rows of an import, in the same words as ``create()`` and ``write()`` would.

    New assets: the columns that computes would give come from ``roadmap_asset_derive.py``, whose
    values a test holds equal with the computes; any other stored compute is left to the ORM.
    """

    _inherit = "roadmap.asset"

    @api.model
    def _import_store(self, run, judged):
        """Store what is new or changed; sets ``asset_id`` on each."""
        new = [one for one in judged if one.verdict.kind == "new"]
        changed = [one for one in judged if one.verdict.kind == "changed"]
        if not new and not changed:
            return
        self._import_lock({one.row.values["roadmap_id"] for one in new + changed})
        if changed:
            self._import_update(run, changed)
        if new:
            self._import_create(run, new)
        for one in new:
            run.seen.devices[one.asset_id] = one.row.number

    @api.model
    def _import_lock(self, clients):
        """One import at a time for a client: two would not see each other's new devices.

        :raises UserError: another one is at work
        """
        free = self.env.execute_query(
            SQL(
                "SELECT bool_and(pg_try_advisory_xact_lock(hashtext('roadmap.asset'), client))"
                "  FROM unnest(%s) AS client",
                sorted(clients),
            )
        )[0][0]
        if not free:
            raise UserError(
                self.env._("Another import for the same client is at work. Try again in a minute.")
            )

    @api.model
    def _import_create(self, run, new):
        """COPY the new assets into their table, then their dates and ids."""
        said = [self._import_said(one) for one in new]
        today = fields.Date.context_today(self)
        rows = [
            {**one.row.values, **self._effective_dates(told), "serial_key": one.row.serial_key}
            for one, told in zip(new, said, strict=True)
        ]
        for values in rows:
            if values.get("state") == "retired":
                values["retired_on"] = today
        assets, given = self._import_insert(rows)
        for one, asset_id in zip(new, assets._ids, strict=True):
            one.asset_id = asset_id
        self._import_created(assets, given)
        assets._store_said(said, fresh=True)

    @api.model
    def _import_said(self, one):
        """What the source says, in the form of :meth:`_store_said`."""
        values = one.row.values
        said = {name: values[name] for name in SAID if name in values}
        said["import_source"] = one.source
        said["dates"] = self._said_dates(said)
        return said

    @api.model
    def _import_defaults(self):
        """The default values of columns, asked for once."""
        names = [
            name
            for name, field in self._fields.items()
            if field.store and field.column_type and not field.compute and field.default
        ]
        return {name: value for name, value in self.default_get(names).items() if name in names}

    @api.model
    def _import_insert(self, rows):
        """Insert by COPY under ids taken from the sequence.

        Returns the assets and the fields that were given.
        """
        defaults = self._import_defaults()
        derive = self._derivation(rows)
        derived = [derive(values) for values in rows]
        said = set().union(*rows) - import_match.APART | {"roadmap_id", *EFFECTIVE}
        own = sorted(said - {*DERIVED_FROM})
        follows = set().union(*{id(follow): follow for follow in derived}.values())
        shared = sorted((said | follows | {*defaults}) - {*own})
        ids = self._import_ids(len(rows))
        columns = [
            map(str, ids),
            *(
                copy_text.column(
                    self._import_cell(name, values.get(name, defaults.get(name))) for values in rows
                )
                for name in own
            ),
            self._import_shared(shared, defaults, rows, derived),
        ]
        self._import_copy(self._table, ("id", *own, *shared, *LOGGED), columns)
        return self.browse(ids), {self._fields[name] for name in (*own, *shared)}

    @api.model
    def _import_shared(self, names, defaults, rows, derived):
        """What rows that agree in DERIVED_FROM have in common, written once for all of them."""
        stamp = (self.env.uid, self.env.uid, self.env.cr.now(), self.env.cr.now())
        written = {}
        for values, follow in zip(rows, derived, strict=True):
            if id(follow) not in written:
                values = {**defaults, **follow, **values}
                cells = [self._import_cell(name, values.get(name)) for name in names]
                written[id(follow)] = copy_text.line((*cells, *stamp))
        return [written[id(follow)] for follow in derived]

    @api.model
    def _import_ids(self, count):
        """So many new ids."""
        return [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    # The name of the sequence is looked up once, not for each row.
                    "SELECT nextval(seq.id) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass"
                    "   AS id OFFSET 0) seq, generate_series(1, %s)",
                    self._table,
                    count,
                )
            )
        ]

    @api.model
    def _import_cell(self, name, value):
        """A value for COPY; False is "nothing" for all but a tick, which it unticks."""
        if self._fields[name].type == "boolean":
            return "t" if value else "f"
        return None if value is False else value

    @api.model
    def _import_created(self, assets, given):
        """What follows on new records: computes that we did not fill, constraints, rules."""
        with self.env.protecting([field for field in given if field.compute], assets):
            for field in self._fields.values():
                if field.store and field.compute and field not in given and field.column_type:
                    self.env.add_to_compute(field, assets)
            assets.modified(self._fields, create=True)
        assets._validate_fields(field.name for field in given)
        assets._import_check_create()

    def _import_check_create(self):
        """As ``check_access("create")``, by one query instead of a look at each record."""
        self.browse().check_access("create")
        if self.env.su:
            return
        rule = self.env["ir.rule"]._compute_domain(self._name, "create")
        everything = self.sudo().with_context(active_test=False)
        if everything.search_count(Domain("id", "in", self.ids) & Domain(rule)) < len(self):
            self.check_access("create")
