from odoo import api, models
from odoo.tools import email_normalize

from odoo.addons.mail.tools.alias_error import AliasError


class RoadmapItem(models.Model):
    """A client's mail to the address for quotations becomes an item that waits for one."""

    _inherit = "roadmap.item"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make an idea of the client's, asked for by mail; the mail stands in its chatter."""
        contact = self._mail_contact(msg_dict)
        roadmap = self._mail_roadmap(contact)
        values = {
            **(custom_values or {}),
            "name": msg_dict.get("subject") or self.env._("Request by mail"),
            "roadmap_id": roadmap.id,
            # Nobody has read it yet: it reaches the plan that the client sees once it is priced.
            "client_visible": False,
        }
        item = super().message_new(msg_dict, custom_values=values)
        item._request_quote("mail", contact)
        return item

    @api.model
    def _alias_get_error(self, message, message_dict, alias):
        """Only people of a client with a living roadmap may write there."""
        error = super()._alias_get_error(message, message_dict, alias)
        if error or alias.alias_model_id.model != self._name:
            return error
        if not self._mail_roadmap(self._mail_contact(message_dict)):
            return AliasError("roadmap_unknown", self.env._("sender of no client"))
        return error

    @api.model
    def _mail_contact(self, message_dict):
        partners = self.env["res.partner"].sudo()
        if author_id := message_dict.get("author_id"):
            return partners.browse(author_id)
        email = email_normalize(message_dict.get("email_from") or "")
        if not email:
            return partners
        return partners.search([("email_normalized", "=", email)], limit=1)

    @api.model
    def _mail_roadmap(self, contact):
        """The living roadmap on which the contact has a role: a stranger asks for nothing."""
        if not contact:
            return self.env["roadmap.roadmap"]
        rows = (
            self.env["roadmap.stakeholder"]
            .sudo()
            .search([("partner_id", "=", contact.id), ("roadmap_id.state", "!=", "ended")])
        )
        return rows.roadmap_id.sorted("id")[:1]

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Clients never follow an item: what we write there is ours."""
        partners = self.env["res.partner"].sudo().browse(partner_ids or [])
        staff = partners.filtered(lambda partner: not partner.partner_share)
        return super().message_subscribe(partner_ids=staff.ids, subtype_ids=subtype_ids)
