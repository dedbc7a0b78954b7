from odoo import api, models


class RoadmapQuestionnaire(models.Model):
    """The shipped yearly question is ready to be sent."""

    _inherit = "roadmap.questionnaire"

    @api.model
    def _publish_yearly(self):
        """Publish the shipped page once; one that was archived or deleted stays so."""
        page = self.env.ref("roadmap_msp.questionnaire_yearly_1", raise_if_not_found=False)
        if page and page.state == "draft":
            page.action_publish()
