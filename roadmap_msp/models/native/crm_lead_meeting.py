from odoo import models


class CrmLead(models.Model):
    """From the opportunity of the year to the client's roadmap meetings."""

    _inherit = "crm.lead"

    def action_open_roadmap_meetings(self):
        """The roadmap meetings of this opportunity's client."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_meeting_action")
        action["domain"] = [("roadmap_id", "=", self.roadmap_id.id)]
        action["context"] = {"default_roadmap_id": self.roadmap_id.id}
        return action
