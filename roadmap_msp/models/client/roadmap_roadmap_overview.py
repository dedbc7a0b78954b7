from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.item_state import OVER
from ..meeting.roadmap_meeting import STATES as MEETING_STATES


class RoadmapRoadmap(models.Model):
    """What the form, the cards and the smart buttons of a client show."""

    _inherit = "roadmap.roadmap"

    assessment_count = fields.Integer(
        "Questionnaires", compute="_compute_technical_counts", compute_sudo=True
    )
    asset_count = fields.Integer("Assets", compute="_compute_technical_counts", compute_sudo=True)
    finding_count = fields.Integer(
        "Open Findings",
        compute="_compute_counts",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    item_count = fields.Integer(
        "Open Items",
        compute="_compute_counts",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    meeting_count = fields.Integer(
        "Meetings",
        compute="_compute_counts",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    contract_count = fields.Integer(
        "Contracts",
        compute="_compute_counts",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    lead_count = fields.Integer(
        "Number of Opportunities",
        compute="_compute_counts",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    order_count = fields.Integer(
        "Number of Quotations",
        compute="_compute_counts",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    score = fields.Integer(
        compute="_compute_score",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
        help="Of the last questionnaire that has one; 0 to 100.",
    )
    has_score = fields.Boolean(
        compute="_compute_score", compute_sudo=True, groups="roadmap_msp.group_roadmap_user"
    )
    next_meeting_id = fields.Many2one(
        "roadmap.meeting",
        compute="_compute_next_meeting",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    next_meeting_state = fields.Selection(
        MEETING_STATES,
        "Next Meeting Is",
        compute="_compute_next_meeting",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    next_meeting_on = fields.Date(
        compute="_compute_next_meeting",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
        help="The day it is booked for or, while it is to book, the day it is due.",
    )
    last_meeting_on = fields.Date(
        "Last Meeting That Counts",
        compute="_compute_last_meeting_on",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
    )
    is_untapped = fields.Boolean(
        "Untapped",
        compute="_compute_is_untapped",
        search="_search_is_untapped",
        compute_sudo=True,
        groups="roadmap_msp.group_roadmap_user",
        help="Running, but no meeting with a decision maker for longer than the settings allow.",
    )

    def _count_children(self, model, domain=()):
        """{roadmap id: number of rows of `model`} in one query."""
        domain = Domain("roadmap_id", "in", self.ids) & Domain(list(domain))
        groups = self.env[model]._read_group(domain, ["roadmap_id"], ["__count"])
        return defaultdict(int, {roadmap.id: count for roadmap, count in groups})

    def _compute_technical_counts(self):
        assessments = self._count_children("roadmap.assessment", [("state", "!=", "cancelled")])
        assets = self._count_children("roadmap.asset", [("state", "!=", "retired")])
        for roadmap in self:
            roadmap.assessment_count = assessments[roadmap.id]
            roadmap.asset_count = assets[roadmap.id]

    def _compute_counts(self):
        findings = self._count_children("roadmap.finding", [("state", "=", "open")])
        items = self._count_children("roadmap.item", [("state", "not in", OVER)])
        meetings = self._count_children("roadmap.meeting", [("state", "!=", "cancelled")])
        contracts = self._count_children("roadmap.contract")
        leads = self._count_children("crm.lead")
        orders = self._count_children("sale.order", [("state", "!=", "cancel")])
        for roadmap in self:
            roadmap.finding_count = findings[roadmap.id]
            roadmap.item_count = items[roadmap.id]
            roadmap.meeting_count = meetings[roadmap.id]
            roadmap.contract_count = contracts[roadmap.id]
            roadmap.lead_count = leads[roadmap.id]
            roadmap.order_count = orders[roadmap.id]

    @api.depends("assessment_ids.score", "assessment_ids.is_scored")
    def _compute_score(self):
        groups = self.env["roadmap.assessment"]._read_group(
            [("roadmap_id", "in", self.ids), ("is_scored", "=", True)],
            ["roadmap_id"],
            ["id:max"],
        )
        last = {roadmap.id: last_id for roadmap, last_id in groups}
        runs = self.env["roadmap.assessment"].browse(last.values())
        scores = {run.roadmap_id.id: run.score for run in runs}
        for roadmap in self:
            roadmap.has_score = roadmap.id in scores
            roadmap.score = round(scores.get(roadmap.id, 0))

    @api.depends("meeting_ids.state", "meeting_ids.start", "meeting_ids.due_date")
    def _compute_next_meeting(self):
        """The first booked meeting that lies ahead, else the first that is to be booked."""
        meetings = self.env["roadmap.meeting"].search_fetch(
            [("roadmap_id", "in", self.ids), ("state", "in", ("to_book", "booked"))],
            ["roadmap_id", "state", "start", "due_date"],
        )
        now = fields.Datetime.now()
        for roadmap in self:
            own = meetings.filtered(lambda m, r=roadmap: m.roadmap_id == r)
            booked = own.filtered(lambda m: m.state == "booked" and m.start and m.start >= now)
            first = booked.sorted("start")[:1]
            if first:
                local = fields.Datetime.context_timestamp(self, first.start)
                roadmap.next_meeting_on = local.date()
            else:
                first = own.filtered(lambda m: m.state == "to_book").sorted("due_date")[:1]
                roadmap.next_meeting_on = first.due_date
            roadmap.next_meeting_id = first
            roadmap.next_meeting_state = first.state

    @api.depends("meeting_ids.counts", "meeting_ids.held_on")
    def _compute_last_meeting_on(self):
        groups = self.env["roadmap.meeting"]._read_group(
            [("roadmap_id", "in", self.ids), ("counts", "=", True)],
            ["roadmap_id"],
            ["held_on:max"],
        )
        last = {roadmap.id: day for roadmap, day in groups}
        for roadmap in self:
            roadmap.last_meeting_on = last.get(roadmap.id)

    def _untapped_domain(self):
        """Running clients of the current companies that nobody met in the time of the settings."""
        today = fields.Date.context_today(self)
        domain = Domain.FALSE
        for company in self.env.companies.sudo():
            limit = today - timedelta(days=company.roadmap_untapped_days)
            domain |= (
                Domain("company_id", "=", company.id)
                & Domain("started_on", "<=", limit)
                & ~Domain("meeting_ids", "any", [("counts", "=", True), ("held_on", ">", limit)])
            )
        return Domain("state", "=", "running") & domain

    @api.depends("state", "started_on", "company_id.roadmap_untapped_days", "last_meeting_on")
    def _compute_is_untapped(self):
        today = fields.Date.context_today(self)
        for roadmap in self:
            since = roadmap.last_meeting_on or roadmap.started_on
            limit = today - timedelta(days=roadmap.company_id.roadmap_untapped_days)
            roadmap.is_untapped = bool(roadmap.state == "running" and since and since <= limit)

    def _search_is_untapped(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._untapped_domain()
        wanted = Domain.OR([domain if item else ~domain for item in value])
        return Domain("id", "in", self.sudo()._search(wanted))
