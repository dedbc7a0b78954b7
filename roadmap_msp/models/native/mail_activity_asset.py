from odoo import models


class MailActivity(models.Model):
    """Whoever finishes the activity about ending warranties has seen them all."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        alerts = self._roadmap_warranty_alerts()
        res = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if alerts:
            alerts._acknowledge()
        return res

    def _roadmap_warranty_alerts(self):
        """The open alerts that these activities tell of; activities of others cost nothing."""
        alerts = self.env["roadmap.asset.alert"].sudo()
        told = self.filtered(lambda row: row.res_model == "roadmap.roadmap")
        if told:
            kind = self.env.ref("roadmap_msp.activity_type_warranty", raise_if_not_found=False)
            told = told.filtered(lambda row: kind and row.activity_type_id == kind)
        if not told:
            return alerts
        return alerts.search([("roadmap_id", "in", told.mapped("res_id")), ("state", "=", "open")])
