from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.questionnaire.roadmap_question import LENGTHS
from .roadmap_questionnaire_send import DAYS_TO_ANSWER


class RoadmapQuestionnaireBatch(models.TransientModel):
    """Sends one questionnaire to many clients, after a look at who would get what."""

    _name = "roadmap.questionnaire.batch"
    _description = "Send a Questionnaire to Many Clients"

    questionnaire_id = fields.Many2one(
        "roadmap.questionnaire", required=True, domain="[('state', '=', 'published')]"
    )
    length = fields.Selection(LENGTHS, required=True, default="start")
    deadline = fields.Date(
        required=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=DAYS_TO_ANSWER),
    )
    line_ids = fields.One2many("roadmap.questionnaire.batch.line", "batch_id")
    summary = fields.Char(compute="_compute_summary")
    preview = fields.Html("The Mail", compute="_compute_preview", sanitize=False)

    @api.model
    def _for_clients(self, roadmaps):
        """A wizard with a line for each client; those with a problem are not ticked."""
        roadmaps.check_access("write")
        company = roadmaps[:1].company_id or self.env.company
        return self.create(
            {
                "questionnaire_id": self.env["roadmap.questionnaire"]
                ._current("technology", company)
                .id,
                "line_ids": [
                    fields.Command.create({"roadmap_id": roadmap.id}) for roadmap in roadmaps
                ],
            }
        )

    @api.depends("line_ids.send", "line_ids.problem", "line_ids.respondent_ids")
    def _compute_summary(self):
        for wizard in self:
            chosen = wizard.line_ids.filtered("send")
            wizard.summary = self.env._(
                "%(clients)s of %(all)s clients, %(mails)s mails",
                clients=len(chosen),
                all=len(wizard.line_ids),
                mails=sum(len(line.respondent_ids) for line in chosen),
            )

    @api.depends("questionnaire_id", "length", "deadline", "line_ids.send")
    def _compute_preview(self):
        for wizard in self:
            line = wizard.line_ids.filtered("send")[:1]
            wizard.preview = False
            if line and wizard.questionnaire_id:
                run = self.env["roadmap.assessment"].new(
                    line.roadmap_id._origin._prepare_run_values(
                        wizard.questionnaire_id._origin, wizard.length, wizard.deadline
                    )[0]
                )
                asked = [q for q in run._asked_questions() if q.audience != "msp"]
                wizard.preview = run._preview_invitation(
                    line.respondent_ids[:1]._origin, len(asked)
                )

    def action_send(self):
        """Create and send the runs of the ticked clients; their mails wait in the outbox.

        :return: an action that opens the new runs
        :raises UserError: where nobody is ticked, or a ticked client has nobody to ask
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("send")
        if not chosen:
            raise UserError(self.env._("Tick at least one client."))
        wrong = chosen.filtered(lambda line: not line.respondent_ids)
        if wrong:
            raise UserError(
                self.env._(
                    "Nobody could answer for: %(clients)s. Add a decision maker under People, or"
                    " untick these clients.",
                    clients=", ".join(wrong.mapped("roadmap_id.name")),
                )
            )
        values = chosen.roadmap_id._prepare_run_values(
            self.questionnaire_id, self.length, self.deadline
        )
        runs = self.env["roadmap.assessment"].create(values)
        runs.with_context(roadmap_respondent_ids=chosen.respondent_ids.ids).action_send()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_assessment_action"
        )
        return {**action, "domain": [("id", "in", runs.ids)], "context": {}}


class RoadmapQuestionnaireBatchLine(models.TransientModel):
    """One client of the batch: who would be asked, and what speaks against it."""

    _name = "roadmap.questionnaire.batch.line"
    _description = "Client of a Batch of Questionnaires"

    batch_id = fields.Many2one("roadmap.questionnaire.batch", required=True, ondelete="cascade")
    roadmap_id = fields.Many2one("roadmap.roadmap", "Client", required=True, ondelete="cascade")
    send = fields.Boolean(
        compute="_compute_problem", store=True, readonly=False, compute_sudo=False
    )
    contact_ids = fields.Many2many("res.partner", compute="_compute_contact_ids")
    respondent_ids = fields.Many2many(
        "res.partner",
        "roadmap_questionnaire_batch_line_partner_rel",
        string="Respondents",
        compute="_compute_respondent_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('id', 'in', contact_ids)]",
    )
    problem = fields.Char(
        "What Speaks Against It", compute="_compute_problem", store=True, compute_sudo=False
    )

    @api.depends("roadmap_id")
    def _compute_contact_ids(self):
        for line in self:
            line.contact_ids = line.roadmap_id.stakeholder_ids.partner_id

    @api.depends("roadmap_id", "batch_id.length")
    def _compute_respondent_ids(self):
        for line in self:
            line.respondent_ids = line.roadmap_id._respondents_for(line.batch_id.length)

    @api.depends("roadmap_id", "respondent_ids")
    def _compute_problem(self):
        busy = dict(
            self.env["roadmap.assessment"]._read_group(
                [
                    ("roadmap_id", "in", self.roadmap_id.ids),
                    ("state", "in", ("draft", "sent", "in_progress")),
                    # The yearly question goes out by itself and stands in nobody's way.
                    ("questionnaire_id.family_code", "!=", "yearly"),
                ],
                ["roadmap_id"],
                ["__count"],
            )
        )
        for line in self:
            line.problem = line._find_problem(busy)
            line.send = not line.problem

    def _find_problem(self, busy):
        """What speaks against sending to this client, or False."""
        if self.roadmap_id.state == "ended":
            return self.env._("the contract has ended")
        if not self.respondent_ids:
            return self.env._("nobody to ask: add a decision maker under People")
        if not all(partner.email_normalized for partner in self.respondent_ids):
            return self.env._("a respondent has no mail address")
        if busy.get(self.roadmap_id._origin):
            return self.env._("a questionnaire is open already")
        return False
