from odoo import api, models
from odoo.exceptions import ValidationError

from ...rules import matching
from .roadmap_asset_due import MANUAL


class RowRefused(Exception):
    """Some row of a batch was refused."""


class RoadmapAsset(models.Model):
    """Odoo's own import screen: the template file, and rows that we know already.

    A row that names its source is looked up first: by the source's own id, else by client, maker
    and serial number, else by name where one side has no serial number; never an asset to which
    that source has given another id. What is found is updated; empty cells leave values alone.
    Everything else is created, so a device that stands twice in one file is refused with its row.
    """

    _inherit = "roadmap.asset"

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Assets"),
                "template": "/roadmap_msp/static/xls/asset_import_template.xlsx",
            }
        ]

    @api.model
    def _load_records(self, data_list, update=False):
        if not update and not any(data.get("xml_id") for data in data_list):
            source = self.env.context.get("default_import_source")
            for data in data_list if source else ():
                data["values"].setdefault("import_source", source)
            self._match_rows(data_list)
        try:
            return super()._load_records(data_list, update)
        except ValidationError as error:
            if len(data_list) > 1:
                # Odoo would name the first row of the batch. After any other error it goes row
                # by row and names the right one.
                raise RowRefused from error
            raise

    @api.model
    def _match_rows(self, data_list):
        """Give the id of the known asset to every row that names its source."""
        rows = [
            data["values"]
            for data in data_list
            if not data.get("xml_id")
            and not data["values"].get("id")
            and data["values"].get("import_source")
            and data["values"].get("roadmap_id")
        ]
        if not rows:
            return
        by_ref, by_key, sources = self._known_identities(rows)
        for vals in rows:
            found = self._known_asset(vals, by_ref, by_key, sources)
            if found:
                for name in [name for name, value in vals.items() if value in (False, None, "")]:
                    del vals[name]
                vals["id"] = found

    @api.model
    def _known_identities(self, rows):
        """Three look-ups, for the clients of these rows only, through the user's own rights."""
        clients = list({vals["roadmap_id"] for vals in rows})
        refs = self.env["roadmap.asset.ref"].search_fetch(
            [("roadmap_id", "in", clients)], ["roadmap_id", "source", "external_id", "asset_id"]
        )
        by_ref = {(r.roadmap_id.id, r.source, r.external_id): r.asset_id.id for r in refs}
        sources = {(r.asset_id.id, r.source): r.external_id for r in refs}
        keys = {matching.serial_key(vals.get("serial")) for vals in rows} - {None}
        names = {vals.get("name") for vals in rows} - {None}
        known = self.search_fetch(
            [
                ("roadmap_id", "in", clients),
                "|",
                ("serial_key", "in", list(keys)),
                ("name", "in", list(names)),
            ],
            ["roadmap_id", "serial_key", "maker_key", "name"],
        )
        by_key = {}
        for asset in known:
            client = asset.roadmap_id.id
            by_key.setdefault((client, "serial", asset.serial_key), []).append(asset)
            by_key.setdefault((client, "name", asset.name), []).append(asset)
        return by_ref, by_key, sources

    @api.model
    def _known_asset(self, vals, by_ref, by_key, sources):
        client, source = vals["roadmap_id"], vals.get("import_source") or MANUAL
        ref = vals.get("import_ref")
        if ref and (client, source, ref) in by_ref:
            return by_ref[client, source, ref]
        serial, maker = (
            matching.serial_key(vals.get("serial")),
            matching.maker_key(vals.get("maker")),
        )
        twins = by_key.get((client, "serial", serial), []) if serial else []
        names = by_key.get((client, "name", vals.get("name")), [])
        twins = twins or [asset for asset in names if not (serial and asset.serial_key)]
        for asset in twins:
            same_maker = not maker or not asset.maker_key or asset.maker_key == maker
            if same_maker and (not ref or sources.get((asset.id, source), ref) == ref):
                return asset.id
        return None
