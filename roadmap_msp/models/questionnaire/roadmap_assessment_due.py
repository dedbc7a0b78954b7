from odoo import api, fields, models


class RoadmapAssessmentSection(models.Model):
    _inherit = "roadmap.assessment.section"

    deadline = fields.Date(
        "Due", copy=False, help="Until when this page is wanted; empty means the day of the run."
    )

    def _due(self):
        """The earliest day until which one of these pages is wanted, or None."""
        days = [page.deadline or page.assessment_id.deadline for page in self]
        return min(filter(None, days), default=None)


class RoadmapAssessment(models.Model):
    """What is due when: a run has a day, and any of its pages may have one of its own."""

    _inherit = "roadmap.assessment"

    last_due = fields.Date(
        compute="_compute_last_due", search="_search_last_due", groups="base.group_user"
    )

    @api.depends("deadline", "section_ids.deadline")
    def _compute_last_due(self):
        for run in self:
            days = [run.deadline, *run.section_ids.mapped("deadline")]
            run.last_due = max(filter(None, days), default=False)

    def _search_last_due(self, operator, value):
        """Runs of which something is wanted from such a day on; no more can be searched for."""
        if operator not in (">", ">="):
            return NotImplemented
        pages = [("section_ids.deadline", operator, value)]
        return fields.Domain("deadline", operator, value) | fields.Domain(pages)

    def _due_values(self, page):
        """The day of a page for the client's page, in words; nothing where it is the run's."""
        if not page.deadline:
            return {"deadline": None, "due": "", "late": False}
        today = fields.Date.context_today(self)
        return {
            "deadline": page.deadline,
            "due": self._days_in_words((page.deadline - today).days),
            "late": page.deadline < today,
        }

    def _due_words(self):
        """How long until the day of the run, as people say it."""
        if not self.deadline:
            return ""
        return self._days_in_words((self.deadline - fields.Date.context_today(self)).days)

    def _days_in_words(self, days):
        if days == 0:
            return self.env._("today")
        if days == 1:
            return self.env._("tomorrow")
        if days > 0:
            return self.env._("in %(days)s days", days=days)
        if days == -1:
            return self.env._("one day late")
        return self.env._("%(days)s days late", days=-days)
