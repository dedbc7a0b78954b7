from odoo import api, fields, models

from ...rules import due_dates

MANUAL = "manual"


class RoadmapAsset(models.Model):
    """Effective dates from the sources, and when the asset is due; nothing here reads the clock."""

    _inherit = "roadmap.asset"

    purchase_date = fields.Date(
        "Purchased",
        compute="_compute_effective_dates",
        inverse="_inverse_purchase_date",
        store=True,
        precompute=True,
        tracking=True,
        help="The earliest date of all sources, or the locked one.",
    )
    warranty_end = fields.Date(
        compute="_compute_effective_dates",
        inverse="_inverse_warranty_end",
        store=True,
        precompute=True,
        index=True,
        tracking=True,
        help="The latest date of all sources, or the locked one. A warranty for life is no cover.",
    )
    date_conflict = fields.Boolean(
        "Dates Disagree",
        compute="_compute_date_conflict",
        store=True,
        precompute=True,
        help="Sources differ by more than a month and none is locked.",
    )
    warranty_required = fields.Boolean(
        "Cover Required", compute="_compute_warranty_required", store=True, precompute=True
    )
    support_end = fields.Date(
        "End of Support",
        related="lifecycle_id.support_end",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    replacement_due = fields.Date(
        compute="_compute_due_dates",
        store=True,
        precompute=True,
        index=True,
        help="The earliest of: purchase plus the type's life, end of the warranty of what must "
        "never be uncovered, end of support.",
    )
    warranty_alert_from = fields.Date(
        compute="_compute_due_dates", store=True, precompute=True, index="btree_not_null"
    )
    replacement_alert_from = fields.Date(
        compute="_compute_due_dates", store=True, precompute=True, index="btree_not_null"
    )

    @api.depends("date_ids.kind", "date_ids.date", "date_ids.locked", "date_ids.lifetime")
    def _compute_effective_dates(self):
        for asset in self:
            rows = asset.date_ids
            asset.purchase_date = due_dates.effective_purchase(rows._source_dates("purchase"))
            asset.warranty_end = due_dates.effective_warranty_end(
                rows._source_dates("warranty_end")
            )

    @api.depends("date_ids.kind", "date_ids.date", "date_ids.locked", "date_ids.lifetime")
    def _compute_date_conflict(self):
        for asset in self:
            asset.date_conflict = any(
                due_dates.in_conflict(asset.date_ids._source_dates(kind))
                for kind in ("purchase", "warranty_end")
            )

    # What changes in types, clients and policies follows by `_policy_changed()`: a dependency
    # here would recompute every asset of a type within somebody's click.
    @api.depends("type_id", "roadmap_id", "own_cover")
    def _compute_warranty_required(self):
        for asset, policy in self._policies().items():
            asset.warranty_required = policy.required

    @api.depends(
        "purchase_date",
        "warranty_end",
        "support_end",
        "lifecycle_id.update_in_place",
        "type_id",
        "roadmap_id",
        "own_life_rule",
        "own_life_years",
        "own_cover",
    )
    def _compute_due_dates(self):
        for asset, policy in self._policies().items():
            due = due_dates.replacement_due(
                asset.purchase_date,
                policy.life_years,
                asset.warranty_end,
                policy.replace_uncovered,
                None if asset.lifecycle_id.update_in_place else asset.support_end,
            )
            asset.replacement_due = due
            asset.replacement_alert_from = due_dates.alert_from(due, policy.replacement_days)
            asset.warranty_alert_from = due_dates.alert_from(
                asset.warranty_end, policy.warranty_days
            )

    def _inverse_purchase_date(self):
        self._store_manual_date("purchase", "purchase_date")

    def _inverse_warranty_end(self):
        self._store_manual_date("warranty_end", "warranty_end")

    def _store_manual_date(self, kind, fname):
        if not self.env.context.get("roadmap_dates_said"):
            self._keep_manual_date(kind, fname)

    def _keep_manual_date(self, kind, fname):
        """Keep what a person typed as a source of its own.

        It is locked where another source stands, else the typed value could vanish at once. An
        emptied field takes the person's own date away; what other sources say comes back.
        """
        typed = {asset: asset[fname] for asset in self}
        rows = self.date_ids.filtered(lambda row: row.kind == kind)
        manual = {row.asset_id: row for row in rows if row.source == MANUAL}
        others = {row.asset_id for row in rows if row.source != MANUAL}
        self.env["roadmap.asset.date"].union(
            *[row for asset, row in manual.items() if not typed[asset]]
        ).unlink()
        (rows - self.env["roadmap.asset.date"].union(*manual.values())).filtered(
            lambda row: row.locked and typed[row.asset_id]
        ).locked = False
        fresh = []
        for asset, day in typed.items():
            if not day:
                continue
            vals = {"date": day, "locked": asset in others}
            if asset in manual:
                manual[asset].write(vals)
            else:
                fresh.append({"asset_id": asset.id, "kind": kind, "source": MANUAL, **vals})
        self.env["roadmap.asset.date"].create(fresh)
