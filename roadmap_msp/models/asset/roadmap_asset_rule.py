from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import policy
from .roadmap_asset_policy import COVERS, LIFE_RULES, MONEY_GROUP

AT_ONCE = 500
BATCH = 1000
RECOMPUTED = (
    "warranty_required",
    "replacement_due",
    "warranty_alert_from",
    "replacement_alert_from",
)


class RoadmapAsset(models.Model):
    """Which policy holds for an asset, and the job that follows a change of policies.

    A change that reaches few assets is seen at once. A larger one marks its assets, and a job
    recomputes them by the thousand: it can stop anywhere and goes on where it stopped.
    """

    _inherit = "roadmap.asset"

    own_life_rule = fields.Selection(
        LIFE_RULES, "Replace (Own Rule)", tracking=True, help="Empty: as client and type say."
    )
    own_life_years = fields.Integer("Own Years", tracking=True, help="Years from purchase.")
    own_cover = fields.Selection(
        COVERS, "Cover (Own Rule)", tracking=True, help="Empty: as client and type say."
    )
    own_price = fields.Monetary(
        copy=False,
        groups=MONEY_GROUP,
        help="Price of its replacement; 0: as client and type say.",
    )
    policy_stale = fields.Boolean(
        "Due Dates Being Updated",
        readonly=True,
        copy=False,
        help="A policy changed; the job has not yet come to this asset.",
    )

    _policy_stale_idx = models.Index("(id) WHERE policy_stale")
    _own_not_negative = models.Constraint(
        "CHECK (own_life_years >= 0 AND own_price >= 0)",
        "Years and prices of an asset cannot be negative.",
    )

    def _own_rule(self):
        self.ensure_one()
        return policy.Override(
            policy.life(self.own_life_rule, self.own_life_years), self.own_cover or None
        )

    def _policies(self):
        """{asset: `rules.policy.Policy`} in three queries, whatever the number of assets."""
        find = self.env["roadmap.asset.policy"]._resolver(
            self.roadmap_id._origin, self.type_id._origin
        )
        return {
            asset: find(asset.roadmap_id._origin.id, asset.type_id._origin.id, asset._own_rule())
            for asset in self
        }

    @api.model
    def _policy_changed(self, domain):
        """Bring the due dates of these assets up to date: now, or by the job for many."""
        assets = self.sudo().with_context(active_test=False)
        if assets.search_count(domain, limit=AT_ONCE + 1) <= AT_ONCE:
            assets.search(domain)._follow_policy()
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE roadmap_asset SET policy_stale = true WHERE id IN %s",
                assets._search(domain).subselect(),
            )
        )
        self.env["roadmap.asset"].invalidate_model(["policy_stale"])
        self.env.ref("roadmap_msp.ir_cron_asset_policies")._trigger()

    def _follow_policy(self):
        quiet = self.with_context(tracking_disable=True)
        for name in RECOMPUTED:
            self.env.add_to_compute(quiet._fields[name], quiet)
        quiet._recompute_recordset(RECOMPUTED)
        quiet.filtered("policy_stale").policy_stale = False

    @api.model
    def _cron_follow_policies(self):
        """Recompute what is marked, a thousand at a time."""
        assets = self.sudo().with_context(active_test=False)
        stale = [("policy_stale", "=", True)]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=assets.search_count(stale))
        while batch := assets.search(stale, limit=BATCH, order="id"):
            batch._follow_policy()
            self.env.flush_all()
            left = assets.search_count(stale)
            if not cron._commit_progress(len(batch), remaining=left):
                break
