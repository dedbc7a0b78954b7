from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.questionnaire.roadmap_question import LENGTHS

DAYS_TO_ANSWER = 14


class RoadmapQuestionnaireSend(models.TransientModel):
    """Sends a questionnaire to one client: which, how long, to whom, until when."""

    _name = "roadmap.questionnaire.send"
    _description = "Send a Questionnaire"

    roadmap_id = fields.Many2one("roadmap.roadmap", "Client", required=True)
    questionnaire_id = fields.Many2one(
        "roadmap.questionnaire",
        required=True,
        domain="[('state', '=', 'published')]",
        compute="_compute_questionnaire_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    length = fields.Selection(LENGTHS, required=True, default="start")
    contact_ids = fields.Many2many("res.partner", compute="_compute_contact_ids")
    respondent_ids = fields.Many2many(
        "res.partner",
        "roadmap_questionnaire_send_partner_rel",
        string="Respondents",
        compute="_compute_respondent_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('id', 'in', contact_ids)]",
    )
    deadline = fields.Date(
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=DAYS_TO_ANSWER)
    )
    question_count = fields.Integer("Questions", compute="_compute_question_count")
    page_ids = fields.Many2many("roadmap.questionnaire.section", compute="_compute_question_count")
    due_ids = fields.One2many(
        "roadmap.questionnaire.send.page", "wizard_id", "Pages Due on Another Day"
    )
    open_run_id = fields.Many2one("roadmap.assessment", compute="_compute_open_run_id")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    is_automatic = fields.Boolean(related="roadmap_id.auto_invitation")

    @api.depends("roadmap_id")
    def _compute_questionnaire_id(self):
        questionnaires = self.env["roadmap.questionnaire"]
        for wizard in self:
            company = wizard.roadmap_id.company_id or self.env.company
            own = wizard.roadmap_id.tier_id.questionnaire_id
            published = own if own.state == "published" else questionnaires
            wizard.questionnaire_id = published or questionnaires._current("technology", company)

    @api.depends("roadmap_id")
    def _compute_contact_ids(self):
        for wizard in self:
            wizard.contact_ids = wizard.roadmap_id.stakeholder_ids.partner_id

    @api.depends("roadmap_id", "length")
    def _compute_respondent_ids(self):
        for wizard in self:
            wizard.respondent_ids = wizard.roadmap_id._respondents_for(wizard.length)

    @api.depends("roadmap_id")
    def _compute_open_run_id(self):
        for wizard in self:
            wizard.open_run_id = self.env["roadmap.assessment"].search(
                [
                    ("roadmap_id", "=", wizard.roadmap_id.id),
                    ("state", "in", ("draft", "sent", "in_progress")),
                ],
                limit=1,
            )

    @api.depends("questionnaire_id", "length", "roadmap_id")
    def _compute_question_count(self):
        for wizard in self:
            questions = wizard._client_questions()
            wizard.question_count = len(questions)
            wizard.page_ids = [
                fields.Command.set(list({question.section: None for question in questions}))
            ]

    def _client_questions(self):
        """The questions that the client is asked, ours left out."""
        if not self.questionnaire_id or not self.roadmap_id:
            return []
        return [
            question
            for question in self._new_run()._asked_questions()
            if question.audience != "msp"
        ]

    def _new_run(self):
        return self.env["roadmap.assessment"].new(self._prepare_run_values())

    def _prepare_run_values(self):
        """Values of the run that is to be sent."""
        return self.roadmap_id._prepare_run_values(
            self.questionnaire_id, self.length, self.deadline
        )[0]

    @api.depends("questionnaire_id", "length", "respondent_ids", "deadline")
    def _compute_preview(self):
        for wizard in self:
            partner = wizard.respondent_ids[:1]
            if not (partner and wizard.questionnaire_id and wizard.roadmap_id):
                wizard.preview = False
                continue
            run = wizard._new_run()
            wizard.preview = run._preview_invitation(partner._origin, wizard.question_count)

    def action_send(self):
        """Create the run and send it; its mails wait in the outbox.

        :return: an action that opens the run
        :raises UserError: without a respondent
        """
        self.ensure_one()
        if not self.respondent_ids:
            raise UserError(
                self.env._(
                    "Choose at least one respondent. If the list is empty, add a decision maker"
                    " under People on the client's roadmap first."
                )
            )
        run = self.env["roadmap.assessment"].create(self._prepare_run_values())
        run.with_context(
            roadmap_respondent_ids=self.respondent_ids.ids,
            roadmap_page_deadlines={row.section_id.id: row.deadline for row in self.due_ids},
        ).action_send()
        return {
            "type": "ir.actions.act_window",
            "res_model": "roadmap.assessment",
            "res_id": run.id,
            "view_mode": "form",
        }
