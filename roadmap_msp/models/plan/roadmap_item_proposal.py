from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...rules.asking import is_signed_refusal

PROPOSABLE = ("idea", "proposed", "approved", "declined", "deferred")
# What is frozen, and compared when the item changes afterwards.
FROZEN_AMOUNTS = ("amount_one_off", "amount_recurring")
FROZEN = ("name", "summary", "target_date", *FROZEN_AMOUNTS, "risk")


class RoadmapItem(models.Model):
    """From items to a proposal that the client decides."""

    _inherit = "roadmap.item"

    open_proposal_line_id = fields.Many2one(
        "roadmap.proposal.line", "Open Proposal", compute="_compute_open_proposal"
    )
    changed_since_proposal = fields.Char(
        compute="_compute_open_proposal",
        help="What the client was shown differs from the item: propose it again if it matters.",
    )

    @api.depends("proposal_line_ids.is_open", "proposal_line_ids.answer_id", *FROZEN)
    def _compute_open_proposal(self):
        lines = self.env["roadmap.proposal.line"].search_fetch(
            [("item_id", "in", self._origin.ids), ("is_open", "=", True)],
            ["item_id", "answer_id", *FROZEN],
            order="id",
        )
        newest = {line.item_id.id: line for line in lines}
        for item in self:
            line = newest.get(item._origin.id, lines.browse())
            item.open_proposal_line_id = line
            item.changed_since_proposal = item._difference_from(line) if line else False

    def _difference_from(self, line):
        """What changed since the line was shown, in words; False if nothing did."""
        self.ensure_one()
        changes = []
        agreed = dict(zip(FROZEN_AMOUNTS, line._shown_amounts(), strict=True))
        for name in FROZEN:
            shown, now = agreed.get(name, line[name]), self[name]
            if name.startswith("amount_"):
                if self.currency_id.compare_amounts(shown, now) == 0:
                    continue
                shown, now = self._format(shown), self._format(now)
            elif (shown or False) == (now or False):
                continue
            label = self._fields[name]._description_string(self.env)
            if name in ("summary", "name"):
                changes.append(label)
                continue
            none = self.env._("none")
            if name == "risk":
                risks = dict(self._fields[name]._description_selection(self.env))
                shown, now = risks.get(shown, none), risks.get(now, none)
            if name == "target_date":
                shown = fields.Date.to_string(shown) if shown else none
                now = fields.Date.to_string(now) if now else none
            changes.append(f"{label}: {shown} → {now}")
        return "; ".join(changes) or False

    def action_propose(self):
        """Freeze the selected items in a numbered proposal per client, and prepare the mails.

        What the agreement covers goes along for information and asks for no decision.

        :raises UserError: an item is internal, closed, quoted or ordered, or nothing is to decide
        """
        self.check_access("write")
        items = self.sorted(
            lambda item: (str(item.target_date or "9999"), -item.priority_score, item.id)
        )
        items._check_proposable()
        proposals = self.env["roadmap.proposal"]
        for roadmap, group in items.grouped("roadmap_id").items():
            proposals |= proposals._propose(roadmap, group)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_proposal_action"
        )
        if len(proposals) == 1:
            return {**action, "res_id": proposals.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", proposals.ids)], "context": {}}

    def _check_proposable(self):
        internal = self.filtered(lambda item: not item.client_visible)
        if internal:
            raise UserError(
                self.env._(
                    "These items are our own and never shown to a client: %(items)s. Leave them"
                    " out, or tick Visible to the Client.",
                    items=", ".join(internal.mapped("name")),
                )
            )
        late = self.filtered(lambda item: item.state not in PROPOSABLE)
        if late:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "These items are past their proposal: %(items)s. Leave them out; to ask again,"
                    " cancel the quotation or reopen the item first.",
                    items=", ".join(f"{item.name} ({states[item.state]})" for item in late),
                )
            )
        for roadmap, group in self.grouped("roadmap_id").items():
            if roadmap.state == "ended":
                raise UserError(
                    self.env._(
                        "The roadmap of %(client)s has ended: nothing is proposed to it any more.",
                        client=roadmap.name,
                    )
                )
            if all(group.mapped("covered")):
                raise UserError(
                    self.env._(
                        "Nothing to decide for %(client)s: the agreement covers all of"
                        " %(items)s. Select an item that has a price as well.",
                        client=roadmap.name,
                        items=", ".join(group.mapped("name")),
                    )
                )

    def _prepare_proposal_line(self, sequence):
        """The copy of an item that the client sees: no note, no margin, no product."""
        self.ensure_one()
        return {
            "item_id": self.id,
            "sequence": sequence,
            "name": self.name,
            "summary": self.summary,
            "category_name": self.category_id.name,
            "risk": self.risk,
            "risk_text": self._risk_text(),
            "target_date": self.target_date,
            "asset_count": self.asset_count,
            "covered": self.covered,
            "amount_one_off": self.amount_one_off,
            "amount_recurring": self.amount_recurring,
            "amount_range": False if self.covered else self.amount_range,
            "based_on": False if self.covered else self.based_on,
        }

    def _risk_text(self):
        """What may happen if the client says no, in the MSP's own words; great risks only."""
        threshold = self.company_id.sudo().roadmap_refusal_risk
        if self.covered or not is_signed_refusal(self.risk, threshold):
            return False
        lang = self.partner_id.lang or self.env.lang
        return self.company_id.with_context(lang=lang).sudo().roadmap_refusal_text

    def _ask_for_talk(self, record):
        """An activity for the account manager: the contact wants to talk."""
        self.ensure_one()
        self.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=fields.Date.context_today(self),
            summary=self.env._(
                "%(contact)s wants to talk about %(item)s",
                contact=record.partner_id.name,
                item=self.name,
            ),
            note=plaintext2html(record.reason or ""),
            user_id=(self.roadmap_id.account_manager_id or self.user_id or self.env.user).id,
        )
