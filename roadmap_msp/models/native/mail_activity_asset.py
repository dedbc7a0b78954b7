from odoo import models


class MailActivity(models.Model):
    """Whoever finishes the activity about ending warranties has seen them all."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        kind = self.env.ref("roadmap_msp.activity_type_warranty", raise_if_not_found=False)
        told = self.filtered(
            lambda row: kind and row.activity_type_id == kind and row.res_model == "roadmap.roadmap"
        )
        alerts = self.env["roadmap.asset.alert"].sudo()
        if told:
            alerts = alerts.search(
                [("roadmap_id", "in", told.mapped("res_id")), ("state", "=", "open")]
            )
        res = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        alerts._acknowledge()
        return res
