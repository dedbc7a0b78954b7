from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ...rules import scoring
from .roadmap_question import LENGTHS

STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("in_progress", "In progress"),
    ("submitted", "Submitted"),
    ("in_review", "In review"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
BANDS = [
    ("good", "Good"),
    ("fair", "Fair"),
    ("needs_work", "Needs work"),
    ("at_risk", "At risk"),
]
OPEN_STATES = ("sent", "in_progress")
REVIEW_STATES = ("submitted", "in_review")
STAFF = "base.group_user"


class RoadmapAssessment(models.Model):
    """One dated run of a questionnaire with one client.

    Portal users may read it, so every field that is not for the client carries ``STAFF``.
    """

    _name = "roadmap.assessment"
    _description = "Questionnaire of a Client"
    _inherit = ["roadmap.tied", "portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, required=True, precompute=True
    )
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade", groups=STAFF
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, groups=STAFF
    )
    questionnaire_id = fields.Many2one(
        "roadmap.questionnaire", required=True, index=True, ondelete="restrict", groups=STAFF,
        domain="[('state', '=', 'published')]", default=lambda self: self._default_questionnaire(),
    )  # fmt: skip
    length = fields.Selection(LENGTHS, required=True, default="start")
    previous_id = fields.Many2one(
        "roadmap.assessment", "Run Before", index="btree_not_null", ondelete="set null",
        copy=False, groups=STAFF,
    )  # fmt: skip
    state = fields.Selection(
        STATES, default="draft", required=True, tracking=True, copy=False, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", compute="_compute_user_id", store=True, readonly=False,
        precompute=True, groups=STAFF,
    )  # fmt: skip
    deadline = fields.Date()
    sent_on = fields.Datetime(readonly=True, copy=False)
    submitted_on = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, ondelete="restrict", index="btree_not_null",
        groups=STAFF,
    )  # fmt: skip
    closed_on = fields.Datetime(readonly=True, copy=False, groups=STAFF)
    score = fields.Float(readonly=True, copy=False, aggregator="avg", digits=(5, 1), groups=STAFF)
    is_scored = fields.Boolean(readonly=True, copy=False, groups=STAFF)
    band = fields.Selection(BANDS, compute="_compute_band", groups=STAFF)
    section_ids = fields.One2many("roadmap.assessment.section", "assessment_id", groups=STAFF)
    answer_ids = fields.One2many("roadmap.answer", "assessment_id", groups=STAFF)
    finding_ids = fields.One2many("roadmap.finding", "assessment_id", groups=STAFF)
    access_token = fields.Char(groups=STAFF)

    @api.model
    def _default_questionnaire(self):
        return self.env["roadmap.questionnaire"]._current("technology", self.env.company)

    @api.depends("roadmap_id")
    def _compute_user_id(self):
        """Whoever starts the run; one that a job starts belongs to the client's team."""
        me = self.env.user
        for assessment in self.filtered(lambda run: not run.user_id):
            team = assessment._responsible()
            assessment.user_id = team if me.id == SUPERUSER_ID and team else me

    def _responsible(self):
        """Whoever of us a client hears from about the run: its own, else the client's; or none."""
        return self.user_id or self.roadmap_id.vcio_id or self.roadmap_id.account_manager_id

    @api.depends("roadmap_id", "questionnaire_id", "length")
    def _compute_name(self):
        for assessment in self:
            if assessment.name or not (assessment.roadmap_id and assessment.questionnaire_id):
                continue
            assessment.name = assessment._default_name()

    def _default_name(self):
        titles = {
            "start": self.env._("Start form"),
            "business": self.env._("Business talk"),
            "full": self.env._("Full questionnaire"),
        }
        month = fields.Date.context_today(self).strftime("%m/%Y")
        return f"{self.roadmap_id.name}: {titles[self.length]} {month}"

    @api.depends("score", "is_scored")
    def _compute_band(self):
        for assessment in self:
            score = assessment.score if assessment.is_scored else None
            assessment.band = scoring.band(score) or False

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for assessment in self:
            assessment.access_url = f"/my/roadmap/questionnaire/{assessment.id}"
        return result

    def _is_client(self):
        """Whether questions for existing clients apply; a prospect is not asked them."""
        return self.sudo().roadmap_id.state != "prospect"

    def _check_state(self, *states):
        """Refuse an action that the run's state does not allow."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for assessment in self:
            if assessment.state not in states:
                raise UserError(
                    self.env._(
                        "%(run)s is %(state)s; this needs a run that is: %(needed)s.",
                        run=assessment.name,
                        state=labels[assessment.state].lower(),
                        needed=", ".join(labels[state].lower() for state in states),
                    )
                )

    def action_start_review(self):
        """The provider looks through the submitted answers."""
        self.check_access("write")
        self._check_state("submitted")
        self.write({"state": "in_review"})

    def action_close(self):
        """Store the final scores and findings; a closed run never reopens."""
        self.check_access("write")
        self._check_state("submitted", "in_review")
        for assessment in self:
            assessment._store_scores()
            assessment._update_findings()
        self.write({"state": "closed", "closed_on": fields.Datetime.now()})
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def action_cancel(self):
        """Stop the run and withdraw the links that were sent for it."""
        self.check_access("write")
        self._check_state("draft", "sent", "in_progress", "submitted", "in_review")
        self.write({"state": "cancelled"})
        self._links()._withdraw()
        self._stop_reminding()
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def action_new_run(self):
        """Start the next run of the same length; answers are carried over when it is sent.

        :return: an action that opens the new run
        """
        self.ensure_one()
        self.check_access("write")
        current = self.env["roadmap.questionnaire"]._current(
            self.questionnaire_id.family_code, self.company_id
        )
        run = self.create(
            {
                "roadmap_id": self.roadmap_id.id,
                "questionnaire_id": (current or self.questionnaire_id).id,
                "length": self.length,
                "previous_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": run.id,
            "view_mode": "form",
        }

    def _links(self):
        """Personal links that lead to these runs."""
        return self.env["roadmap.link"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("withdrawn_on", "=", False),
            ]
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        for assessment in self:
            if assessment.state not in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(run)s was sent to the client. Cancel it before deleting it.",
                        run=assessment.name,
                    )
                )
