from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..client.roadmap_stakeholder import PLAN_ROLES

KINDS = [("one_page", "One page"), ("full", "The whole book")]
# Only making the book says these.
KEPT = {"made_on", "user_id", "document_id"}


class RoadmapBook(models.Model):
    """A roadmap book that was made for a client: which one, when, by whom, and for whom.

    A draft until it is made; then its PDF and its readers are kept as they were.
    """

    _name = "roadmap.book"
    _description = "Roadmap Book"
    _inherit = "roadmap.tied"
    _order = "made_on desc, id desc"

    name = fields.Char(compute="_compute_name")
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    client_id = fields.Many2one(related="roadmap_id.partner_id", string="Firm")
    kind = fields.Selection(KINDS, required=True, default="one_page")
    owner_copy = fields.Boolean(
        "Decision Maker's Copy",
        help="Holds what comes from questions that only the decision maker may read.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="For",
        domain="[('commercial_partner_id', '=', client_id)]",
        help="The contacts who get it: a mail in the outbox, and the book on their portal.",
    )
    note = fields.Text("Words to the Client")
    made_on = fields.Datetime("Made", readonly=True, copy=False)
    user_id = fields.Many2one("res.users", "Made By", readonly=True, copy=False)
    document_id = fields.Many2one(
        "ir.attachment", "PDF", readonly=True, copy=False, ondelete="set null"
    )

    @api.depends("kind", "made_on", "roadmap_id")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for book in self:
            day = fields.Date.to_string(book.made_on) if book.made_on else self.env._("draft")
            book.name = f"{kinds.get(book.kind, '')}, {day}"

    @api.constrains("partner_ids", "owner_copy", "roadmap_id")
    def _check_readers(self):
        """Only who sees the plan gets a book, and the owner's copy only who decides."""
        for book in self:
            wanted = {"decision_maker"} if book.owner_copy else PLAN_ROLES
            for partner in book.partner_ids:
                if not book.roadmap_id._roles_of(partner) & wanted:
                    raise ValidationError(
                        self.env._(
                            "%(contact)s may not get this book: the plan is for decision makers,"
                            " signers and finance, the decision maker's copy for decision makers"
                            " only. Change the role on the client's People tab, or leave"
                            " %(contact)s out.",
                            contact=partner.name,
                        )
                    )

    def write(self, vals):
        """What was given stays as it was."""
        if not self.env.su:
            if any(book.made_on for book in self):
                raise UserError(self.env._("This book was made. Make another one to change it."))
            # Whoever may read the book is given the file behind it.
            vals = {name: value for name, value in vals.items() if name not in KEPT}
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        """By hand a book begins as a draft."""
        if not self.env.su:
            # Said to be empty: a default would come in their place.
            vals_list = [vals | dict.fromkeys(KEPT, False) for vals in vals_list]
        return super().create(vals_list)

    def action_make(self):
        """Make the PDFs, keep them with the client, and prepare the mails in the outbox."""
        self.check_access("write")
        for book in self:
            if book.made_on:
                raise UserError(self.env._("This book was made already."))
            if book.roadmap_id.state == "ended":
                raise UserError(self.env._("The roadmap has ended: nothing is given any more."))
        mails = []
        for book in self.sudo():
            book.write({"made_on": fields.Datetime.now(), "user_id": self.env.uid})
            book.document_id = self.env["ir.attachment"].sudo().create(book._prepare_document())
            book._log_made()
            mails += [book._prepare_mail(partner) for partner in book.partner_ids]
        self.env["roadmap.outbox"].sudo()._prepare_batch(mails)
        return True

    def action_download(self):
        """Download the PDF that was kept."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.document_id.id}?download=true",
            "target": "download",
        }

    def _prepare_document(self):
        return {
            "name": self._document_name(),
            "raw": self._render_document(),
            "mimetype": "application/pdf",
            "res_model": self._name,
            "res_id": self.id,
        }

    def _log_made(self):
        """A note on the client: which book, for whom."""
        copy = self.env._("decision maker's copy") if self.owner_copy else self.env._("copy")
        self.roadmap_id.message_post(
            body=self.env._(
                "Roadmap book made: %(name)s (%(copy)s), for %(names)s.",
                name=self.name,
                copy=copy,
                names=", ".join(self.partner_ids.mapped("name")) or self.env._("nobody yet"),
            ),
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )

    def _prepare_mail(self, partner):
        translated = self.with_context(lang=partner.lang or self.env.lang).env
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "book",
            "subject": translated._("Your technology roadmap"),
            "body": translated._("your technology roadmap is attached: where you stand, what comes"
                                 " next and what it costs."),
            "record": self.roadmap_id,
            "attachments": self.document_id,
            "user": self.env.user,
        }  # fmt: skip

    # ------------------------------------------------------------ the document
    def _document_name(self):
        self.ensure_one()
        day = fields.Date.to_string(self.made_on or fields.Datetime.now())
        return self.env._("Roadmap %(client)s %(day)s.pdf", client=self.client_id.name, day=day)

    def _render_document(self):
        """The PDF as bytes, in the client's language."""
        report = "roadmap_msp.roadmap_book_report"
        return self.env["ir.actions.report"]._roadmap_pdf(report, self, self.client_id)

    # ------------------------------------------------------------ the portal
    def _given_to(self, roadmap, partner, roles):
        """The books that a contact was given and may still read, newest first (sudo)."""
        books = self.search(
            [
                ("roadmap_id", "=", roadmap.id),
                ("made_on", "!=", False),
                ("partner_ids", "in", partner.ids),
            ]
        )
        return books.filtered(lambda book: book._may_read(roles))

    def _may_read(self, roles):
        return bool(roles & ({"decision_maker"} if self.owner_copy else PLAN_ROLES))
