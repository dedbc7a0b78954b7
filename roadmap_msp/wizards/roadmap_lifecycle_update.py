import base64
from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError

from ..rules import endoflife

MAX_BYTES = 20_000_000


class RoadmapLifecycleUpdate(models.TransientModel):
    """Compare our lifecycles with endoflife.date or a file, and show what differs."""

    _name = "roadmap.lifecycle.update"
    _description = "Update Product Lifecycles"

    origin = fields.Selection(
        [("web", "endoflife.date"), ("file", "A file")], "From", required=True, default="web"
    )
    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    take_new = fields.Boolean(
        "Also Products We Do Not Have",
        help="Of a file: propose its other products, too. Of endoflife.date, new releases of the "
        "products that you follow are proposed in any case.",
    )

    def action_compare(self):
        """Find the differences; nothing changes before somebody applies them."""
        self.ensure_one()
        Change = self.env["roadmap.lifecycle.change"]
        Change.check_access("write")
        failed = []
        if self.origin == "web":
            counts, failed = Change._fetch()
        else:
            new_from = date.min if self.take_new else None
            counts = Change._propose(self._releases(), self.file_name or "file", new_from)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_lifecycle_change_action"
        )
        words = self.env._(
            "%(changed)s changed, %(new)s new, %(same)s unchanged.",
            changed=counts["changed"],
            new=counts["new"],
            same=counts["unchanged"],
        )
        if failed:
            words += " " + self.env._("Could not be read: %s.", ", ".join(failed))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if failed else "success",
                "message": words,
                "next": action,
            },
        }

    def _releases(self):
        if not self.file:
            raise UserError(self.env._("Choose the file first."))
        raw = base64.b64decode(self.file)
        if len(raw) > MAX_BYTES:
            raise UserError(self.env._("The file is too large: 20 MB at most."))
        try:
            return endoflife.from_text(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise UserError(self.env._("Save the file as UTF-8 and try again.")) from error
        except ValueError as error:
            raise UserError(str(error)) from error
