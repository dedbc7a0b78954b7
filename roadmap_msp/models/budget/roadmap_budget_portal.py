from odoo import models
from odoo.tools import format_date


class RoadmapBudget(models.Model):
    """What a client's contact reads of a budget: plain values, nothing internal among them."""

    _inherit = "roadmap.budget"

    def _prepare_portal_values(self, partner, roles):
        """Values of the page and of the PDF of this budget."""
        self.ensure_one()
        budget = self.sudo()
        roadmap = budget.roadmap_id
        lines = budget._grouped_lines([budget.fiscal_year])
        problem = budget._sign_problem(partner) if budget.state == "proposed" else False
        waiting = budget._waiting_points() if budget.state == "proposed" else ()
        url = f"/my/roadmap/budget/{budget.id}"
        return {
            **budget._figures(),
            "name": budget.name,
            "state": budget.state,
            "client": roadmap.partner_id.name,
            "company": roadmap.company_id.name,
            "amount_label": roadmap.company_id.roadmap_amount_label or self.env._("Investment"),
            "shown_on": self._portal_day(budget.proposed_on),
            "note": budget.note or "",
            "quarters": budget._lines_by_quarter(lines),
            "differences": budget._portal_differences(),
            "before": budget.previous_id.name or "",
            "signed_by": budget._signed_by_text() if budget.state != "proposed" else "",
            "first_signed_by": budget.first_signed_by if budget._first_signer() else "",
            "second_wanted": not problem and budget._sign_alone_problem(partner) or "",
            "signed_on": budget._signed_on_text() if budget.approved_on else "",
            "signer_name": partner.name,
            "may_sign": budget.state == "proposed" and not problem,
            "sign_problem": problem or "",
            "waiting_points": [line.name for line in waiting],
            "newest_url": budget._portal_newest_url(),
            "url": url,
        }

    def _portal_day(self, moment):
        return format_date(self.env, moment, date_format="d MMM y") if moment else ""

    def _portal_differences(self):
        """What changed since the revision that the client was shown before, ten rows at most."""
        return self._differences(self.previous_id)[:10] if self.previous_id.proposed_on else []

    def _portal_newest_url(self):
        """Where a superseded budget leads to; empty for one that stands."""
        if self.state != "superseded":
            return ""
        newest = self.roadmap_id._current_budget()
        return f"/my/roadmap/budget/{newest.id}" if newest else ""

    def _lines_by_quarter(self, lines):
        """[(quarter, one-off lines, recurring lines)] of the first year, without empty ones."""
        rows = []
        for number in range(1, 5):
            mine = [line for line in lines if line["quarter"] == number]
            mine.sort(key=lambda line: -line["value"])
            if mine:
                once = [line for line in mine if line["kind"] == "one_off"]
                recurring = [line for line in mine if line["kind"] == "recurring"]
                rows.append((f"Q{number}", once, recurring))
        return rows
