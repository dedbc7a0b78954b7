from functools import cache

from odoo import api, fields, models

from ...rules import policy

ALERT_DAYS = [("90", "90 days"), ("120", "120 days"), ("180", "180 days"), ("365", "A year")]
LIFE_RULES = [("years", "After so many years"), ("never", "Never by age")]
COVERS = [
    ("required", "Should be covered"),
    ("optional", "Need not be covered"),
    ("replace", "Replace when cover ends"),
]
MONEY_GROUP = "roadmap_msp.group_roadmap_user"


def days(value):
    """Days of a choice in ALERT_DAYS; None where nothing is chosen."""
    return int(value) if value else None


class RoadmapAssetPolicy(models.Model):
    """A client's own rule for a type of asset; what is empty follows the type."""

    _name = "roadmap.asset.policy"
    _description = "Asset Policy of a Client"
    _inherit = "roadmap.tied"
    _order = "roadmap_id, type_id, id"
    _rec_name = "type_id"
    _check_company_auto = True

    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    type_id = fields.Many2one(
        "roadmap.asset.type", "Type", required=True, index=True, ondelete="cascade"
    )
    life_rule = fields.Selection(LIFE_RULES, "Replace", help="Empty: as the type says.")
    life_years = fields.Integer("Years", help="Years from purchase.")
    cover = fields.Selection(COVERS, help="Empty: as the type says.")
    warranty_days = fields.Selection(
        ALERT_DAYS, "Warranty Alert", help="Empty: as the client's other types."
    )
    replacement_days = fields.Selection(
        ALERT_DAYS, "Replacement Alert", help="Empty: as the client's other types."
    )
    price = fields.Monetary(
        groups=MONEY_GROUP, help="Agreed price of one replacement; 0: as the type says."
    )
    product_id = fields.Many2one(
        "product.product",
        "Replacement",
        ondelete="restrict",
        check_company=True,
        groups=MONEY_GROUP,
        help="What replaces it for this client; empty: as the type says.",
    )
    note = fields.Char("Why")

    _type_uniq = models.UniqueIndex(
        "(roadmap_id, type_id)", "This client already has a policy for this type: change that one."
    )
    _not_negative = models.Constraint(
        "CHECK (life_years >= 0 AND price >= 0)",
        "Years and prices of a policy cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        policies._assets_follow()
        return policies

    def write(self, vals):
        before = self._asset_domain()
        res = super().write(vals)
        if vals.keys() - {"price", "product_id", "note"}:
            self._assets_follow()
            self.env["roadmap.asset"]._policy_changed(before)
        return res

    def unlink(self):
        before = self._asset_domain()
        res = super().unlink()
        self.env["roadmap.asset"]._policy_changed(before)
        return res

    def _asset_domain(self):
        """The assets for which these policies hold."""
        pairs = [
            [("roadmap_id", "=", row.roadmap_id.id), ("type_id", "=", row.type_id.id)]
            for row in self
        ]
        return fields.Domain.OR(pairs)

    def _assets_follow(self):
        self.env["roadmap.asset"]._policy_changed(self._asset_domain())

    @api.model
    def _resolver(self, roadmaps, types):
        """A function (roadmap id, type id, asset's own override) -> `rules.policy.Policy`.

        Reads clients, types and policies once, whatever the number of assets.
        """
        levels, kinds, special = {}, {False: policy.NO_TYPE}, {}
        for roadmap in roadmaps.sudo():
            company = roadmap.company_id
            levels[roadmap.id] = (
                policy.Override(
                    warranty_days=company.roadmap_warranty_alert_days,
                    replacement_days=company.roadmap_replacement_alert_days,
                ),
                policy.Override(
                    warranty_days=days(roadmap.warranty_alert_days),
                    replacement_days=days(roadmap.replacement_alert_days),
                ),
            )
        for kind in types.sudo():
            kinds[kind.id] = policy.type_rule(
                kind.life_years, kind.must_be_covered, kind.replace_uncovered
            )
        for row in self.sudo().search([("roadmap_id", "in", roadmaps.ids)]):
            special[row.roadmap_id.id, row.type_id.id] = policy.Override(
                policy.life(row.life_rule, row.life_years),
                row.cover or None,
                days(row.warranty_days),
                days(row.replacement_days),
            )
        nobody = (policy.Override(), policy.Override())

        @cache
        def find(roadmap_id, type_id, own=None):
            company, client = levels.get(roadmap_id, nobody)
            mine = special.get((roadmap_id, type_id))
            return policy.resolve(company, kinds[type_id or False], client, mine, own)

        return find
