from odoo import api, fields, models

GROUPS = "roadmap_msp.group_roadmap_user,roadmap_msp.group_roadmap_technician"


class ResPartner(models.Model):
    """A client or one of its contacts."""

    _inherit = "res.partner"

    roadmap_ids = fields.One2many("roadmap.roadmap", "partner_id", "Roadmaps", groups=GROUPS)
    roadmap_count = fields.Integer(
        "Number of Roadmaps", compute="_compute_roadmap_count", groups=GROUPS
    )

    @api.depends("commercial_partner_id.roadmap_ids")
    def _compute_roadmap_count(self):
        counts = dict(
            self.env["roadmap.roadmap"]._read_group(
                [("partner_id", "in", self.commercial_partner_id.ids)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.roadmap_count = counts.get(partner.commercial_partner_id, 0)

    def action_open_roadmap(self):
        """The roadmap of this contact's company; a new one where there is none."""
        self.ensure_one()
        client = self.commercial_partner_id
        roadmaps = self.env["roadmap.roadmap"].search([("partner_id", "=", client.id)])
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_action")
        action["context"] = {"default_partner_id": client.id}
        if len(roadmaps) > 1:
            action["domain"] = [("partner_id", "=", client.id)]
            return action
        return {**action, "views": [(False, "form")], "res_id": roadmaps.id}
