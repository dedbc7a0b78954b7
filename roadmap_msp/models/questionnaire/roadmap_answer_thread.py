from odoo import models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...rules.storable import storable

MESSAGE_LIMIT = 2000  # characters
MESSAGES_PER_DAY = 40  # from the client's side, in one run
TYPES = ("comment", "email", "email_outgoing")


class RoadmapAnswer(models.Model):
    """The conversation about one question between client and provider.

    Comments are for both sides, log notes for ours. What we write is mailed to the client by the
    outbox only; what the client writes reaches our own people as any message in Odoo does.
    """

    _inherit = "roadmap.answer"

    def _domain_thread(self):
        """The messages that both sides may read."""
        return [
            ("model", "=", self._name),
            ("res_id", "in", self.ids),
            ("message_type", "in", TYPES),
            ("subtype_id", "=", self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")),
            ("is_internal", "=", False),
        ]

    def _portal_threads(self):
        """`{answer id: [message]}` as plain values, oldest first; two queries for any number."""
        if not self:
            return {}
        threads = {}
        messages = self.env["mail.message"].sudo().search(self._domain_thread(), order="id")
        for message in messages:
            threads.setdefault(message.res_id, []).append(self._portal_message(message))
        return threads

    def _portal_message(self, message):
        author = message.author_id
        return {
            "id": message.id,
            "author": author.name or "",
            "initials": "".join(word[0] for word in (author.name or "?").split()[:2]).upper(),
            "ours": not author.partner_share,
            "body": message.body,
            "date": message.date,
            "files": [
                {"id": file.id, "name": file.name} for file in message.attachment_ids.sorted("id")
            ],
        }

    def _thread_file(self, file):
        """Whether the file came with a message that both sides may read."""
        return bool(
            self.env["mail.message"]
            .sudo()
            .search_count([*self._domain_thread(), ("attachment_ids", "in", file.ids)], limit=1)
        )

    def _post_from_client(self, partner, text):
        """Store a client's message on the question and tell whoever is responsible.

        Only controllers call this; they have checked who is asking and what they may read.

        :return: the message as plain values
        :raise UserError: nothing to say, too much, or the run is over
        """
        self.ensure_one()
        answer = self.sudo()
        run = answer.assessment_id
        text = storable(text or "").strip()
        if not text:
            raise UserError(self.env._("Write your message first."))
        if len(text) > MESSAGE_LIMIT:
            raise UserError(
                self.env._("Please keep it under %(limit)s characters.", limit=MESSAGE_LIMIT)
            )
        if run.state in ("draft", "closed", "cancelled"):
            raise UserError(self.env._("This questionnaire is closed. Please write us a mail."))
        if run._client_messages_today() >= MESSAGES_PER_DAY:
            raise UserError(self.env._("That is a lot for one day. Please call us instead."))
        user = run._responsible()
        message = answer.with_context(
            mail_post_autofollow=False, mail_post_autofollow_author_skip=True
        ).message_post(
            body=plaintext2html(text),
            author_id=partner.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=user.partner_id.ids,
        )
        return self._portal_message(message)

    # ------------------------------------------------------------ to the client
    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Odoo's own notifications go to our people only; the client's go through the outbox."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        return [row for row in recipients if not row["share"]]

    def _message_post_after_hook(self, message, msg_values):
        """Prepare the mail to the client when one of us comments."""
        super()._message_post_after_hook(message, msg_values)
        comment = message.subtype_id == self.env.ref("mail.mt_comment")
        if not comment or message.is_internal or message.message_type not in TYPES:
            return
        if message.author_id.partner_share or not message.author_id.user_ids:
            return
        for answer in self.sudo():
            if answer.run_state not in ("draft", "cancelled"):
                answer._prepare_message_mail(message)

    def _prepare_message_mail(self, message):
        """Put the mail about a message of ours into the outbox, for whoever it concerns."""
        run, partner = self.assessment_id, self._thread_contact()
        if not partner.email_normalized:
            return
        user = message.author_id.user_ids[:1]
        texts = self.with_context(lang=partner.lang or self.env.lang)
        body = texts.env["ir.qweb"]._render(
            "roadmap_msp.questionnaire_message",
            {
                "question": texts.question_id.name,
                "message": message.body,
                "sender": user,
            },
            lang=partner.lang or self.env.lang,
            minimal_qcontext=True,
        )
        self.env["roadmap.outbox"]._prepare(
            run.roadmap_id,
            partner,
            "reminder",
            texts.env._("A message about one of your answers"),
            body,
            record=run,
            link=self._thread_link(partner, user),
            user=user,
        )

    def _thread_contact(self):
        """Whom our message concerns: who wrote last, else who answered, else whose page it is.

        Owner-only questions concern decision makers and nobody else.
        """
        owners = self.roadmap_id.stakeholder_ids.filtered(
            lambda row: row.role == "decision_maker"
        ).partner_id
        authors = self.env["mail.message"].search(self._domain_thread(), order="id desc").author_id
        page = self.assessment_section_id
        respondent = self.respondent_id if self.source == "client" else self.respondent_id.browse()
        people = authors.filtered("partner_share") | respondent | page.respondent_ids | owners
        if self.audience == "owner":
            people &= owners
        return people[:1]

    def _thread_link(self, partner, user):
        """The contact's link to the question: a given one where they have it, and no more."""
        run, page = self.assessment_id, self.assessment_section_id
        given = run._given_links().filtered(
            lambda link: link.partner_id == partner
            and link.state == "valid"
            and page in link.section_ids
            and (not link.question_ids or self.question_id in link.question_ids)
        )
        if given:
            return given[:1]
        decides = "decision_maker" in run.roadmap_id._roles_of(partner)
        whole = decides or partner in page.respondent_ids
        return self.env["roadmap.link"]._issue(
            partner,
            "answer",
            run,
            sections=None if decides else page,
            sender=user.partner_id,
            questions=None if whole else self.question_id,
        )
