from odoo import models
from odoo.tools import format_date

READERS = ("decision_maker", "signer", "finance", "technical")


class RoadmapAsset(models.Model):
    """What the client reads about its assets; no prices, no internal notes."""

    _inherit = "roadmap.asset"

    def _prepare_portal_values(self):
        """Plain values for the page "What we own", one dict an asset.

        :return: dicts with name, type, product, serial, user, site, and for warranty and
            replacement each a word, a colour class and an icon
        """
        return [
            {
                "id": asset.id,
                "name": asset.name,
                "type": asset.type_id.name or "",
                "product": " ".join(filter(None, [asset.maker, asset.model])),
                "serial": asset.serial or "",
                "system": asset.operating_system or "",
                "user": asset.user_name or "",
                "site": asset.site or "",
                "warranty": asset._portal_warranty(),
                "replacement": asset._portal_replacement(),
            }
            for asset in self
        ]

    def _portal_warranty(self):
        end = format_date(self.env, self.warranty_end) if self.warranty_end else ""
        return {
            "covered": ("success", "fa-check", self.env._("Warranty until %s", end)),
            "due_soon": ("warning", "fa-clock-o", self.env._("Warranty ends %s", end)),
            "expired": ("danger", "fa-exclamation-triangle", self.env._("Warranty ended %s", end)),
            "unknown": ("secondary", "fa-question", self.env._("Warranty unknown")),
            "not_required": ("secondary", "fa-minus", self.env._("No warranty needed")),
        }[self.warranty_status]

    def _portal_replacement(self):
        due = format_date(self.env, self.replacement_due) if self.replacement_due else ""
        if self.planned:
            return ("info", "fa-calendar", self.env._("Replacement is in the plan"))
        if self.support_end and self.support_end < self._as_of() and self.state != "retired":
            ended = format_date(self.env, self.support_end)
            return (
                "danger",
                "fa-exclamation-triangle",
                self.env._("No security fixes since %s", ended),
            )
        return {
            "ok": (
                "success",
                "fa-check",
                self.env._("Fine until %s", due) if due else self.env._("Fine"),
            ),
            "due_soon": ("warning", "fa-clock-o", self.env._("Replace by %s", due)),
            "overdue": ("danger", "fa-exclamation-triangle", self.env._("Should be replaced")),
            "unknown": ("secondary", "fa-question", self.env._("Age unknown")),
        }[self.lifecycle_status]
