from odoo import api, models


class RoadmapProposal(models.Model):
    """Proposed again: a retry finds what the first click made, and no mail leads to a dead end."""

    _inherit = "roadmap.proposal"

    @api.model
    def _propose(self, roadmap, items):
        """The proposal that shows exactly these items already, unanswered; else a new one."""
        shown = items.sudo().proposal_line_ids.filtered("is_open").proposal_id
        if shown._shows(items):
            # Whoever may decide by now and was not asked.
            shown._prepare_mails()
            return shown.sudo(self.env.su)
        proposal = super()._propose(roadmap, items)
        shown._cancel_stale_mails()
        return proposal

    def _shows(self, items):
        """Whether this is one proposal, of these items as they are, to which nobody answered."""
        lines = self.line_ids
        return (
            len(self) == 1
            and lines.item_id == items
            and not lines.decision_ids
            and all(line.is_open and line._shows_item() for line in lines)
        )

    def _asked_partners(self):
        """{proposal: the contacts to whom a mail about it was prepared}."""
        mails = self.env["roadmap.outbox"].sudo()
        rows = mails.search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("kind", "=", "proposal"),
                ("state", "!=", "cancelled"),
            ],
            ["res_id", "partner_id"],
        ).grouped("res_id")
        return {row: rows.get(row.id, mails).partner_id for row in self}

    def _cancel_stale_mails(self):
        """Mails that have not left are cancelled where everything was proposed anew."""
        stale = self.filtered(lambda row: not any(row._asked_lines().mapped("is_open")))
        mails = self.env["roadmap.outbox"].sudo()
        mails.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", stale.ids),
                ("state", "in", ("prepared", "released")),
            ]
        ).action_cancel()


class RoadmapProposalLine(models.Model):
    _inherit = "roadmap.proposal.line"

    def _shows_item(self):
        """Whether the item would be shown today as it was shown here."""
        self.ensure_one()
        values = self.item_id._prepare_proposal_line(self.sequence)
        return all(
            (self._fields[name].convert_to_write(self[name], self) or False) == (value or False)
            for name, value in values.items()
        )
