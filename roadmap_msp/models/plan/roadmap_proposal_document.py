from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from .roadmap_proposal_line_portal import SILENT
from .roadmap_roadmap_portal_plan import COUNTED


class RoadmapProposal(models.Model):
    """The proposal on paper: what its page shows, with the decisions taken so far."""

    _inherit = "roadmap.proposal"

    def _prepare_document_values(self):
        """Plain values of the PDF, from the same cards as the page.

        :raises AccessError: any login opens a report's address, a client has the page's download
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.su and not self.env.user._is_internal():
            raise AccessError(self.env._("Download the PDF from the page of this proposal."))
        proposal = self.sudo()
        roadmap = proposal.roadmap_id
        page = proposal._prepare_portal_values(roadmap.partner_id, set())
        lines = {line.id: line for line in proposal.line_ids}
        points = [
            {**card, "decisions": lines[card["id"]]._document_decisions()} for card in page["cards"]
        ]
        return {
            **page,
            "client": roadmap.partner_id.name,
            "withdrawn_on": proposal._document_day(proposal.withdrawn_on),
            "points": points,
            "replaced": proposal._document_replaced(),
            **proposal._document_totals(points),
        }

    def _document_totals(self, points):
        """What is still planned or bought, one-off and recurring apart; without a price apart."""
        counted = [point for point in points if point["state"] in COUNTED]
        once, monthly = (sum(point["amounts"][place] for point in counted) for place in (0, 1))
        money = self.roadmap_id._money
        return {
            "total_once": money(once) if once else "",
            "total_monthly": money(monthly) if monthly else "",
            "unpriced": sum(not any(point["amounts"]) for point in counted),
            "left_out": any(point["state"] in ("declined", "deferred") for point in points),
        }

    def _document_replaced(self):
        """[(name, number of the newer proposal)] of what was proposed anew since."""
        lines = self.line_ids.filtered(
            lambda line: line.replaced_by_id and line.item_id.state not in SILENT
        )
        return [(line.name, line.replaced_by_id.proposal_id.name) for line in lines]

    def _document_day(self, moment):
        return format_date(self.env, moment, date_format="d MMM y") if moment else ""

    def _document_name(self):
        self.ensure_one()
        return self.env._(
            "Proposal %(number)s %(client)s.pdf", number=self.name, client=self.partner_id.name
        )

    def _get_report_base_filename(self):
        return self._document_name().removesuffix(".pdf")

    def _render_document(self):
        """The PDF as bytes, in the client's language."""
        report = "roadmap_msp.roadmap_proposal_report"
        return self.env["ir.actions.report"]._roadmap_pdf(report, self, self.partner_id)


class RoadmapProposalLine(models.Model):
    _inherit = "roadmap.proposal.line"

    def _document_decisions(self):
        """Every answer of the client to this point, a sentence each, in the order in which they
        were given: also to earlier proposals of it and in meetings."""
        self.ensure_one()
        taken = self.item_id.decision_ids.filtered(
            lambda row: row.partner_id and not row.internal_reason
        )
        words = dict(
            self.env["roadmap.decision"]._fields["decision"]._description_selection(self.env)
        )
        sentences = []
        for row in taken.sorted(lambda row: (row.decided_on, row.id)):
            parts = [words[row.decision]]
            if row.option_text:
                parts.append(row.option_text)
            if row.until:
                until = self.proposal_id._document_day(row.until)
                parts.append(self.env._("until %(date)s", date=until))
            # What somebody wants to tell us before a call is not for the paper.
            if row.decision != "talk" and row._told_reason():
                parts.append(f"“{row._told_reason()}”")
            sentences.append(
                self.env._(
                    "%(day)s, %(name)s: %(answer)s",
                    day=self.proposal_id._document_day(row.decided_on),
                    name=row.signed_by or row.partner_id.name or "",
                    answer=", ".join(parts),
                )
            )
        return sentences
