from odoo import models


class RoadmapLink(models.Model):
    """A link to choose a time opens the free times."""

    _inherit = "roadmap.link"

    def _document_url(self):
        url = super()._document_url()
        return f"{url}/times" if self.purpose == "slot" else url
