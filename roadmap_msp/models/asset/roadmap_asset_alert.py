from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

STATES = [
    ("open", "Open"),
    ("acknowledged", "Acknowledged"),
    ("planned", "Renewal planned"),
    ("moved", "No longer so"),
]
WARNED = Domain("warranty_status", "in", ["due_soon", "expired"]) & Domain("state", "=", "in_use")


class RoadmapAssetAlert(models.Model):
    """The memory of a warranty that ends: one row for each asset and end date.

    A date that was told once is not told again; another date is news. Whether a night was missed
    makes no difference: what ends on or before the alert's horizon and has no row gets one.
    """

    _name = "roadmap.asset.alert"
    _description = "Warranty Alert"
    _inherit = "roadmap.tied"
    _order = "end_date, id"
    _rec_name = "asset_id"

    asset_id = fields.Many2one("roadmap.asset", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    type_id = fields.Many2one(related="asset_id.type_id")
    user_name = fields.Char(related="asset_id.user_name")
    end_date = fields.Date("Warranty End", required=True)
    state = fields.Selection(STATES, required=True, default="open")
    raised_on = fields.Date(required=True, default=fields.Date.context_today)
    acknowledged_by_id = fields.Many2one("res.users", "Acknowledged By", readonly=True)
    acknowledged_on = fields.Datetime(readonly=True)
    item_id = fields.Many2one(
        "roadmap.item",
        "Renewal",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        groups="roadmap_msp.group_roadmap_user",
    )

    _once = models.UniqueIndex("(asset_id, end_date)", "This end was told already.")
    _open_idx = models.Index("(roadmap_id, end_date) WHERE state = 'open'")

    def action_acknowledge(self):
        """Seen: these ends are not told again, unless a date moves."""
        self.check_access("write")
        self._acknowledge()

    def _acknowledge(self):
        self.filtered(lambda alert: alert.state == "open").write(
            {
                "state": "acknowledged",
                "acknowledged_by_id": self.env.uid,
                "acknowledged_on": fields.Datetime.now(),
            }
        )
        self.roadmap_id._refresh_alert_activities()

    def action_plan_renewal(self):
        """One priced item per client and type that renews these warranties, and open them."""
        self.check_access("write")
        items = self._plan_renewal()
        self.roadmap_id._refresh_alert_activities()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_asset_planned_items_action"
        )
        return {**action, "domain": [("id", "in", items.ids)], "name": self.env._("Renewals")}

    def _plan_renewal(self):
        """The batch behind it; what is being replaced needs no renewal and points to that item."""
        alerts = self.filtered(lambda alert: alert.state == "open" and alert.asset_id.type_id)
        replaced = alerts.filtered("asset_id.planned")
        for alert in replaced:
            alert.item_id = alert.asset_id.replacement_line_id.item_id
        replaced.state = "planned"
        groups = (alerts - replaced).grouped(lambda alert: (alert.roadmap_id, alert.type_id))
        items = self.env["roadmap.item"].create(
            [
                group.asset_id._prepare_renewal_item(roadmap, kind)
                for (roadmap, kind), group in groups.items()
            ]
        )
        for item, group in zip(items, groups.values(), strict=True):
            group.write({"item_id": item.id, "state": "planned"})
        return items

    @api.model
    def _raise(self, roadmaps):
        """Tell what is new for these clients, in three statements whatever their number.

        :return: ids of the clients with something new
        """
        Asset = self.env["roadmap.asset"].sudo()
        self.env.flush_all()
        warned = Asset._search(WARNED & Domain("roadmap_id", "in", roadmaps.ids))
        scope = SQL("alert.roadmap_id IN %s", tuple(roadmaps.ids) or (0,))
        self.env.cr.execute(
            SQL(
                """
                UPDATE roadmap_asset_alert alert SET state = 'moved'
                 WHERE %(scope)s AND alert.state = 'open'
                   AND NOT EXISTS (
                       SELECT 1 FROM roadmap_asset asset
                        WHERE asset.id = alert.asset_id AND asset.warranty_end = alert.end_date
                          AND asset.active AND asset.state = 'in_use' AND asset.warranty_required)
                """,
                scope=scope,
            )
        )
        alias = Asset._table
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO roadmap_asset_alert AS alert (asset_id, roadmap_id, company_id,
                       end_date, state, raised_on, create_uid, write_uid, create_date, write_date)
                %(warned)s
                ON CONFLICT (asset_id, end_date) DO UPDATE
                   SET state = 'open', raised_on = EXCLUDED.raised_on
                 WHERE alert.state = 'moved'
                RETURNING roadmap_id
                """,
                warned=warned.select(
                    *(
                        SQL.identifier(alias, name)
                        for name in ("id", "roadmap_id", "company_id", "warranty_end")
                    ),
                    SQL("'open'"),
                    SQL("%s::date", Asset._as_of()),
                    SQL("%s, %s, %s, %s", self.env.uid, self.env.uid, *[self.env.cr.now()] * 2),
                ),
            )
        )
        self.invalidate_model()
        return {row[0] for row in self.env.cr.fetchall()}
