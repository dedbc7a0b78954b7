from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from ..client.roadmap_link_batch import Ask


class RoadmapProposal(models.Model):
    """Limits of those who sign: above one's own limit, a second signature."""

    _inherit = "roadmap.proposal"

    def _approval_total(self, lines, line, once, monthly, options=None):
        """What counts against a limit: one-off money and the first twelve months, over all that is
        approved at once, each with the options that were chosen (among these `options`)."""
        total = once + 12 * monthly
        for other in lines.sudo() - line:
            other_once, other_monthly = other._amounts_with(other._chosen_options(options))
            total += other_once + 12 * other_monthly
        return total

    def _weigh_approval(self, line, partner, total, option_text=None):
        """Whether this approval settles the line ("approved") or needs another ("endorsed").

        :param option_text: what is chosen; the first signature counts for the same choice only
        :raises UserError: above the limit, and nobody else may sign for the client
        """
        limit = self.roadmap_id._sign_limit_of(partner)
        if limit is None or self.currency_id.compare_amounts(total, limit) <= 0:
            return "approved"
        signers = self.roadmap_id.sudo()._plan_signers()
        if line._endorsers(option_text) & (signers - partner):
            return "approved"
        if signers - partner:
            return "endorsed"
        raise UserError(
            self.env._(
                "%(item)s comes to %(total)s (one-off and the first twelve months), above the"
                " %(limit)s that you may approve alone. Nothing was stored: let us talk about it.",
                item=line.name,
                total=self.roadmap_id._money(total),
                limit=self.roadmap_id._money(limit),
            )
        )

    def _ask_second_signer(self, line, record):
        """A mail to everybody else who signs for the client; it waits in the outbox."""
        others = self.roadmap_id._plan_signers() - record.partner_id
        mails = [
            self._prepare_second_mail(line, record, partner)
            for partner in others
            if partner.email_normalized
        ]
        mails = self.env["roadmap.link"]._linked("decide", mails)
        self.env["roadmap.outbox"].sudo()._prepare_batch(mails)

    def _prepare_second_mail(self, line, record, partner):
        env = self.with_context(lang=partner.lang or self.env.lang).env
        body = Markup("<p>%s</p><p>%s</p>") % (
            env._(
                "%(contact)s approved “%(item)s”. It is above what one of you signs alone, so it"
                " waits for your signature as well.",
                contact=record.partner_id.name,
                item=line.name,
            ),
            env._("A yes asks us for a firm quotation and buys nothing yet."),
        )
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "proposal",
            "subject": env._("Your signature is the second one: %s", line.name),
            "body": body,
            "record": self,
            "link": Ask(partner, self, self.user_id.partner_id),
            "user": self.user_id,
        }


class RoadmapProposalLine(models.Model):
    _inherit = "roadmap.proposal.line"

    def _endorsers(self, option_text=None):
        """Who approved this line above the own limit, since it was last decided otherwise.

        :param option_text: the choice that they signed, without it the one signed last
        """
        self.ensure_one()
        partners = self.env["res.partner"]
        for row in self.decision_ids.sorted(lambda row: (row.decided_on, row.id), reverse=True):
            if row.decision == "endorsed":
                signed = row.option_text or False
                option_text = signed if option_text is None else option_text
                if signed == option_text:
                    partners |= row.partner_id
            elif row.decision != "talk":
                break
        return partners
