import io
import re
import zipfile

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules import text_workbook

#: Decisions that everybody of the client who reads the plan may know: not those about what the
#: owner told in confidence.
DECISIONS = [
    "|",
    ("item_id", "=", False),
    ("item_id.client_visible", "=", True),
    "!",
    ("finding_id.owner_only", "=", True),
    "!",
    ("topic_id.finding_id.owner_only", "=", True),
]

#: Sheets of the pack: file, model, condition, columns. Nothing of ours alone (margins, internal
#: notes, what only we see) is among the columns, for the pack goes to the client.
SHEETS = [
    (
        "assets",
        "roadmap.asset",
        [],
        "name type_id state maker model serial operating_system user_name site purchase_date"
        " warranty_end support_end retired_on",
    ),
    (
        "contracts",
        "roadmap.contract",
        [],
        "name vendor_id seats price period date_start date_end renews notice_days notice_date",
    ),
    (
        "plan",
        "roadmap.item",
        [("client_visible", "=", True), ("proposal_line_ids", "!=", False)],
        "name summary category_id risk state target_date amount_one_off amount_recurring",
    ),
    (
        "decisions",
        "roadmap.decision",
        DECISIONS,
        "item_id finding_id topic_id decision decided_on partner_id reason until risk_text"
        " amount_one_off amount_recurring",
    ),
    (
        "answers",
        "roadmap.answer",
        [
            ("audience", "=", "all"),
            ("state", "!=", "unanswered"),
            ("hidden", "=", False),
            ("assessment_id.state", "not in", ("draft", "cancelled")),
        ],
        "assessment_id question_text display_value note respondent_id answered_on",
    ),
    (
        "meetings",
        "roadmap.meeting",
        [("minutes_sent_on", "!=", False)],
        "name held_on minutes_sent_on",
    ),
]


class RoadmapRoadmap(models.Model):
    """The hand-over pack: what a client that leaves has a right to, as one file."""

    _inherit = "roadmap.roadmap"

    def action_handover_pack(self):
        """Make the pack of each client, keep it with its book, and download it."""
        self.check_access("write")
        packs = self.sudo()._make_handover_packs()
        if len(packs) == 1:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/{packs.id}?download=true",
                "target": "download",
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand-over Packs"),
            "res_model": "ir.attachment",
            "view_mode": "list",
            "domain": [("id", "in", packs.ids)],
        }

    def _offer_handover_pack(self):
        """The window that offers the pack after the end."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The Roadmap Has Ended"),
            "res_model": "roadmap.handover",
            "view_mode": "form",
            "target": "new",
            "context": {"default_roadmap_ids": self.ids},
        }

    def _client_pack(self, partner):
        """The pack for the client itself, made at most once an hour; a note names who took it.

        :param partner: the client's decision maker who asks
        :return: the attachment (sudo)
        """
        self.ensure_one()
        roadmap = self.sudo()
        roadmap._lock_pack()
        books = roadmap.env["roadmap.book"].search([("roadmap_id", "=", roadmap.id)])
        recent = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        pack = roadmap.env["ir.attachment"].search(
            [
                ("res_model", "=", books._name),
                ("res_id", "in", books.ids),
                ("mimetype", "=", "application/zip"),
                ("create_date", ">=", recent),
            ],
            order="id desc",
            limit=1,
        )
        if not pack:
            note = self.env._("%s downloaded all that we hold on the client.", partner.name)
            pack = roadmap._make_handover_packs(note)
        return pack

    def _lock_pack(self):
        """Let requests for one client's pack follow each other: it is much work, and one will do.

        Rows are written, not only locked: whoever waited is told by the database to start over, and
        finds the pack. Roles of people are seldom written, so that nobody else waits.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE roadmap_stakeholder SET write_date = write_date WHERE id IN"
                " (SELECT id FROM roadmap_stakeholder WHERE roadmap_id = %s"
                " ORDER BY id FOR NO KEY UPDATE)",
                self.id,
            )
        )

    def _make_handover_packs(self, note=None):
        """One ZIP a client, kept with the book made for it; a note on each client says so.

        Technicians read clients and what hangs on them, but no books: the pack holds prices.
        """
        note = note or self.env._("Hand-over pack made: check it, then give it to the client.")
        packs = self.env["ir.attachment"]
        for roadmap in self:
            roadmap = roadmap.with_context(lang=roadmap.partner_id.lang or self.env.lang)
            pack = packs.create(roadmap._prepare_handover_pack())
            roadmap._message_log(body=note)
            packs |= pack
        return packs

    def _prepare_handover_pack(self):
        self.ensure_one()
        book = self._handover_book()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, model, domain, columns in SHEETS:
                archive.writestr(f"{name}.xlsx", self._handover_sheet(model, domain, columns))
            for name, content in self._handover_documents(book):
                archive.writestr(f"documents/{name}", content)
        day = fields.Date.context_today(self)
        return {
            "name": f"{self._file_part(self.name)} {day}.zip",
            "raw": buffer.getvalue(),
            "mimetype": "application/zip",
            "res_model": book._name,
            "res_id": book.id,
        }

    def _handover_sheet(self, model, domain, columns):
        records = (
            self.env[model]
            .with_context(active_test=False)
            .search(Domain("roadmap_id", "=", self.id) & Domain(domain))
        )
        names = columns.split()
        labels = records.fields_get(names, ["string"])
        rows = [[self._handover_text(record, name) for name in names] for record in records]
        return text_workbook.write([labels[name]["string"] for name in names], rows)

    def _handover_text(self, record, name):
        """The value of a field as plain text in the client's language."""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return self.env._("yes") if value else ""
        if field.type in ("float", "monetary", "integer"):
            return f"{value:.2f}".removesuffix(".00")
        if not value:
            return ""
        if field.type == "many2one":
            return value.display_name or ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "datetime":
            return f"{fields.Datetime.context_timestamp(record, value):%Y-%m-%d %H:%M}"
        return str(value)

    def _handover_documents(self, book):
        """`[(file name, bytes)]`: what the client signed or was sent, and the book."""
        own = [("roadmap_id", "=", self.id)]
        shared = Domain(own) & Domain(DECISIONS)
        documents = self.env["roadmap.decision"].search(shared).document_id
        documents |= self.env["roadmap.budget"].search(own).document_id
        mails = self.env["roadmap.outbox"].search([*own, ("state", "=", "sent")])
        documents |= mails.attachment_ids | book.document_id
        # A mail to the decision maker may have carried what nobody else of the client may read.
        owners = self.env["roadmap.book"].search([*own, ("owner_copy", "=", True)])
        documents -= owners.document_id
        return [
            (f"{number:03} {self._file_part(row.name)}", row.raw or b"")
            for number, row in enumerate(documents.sorted("id"), 1)
        ]

    def _handover_book(self):
        """The whole book as of today, without what only the decision maker may read."""
        book = self.env["roadmap.book"].create({"roadmap_id": self.id, "kind": "full"})
        book.write({"made_on": fields.Datetime.now(), "user_id": self.env.uid})
        book.document_id = self.env["ir.attachment"].create(book._prepare_document())
        return book

    def _file_part(self, text):
        """A text as part of a file's name: no path, no character that a system refuses."""
        return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", text or "").strip(" .")[:120] or "file"
