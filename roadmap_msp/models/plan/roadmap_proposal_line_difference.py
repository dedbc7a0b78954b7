from odoo import fields, models
from odoo.tools import format_date


class RoadmapProposalLine(models.Model):
    """What is different from the line that the client was shown before."""

    _inherit = "roadmap.proposal.line"

    replaces_ids = fields.One2many("roadmap.proposal.line", "replaced_by_id", "Took the Place Of")
    asks = fields.Boolean(
        "Asks for a Decision",
        default=True,
        help="Off: the client approved it before, and what changed is within the limit.",
    )
    signed_refusal = fields.Boolean(
        "Refusal Is Signed", help="The settings asked for a signature when it was proposed."
    )
    goal_name = fields.Char("Serves the Goal")
    difference = fields.Char(compute="_compute_difference")

    def _compute_difference(self):
        for line in self:
            line.difference = "; ".join(line._difference_words()) or False

    def _difference_words(self):
        """What changed since the proposal before, in words for the client; both are frozen."""
        self.ensure_one()
        before = self.replaces_ids.sorted("id")[-1:]
        if not before:
            return []
        words = []
        now = self._money_text(self.amount_one_off, self.amount_recurring)
        was = self._money_text(*before._shown_amounts())
        if now != was:
            words.append(self.env._("was %(before)s, now %(now)s", before=was, now=now))
        if self.target_date != before.target_date:
            words.append(
                self.env._(
                    "was planned for %(before)s, now for %(now)s",
                    before=before._month_text(),
                    now=self._month_text(),
                )
            )
        if self.name != before.name:
            words.append(self.env._("was called “%s”", before.name))
        if (self.summary or "") != (before.summary or ""):
            words.append(self.env._("the reason is worded anew"))
        if self.risk != before.risk:
            words.append(self.env._("the risk is judged anew"))
        return words

    def _money_text(self, once, monthly):
        """Both amounts in words, never summed."""
        money = self.roadmap_id._money
        parts = [money(once)] if once or not monthly else []
        if monthly:
            parts.append(self.env._("%s per month", money(monthly)))
        return " + ".join(parts)

    def _month_text(self):
        if not self.target_date:
            return self.env._("no date")
        return format_date(self.env, self.target_date, date_format="MMMM yyyy")
