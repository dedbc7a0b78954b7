from functools import cache

from odoo import models

from ...rules import due_dates, matching, policy


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
        """Companies, policies, types and releases of the rows, read once."""
        clients = self.env["roadmap.roadmap"].browse(
            {vals["roadmap_id"] for vals in vals_list if vals.get("roadmap_id")}
        )
        types = self.env["roadmap.asset.type"].browse(
            {vals["type_id"] for vals in vals_list if vals.get("type_id")}
        )
        companies = {roadmap.id: roadmap.company_id.id for roadmap in clients.sudo()}
        free = {kind.id for kind in types.sudo() if kind.asset_properties_definition}
        find = self.env["roadmap.asset.policy"]._resolver(clients, types)
        return companies, find, free, self._release_finder()

    def _release_finder(self):
        """A function that tells a release's id, end of support and reason to replace, once each.

        Called with an id, or with the keys of an operating system and a model.
        """
        keys = self.env["roadmap.lifecycle"]._keys()

        @cache
        def find(lifecycle_id=None, keys_of=()):
            found = lifecycle_id or next((keys[key] for key in keys_of if keys.get(key)), None)
            lifecycle = self.env["roadmap.lifecycle"].browse(found or ())
            support = None if lifecycle.update_in_place else lifecycle.support_end
            return found or False, lifecycle.support_end, support

        return find

    def _derived_values(self, vals, companies, find, free, release):
        """What the computes of `roadmap_asset.py` and `roadmap_asset_due.py` would give."""
        own = None
        if vals.get("own_life_rule") or vals.get("own_cover"):
            own = policy.Override(
                policy.life(vals.get("own_life_rule"), vals.get("own_life_years")),
                vals.get("own_cover") or None,
            )
        rule = find(vals["roadmap_id"], vals.get("type_id"), own)
        system = matching.system_key(vals.get("operating_system"))
        if "lifecycle_id" in vals:
            lifecycle_id, support_end, support = release(vals["lifecycle_id"])
        else:
            keys_of = (system, matching.system_key(vals.get("model")))
            lifecycle_id, support_end, support = release(None, keys_of)
        bought, cover = vals.get("purchase_date"), vals.get("warranty_end")
        due = due_dates.replacement_due(
            bought, rule.life_years, cover, rule.replace_uncovered, support
        )
        properties = {} if vals.get("type_id") in free else {"asset_properties": False}
        return properties | {
            "company_id": companies[vals["roadmap_id"]],
            "maker_key": matching.maker_key(vals.get("maker")),
            "serial_key": matching.serial_key(vals.get("serial")),
            "system_key": system,
            "lifecycle_id": lifecycle_id,
            "support_end": support_end,
            "warranty_required": rule.required,
            "date_conflict": False,
            "warranty_alert_from": due_dates.alert_from(cover, rule.warranty_days),
            "replacement_due": due,
            "replacement_alert_from": due_dates.alert_from(due, rule.replacement_days),
        }
