from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ...rules.item_state import CLOSED
from ..client.roadmap_stakeholder import PLAN_ROLES
from .roadmap_decision import DECISIONS

TOO_LATE = ("ordered", *CLOSED)
# What is put off further comes back in no plan.
LATEST_YEARS = 10
# What a contact may answer; a second signature is asked for by the limits, never chosen.
ANSWERS = [key for key, label in DECISIONS if key != "endorsed"]


class RoadmapProposal(models.Model):
    """The client's answer. Only a controller that knows who is asking calls `_decide`."""

    _inherit = "roadmap.proposal"

    def _decide(
        self,
        line,
        decision,
        link_or_user,
        reason=None,
        signature=None,
        until=None,
        signed_by=None,
        options=None,
        together=None,
    ):
        """Store one answer of the client to one line and do what follows from it.

        The same answer twice (a double click, a retry) is stored once; otherwise every answer is
        kept and the newest counts. An approval above the contact's limit waits for another signer.

        :param decision: approved, declined, deferred or talk
        :param link_or_user: the `roadmap.link` or the user of the contact who answers
        :param signature: base64 image; asked with a refusal of critical risk
        :param until: a date; asked with "not now" and with a refusal of critical risk
        :param options: ids of the chosen options, see `roadmap.proposal.line.options`
        :param together: all lines that this contact approves at once; the limit counts their sum
        :raises UserError: in words for the client; nothing is stored then
        :return: the `roadmap.decision`
        """
        self.ensure_one()
        proposal = self.sudo()
        line = line.sudo()
        partner = link_or_user.sudo().partner_id
        proposal._check_line_open(line)
        line._lock()
        values = {
            "decision": decision,
            "reason": (reason or "").strip() or False,
            "until": fields.Date.to_date(until) if until else False,
            "signature": signature or False,
            "signed_by": (signed_by or "").strip() or False,
        }
        chosen = line._chosen_options(options) if decision == "approved" else []
        last = line.answer_id
        if last._is_same_answer(partner, values, line._options_text(chosen)):
            return last
        proposal._check_decision(line, partner, values)
        once, monthly = line._amounts_with(chosen)
        if decision == "approved":
            total = proposal._approval_total(together or line, line, once, monthly, options)
            text = line._options_text(chosen)
            values["decision"] = proposal._weigh_approval(line, partner, total, text)
        elif decision == "declined":
            values["until"] = values["until"] or proposal._default_return()
        record = proposal.env["roadmap.decision"].create(
            {
                **values,
                "roadmap_id": proposal.roadmap_id.id,
                "item_id": line.item_id.id,
                "proposal_line_id": line.id,
                "partner_id": partner.id,
                "link_id": link_or_user.id if link_or_user._name == "roadmap.link" else False,
                "risk_text": line.risk_text if decision == "declined" else False,
                "option_text": line._options_text(chosen),
                "amount_one_off": once,
                "amount_recurring": monthly,
            }
        )
        line.answer_id = record
        if record.decision == "approved":
            line._apply_options(chosen)
        proposal._after_decision(line, record)
        return record

    def _decide_several(self, lines, decision, link_or_user, **values):
        """One answer to several lines of this proposal: all are stored, or none.

        :raises UserError: naming the point that stands in the way
        """
        approving = decision == "approved"
        for line in lines:
            if decision == "declined" and line.sudo().signed_refusal:
                raise UserError(
                    self.env._(
                        "%s carries a great risk: please answer it on its own.", line.sudo().name
                    )
                )
            together = lines if approving else None
            self._decide(line, decision, link_or_user, together=together, **values)

    # ---------------------------------------------------------------- checks
    def _check_line_open(self, line):
        if line.proposal_id != self or self.withdrawn_on or not self.proposed_on:
            raise ValidationError(self.env._("This point is no longer open. Reload the page."))
        if line.covered:
            raise UserError(
                self.env._(
                    "%s is covered by your agreement: there is nothing to decide.", line.name
                )
            )
        if not line.is_open:
            raise UserError(
                self.env._(
                    "There is a newer proposal of %s. Please open the newest one.", line.name
                )
            )

    def _check_decision(self, line, partner, values):
        decision = values["decision"]
        if decision not in ANSWERS:
            raise ValidationError(self.env._("Choose yes, not now, no or let us talk."))
        roles = self.roadmap_id._roles_of(partner)
        if not roles & PLAN_ROLES or (decision != "talk" and "signer" not in roles):
            raise UserError(
                self.env._(
                    "You can read this, but %(names)s can decide for your firm.",
                    names=self._signer_names() or self.env._("somebody else"),
                )
            )
        if decision == "talk":
            return
        if line.item_id.state in TOO_LATE:
            raise UserError(
                self.env._(
                    "%s is ordered or closed already. Choose “let us talk” to change it.", line.name
                )
            )
        if decision == "approved":
            return
        signed = decision == "declined" and line.signed_refusal
        self._check_until(values, decision == "deferred" or signed)
        if signed:
            self._check_signature(line, values)

    def _check_until(self, values, needed):
        until = values["until"]
        if needed and not until:
            raise UserError(self.env._("Please choose the date on which we ask again."))
        today = fields.Date.context_today(self)
        if until and until <= today:
            raise UserError(self.env._("Please choose a date in the future."))
        # A slip of the finger, 2206 for 2026, would never come back.
        if until and until > fields.Date.add(today, years=LATEST_YEARS):
            raise UserError(
                self.env._("Please choose a date within the next %s years.", LATEST_YEARS)
            )

    def _check_signature(self, line, values):
        if not values["reason"]:
            raise UserError(self.env._("Please give a reason in a few words."))
        if not values["signature"] or not values["signed_by"]:
            raise UserError(
                self.env._("Please write your name and sign: %s carries a great risk.", line.name)
            )

    def _default_return(self):
        """When a refusal without a date comes back onto an agenda; False: never."""
        months = self.company_id.sudo().roadmap_refusal_months
        return months and fields.Date.add(fields.Date.context_today(self), months=months)

    def _signer_names(self, but=None):
        signers = self.roadmap_id.sudo()._plan_signers()
        return ", ".join((signers - (but or signers.browse())).mapped("name"))
