from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache

from ...rules import matching

SURE = [("high", "High"), ("medium", "Medium"), ("low", "Low")]
MONEY_GROUP = "roadmap_msp.group_roadmap_user"


class RoadmapAssetType(models.Model):
    """A kind of device: its life, its warranty rule and what replaces it."""

    _name = "roadmap.asset.type"
    _description = "Asset Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category_id = fields.Many2one("roadmap.category", "Technology Area", ondelete="restrict")
    aliases = fields.Text("Other Names", help="What exports of other tools call it, one a line.")
    plan_from_years = fields.Integer("Plan From", help="Age in years from which to plan.")
    life_years = fields.Integer("Replace After", help="Years from purchase; 0: no rule by age.")
    latest_years = fields.Integer("Replace at the Latest")
    warranty_norm_years = fields.Integer("Usual Warranty", help="The shortest one usual, in years.")
    warranty_years = fields.Integer("Warranty to Buy", help="Years to buy with a new one; 0: none.")
    must_be_covered = fields.Boolean(
        "Cover Required", help="In use, it should be covered: an ended warranty is a finding."
    )
    replace_uncovered = fields.Boolean(
        "Replace When Uncovered",
        help="It must never run without a warranty: the end of its warranty makes it due.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    price_low = fields.Monetary("Guide Price From", groups=MONEY_GROUP)
    price_high = fields.Monetary("Guide Price To", groups=MONEY_GROUP)
    product_id = fields.Many2one(
        "product.product",
        "Replacement",
        ondelete="restrict",
        groups=MONEY_GROUP,
        help="Your product that replaces such a device; without it the guide price is used.",
    )
    labour_product_id = fields.Many2one(
        "product.product",
        "Labour",
        ondelete="restrict",
        groups=MONEY_GROUP,
        help="The work of one replacement, added as a line of its own.",
    )
    renewal_product_id = fields.Many2one(
        "product.product",
        "Warranty Renewal",
        ondelete="restrict",
        groups=MONEY_GROUP,
        help="Your product that renews the warranty of such a device.",
    )
    renewal_price = fields.Monetary(
        groups=MONEY_GROUP, help="Guide price of a renewal, used without a product."
    )
    triggers = fields.Text("Replace Earlier If", translate=True)
    sure = fields.Selection(SURE, "How Sure", default="medium", help="About the ages.")
    asks_serial = fields.Boolean(
        "Has a Serial Number", default=True, help="A missing one counts as a gap."
    )
    asks_user = fields.Boolean("Has a User", help="A missing one counts as a gap.")
    asset_properties_definition = fields.PropertiesDefinition("Asset Properties")
    stale_count = fields.Integer(compute="_compute_stale_count", compute_sudo=True)

    _code_uniq = models.UniqueIndex("(code)", "Each asset type needs a code of its own.")
    _years_positive = models.Constraint(
        "CHECK (plan_from_years >= 0 AND life_years >= 0 AND latest_years >= 0"
        " AND warranty_norm_years >= 0 AND warranty_years >= 0)",
        "Years of an asset type cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        types = super().create(vals_list)
        self.env.registry.clear_cache()
        return types

    def write(self, vals):
        res = super().write(vals)
        if {"name", "aliases", "active"} & vals.keys():
            self.env.registry.clear_cache()
        if {"life_years", "must_be_covered", "replace_uncovered"} & vals.keys():
            self.env["roadmap.asset"]._policy_changed([("type_id", "in", self.ids)])
        return res

    def _compute_stale_count(self):
        """Assets whose due dates the job has still to bring up to date."""
        rows = self.env["roadmap.asset"]._read_group(
            [("type_id", "in", self.ids), ("policy_stale", "=", True)], ["type_id"], ["__count"]
        )
        counts = dict(rows)
        for kind in self:
            kind.stale_count = counts.get(kind, 0)

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    @api.model
    def _search_display_name(self, operator, value):
        """Exact look-ups, those of imports, also know the other names of a type."""
        domain = super()._search_display_name(operator, value)
        if operator in ("=", "in") and value:
            known = self._names()
            values = [value] if isinstance(value, str) else value
            ids = {known.get(matching.name_key(v)) for v in values if isinstance(v, str)} - {None}
            if ids:
                return Domain("id", "in", list(ids))
        return domain

    @api.model
    @ormcache()
    def _names(self):
        """{comparable name: id}: own names first, then the other names."""
        names = {}
        types = self.sudo().with_context(lang="en_US").search_fetch([], ["name", "aliases"])
        for asset_type in types:
            for alias in (asset_type.aliases or "").splitlines():
                names.setdefault(matching.name_key(alias), asset_type.id)
        names.update({matching.name_key(asset_type.name): asset_type.id for asset_type in types})
        names.pop(None, None)
        return names
