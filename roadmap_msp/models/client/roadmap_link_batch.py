from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from odoo import api, fields, models

from .roadmap_link import PAGES


@dataclass(frozen=True)
class Ask:
    """One link that is wanted, for one contact and document."""

    partner: Any
    record: Any  # an assessment, a proposal, a budget or a meeting, with a `roadmap_id`
    sender: Any = None  # whose name stands on the first screen; by default who is at work
    sections: Any = None  # the pages that it opens; none means those of the contact's roles
    questions: Any = None  # the only questions of these pages that it opens; none means all
    note: str | None = None
    days: int = 30  # how long it lives; a link that is issued again lives at least as long

    def key(self):
        """What tells this link from others of the purpose."""
        return (
            self.partner.id,
            self.record.id,
            self.sender.id,
            frozenset(row.id for row in self.sections or ()),
            frozenset(row.id for row in self.questions or ()),
        )


class RoadmapLink(models.Model):
    """Making links, for one mail or for many at once."""

    _inherit = "roadmap.link"

    @api.model
    def _issue(self, partner, purpose, record, **options):
        """Return the valid link of the contact for that purpose, record and pages, or a new one.

        :param options: more of an `Ask`: sender, sections, questions, note, days
        :raise UserError: the contact has no mail address, or is to decide without the role
        """
        return self._issue_many(purpose, [Ask(partner, record, **options)])[0]

    @api.model
    def _issue_many(self, purpose, asks):
        """As `_issue`, for documents of one model: the links in the order of `asks`.

        :raise UserError: the first contact that can hold no such link, by its name
        """
        if not asks:
            return []
        model = asks[0].record._name
        if model not in PAGES:
            raise ValueError(f"No page for {model}")
        for ask in asks:
            self._check_contact(ask.partner, purpose, ask.record.roadmap_id)
        me = self.env.user.partner_id
        asks = [replace(ask, sender=ask.sender or me) for ask in asks]
        now = fields.Datetime.now()
        links = self.sudo()
        known = links.search(
            [
                ("purpose", "=", purpose),
                ("res_model", "=", model),
                ("res_id", "in", [ask.record.id for ask in asks]),
                ("partner_id", "in", [ask.partner.id for ask in asks]),
                ("sender_id", "in", [ask.sender.id for ask in asks]),
                ("withdrawn_on", "=", False),
                ("expires_on", ">", now),
            ],
            order="id",
        )
        found = {link._ask_key(): link for link in known}
        missing = {}
        for ask in asks:
            key, expires_on = ask.key(), now + timedelta(days=ask.days)
            if key not in found:
                missing[key] = self._prepare_link(ask, purpose, expires_on)
                continue
            link = found[key]
            if link.expires_on < expires_on:
                link.expires_on = expires_on
            if ask.note:
                link.note = ask.note
        found.update(zip(missing, links.create(list(missing.values())), strict=True))
        return [found[ask.key()].sudo(self.env.su) for ask in asks]

    def _ask_key(self):
        """As `Ask.key` of the ask that made it."""
        record = self.env[self.res_model].browse(self.res_id)
        pages, questions = self.section_ids, self.question_ids
        return Ask(self.partner_id, record, self.sender_id, pages, questions).key()

    @api.model
    def _prepare_link(self, ask, purpose, expires_on):
        return {
            "roadmap_id": ask.record.roadmap_id.id,
            "partner_id": ask.partner.id,
            "sender_id": ask.sender.id,
            "note": ask.note,
            "purpose": purpose,
            "res_model": ask.record._name,
            "res_id": ask.record.id,
            "section_ids": [fields.Command.set([row.id for row in ask.sections or ()])],
            "question_ids": [fields.Command.set([row.id for row in ask.questions or ()])],
            "expires_on": expires_on,
        }

    @api.model
    def _linked(self, purpose, mails):
        """These mails for the outbox, with the link of each instead of what it asks for, if so."""
        links = iter(self._issue_many(purpose, [mail["link"] for mail in mails if mail["link"]]))
        return [{**mail, "link": next(links) if mail["link"] else None} for mail in mails]
