from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..client.roadmap_stakeholder import PLAN_ROLES

ASKABLE = ("proposed", "deferred")


class RoadmapProposal(models.Model):
    """ "Please quote this": a client's contact asks for a price without deciding anything."""

    _inherit = "roadmap.proposal"

    def _ask_quote(self, line, partner):
        """Queue the point's item; asked twice it is queued once. Only controllers call this.

        :raises UserError: in words for the client; nothing is stored then
        """
        self.ensure_one()
        proposal, line = self.sudo(), line.sudo()
        proposal._check_line_open(line)
        if not proposal.roadmap_id._roles_of(partner) & PLAN_ROLES:
            raise UserError(self.env._("You cannot ask for this quotation."))
        item = line.item_id
        if item.state not in ASKABLE:
            raise UserError(self.env._("This point needs no quotation any more. Please reload."))
        if not item.quote_requested_on:
            line._lock()
            item._request_quote("portal", partner)
            item._message_log(
                body=self.env._("%s asked for a quotation on the portal.", partner.name)
            )


class RoadmapProposalLine(models.Model):
    """What the card says about a quotation that was asked for."""

    _inherit = "roadmap.proposal.line"

    def _portal_card(self, partner, may_sign):
        card = super()._portal_card(partner, may_sign)
        asked = self.item_id.quote_requested_on
        askable = card["state"] in ASKABLE and self.is_open and not self.covered
        # A signer's yes asks for the quotation already.
        card["may_ask_quote"] = askable and not asked and not (may_sign and card["waiting"])
        card["quote_asked"] = (
            format_date(self.env, asked, date_format="d MMM y") if askable and asked else ""
        )
        card["quote_url"] = f"/my/roadmap/proposal/{self.proposal_id.id}/quote"
        return card
