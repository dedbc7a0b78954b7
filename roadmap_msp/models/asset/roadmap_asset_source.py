from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import matching
from .roadmap_asset_due import MANUAL

HELPERS = ("import_source", "import_ref", "own_ref", "maker_warranty_end")


class RoadmapAsset(models.Model):
    """What a source says about assets: its id, its dates; and no device twice.

    The screen of Odoo's own import, a form and a script all pass through here: ``create()`` refuses
    duplicates, takes what a source says by the engine's rules, and stores the dates by source. See
    ``roadmap_asset_load.py`` for both and for matching.
    """

    _inherit = "roadmap.asset"

    import_source = fields.Char(
        "Source",
        store=False,
        help="For imports: the tool that the file comes from. Dates are kept under this name.",
    )
    import_ref = fields.Char(
        "Source's Id", store=False, help="For imports: the id under which the source knows it."
    )
    own_ref = fields.Char(
        "Register Id",
        store=False,
        help="For imports: the id that our export wrote, by which each of its rows is found again.",
    )
    maker_warranty_end = fields.Date(
        "Warranty End (Maker)",
        store=False,
        help="For imports: the end of warranty as the maker's look-up gave it, a second source.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            self._tidy_values(vals) if vals.get("import_source") else dict(vals)
            for vals in vals_list
        ]
        self._refuse_nameless(vals_list)
        said = [self._pop_said(vals, ("purchase_date", "warranty_end")) for vals in vals_list]
        self._refuse_serials(
            [
                (v.get("roadmap_id"), v.get("maker"), v.get("serial"), v.get("name"))
                for v in vals_list
            ]
        )
        self._refuse_refs(
            [
                (vals.get("roadmap_id"), *self._source_ref(row), vals.get("name"))
                for vals, row in zip(vals_list, said, strict=True)
            ]
        )
        fresh = not any(vals.get("date_ids") for vals in vals_list)
        for vals, row in zip(vals_list, said, strict=True):
            if fresh:
                vals.update(self._effective_dates(row))
        # Odoo looks up the properties of each type on its own: all types are read once before.
        self.env["roadmap.asset.type"].browse(
            {vals["type_id"] for vals in vals_list if vals.get("type_id")}
        ).mapped("asset_properties_definition")
        # They come by the thousand: no "created" note and no follower for each. Who made it, and
        # when, stands on the record; later changes are tracked.
        quiet = self.with_context(roadmap_dates_said=fresh, tracking_disable=True)
        assets = super(RoadmapAsset, quiet).create(vals_list)
        assets = assets.with_env(self.env)
        assets._store_said(said, fresh)
        return assets

    def write(self, vals):
        vals = dict(vals)
        dates = ("purchase_date", "warranty_end") if vals.get("import_source") else ()
        said = self._pop_said(vals, dates)
        if {"serial", "maker", "roadmap_id"} & vals.keys():
            self._refuse_serials([asset._identity(vals) for asset in self], self)
        res = super().write(vals)
        if {"purchase_date", "warranty_end"} & vals.keys():
            # Protected while their own inverse ran: the other sources may decide now, and what
            # follows from these dates with them.
            for fname in ("purchase_date", "warranty_end"):
                self.env.add_to_compute(self._fields[fname], self)
            self.modified(["purchase_date", "warranty_end"])
        if said:
            self._store_said([said] * len(self))
        return res

    @api.model
    def _refuse_nameless(self, vals_list):
        """Raise for a row without client or name, in words instead of the database's."""
        for vals in vals_list:
            for fname in ("roadmap_id", "name"):
                vals.setdefault(fname, self.env.context.get(f"default_{fname}"))
            if not vals["roadmap_id"]:
                raise ValidationError(
                    self.env._('"%s" has no client that we know.', vals["name"] or "?")
                )
            if not vals["name"]:
                raise ValidationError(
                    self.env._(
                        "An asset needs a Name (serial number %s).", vals.get("serial") or "-"
                    )
                )

    @api.model
    def _pop_said(self, vals, dates):
        """Take what a source says out of the values of the asset itself."""
        names = (*HELPERS, *dates)
        said = {name: vals.pop(name) for name in names if name in vals}
        said = {name: value for name, value in said.items() if value}
        return {**said, "dates": self._said_dates(said)} if said else {}

    @api.model
    def _source_ref(self, said):
        """(source, its id) or (None, None)."""
        ref = said.get("import_ref")
        return (said.get("import_source") or MANUAL, ref) if ref else (None, None)

    def _identity(self, vals=None):
        self.ensure_one()
        vals = {**{name: self[name] for name in ("maker", "serial", "name")}, **(vals or {})}
        return (
            vals.get("roadmap_id") or self.roadmap_id.id,
            *map(vals.get, ("maker", "serial", "name")),
        )

    @api.model
    def _refuse_serials(self, identities, own=None):
        """Raise when a serial number would stand twice for one client and maker.

        :param identities: (roadmap id, maker, serial, name) of what is to be stored
        :param own: the assets that these are, when they exist already
        """
        wanted = [
            (roadmap_id, matching.serial_key(serial), matching.maker_key(maker), serial, name)
            for roadmap_id, maker, serial, name in identities
        ]
        wanted = [row for row in wanted if row[1]]
        if not wanted:
            return
        seen = defaultdict(list)
        known = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("roadmap_id", "in", list({row[0] for row in wanted})),
                    ("serial_key", "in", list({row[1] for row in wanted})),
                    ("id", "not in", own.ids if own else []),
                ],
                ["roadmap_id", "serial_key", "maker_key", "name", "active", "state"],
            )
        )
        for asset in known:
            gone = not asset.active or asset.state == "retired"
            seen[asset.roadmap_id.id, asset.serial_key].append((asset.maker_key, asset.name, gone))
        for roadmap_id, key, maker, serial, name in wanted:
            for other_maker, other_name, gone in seen[roadmap_id, key]:
                if not maker or not other_maker or maker == other_maker:
                    raise ValidationError(self._duplicate_message(serial, name, other_name, gone))
            seen[roadmap_id, key].append((maker, name, False))

    @api.model
    def _duplicate_message(self, serial, name, other_name, gone):
        values = {"serial": serial, "name": name, "other": other_name}
        if gone:
            return self.env._(
                'Serial number %(serial)s of "%(name)s" belongs to "%(other)s", which this client '
                "has retired or archived. Bring that asset back, or correct the serial number.",
                **values,
            )
        return self.env._(
            'Serial number %(serial)s of "%(name)s" already belongs to "%(other)s" of the same '
            "client. Leave this row out, or correct its serial number.",
            **values,
        )

    @api.model
    def _refuse_refs(self, rows):
        """Raise when a source would use one id for two assets of a client."""
        rows = [row for row in rows if row[2]]
        if not rows:
            return
        known = (
            self.env["roadmap.asset.ref"]
            .sudo()
            .search_fetch(
                [
                    ("roadmap_id", "in", list({row[0] for row in rows})),
                    ("external_id", "in", list({row[2] for row in rows})),
                ],
                ["roadmap_id", "source", "external_id", "asset_id"],
            )
        )
        seen = {(r.roadmap_id.id, r.source, r.external_id): r.asset_id.name for r in known}
        for roadmap_id, source, ref, name in rows:
            other = seen.get((roadmap_id, source, ref))
            if other is not None:
                raise ValidationError(
                    self.env._(
                        'The id %(ref)s of "%(name)s" stands twice: %(tool)s uses it for '
                        '"%(other)s" of the same client already. Correct the id of this row.',
                        ref=ref,
                        name=name,
                        tool=source,
                        other=other,
                    )
                )
            seen[roadmap_id, source, ref] = name
