import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime

DECISIONS = [
    ("approved", "Approved"),
    ("declined", "Declined"),
    ("deferred", "Not now"),
    ("talk", "Let us talk"),
    ("endorsed", "Approved, second signature wanted"),
]
# What the client decided is never changed; a new decision follows it.
CHANGEABLE = {"content_hash", "document_id", "proposal_line_id", "link_id"}


class RoadmapDecision(models.Model):
    """A decision about exactly one item, finding or topic; it is never changed, only followed."""

    _name = "roadmap.decision"
    _description = "Decision"
    _order = "decided_on desc, id desc"

    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    item_id = fields.Many2one("roadmap.item", index="btree_not_null", ondelete="cascade")
    finding_id = fields.Many2one("roadmap.finding", index="btree_not_null", ondelete="cascade")
    topic_id = fields.Many2one("roadmap.meeting.topic", index="btree_not_null", ondelete="cascade")
    meeting_id = fields.Many2one(
        "roadmap.meeting",
        "Taken In",
        index="btree_not_null",
        ondelete="set null",
        help="The meeting in which it was decided, and whose minutes tell it.",
    )
    proposal_line_id = fields.Many2one(
        "roadmap.proposal.line", index="btree_not_null", ondelete="set null"
    )
    decision = fields.Selection(DECISIONS, required=True)
    decided_on = fields.Datetime(required=True, default=fields.Datetime.now)
    partner_id = fields.Many2one(
        "res.partner", "Decided By", index="btree_not_null", ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", "Recorded By")
    link_id = fields.Many2one("roadmap.link", index="btree_not_null", ondelete="set null")
    reason = fields.Char()
    internal_reason = fields.Boolean(
        "Reason Is Ours", help="Said in our pipeline, not by the client: no paper of theirs has it."
    )
    until = fields.Date()
    risk_text = fields.Text("Risk as Shown")
    option_text = fields.Char("Chosen", help="Of options that exclude each other.")
    amount_one_off = fields.Monetary("One-off")
    amount_recurring = fields.Monetary("Per Month")
    signed_by = fields.Char()
    signature = fields.Binary(attachment=True)
    content_hash = fields.Char("SHA-256", readonly=True, copy=False)
    document_id = fields.Many2one("ir.attachment", readonly=True, copy=False, ondelete="set null")

    _exactly_one_subject = models.Constraint(
        "CHECK (num_nonnulls(item_id, finding_id, topic_id) = 1)",
        "A decision is about exactly one item, finding or topic.",
    )

    @api.depends("decision", "decided_on")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        words = dict(self._fields["decision"]._description_selection(self.env))
        for row in self:
            moment = row.decided_on and fields.Datetime.context_timestamp(row, row.decided_on)
            day = format_date(self.env, moment, date_format="d MMM y") if moment else ""
            row.display_name = f"{words.get(row.decision)}, {day}"

    def write(self, vals):
        """What somebody decided stays as it was; a change of mind is a new decision."""
        if set(vals) - CHANGEABLE:
            raise UserError(
                self.env._(
                    "A decision is kept as it was taken. Record a new one: the newest counts."
                )
            )
        return super().write(vals)

    @api.model
    def _check_undecided(self, field, records):
        """Refuse to delete records about which somebody decided: the decision would go with them.

        :param field: the field of a decision that points to these records
        :raises UserError: naming the record
        """
        decided = self.sudo().search([(field, "in", records.ids)], limit=1)[field]
        if decided:
            raise UserError(
                self.env._(
                    "%(name)s cannot be deleted: there is a decision about it, which is kept."
                    " Close or archive it instead.",
                    name=decided.display_name,
                )
            )

    def _told_reason(self):
        """The reason as the client may read it."""
        self.ensure_one()
        return "" if self.internal_reason else self.reason or ""

    def _is_same_answer(self, partner, values, option_text):
        """Whether this latest answer says what is said again: a double click, a retry."""
        wanted = values["decision"]
        alike = {wanted, "endorsed"} if wanted == "approved" else {wanted}
        if self.partner_id != partner or self.decision not in alike:
            return False
        if (self.reason or False) != values["reason"] or (self.option_text or False) != option_text:
            return False
        by_default = wanted == "declined" and not values["until"] and not self.signature
        return by_default or (self.until or False) == values["until"]

    def _summary_text(self):
        """One sentence for the chatter."""
        self.ensure_one()
        words = dict(self._fields["decision"]._description_selection(self.env))
        subject = (self.item_id or self.finding_id or self.topic_id).display_name
        parts = [f"{words[self.decision]}: {subject}"]
        if self.option_text:
            parts.append(self.option_text)
        if self.until:
            until = format_date(self.env, self.until, date_format="d MMM y")
            parts.append(self.env._("until %(date)s", date=until))
        if self.reason:
            parts.append(f"“{self.reason}”")
        return ", ".join(parts)

    # -------------------------------------------------------- signed refusal
    def _seal(self):
        """Fingerprint the refusal as it was signed, and keep it as a document."""
        self.ensure_one()
        self.content_hash = self._fingerprint()
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            return
        self.document_id = self.env["ir.attachment"].create(
            {
                "name": self._document_name(),
                "raw": self._render_document(),
                "mimetype": "application/pdf",
                "res_model": "roadmap.proposal" if self.proposal_line_id else self._name,
                "res_id": self.proposal_line_id.proposal_id.id or self.id,
            }
        )

    def _render_document(self):
        """The PDF as bytes, in the client's language."""
        report = "roadmap_msp.roadmap_decision_report"
        return self.env["ir.actions.report"]._roadmap_pdf(report, self, self.partner_id)

    def _fingerprint(self):
        """SHA-256 of everything that was signed, the signature's image included."""
        self.ensure_one()
        line = self.proposal_line_id
        signed = {
            "decision": self.decision,
            "item": self._subject_name(),
            "proposal": line.proposal_id.name or "",
            "why": line.summary or "",
            "risk": self.risk_text or "",
            "reason": self.reason or "",
            "until": fields.Date.to_string(self.until) if self.until else "",
            "one_off": f"{self.amount_one_off:.2f}",
            "per_month": f"{self.amount_recurring:.2f}",
            "contact": self.partner_id.id,
            "signed_by": self.signed_by or "",
            "decided_on": fields.Datetime.to_string(self.decided_on),
            "signature": (self.signature or b"").decode(),
        }
        text = json.dumps(signed, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _document_name(self):
        self.ensure_one()
        number = self.proposal_line_id.proposal_id.name or str(self.id)
        return self.env._(
            "Refusal %(number)s %(item)s.pdf", number=number, item=self._subject_name()
        )

    def _subject_name(self):
        """What was decided about, as it was shown."""
        self.ensure_one()
        shown = self.proposal_line_id or self.item_id or self.finding_id or self.topic_id
        return shown.name or ""

    def _time_text(self):
        """When it was decided, with the time zone said."""
        self.ensure_one()
        zone = self.partner_id.tz or self.company_id.partner_id.tz or "UTC"
        when = format_datetime(self.env, self.decided_on, tz=zone, dt_format="d MMM y, HH:mm")
        return f"{when} ({zone})"
