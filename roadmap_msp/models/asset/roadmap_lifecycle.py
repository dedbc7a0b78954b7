from odoo import api, fields, models
from odoo.tools import ormcache

from ...rules import matching

SURE = [("a", "Two sources agree"), ("b", "One source"), ("c", "Approximate")]


class RoadmapLifecycle(models.Model):
    """A product release and the dates on which its maker's support ends."""

    _name = "roadmap.lifecycle"
    _description = "Product Lifecycle"
    _order = "name, id"

    name = fields.Char("Product", required=True, index="trigram")
    code = fields.Char(index=True)
    active = fields.Boolean(default=True)
    release_on = fields.Date("Released")
    mainstream_end = fields.Date("End of Mainstream Support")
    support_end = fields.Date("End of Support", index=True)
    update_in_place = fields.Boolean(
        "Update in Place",
        help="A newer release runs on the same device: the end of this one asks for an update and "
        "is a finding, but does not make the device due for replacement.",
    )
    sure = fields.Selection(SURE, "How Sure", required=True, default="b")
    source = fields.Char()
    note = fields.Char()
    aliases = fields.Text(
        "Other Spellings", help="Other spellings that mean this release, one a line."
    )
    asset_ids = fields.One2many("roadmap.asset", "lifecycle_id")
    asset_count = fields.Integer(compute="_compute_asset_count")

    _order_of_dates = models.Constraint(
        "CHECK (mainstream_end IS NULL OR support_end IS NULL OR mainstream_end <= support_end)",
        "Mainstream support cannot end after the end of support.",
    )

    def _compute_asset_count(self):
        rows = self.env["roadmap.asset"]._read_group(
            [("lifecycle_id", "in", self.ids)], ["lifecycle_id"], ["__count"]
        )
        counts = dict(rows)
        for lifecycle in self:
            lifecycle.asset_count = counts.get(lifecycle, 0)

    @api.model_create_multi
    def create(self, vals_list):
        lifecycles = super().create(vals_list)
        self.env.registry.clear_cache()
        lifecycles._match_assets()
        return lifecycles

    def write(self, vals):
        res = super().write(vals)
        if {"name", "aliases", "active"} & vals.keys():
            self.env.registry.clear_cache()
            self._match_assets()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    @api.model
    @ormcache()
    def _keys(self):
        """{system key: id} of every spelling that is known; the product's own name wins."""
        keys = {}
        lifecycles = self.sudo().search_fetch([], ["name", "aliases"])
        for lifecycle in lifecycles:
            for key in matching.keys_of((lifecycle.aliases or "").splitlines()):
                keys.setdefault(key, lifecycle.id)
        for lifecycle in lifecycles:
            keys.update(dict.fromkeys(matching.keys_of([lifecycle.name]), lifecycle.id))
        return keys

    def _match_assets(self):
        """Give these releases to all assets whose system or model was not recognised until now.

        Runs over all clients, as a spelling means the same everywhere; fills empty fields only.
        """
        keys = self._keys()
        mine = [key for key, lifecycle_id in keys.items() if lifecycle_id in self._ids]
        if not mine:
            return
        assets = (
            self.env["roadmap.asset"]
            .sudo()
            .with_context(active_test=False, tracking_disable=True)
            .search(
                [
                    ("lifecycle_id", "=", False),
                    *("|", ("system_key", "in", mine), ("model_key", "in", mine)),
                ]
            )
        )
        groups = assets.grouped(lambda asset: keys.get(asset.system_key) or keys[asset.model_key])
        for lifecycle_id, group in groups.items():
            group.write({"lifecycle_id": lifecycle_id})

    def _teach(self, spellings):
        """Remember spellings as meaning this release; every asset with one of them follows."""
        self.ensure_one()
        known = (self.aliases or "").splitlines()
        fresh = [text for text in dict.fromkeys(spellings) if text and text not in known]
        if fresh:
            self.aliases = "\n".join(known + fresh)

    def action_open_assets(self):
        """Open the assets that run or are this release."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_asset_action")
        return {**action, "domain": [("lifecycle_id", "=", self.id)], "context": {}}
