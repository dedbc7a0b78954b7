from odoo import models

from ...rules import due_dates, matching


class RoadmapAsset(models.Model):
    """The computed columns of new assets, without a record in memory for each.

    The ORM would build one to run the computes on; for thousands of rows that is half of the time.
    These are the same rules, and a test compares them with the computes. A field that is not named
    here is left to the ORM.
    """

    _inherit = "roadmap.asset"

    def _add_precomputed_values(self, vals_list):
        if self.env.context.get("roadmap_dates_said"):
            fixed = self._derived_by_parent(vals_list)
            for vals in vals_list:
                derived = self._derived_values(vals, *fixed)
                missing = [name for name in derived if name not in vals]
                vals.update((name, derived[name]) for name in missing)
                vals["__precomputed__"] = {self._fields[name] for name in missing}
        return super()._add_precomputed_values(vals_list)

    def _derived_by_parent(self, vals_list):
        """Clients, types and releases of the rows, read once."""
        companies = {}
        clients = {vals["roadmap_id"] for vals in vals_list if vals.get("roadmap_id")}
        for roadmap in self.env["roadmap.roadmap"].sudo().browse(clients):
            company = roadmap.company_id
            companies[roadmap.id] = (
                company.id,
                company.roadmap_warranty_alert_days,
                company.roadmap_replacement_alert_days,
            )
        types = {False: (True, 0, False)}
        for kind in self.env["roadmap.asset.type"].browse(
            {vals["type_id"] for vals in vals_list if vals.get("type_id")}
        ):
            types[kind.id] = (kind.must_be_covered, kind.life_years, kind.replace_uncovered)
        return companies, types, self.env["roadmap.lifecycle"]._keys()

    def _derived_values(self, vals, companies, types, keys):
        """What the computes of `roadmap_asset.py` and `roadmap_asset_due.py` would give."""
        company_id, warranty_days, replacement_days = companies[vals["roadmap_id"]]
        required, life, uncovered = types[vals.get("type_id") or False]
        system = matching.system_key(vals.get("operating_system"))
        lifecycle_id = vals.get("lifecycle_id")
        if "lifecycle_id" not in vals:
            lifecycle_id = keys.get(system) or keys.get(matching.system_key(vals.get("model")))
        lifecycle = self.env["roadmap.lifecycle"].browse(lifecycle_id or ())
        bought, cover = vals.get("purchase_date"), vals.get("warranty_end")
        support = None if lifecycle.update_in_place else lifecycle.support_end
        due = due_dates.replacement_due(bought, life, cover, uncovered, support)
        return {
            "company_id": company_id,
            "maker_key": matching.maker_key(vals.get("maker")),
            "serial_key": matching.serial_key(vals.get("serial")),
            "system_key": system,
            "lifecycle_id": lifecycle_id or False,
            "support_end": lifecycle.support_end,
            "warranty_required": required,
            "date_conflict": False,
            "warranty_alert_from": due_dates.alert_from(cover, warranty_days),
            "replacement_due": due,
            "replacement_alert_from": due_dates.alert_from(due, replacement_days),
        }
