from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules import scoring
from .roadmap_assessment import BANDS

VERIFIED = {"verified_on", "verified_by_id"}


class RoadmapAssessmentSection(models.Model):
    """A page of a client's run."""

    _name = "roadmap.assessment.section"
    _description = "Questionnaire Page of a Client"
    _inherit = "roadmap.tied"
    _order = "assessment_id, sequence, id"

    assessment_id = fields.Many2one(
        "roadmap.assessment", "Run", required=True, index=True, ondelete="cascade"
    )
    roadmap_id = fields.Many2one(
        related="assessment_id.roadmap_id", store=True, index=True, precompute=True,
        string="Client",
    )  # fmt: skip
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    section_id = fields.Many2one(
        "roadmap.questionnaire.section", "Page", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="section_id.name")
    code = fields.Char(related="section_id.code", store=True, precompute=True)
    sequence = fields.Integer(related="section_id.sequence", store=True, precompute=True)
    weight = fields.Integer(related="section_id.weight")
    run_state = fields.Selection(related="assessment_id.state", string="State of the Run")
    provider_fills = fields.Boolean("Ours")
    respondent_ids = fields.Many2many(
        "res.partner", "roadmap_assessment_section_respondent_rel", "section_id", "partner_id",
        "Respondents",
    )  # fmt: skip
    done_count = fields.Integer("Done", compute="_compute_progress")
    required_count = fields.Integer("Required", compute="_compute_progress")
    progress = fields.Char(compute="_compute_progress")
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    verified_on = fields.Datetime(readonly=True, copy=False)
    published_on = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    score = fields.Float(readonly=True, copy=False, aggregator="avg", digits=(5, 1))
    is_scored = fields.Boolean(readonly=True, copy=False)
    band = fields.Selection(BANDS, compute="_compute_band")
    answer_ids = fields.One2many("roadmap.answer", "assessment_section_id")

    _section_uniq = models.UniqueIndex("(assessment_id, section_id)")

    def write(self, vals):
        """Technicians verify a page; whom it is for and what the client sees is for the team."""
        team = self.env.su or self.env.user.has_group("roadmap_msp.group_roadmap_user")
        if not team and set(vals) - VERIFIED:
            raise AccessError(self.env._("Respondents and publishing are up to the client's team."))
        return super().write(vals)

    @api.depends("score", "is_scored")
    def _compute_band(self):
        for section in self:
            section.band = scoring.band(section.score if section.is_scored else None) or False

    @api.depends("answer_ids.state", "answer_ids.hidden")
    def _compute_progress(self):
        groups = self.env["roadmap.answer"]._read_group(
            [
                ("assessment_section_id", "in", self.ids),
                ("question_id.required", "=", True),
                ("hidden", "=", False),
            ],
            ["assessment_section_id", "state"],
            ["__count"],
        )
        totals, done = {}, {}
        for section, state, count in groups:
            totals[section.id] = totals.get(section.id, 0) + count
            if state in ("answered", "verified"):
                done[section.id] = done.get(section.id, 0) + count
        for section in self:
            section.done_count = done.get(section.id, 0)
            section.required_count = totals.get(section.id, 0)
            section.progress = f"{section.done_count} / {section.required_count}"

    def action_open_answers(self):
        """Open the answers of the page."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_answer_action")
        return {
            **action,
            "name": self.name,
            "domain": [("assessment_section_id", "=", self.id)],
            "context": {"search_default_shown": 1},
        }

    def action_verify(self):
        """Mark every answer of the page as checked by us and store the page's score."""
        self.check_access("write")
        self._check_run("submitted", "in_review")
        self.answer_ids.filtered(lambda answer: answer.state == "answered").action_verify()
        for assessment in self.assessment_id:
            assessment._store_scores()
        self.write({"verified_on": fields.Datetime.now(), "verified_by_id": self.env.uid})

    def action_publish(self):
        """Let the client see score and findings of the page."""
        self.check_access("write")
        self._check_publisher()
        self._check_run("submitted", "in_review", "closed")
        self.write({"published_on": fields.Datetime.now(), "published_by_id": self.env.uid})

    def action_withdraw(self):
        """Hide score and findings of the page from the client again."""
        self.check_access("write")
        self._check_publisher()
        self.write({"published_on": False, "published_by_id": False})

    def _check_publisher(self):
        if not self.env.su and not self.env.user.has_group("roadmap_msp.group_roadmap_user"):
            raise UserError(
                self.env._("Publishing to the client is up to the vCIO or the account manager.")
            )

    def _check_run(self, *states):
        self.assessment_id._check_state(*states)
