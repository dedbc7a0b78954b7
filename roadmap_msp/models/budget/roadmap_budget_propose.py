from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ..client.roadmap_link_batch import Ask
from ..plan.roadmap_proposal import DECIDING_ROLES


class RoadmapBudget(models.Model):
    """From a draft to what the client was shown."""

    _inherit = "roadmap.budget"

    def _check_state(self, *states):
        names = dict(self._fields["state"]._description_selection(self.env))
        wrong = self.filtered(lambda budget: budget.state not in states)
        if wrong:
            raise UserError(
                self.env._(
                    "%(budget)s is %(state)s; this needs it to be %(wanted)s.",
                    budget=wrong[0].name,
                    state=names[wrong[0].state].lower(),
                    wanted=self.env._(" or ").join(names[state].lower() for state in states),
                )
            )

    def action_propose(self):
        """Freeze the drafts, show them to the clients and prepare the mails in the outbox.

        A proposed revision of the same year that nobody signed is superseded.

        :raises UserError: not a draft, without a line, or the roadmap has ended
        """
        self.check_access("write")
        self._check_state("draft")
        for budget in self.sudo():
            budget._check_proposable()
            budget._others("proposed")._supersede()
            budget.write({"state": "proposed", "proposed_on": fields.Datetime.now()})
        self.sudo()._prepare_mails()
        return True

    def _check_proposable(self):
        if self.roadmap_id.state == "ended":
            raise UserError(
                self.env._(
                    "The roadmap of %(client)s has ended: nothing is proposed to it any more.",
                    client=self.roadmap_id.name,
                )
            )
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "There is no money in this budget yet. Give items a price and a date, enter"
                    " contracts, or add a line by hand; then refresh it."
                )
            )

    def _others(self, state):
        """The other revisions of the same client and year in a state."""
        return self.search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("fiscal_year", "=", self.fiscal_year),
                ("state", "=", state),
                ("id", "!=", self.id),
            ]
        )

    def _supersede(self):
        """Another revision took their place: links to them end, waiting mails never leave."""
        if self:
            self.write({"state": "superseded", "superseded_on": fields.Datetime.now()})
            self._close_links()

    def _close_links(self):
        links = self.env["roadmap.link"].sudo()
        mails = self.env["roadmap.outbox"].sudo()
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        links.search([*domain, ("withdrawn_on", "=", False)])._withdraw()
        mails.search([*domain, ("state", "in", ("prepared", "released"))]).action_cancel()

    def action_withdraw(self):
        """Take proposed budgets back: drafts again, unseen by the client, links are dead."""
        self.check_access("write")
        self._check_state("proposed")
        self.sudo()._close_links()
        self.sudo().write({"state": "draft", "proposed_on": False})
        self.sudo()._forget_first_signature()
        return True

    def action_new_revision(self):
        """A draft from today's forecast, to follow this revision; opens it.

        Where the fiscal year begins in another month by now, its number names other months: the
        draft is that of the year that runs.
        """
        self.ensure_one()
        self.check_access("write")
        year = None if self._has_own_calendar() else self.fiscal_year
        draft = self._make(self.sudo().roadmap_id, year)
        return draft._get_records_action(name=draft.name)

    # ------------------------------------------------------------ mails
    def _prepare_mails(self):
        """One mail to each contact who may decide; who has no address is named in a note."""
        mails = []
        for budget in self:
            rows = budget.roadmap_id.stakeholder_ids
            partners = rows.filtered(lambda row: row.role in DECIDING_ROLES).partner_id
            missing = partners.filtered(lambda partner: not partner.email_normalized)
            mails += [budget._prepare_mail(partner) for partner in partners - missing]
            if missing or not partners:
                names = ", ".join(missing.mapped("name"))
                names = names or self.env._("nobody may decide for this client")
                budget.message_post(
                    body=self.env._("No mail was prepared for: %(names)s.", names=names)
                )
        mails = self.env["roadmap.link"]._linked("decide", mails)
        return self.env["roadmap.outbox"].sudo()._prepare_batch(mails)

    def _prepare_mail(self, partner):
        self.ensure_one()
        sender = self.user_id.partner_id
        translated = self.with_context(lang=partner.lang or self.env.lang).env
        body = Markup("<p>%s</p><p>%s</p>") % (
            translated._(
                "here is the technology budget from FY%(first)s to FY%(last)s: what is planned,"
                " when, and what each figure is based on.",
                first=self._years()[0],
                last=self._years()[-1],
            ),
            translated._("Signing it says “this is our plan”. It orders nothing."),
        )
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "proposal",
            "subject": translated._("Your technology budget, FY%s", self.fiscal_year),
            "body": body,
            "record": self,
            "link": Ask(partner, self, sender),
            "user": self.user_id,
        }

    def action_open_mails(self):
        """The mails of this budget in the outbox: read them, then release them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_outbox_action")
        action["domain"] = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_preview(self):
        """Open the page that the client reads, as the signed-in user may see it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/roadmap/budget/{self.id}/preview",
            "target": "new",
        }

    def action_workbook(self):
        """Download the spreadsheet that the client gets."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/roadmap/budget/{self.id}/workbook",
            "target": "download",
        }
