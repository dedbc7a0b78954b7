from odoo import fields, models
from odoo.tools import format_date

from ...rules import scoring

BAND_COLOURS = {"good": "#2f855a", "fair": "#b7791f", "needs_work": "#c05621", "at_risk": "#c53030"}
RISK_COLOURS = {"critical": "#c53030", "high": "#c05621", "medium": "#b7791f", "low": "#4a5568"}


class RoadmapBook(models.Model):
    """What stands in a book: plain values, only what the client was shown already."""

    _inherit = "roadmap.book"

    def _prepare_values(self):
        """Values of every page. Constant in queries: nothing is read row by row.

        :raises AccessError: the user may not read the book; any login opens a report's address
        """
        self.ensure_one()
        self.check_access("read")
        book = self.sudo().with_context(lang=self.client_id.lang or self.env.lang)
        roadmap = book.roadmap_id
        budget = roadmap._current_budget().with_context(lang=book.env.lang)
        pages = book._pages()
        values = {
            "client": roadmap.partner_id.name,
            "msp": roadmap.company_id.name,
            "made_on": book._day(self.made_on or fields.Datetime.now()),
            "made_by": book.user_id.name or "",
            "note": book.note or "",
            "owner_copy": book.owner_copy,
            "amount_label": roadmap.company_id.roadmap_amount_label or self.env._("Investment"),
            "pages": pages,
            "score": book._score(pages),
            "risks": book._risks(),
            "goals": book._goals(),
            "budget": budget._figures() if budget else None,
            "budget_name": budget.name or "",
            "signed": budget._signed_on_text() if budget.approved_on else "",
            "quarters": budget._lines_by_quarter(budget._grouped_lines([budget.fiscal_year]))
            if budget
            else [],
            "later": book._later(budget),
            "next_meeting": book._next_meeting(),
        }
        if book.kind == "full":
            values.update(book._full_values())
        return values

    def _day(self, day):
        return format_date(self.env, day, date_format="d MMM y") if day else ""

    def _run(self):
        """The newest run with a page that was published."""
        page = self.env["roadmap.assessment.section"].search(
            [("roadmap_id", "=", self.roadmap_id.id), ("published_on", "!=", False)],
            order="assessment_id desc",
            limit=1,
        )
        return page.assessment_id

    def _pages(self):
        """Published pages with score, band and colour; nothing of a page that was not published."""
        bands = dict(
            self.env["roadmap.assessment"]._fields["band"]._description_selection(self.env)
        )
        rows = []
        published = self._run().section_ids.filtered("published_on")
        for page, score in published._shown_to(self.owner_copy).items():
            band = scoring.band(score)
            rows.append(
                {
                    "name": page.name,
                    "weight": page.weight,
                    "raw": score,
                    "score": "" if score is None else f"{score:.0f}",
                    "width": round(score or 0),
                    "band": bands.get(band, self.env._("not scored")),
                    "colour": BAND_COLOURS.get(band, "#a0aec0"),
                }
            )
        return rows

    def _score(self, pages):
        """The score over the published pages, or None."""
        score = scoring.run_score((page["weight"], page["raw"]) for page in pages)
        if score is None:
            return None
        bands = dict(
            self.env["roadmap.assessment"]._fields["band"]._description_selection(self.env)
        )
        band = scoring.band(score)
        return {"value": f"{score:.0f}", "band": bands[band], "colour": BAND_COLOURS[band]}

    def _visible_findings(self, *states):
        """Findings that the client may read here: of published pages, or proposed as an item."""
        folded = [("parent_id", "=", False)]
        if not self.owner_copy:
            # What is folded into a line that this copy leaves out stands on its own.
            folded = ["|", *folded, ("parent_id.owner_only", "=", True), ("owner_only", "=", False)]
        findings = self.env["roadmap.finding"].search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("kind", "=", "risk"),
                ("state", "in", states),
                *folded,
                "|",
                ("answer_id.assessment_section_id.published_on", "!=", False),
                ("item_ids.proposal_line_ids.is_open", "=", True),
            ]
        )
        return findings

    def _risks(self):
        words = dict(self.env["roadmap.finding"]._fields["risk"]._description_selection(self.env))
        return [
            {
                "name": finding.name,
                "risk": words[finding.risk],
                "colour": RISK_COLOURS[finding.risk],
                "area": finding.category_id.name or "",
                "planned": finding.state == "planned",
            }
            for finding in self._visible_findings("open", "planned")
        ]

    def _goals(self):
        """The client's goals; what the owner told in confidence only in the owner's copy."""
        secret = [] if self.owner_copy else [("owner_only", "=", False)]
        goals = self.env["roadmap.goal"].search([("roadmap_id", "=", self.roadmap_id.id), *secret])
        horizons = dict(goals._fields["horizon"]._description_selection(self.env))
        return [
            {
                "name": goal.name,
                "horizon": horizons[goal.horizon],
                "measure": goal.measure or "",
                "reached": self._day(goal.reached_on),
            }
            for goal in goals
        ]

    def _later(self, budget):
        """[(year, lines)] of the second to the fifth year, one-off money only."""
        if not budget:
            return []
        lines = budget._grouped_lines(budget._years()[1:])
        years = []
        for year in budget._years()[1:]:
            mine = [row for row in lines if row["year"] == year and row["kind"] == "one_off"]
            years.append((f"FY{year}", sorted(mine, key=lambda row: (row["quarter"], row["name"]))))
        return years

    def _next_meeting(self):
        meeting = self.env["roadmap.meeting"].search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "=", "booked"),
                ("stop", ">=", fields.Datetime.now()),
            ],
            order="start",
            limit=1,
        )
        return self._day(meeting.start) if meeting else ""
