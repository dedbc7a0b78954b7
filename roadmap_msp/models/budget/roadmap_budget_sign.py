import hashlib
import json

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_datetime

from ..client.roadmap_stakeholder import PLAN_ROLES

STAFF = "base.group_user"


class RoadmapBudget(models.Model):
    """The client's signature. Only a controller that knows who is asking calls `_approve`."""

    _inherit = "roadmap.budget"

    signed_by = fields.Char(readonly=True, copy=False, groups=STAFF)
    signed_partner_id = fields.Many2one(
        "res.partner",
        "Signed As",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
    )
    signature = fields.Binary(attachment=True, readonly=True, copy=False, groups=STAFF)
    content_hash = fields.Char("SHA-256", readonly=True, copy=False, groups=STAFF)
    document_id = fields.Many2one(
        "ir.attachment", "Signed PDF", readonly=True, copy=False, ondelete="set null", groups=STAFF
    )

    def _approve(self, link_or_user, signature, signed_by=None, with_items=False):
        """Store the signature of a contact and do what follows from it.

        A second click of the same contact changes nothing; another contact is told who signed.
        Above the contact's limit it is the first of two signatures and the budget stays proposed.

        :param link_or_user: the `roadmap.link` or the user of the contact who signs
        :param signature: base64 image
        :param with_items: also ask for quotations of the first year's points that wait
        :raises UserError: in words for the client; nothing is stored then
        """
        self.ensure_one()
        budget = self.sudo()
        partner = link_or_user.sudo().partner_id
        budget._lock()
        if budget.state == "approved" and budget.signed_partner_id == partner:
            return budget
        if budget.state == "proposed" and budget._first_signer() == partner:
            return budget
        budget._check_signature(partner, signature)
        signed_by = (signed_by or "").strip() or partner.name
        if budget._sign_alone_problem(partner):
            budget._take_first_signature(partner, signature, signed_by)
        else:
            budget._take_signature(partner, signature, signed_by)
        if with_items:
            points = budget._waiting_points()
            for line in points:
                line.proposal_id._decide(line, "approved", link_or_user, together=points)
        if budget.state == "approved":
            budget._seal()
            budget._tell_signed()
        return budget

    def _take_signature(self, partner, signature, signed_by):
        replaced = self._others("approved")
        self.write(
            {
                "state": "approved",
                "approved_on": fields.Datetime.now(),
                "signature": signature,
                "signed_by": signed_by,
                "signed_partner_id": partner.id,
            }
        )
        replaced._supersede()

    def _lock(self):
        """Wait for whoever signs now; the one who comes second sees what the first one did."""
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM roadmap_budget WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset()

    def _check_signature(self, partner, signature):
        if self.state == "approved":
            raise UserError(
                self.env._("%(name)s has signed this budget already.", name=self.signed_by)
            )
        if self.state != "proposed":
            raise ValidationError(
                self.env._("This budget is no longer open. Please open the newest one.")
            )
        problem = self._sign_problem(partner)
        if problem:
            raise UserError(problem)
        if not signature:
            raise UserError(self.env._("Please write your name and sign."))

    def _sign_problem(self, partner):
        """Why the contact cannot sign, in words for that contact; False if nothing is wrong."""
        roadmap = self.roadmap_id.sudo()
        signers = roadmap.stakeholder_ids.filtered(lambda row: row.role == "signer")
        mine = signers.filtered(lambda row: row.partner_id == partner)
        others = ", ".join((signers - mine).partner_id.mapped("name"))
        if not mine or not roadmap._roles_of(partner) & PLAN_ROLES:
            return self.env._(
                "You can read this, but %(names)s signs for your firm.",
                names=others or self.env._("somebody else"),
            )
        if self._first_signer() == partner:
            return self.env._(
                "You have signed. It waits for a second signature (%(names)s).", names=others
            )
        alone = self._sign_alone_problem(partner)
        if not alone or others:
            return False
        return self.env._("%(why)s Please ask %(names)s.", why=alone, names=self.env._("the owner"))

    def _waiting_points(self):
        """Open points of proposals that are items of the first year and wait for an answer."""
        items = self.line_ids.filtered(lambda line: line.fiscal_year == self.fiscal_year).item_id
        return self.roadmap_id._plan_lines().filtered(
            lambda line: line.item_id in items and line.is_waiting and line.answer != "talk"
        )

    # ------------------------------------------------------------ effects
    def _seal(self):
        """Fingerprint what was signed, and keep it as a document."""
        self.content_hash = self._fingerprint()
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            return
        self.document_id = self.env["ir.attachment"].create(
            {
                "name": self._document_name(),
                "raw": self._render_document(),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _fingerprint(self):
        """SHA-256 of everything that was signed: each line, the words, the signature's image."""
        lines = self.line_ids.sorted("id")
        signed = {
            "client": self.partner_id.id,
            "budget": self.name,
            "currency": self.currency_id.name,
            "note": self.note or "",
            "unknown": self.unknown or "",
            "covered": self.covered or "",
            "lines": [
                [row.name, row.kind, row.fiscal_year, row.quarter, f"{row.amount:.2f}",
                 row.based_on or ""]
                for row in lines
            ],
            "contact": self.signed_partner_id.id,
            "signed_by": self.signed_by,
            "approved_on": fields.Datetime.to_string(self.approved_on),
            "signature": (self.signature or b"").decode(),
            "first": [
                self.first_partner_id.id,
                self.first_signed_by or "",
                fields.Datetime.to_string(self.first_signed_on) or "",
                (self.first_signature or b"").decode(),
            ],
        }  # fmt: skip
        text = json.dumps(signed, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _tell_signed(self):
        """A note with the PDF for the team; the responsible is told."""
        names = self._signed_by_text()
        body = self.env._("Budget signed by %(name)s: our plan, not an order.", name=names)
        self._post_as(
            self.signed_partner_id,
            body,
            attachment_ids=self.document_id.ids,
            partner_ids=self.user_id.partner_id.ids,
        )

    def _post_as(self, partner, body, **values):
        """An internal note in the name of a contact of the client."""
        self.with_context(mail_post_autofollow_author_skip=True).message_post(
            body=body,
            author_id=partner.id,
            email_from=partner.email_formatted or self.company_id.email_formatted,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            **values,
        )

    # ------------------------------------------------------------ the document
    def _document_name(self):
        self.ensure_one()
        return self.env._(
            "Budget %(client)s FY%(year)s R%(revision)s.pdf",
            client=self.partner_id.name,
            year=self.fiscal_year,
            revision=self.revision,
        )

    def _get_report_base_filename(self):
        return self._document_name().removesuffix(".pdf")

    def _render_document(self):
        """The PDF as bytes, in the client's language."""
        report = "roadmap_msp.roadmap_budget_report"
        return self.env["ir.actions.report"]._roadmap_pdf(report, self, self.partner_id)

    def _signed_on_text(self, first=False):
        """When it was signed (the last or the first time), with the time zone said."""
        partner = self.first_partner_id if first else self.signed_partner_id
        zone = partner.tz or self.company_id.partner_id.tz or "UTC"
        moment = self.first_signed_on if first else self.approved_on
        when = format_datetime(self.env, moment, tz=zone, dt_format="d MMM y, HH:mm")
        return f"{when} ({zone})"
