from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ..client.roadmap_stakeholder import PLAN_ROLES
from .roadmap_decision import DECISIONS

TOO_LATE = ("ordered", "done", "bought_elsewhere", "superseded")


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
    ):
        """Store one answer of the client to one line and do what follows from it.

        The same answer twice (a double click, a retry) is stored once; otherwise every answer is
        kept and the newest counts.

        :param decision: approved, declined, deferred or talk
        :param link_or_user: the `roadmap.link` or the user of the contact who answers
        :param signature: base64 image; asked with a refusal of critical risk
        :param until: a date; asked with "not now" and with a refusal of critical risk
        :raises UserError: in words for the client; nothing is stored then
        :return: the `roadmap.decision`
        """
        self.ensure_one()
        proposal = self.sudo()
        line = line.sudo()
        partner = link_or_user.sudo().partner_id
        proposal._check_line_open(line)
        line._lock()
        reason = (reason or "").strip() or False
        until = fields.Date.to_date(until) if until else False
        values = {
            "decision": decision,
            "reason": reason,
            "until": until,
            "signature": signature or False,
            "signed_by": (signed_by or "").strip() or False,
        }
        last = line.answer_id
        same = last.partner_id == partner and last.decision == decision
        if same and (last.until or False) == until and (last.reason or False) == reason:
            return last
        proposal._check_decision(line, partner, values)
        is_link = link_or_user._name == "roadmap.link"
        record = proposal.env["roadmap.decision"].create(
            {
                **values,
                "roadmap_id": proposal.roadmap_id.id,
                "item_id": line.item_id.id,
                "proposal_line_id": line.id,
                "partner_id": partner.id,
                "link_id": link_or_user.id if is_link else False,
                "risk_text": line.risk_text if decision == "declined" else False,
                "amount_one_off": line.amount_one_off,
                "amount_recurring": line.amount_recurring,
            }
        )
        line.answer_id = record
        proposal._after_decision(line, record)
        return record

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
        if decision not in dict(DECISIONS):
            raise ValidationError(self.env._("Choose yes, not now, no or let us talk."))
        roles = self.roadmap_id._roles_of(partner)
        if not roles & PLAN_ROLES or (decision != "talk" and "signer" not in roles):
            raise UserError(
                self.env._(
                    "You can read this, but %(names)s decides for your firm.",
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
            self._check_limit(line, partner)
            return
        self._check_until(line, values)
        if self._needs_signature(line, decision):
            self._check_signature(line, values)

    def _needs_signature(self, line, decision):
        """Refusing a critical risk weighs: risk in plain words, name, date and signature."""
        return decision == "declined" and line.risk == "critical"

    def _check_limit(self, line, partner):
        """An approval counts with its one-off money and the first twelve months together."""
        rows = self.roadmap_id.sudo().stakeholder_ids.filtered(
            lambda row: row.partner_id == partner and row.role == "signer"
        )
        if any(not row.sign_limit for row in rows):
            return
        limit = max(rows.mapped("sign_limit"))
        total = line.amount_one_off + 12 * line.amount_recurring
        if self.currency_id.compare_amounts(total, limit) > 0:
            raise UserError(
                self.env._(
                    "%(item)s comes to %(total)s (one-off and the first twelve months), above the"
                    " %(limit)s that you may approve alone. Nothing was stored: let us talk about"
                    " it, or ask %(others)s.",
                    item=line.name,
                    total=self.roadmap_id._money(total),
                    limit=self.roadmap_id._money(limit),
                    others=self._signer_names(partner) or self.env._("the owner"),
                )
            )

    def _check_until(self, line, values):
        until = values["until"]
        needed = values["decision"] == "deferred" or self._needs_signature(line, values["decision"])
        if needed and not until:
            raise UserError(self.env._("Please choose the date on which we ask again."))
        if until and until <= fields.Date.context_today(self):
            raise UserError(self.env._("Please choose a date in the future."))

    def _check_signature(self, line, values):
        if not values["reason"]:
            raise UserError(self.env._("Please give a reason in a few words."))
        if not values["signature"] or not values["signed_by"]:
            raise UserError(
                self.env._("Please write your name and sign: %s is a critical risk.", line.name)
            )

    def _signer_names(self, but=None):
        rows = self.roadmap_id.sudo().stakeholder_ids.filtered(lambda row: row.role == "signer")
        return ", ".join((rows.partner_id - (but or rows.partner_id.browse())).mapped("name"))

    # --------------------------------------------------------------- effects
    def _after_decision(self, line, record):
        """Queue, agenda, activity, chatter and document: what one answer sets in motion."""
        item = line.item_id
        if record.decision == "approved":
            item._request_quote("approval", record.partner_id)
        elif record.decision == "talk":
            item._ask_for_talk(record)
        elif record.until:
            self._bring_back(item, record)
        self.with_context(mail_post_autofollow_author_skip=True).message_post(
            body=record._summary_text(),
            author_id=record.partner_id.id,
            email_from=record.partner_id.email_formatted or self.company_id.email_formatted,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        if record.signature:
            record._seal()
        self.roadmap_id._refresh_revenue()

    def _bring_back(self, item, record):
        """Refused or postponed with a date: it returns to the agenda by itself on that date."""
        self.env["roadmap.meeting.topic"]._defer(item, record.until, record.reason)
        if record.decision == "declined":
            item.finding_ids.filtered(lambda row: row.state in ("open", "planned")).write(
                {"state": "accepted", "accepted_until": record.until}
            )
