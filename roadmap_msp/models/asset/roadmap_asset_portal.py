from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date


class RoadmapAsset(models.Model):
    """What the client reads about its assets; no prices, no internal notes."""

    _inherit = "roadmap.asset"

    def _prepare_portal_values(self):
        """Plain values for the page "What we own", one dict an asset.

        :return: dicts with name, type, product, serial, user, site, and for warranty and
            replacement each a word, a colour class and an icon
        """
        policies = self._policies()
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
                "why": asset._portal_why(policies[asset]),
                "said": asset.request_ids[:2]._prepare_portal_values(),
            }
            for asset in self
        ]

    def _portal_date(self, day):
        return format_date(self.env, day, date_format="d MMM y")

    def _portal_warranty(self):
        end = self._portal_date(self.warranty_end) if self.warranty_end else ""
        return {
            "covered": ("success", "fa-check", self.env._("Warranty until %s", end)),
            "due_soon": ("warning", "fa-clock-o", self.env._("Warranty ends %s", end)),
            "expired": ("danger", "fa-exclamation-triangle", self.env._("Warranty ended %s", end)),
            "unknown": ("secondary", "fa-question", self.env._("Warranty unknown")),
            "not_required": ("secondary", "fa-minus", self.env._("No warranty needed")),
        }[self.warranty_status]

    def _portal_replacement(self):
        due = self._portal_date(self.replacement_due) if self.replacement_due else ""
        if self.planned:
            return ("info", "fa-calendar", self.env._("Replacement is in the plan"))
        if self.support_end and self.support_end < self._as_of() and self.state != "retired":
            ended = self._portal_date(self.support_end)
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

    def _portal_why(self, policy):
        """In plain words, what decides when this device should be replaced.

        :param policy: the asset's own, of :meth:`_policies`
        """
        due = self.replacement_due
        if not due:
            return ""
        if due == self.support_end:
            return self.env._("Without its maker's security fixes it should not be used.")
        if due == self.warranty_end and policy.replace_uncovered:
            return self.env._("It should not run without a warranty.")
        if self.purchase_date:
            bought = format_date(self.env, self.purchase_date, date_format="MMM y")
            return self.env._(
                "Bought %(bought)s; such a device lasts about %(years)s years.",
                bought=bought,
                years=due.year - self.purchase_date.year,
            )
        # Due by a policy that was changed; the job has not come to this asset yet.
        return ""

    @api.model
    def _portal_group_domain(self, key):
        """The assets of one group above the list; every device may stand in several."""
        domains = {
            "replace": Domain("lifecycle_status", "=", "overdue"),
            "soon": Domain("lifecycle_status", "=", "due_soon"),
            "uncovered": Domain("warranty_status", "=", "expired"),
            "unknown": Domain("lifecycle_status", "=", "unknown"),
            "fine": Domain("lifecycle_status", "=", "ok"),
        }
        return domains.get(key, Domain.TRUE)

    @api.model
    def _portal_groups(self, base):
        """Key, words and count of each group; empty ones are left out."""
        words = {
            "all": self.env._("All"),
            "replace": self.env._("Should be replaced"),
            "soon": self.env._("Within a year"),
            "uncovered": self.env._("Without warranty"),
            "unknown": self.env._("Age unknown"),
            "fine": self.env._("Fine"),
        }
        counts = {"all": 0, "uncovered": 0}
        names = {"overdue": "replace", "due_soon": "soon", "unknown": "unknown", "ok": "fine"}
        rows = self._read_group(base, ["lifecycle_status", "warranty_status"], ["__count"])
        for lifecycle, warranty, count in rows:
            counts["all"] += count
            counts["uncovered"] += count if warranty == "expired" else 0
            counts[names[lifecycle]] = counts.get(names[lifecycle], 0) + count
        return [
            {"key": key, "title": title, "count": counts[key]}
            for key, title in words.items()
            if counts.get(key) or key == "all"
        ]

    @api.model
    def _portal_search_domain(self, text):
        """Assets in which the text stands; wildcards of the database are plain signs here."""
        if not text:
            return Domain.TRUE
        text = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        names = ("name", "user_name", "model", "maker", "serial", "site", "type_id.name")
        return Domain.OR(Domain(name, "ilike", text) for name in names)
