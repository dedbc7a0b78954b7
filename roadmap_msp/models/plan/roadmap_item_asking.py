from odoo import api, fields, models

from ...rules.asking import asks_again, is_signed_refusal


class RoadmapItem(models.Model):
    """What changed since the client approved: below a limit it is shown, above it we ask again."""

    _inherit = "roadmap.item"

    ask_again = fields.Boolean(
        compute="_compute_ask_again",
        help="It costs more than the client approved, by more than the limit of the settings.",
    )

    @api.depends("state", "amount_one_off", "amount_recurring", "proposal_line_ids.is_open")
    def _compute_ask_again(self):
        for item in self:
            line = item.proposal_line_ids.filtered("is_open").sorted("id")[-1:]
            item.ask_again = bool(
                line and item.state == "approved" and item._rose_above_limit(line)
            )

    def _rose_above_limit(self, line):
        percent = self.company_id.sudo().roadmap_ask_again_percent
        return asks_again(
            line._shown_amounts(), (self.amount_one_off, self.amount_recurring), percent
        )

    def _prepare_proposal_line(self, sequence):
        values = super()._prepare_proposal_line(sequence)
        threshold = self.company_id.sudo().roadmap_refusal_risk
        values["signed_refusal"] = not self.covered and is_signed_refusal(self.risk, threshold)
        values["goal_name"] = self.goal_id._shown_name()
        earlier = self.sudo().proposal_line_ids.filtered("is_open").sorted("id")[-1:]
        if self.state == "approved" and earlier and not self._rose_above_limit(earlier):
            # The approval stands: the client is shown the difference and asked nothing.
            values.update(asks=False, answer_id=earlier.answer_id.id)
        return values

    def _quotation_problems(self):
        problems = super()._quotation_problems()
        if self.ask_again:
            line = self.open_proposal_line_id
            problems.append(
                self.env._(
                    "- %(item)s costs more than the client approved on %(proposal)s. Propose it"
                    " anew: the client decides again.",
                    item=self.name,
                    proposal=line.proposal_id.name,
                )
            )
        return problems
