import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class RoadmapAssessmentSheet(models.TransientModel):
    """A questionnaire as a spreadsheet: download, upload, compare, apply."""

    _name = "roadmap.assessment.sheet"
    _description = "Questionnaire as a Spreadsheet"

    assessment_id = fields.Many2one("roadmap.assessment", "Questionnaire", required=True)
    respondent_id = fields.Many2one(
        "res.partner",
        "Filled In By",
        domain="[('id', 'in', contact_ids)]",
        help="The client's contact who filled it in; empty if it was one of us.",
    )
    contact_ids = fields.Many2many("res.partner", compute="_compute_contact_ids")
    file = fields.Binary("Completed Spreadsheet", attachment=False)
    filename = fields.Char()
    step = fields.Selection([("choose", "Choose"), ("compare", "Compare")], default="choose")
    line_ids = fields.One2many("roadmap.assessment.sheet.line", "sheet_id")
    change_count = fields.Integer(compute="_compute_change_count")

    @api.depends("assessment_id")
    def _compute_contact_ids(self):
        for sheet in self:
            sheet.contact_ids = sheet.assessment_id.roadmap_id.stakeholder_ids.partner_id

    @api.constrains("respondent_id", "assessment_id")
    def _check_respondent(self):
        """An answer in somebody's name comes from one of the client's own people."""
        for sheet in self.filtered("respondent_id"):
            roadmap = sheet.assessment_id.roadmap_id
            client = roadmap.partner_id.commercial_partner_id
            person = sheet.respondent_id
            if person not in sheet.contact_ids and person.commercial_partner_id != client:
                raise ValidationError(
                    self.env._(
                        "%(person)s is no contact of %(client)s. Choose who filled it in.",
                        person=person.display_name,
                        client=roadmap.partner_id.display_name,
                    )
                )

    @api.depends("line_ids")
    def _compute_change_count(self):
        for sheet in self:
            sheet.change_count = len(sheet.line_ids)

    def action_download(self):
        """Give out the spreadsheet of the run, to be filled in."""
        self.ensure_one()
        self.assessment_id.check_access("read")
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.assessment_id.name}.xlsx".replace("/", "-"),
                "raw": self.assessment_id._sheet_bytes(),
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def action_compare(self):
        """Read the file and list what it would change; nothing is stored yet.

        :raises UserError: without a file, or where it cannot be read as a whole
        """
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose the completed spreadsheet first."))
        differences = self.assessment_id._read_sheet(base64.b64decode(self.file))
        self.line_ids = [fields.Command.clear()] + [
            fields.Command.create(
                {
                    "answer_id": entry["answer"].id if entry["answer"] else False,
                    "place": entry["place"],
                    "old_value": entry["old"],
                    "new_value": entry["new"],
                    "value": entry.get("value"),
                    "error": entry["error"],
                    "apply": not entry["error"],
                }
            )
            for entry in differences
        ]
        self.step = "compare"
        return self._reopen()

    def action_apply(self):
        """Store the chosen answers by the one way of storing them; what is refused stays listed."""
        self.ensure_one()
        chosen = self.line_ids.filtered(lambda line: line.apply and line.answer_id)
        self.assessment_id.check_access("write")
        chosen.answer_id.check_access("write")
        results = self.assessment_id._save_answers(
            {line.answer_id.question_id.id: line.value for line in chosen},
            respondent=self.respondent_id or self.env.user.partner_id,
            source="client" if self.respondent_id else "staff",
        )
        for line in chosen:
            result = results[line.answer_id.question_id.id]
            if result["conflict"]:
                line.error = self.env._("Somebody changed this answer in the meantime.")
            elif result["error"]:
                line.error = f"{line.place}: {result['error']}"
        refused = chosen.filtered("error")
        (chosen - refused).unlink()
        return self._reopen() if refused else {"type": "ir.actions.act_window_close"}

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Questionnaire as a Spreadsheet"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class RoadmapAssessmentSheetLine(models.TransientModel):
    """One difference between a completed spreadsheet and the questionnaire."""

    _name = "roadmap.assessment.sheet.line"
    _description = "Difference in a Spreadsheet"

    sheet_id = fields.Many2one("roadmap.assessment.sheet", required=True, ondelete="cascade")
    answer_id = fields.Many2one("roadmap.answer")
    question_id = fields.Many2one(related="answer_id.question_id", related_sudo=False)
    apply = fields.Boolean()
    place = fields.Char("Cell")
    old_value = fields.Char("Now")
    new_value = fields.Char("Spreadsheet")
    value = fields.Json()
    error = fields.Char()
