from odoo import models


class IrHttp(models.AbstractModel):
    """Brings the translations of our portal scripts to the browser."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "roadmap_msp"]
