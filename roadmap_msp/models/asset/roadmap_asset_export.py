from odoo import models
from odoo.exceptions import AccessError

from ...rules import import_amounts, text_workbook

EXPORTED = (
    *("roadmap_id", "name", "type_id", "maker", "model", "serial", "operating_system"),
    *("user_name", "partner_id", "site", "parent_id", "memory_gb", "disk_type"),
    *("purchase_date", "warranty_end", "purchase_cost", "vendor_id", "invoice_ref", "state"),
    "note",
    "own_ref",
)


class RoadmapAsset(models.Model):
    """A list to edit in a spreadsheet and to import again; unedited it changes nothing."""

    _inherit = "roadmap.asset"

    def action_export_sheet(self):
        """Give out these assets as a workbook whose cells are all text.

        :raises AccessError: without Odoo's right to export
        """
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(self.env._("You may not export data. Ask your administrator."))
        self.check_access("read")
        attachment = self.env["ir.attachment"].create(
            {
                "name": self.env._("Assets.xlsx"),
                "raw": self._export_sheet_bytes(),
                "res_model": "roadmap.import",
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def _export_sheet_bytes(self):
        names = [name for name in EXPORTED if self._has_field_access(self._fields[name], "read")]
        head = [self._fields[name]._description_string(self.env) for name in names]
        columns = [self._export_texts(name) for name in names]
        return text_workbook.write(head, zip(*columns, strict=True))

    def _export_texts(self, name):
        """A column as text; dates with the year first, which no reader takes for another day."""
        if name == "own_ref":
            return list(map(str, self._ids))
        if name == "memory_gb":
            # A bare figure of thousands would be read as megabytes, as tools write it.
            return [import_amounts.memory_text(asset[name]) for asset in self]
        kind = self._fields[name].type
        if kind == "many2one":
            return [asset[name].display_name or "" for asset in self]
        if kind == "date":
            return [asset[name].isoformat() if asset[name] else "" for asset in self]
        if kind == "selection":
            labels = dict(self._fields[name]._description_selection(self.env))
            return [labels.get(asset[name], "") for asset in self]
        return [str(asset[name] or "") for asset in self]
