from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command

from ...rules.fiscal import fiscal_year
from ..client.roadmap_link_batch import Ask

DECIDING_ROLES = ("decision_maker", "signer")


class RoadmapProposal(models.Model):
    """What was shown to a client, frozen and numbered; safe for the client's eyes.

    Portal users may read this model through a record rule: a field that is not for them carries
    `groups="base.group_user"`. They never reach the lines: pages get plain values.
    """

    _name = "roadmap.proposal"
    _description = "Proposal"
    _inherit = ["roadmap.tied", "portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True, copy=False, default="/")
    roadmap_id = fields.Many2one(
        "roadmap.roadmap",
        required=True,
        index=True,
        ondelete="cascade",
        groups="base.group_user",
    )
    partner_id = fields.Many2one(
        related="roadmap_id.partner_id", store=True, index=True, groups="base.group_user"
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, groups="base.group_user"
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        groups="base.group_user",
    )
    fiscal_year = fields.Integer(readonly=True)
    note = fields.Text("Words to the Client")
    proposed_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many(
        "roadmap.proposal.line", "proposal_id", readonly=True, groups="base.group_user"
    )
    access_token = fields.Char(groups="base.group_user")
    amount_one_off = fields.Monetary(
        "One-off", compute="_compute_amounts", store=True, groups="base.group_user"
    )
    amount_recurring = fields.Monetary(
        "Per Month", compute="_compute_amounts", store=True, groups="base.group_user"
    )
    open_count = fields.Integer(
        "Without Answer", compute="_compute_open_count", groups="base.group_user"
    )
    status = fields.Selection(
        [
            ("open", "Waits for answers"),
            ("answered", "Answered"),
            ("withdrawn", "Withdrawn"),
            ("replaced", "Replaced"),
        ],
        compute="_compute_open_count",
        groups="base.group_user",
    )

    @api.depends("line_ids.amount_one_off", "line_ids.amount_recurring")
    def _compute_amounts(self):
        for proposal in self:
            proposal.amount_one_off = sum(proposal.line_ids.mapped("amount_one_off"))
            proposal.amount_recurring = sum(proposal.line_ids.mapped("amount_recurring"))

    @api.depends("line_ids.answer", "line_ids.is_open", "line_ids.covered", "withdrawn_on")
    def _compute_open_count(self):
        for proposal in self:
            asked = proposal.line_ids.filtered(lambda line: not line.covered)
            waiting = asked.filtered("is_waiting")
            proposal.open_count = len(waiting)
            if proposal.withdrawn_on:
                proposal.status = "withdrawn"
            elif waiting:
                proposal.status = "open"
            else:
                answered = asked.filtered(lambda line: line.answer and line.is_open)
                proposal.status = "answered" if answered else "replaced"

    def _compute_access_url(self):
        for proposal in self:
            proposal.access_url = f"/my/roadmap/proposal/{proposal.id}"

    # ------------------------------------------------------------- proposing
    @api.model
    def _propose(self, roadmap, items):
        """Create the proposal of one client from its items; mails wait in the outbox."""
        lines = [
            Command.create(item._prepare_proposal_line(10 * number))
            for number, item in enumerate(items, start=1)
        ]
        earlier = items.sudo().proposal_line_ids.filtered("is_open")
        day = fields.Date.context_today(self)
        proposal = self.sudo().create(
            {
                "name": self._next_number(roadmap.company_id),
                "roadmap_id": roadmap.id,
                "currency_id": roadmap.currency_id.id or roadmap.company_id.currency_id.id,
                "user_id": roadmap.account_manager_id.id or self.env.uid,
                "fiscal_year": fiscal_year(day, roadmap.fiscal_year_start or "1"),
                "proposed_on": fields.Datetime.now(),
                "line_ids": lines,
            }
        )
        newer = {line.item_id: line for line in proposal.line_ids}
        for line in earlier:
            line.replaced_by_id = newer[line.item_id]
        roadmap.sudo()._ensure_opportunity(day)
        roadmap._refresh_revenue()
        proposal._prepare_mails()
        return proposal.sudo(self.env.su)

    @api.model
    def _next_number(self, company):
        """P00001 and so on, counted per company."""
        sequences = self.env["ir.sequence"].sudo()
        domain = [("code", "=", "roadmap.proposal"), ("company_id", "=", company.id)]
        sequence = sequences.search(domain, limit=1) or sequences.create(
            {
                "name": self.env._("Proposals"),
                "code": "roadmap.proposal",
                "company_id": company.id,
                "prefix": "P",
                "padding": 5,
            }
        )
        return sequence.next_by_id()

    def _prepare_mails(self):
        """One mail to each contact who may decide and has none yet; whoever has no address is named
        in a note."""
        mails, missing = [], []
        asked = self._asked_partners()
        for proposal in self:
            roadmap = proposal.roadmap_id
            if not proposal._asked_lines():
                proposal.message_post(
                    body=self.env._("No mail was prepared: what the client approved still stands.")
                )
                continue
            rows = roadmap.stakeholder_ids.filtered(lambda row: row.role in DECIDING_ROLES)
            for partner in rows.partner_id - asked[proposal]:
                if not partner.email_normalized:
                    missing.append(partner.name)
                    continue
                mails.append(proposal._prepare_mail(partner))
            if not rows or missing:
                names = ", ".join(missing) or self.env._("nobody may decide for this client")
                proposal.message_post(
                    body=self.env._("No mail was prepared for: %(names)s.", names=names)
                )
        mails = self.env["roadmap.link"]._linked("decide", mails)
        return self.env["roadmap.outbox"].sudo()._prepare_batch(mails)

    def _prepare_mail(self, partner):
        self.ensure_one()
        asked = self._asked_lines()
        translated = self.with_context(lang=partner.lang or self.env.lang).env
        names = Markup().join(Markup("<li>%s</li>") % line.name for line in asked)
        body = Markup("<p>%s</p><ul>%s</ul><p>%s</p>") % (
            translated._(
                "we have put together what we advise next. It takes about %(minutes)s minutes to"
                " look at it and to say yes, not now or no to each point:",
                minutes=minutes_for(len(asked)),
            ),
            names,
            translated._(
                "A yes asks us for a firm quotation and buys nothing yet. If something is unclear,"
                " answer this mail or choose “let us talk”."
            ),
        )
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "proposal",
            "subject": translated._("%(count)s points for you to decide", count=len(asked))
            if len(asked) > 1
            else translated._("One point for you to decide: %(name)s", name=asked.name),
            "body": body,
            "record": self,
            "link": Ask(partner, self, self.user_id.partner_id),
            "user": self.user_id,
        }

    def _asked_lines(self):
        """The lines that want a decision: not covered, not approved before."""
        return self.line_ids.filtered(lambda line: line.asks and not line.covered)

    def action_preview(self):
        """Open the page that the client reads, as the signed-in user may see it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/roadmap/proposal/{self.id}/preview",
            "target": "new",
        }

    def action_open_mails(self):
        """The mails of this proposal in the outbox: read them, then release them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_outbox_action")
        action["domain"] = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_withdraw(self):
        """Take the proposals back: the client no longer sees them, links to them are dead.

        Decisions that were taken stand.
        """
        self.check_access("write")
        proposals = self.filtered(lambda row: row.proposed_on and not row.withdrawn_on)
        proposals.sudo().withdrawn_on = fields.Datetime.now()
        links = self.env["roadmap.link"].sudo()
        mails = self.env["roadmap.outbox"].sudo()
        domain = [("res_model", "=", self._name), ("res_id", "in", proposals.ids)]
        links.search([*domain, ("withdrawn_on", "=", False)])._withdraw()
        mails.search([*domain, ("state", "in", ("prepared", "released"))]).action_cancel()
        return True


def minutes_for(count):
    """How long a client needs for so many decisions: a good minute each, plus one to start."""
    return 1 + count
