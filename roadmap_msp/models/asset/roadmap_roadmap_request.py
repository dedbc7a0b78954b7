from odoo import fields, models


class RoadmapRoadmap(models.Model):
    """What the client told us about its devices and we have not answered."""

    _inherit = "roadmap.roadmap"

    asset_request_count = fields.Integer(
        "Told by the Client", compute="_compute_asset_request_count", compute_sudo=True
    )

    def _compute_asset_request_count(self):
        rows = self.env["roadmap.asset.request"]._read_group(
            [("roadmap_id", "in", self.ids), ("state", "=", "new")], ["roadmap_id"], ["__count"]
        )
        counts = dict(rows)
        for roadmap in self:
            roadmap.asset_request_count = counts.get(roadmap, 0)

    def _refresh_request_activity(self):
        """One activity per client for all that waits; none when nothing does.

        A search, a count and a statement for all of them, whatever their number.
        """
        kind = self.env.ref("roadmap_msp.activity_type_asset_request")
        Activity = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        known = Activity.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", kind.id),
            ]
        )
        by_client = known.grouped("res_id")
        self.invalidate_recordset(["asset_request_count"])
        today, gone, values = fields.Date.context_today(self), Activity.browse(), []
        for roadmap in self.sudo().with_prefetch():
            mine, count = by_client.get(roadmap.id), roadmap.asset_request_count
            words = self.env._("The client says something about %s devices", count)
            if not mine and count:
                values.append(roadmap._prepare_alert_activity(kind, words, today))
            elif mine and not count:
                gone += mine
            elif mine:
                mine.filtered(lambda row, words=words: row.summary != words).summary = words
        gone.unlink()
        Activity.create(values)

    def action_open_asset_requests(self):
        """What the client said, to accept or reject."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_asset_request_action"
        )
        return {**action, "domain": [("roadmap_id", "in", self.ids)]}
