from functools import cache

from odoo import models

from ...rules import due_dates, matching, policy

DERIVED_FROM = (
    *("roadmap_id", "type_id", "maker", "model", "operating_system", "lifecycle_id"),
    *("purchase_date", "warranty_end", "own_life_rule", "own_life_years", "own_cover"),
)
"""What the derived columns depend on, but for the serial number, which is every device's own."""


class RoadmapAsset(models.Model):
    """The computed columns of new assets, without a record in memory for each.

    The ORM would build one to run the computes on; for thousands of rows that is half of the time.
    These are the same rules, and a test compares them with the computes. A field that is not named
    here is left to the ORM.
    """

    _inherit = "roadmap.asset"

    def _add_precomputed_values(self, vals_list):
        if self.env.context.get("roadmap_dates_said"):
            derive = self._derivation(vals_list)
            for vals in vals_list:
                derived = {**derive(vals), "serial_key": matching.serial_key(vals.get("serial"))}
                missing = [name for name in derived if name not in vals]
                vals.update((name, derived[name]) for name in missing)
                vals["__precomputed__"] = {self._fields[name] for name in missing}
        return super()._add_precomputed_values(vals_list)

    def _derivation(self, vals_list):
        """A function that tells what the computes would give for the values of one new asset.

        But for the serial number's key, which is every device's own. Companies, policies, types and
        releases of all rows are read once, and rows that agree in DERIVED_FROM get one and the same
        dictionary: the devices of one delivery differ by their serial number.
        """
        clients = self.env["roadmap.roadmap"].browse(
            {vals["roadmap_id"] for vals in vals_list if vals.get("roadmap_id")}
        )
        types = self.env["roadmap.asset.type"].browse(
            {vals["type_id"] for vals in vals_list if vals.get("type_id")}
        )
        companies = {roadmap.id: roadmap.company_id.id for roadmap in clients.sudo()}
        free = {kind.id for kind in types.sudo() if kind.asset_properties_definition}
        find = self.env["roadmap.asset.policy"]._resolver(clients, types)
        release = self._release_finder()

        @cache
        def derived(own_release, *said):
            vals = dict(zip(DERIVED_FROM, said, strict=True))
            properties = {} if vals["type_id"] in free else {"asset_properties": False}
            return properties | {
                "company_id": companies[vals["roadmap_id"]],
                **self._derived_values(vals, own_release, find, release),
            }

        return lambda vals: derived("lifecycle_id" in vals, *map(vals.get, DERIVED_FROM))

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

    def _derived_values(self, vals, own_release, find, release):
        """What the computes of `roadmap_asset.py` and `roadmap_asset_due.py` would give.

        :param vals: the values of DERIVED_FROM
        :param own_release: the release was given, if only as empty, not left to be recognised
        """
        own = None
        if vals["own_life_rule"] or vals["own_cover"]:
            own = policy.Override(
                policy.life(vals["own_life_rule"], vals["own_life_years"]),
                vals["own_cover"] or None,
            )
        rule = find(vals["roadmap_id"], vals["type_id"], own)
        system, model = map(matching.system_key, (vals["operating_system"], vals["model"]))
        if own_release:
            lifecycle_id, support_end, support = release(vals["lifecycle_id"])
        else:
            lifecycle_id, support_end, support = release(None, (system, model))
        bought, cover = vals["purchase_date"], vals["warranty_end"]
        due = due_dates.replacement_due(
            bought, rule.life_years, cover, rule.replace_uncovered, support
        )
        return {
            "maker_key": matching.maker_key(vals["maker"]),
            "system_key": system,
            "model_key": model,
            "lifecycle_id": lifecycle_id,
            "support_end": support_end,
            "warranty_required": rule.required,
            "date_conflict": False,
            "warranty_alert_from": due_dates.alert_from(cover, rule.warranty_days),
            "replacement_due": due,
            "replacement_alert_from": due_dates.alert_from(due, rule.replacement_days),
        }
