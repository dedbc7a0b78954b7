from odoo import fields, models


class RoadmapRoadmap(models.Model):
    """Quotations that wait for the client's signature; Odoo's own page shows and takes it."""

    _inherit = "roadmap.roadmap"

    def _portal_todo_quotation(self, partner, roles):
        """The entries of the To do page, for a contact who signs and has a login.

        A personal link opens no quotation: Odoo's page asks for a login or its own token.
        """
        self.ensure_one()
        if "signer" not in roles or self.env.user.partner_id != partner:
            return []
        today = fields.Date.context_today(self)
        orders = self.env["sale.order"].sudo()
        waiting = orders.search([("roadmap_id", "=", self.id), ("state", "=", "sent")], order="id")
        return [
            {
                "sequence": 15,
                "icon": "fa-pencil-square-o",
                "url": f"/my/orders/{order.id}",
                "done": False,
                "title": self.env._("Quotation %s", order.name),
                "detail": self.env._("ready to read and sign"),
            }
            for order in waiting
            if not order.validity_date or order.validity_date >= today
        ]
