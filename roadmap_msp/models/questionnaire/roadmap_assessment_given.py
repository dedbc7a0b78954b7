from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .roadmap_assessment_holders import WAITING

OPEN_GIVEN_LIMIT = 30
NAME_LIMIT, NOTE_LIMIT = 100, 1000


class RoadmapAssessment(models.Model):
    """Pages that the client's people give to each other; only controllers call this."""

    _inherit = "roadmap.assessment"

    def _portal_colleagues(self, partner):
        """Contacts of the client to whom a page can be given: id and name."""
        contacts = (
            self.env["res.partner"]
            .sudo()
            .search_fetch(
                [
                    ("parent_id", "=", self.sudo().roadmap_id.partner_id.id),
                    ("type", "=", "contact"),
                    ("is_company", "=", False),
                    ("email_normalized", "!=", False),
                    ("id", "!=", partner.id),
                ],
                ["name"],
                order="name",
                limit=200,
            )
        )
        return [{"id": contact.id, "name": contact.name} for contact in contacts]

    def _give_page(self, page, giver, partner_id=None, name="", email="", note="", question=None):
        """Give a page to a colleague: a personal link, and a mail that waits for release.

        :param giver: the contact who gives
        :param partner_id: an existing contact of the client, or else `name` and `email` of one
        :param question: the only question of the page that is given; none means the page
        :raise UserError: with what to correct
        """
        self.ensure_one()
        run = self.sudo()
        if question and question.audience == "owner":
            raise UserError(self.env._("Only decision makers may read this question."))
        if len(run._given_links().filtered(lambda row: row.state == "valid")) >= OPEN_GIVEN_LIMIT:
            raise UserError(
                self.env._("Many pages are with colleagues already. Take one back first.")
            )
        partner = run._colleague(partner_id, name, email)
        if partner == giver:
            raise UserError(self.env._("This page is yours already. Choose somebody else."))
        link = (
            self.env["roadmap.link"]
            .sudo()
            ._issue(
                partner,
                "answer",
                run,
                sections=page,
                sender=giver,
                note=(note or "")[:NOTE_LIMIT],
                questions=question,
            )
        )
        roadmap = run.roadmap_id
        user = run._responsible()
        outbox = self.env["roadmap.outbox"].sudo()
        if not outbox.search_count([("link_id", "=", link.id), ("state", "in", WAITING)], limit=1):
            texts = run.with_context(lang=partner.lang or self.env.lang)
            outbox._prepare(
                roadmap,
                partner,
                "invitation",
                texts.env._("%(name)s asks for your answers", name=giver.name),
                texts._given_body(partner, giver, question or page, user, note),
                record=run,
                link=link,
                user=user,
            )
        if roadmap._roles_of(partner) and not question:
            # With a login of their own they find the page there too.
            page.sudo().respondent_ids |= partner
        return link

    def _given_body(self, partner, giver, part, user, note):
        values = {
            "giver": giver,
            "part": part.with_context(lang=partner.lang),
            "user": user,
            "company": self.company_id,
            "note": (note or "")[:NOTE_LIMIT],
        }
        return self.env["ir.qweb"]._render("roadmap_msp.questionnaire_given_mail", values)

    def _colleague(self, partner_id, name, email):
        """The contact of the client by id or address, or a new one."""
        client = self.roadmap_id.partner_id
        contacts = self.env["res.partner"].sudo()
        own = [("parent_id", "=", client.id)]
        if partner_id:
            partner = contacts.search([*own, ("id", "=", partner_id)])
            if not partner:
                raise UserError(self.env._("Choose one of your colleagues, or enter a new one."))
            return partner
        address = email_normalize(email or "")
        name = " ".join((name or "").split())[:NAME_LIMIT]
        if not address or not name:
            raise UserError(self.env._("Enter the name and a valid mail address."))
        known = contacts.search([*own, ("email_normalized", "=", address)], limit=1)
        return known or contacts.create(
            {"name": name, "email": address, "parent_id": client.id, "type": "contact"}
        )

    def _take_back(self, links):
        """Withdraw given links, and the page from the login of whoever has one."""
        run = self.sudo()
        for link in links & run._given_links():
            link._withdraw()
            ours = run._links().filtered(lambda row, p=link.partner_id: row.partner_id == p)
            if not link.question_ids and not ours.filtered(lambda row: row.state == "valid"):
                link.section_ids.respondent_ids -= link.partner_id
