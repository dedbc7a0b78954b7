from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_date
from odoo.tools.misc import formatLang, get_lang

from ...rules.answers import Value
from .roadmap_question_choice import RISKS, SPECIALS

STATES = [
    ("unanswered", "Unanswered"),
    ("answered", "Answered"),
    ("clarify", "Returned"),
    ("verified", "Verified"),
]
SOURCES = [
    ("client", "Client"),
    ("staff", "Our staff"),
    ("carried", "As last time"),
    ("prefilled", "Filled from what we know"),
]
VALUE_FIELDS = {
    "choice_id", "choice_ids", "value_number", "value_date", "value_text", "attachment_ids", "note",
}  # fmt: skip
TICKS = ("single", "yes_no")
FIGURES = ("number", "money")


def figure_in_words(env, number, currency=None):
    """A figure as the reader's language writes it, 1,200 or 0.5; money with its currency."""
    text = formatLang(env, number, digits=2).rstrip("0").rstrip(get_lang(env).decimal_point)
    if not currency:
        return text
    if currency.position == "before":
        return f"{currency.symbol}{text}"
    return f"{text}\N{NO-BREAK SPACE}{currency.symbol}"


class RoadmapAnswer(models.Model):
    """The answer to one question of one run; the row exists from the moment the run is sent.

    Values are stored by ``roadmap.assessment._save_answers`` only; a write of a value, from a form
    of the back office for instance, is led there.
    """

    _name = "roadmap.answer"
    _description = "Answer"
    _inherit = ["mail.thread"]
    _order = "assessment_id, section_sequence, assessment_section_id, sequence, id"
    _rec_name = "question_id"

    assessment_id = fields.Many2one(
        "roadmap.assessment", "Run", required=True, index=True, ondelete="cascade"
    )
    assessment_section_id = fields.Many2one(
        "roadmap.assessment.section", "Page", required=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "roadmap.question", required=True, index=True, ondelete="restrict"
    )
    roadmap_id = fields.Many2one(
        related="assessment_id.roadmap_id", store=True, index=True, precompute=True,
        string="Client",
    )  # fmt: skip
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    section_sequence = fields.Integer(
        related="question_id.section_sequence", store=True, precompute=True, string="Page Order"
    )
    sequence = fields.Integer(related="question_id.sequence", store=True, precompute=True)
    audience = fields.Selection(
        related="question_id.audience", store=True, index=True, precompute=True
    )
    question_type = fields.Selection(related="question_id.question_type")
    question_text = fields.Char(related="question_id.name", string="Question in Words")
    run_state = fields.Selection(related="assessment_id.state", string="State of the Run")
    why = fields.Char(related="question_id.why")
    state = fields.Selection(STATES, default="unanswered", required=True, readonly=True)
    source = fields.Selection(SOURCES, readonly=True)
    version = fields.Integer(default=0, required=True, readonly=True)
    choice_id = fields.Many2one(
        "roadmap.question.choice", "Choice", index="btree_not_null", ondelete="restrict",
        domain="[('question_id', '=', question_id), ('kind', 'not in', ('number', 'date'))]",
    )  # fmt: skip
    choice_ids = fields.Many2many(
        "roadmap.question.choice", string="Choices",
        domain="[('question_id', '=', question_id), ('kind', 'not in', ('number', 'date'))]",
    )  # fmt: skip
    value_number = fields.Float("Figure")
    value_date = fields.Date("Date")
    value_text = fields.Text("Text")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    special = fields.Selection(SPECIALS, readonly=True)
    display_value = fields.Char("Answer", compute="_compute_display_value")
    previous_value = fields.Char("Last Time", compute="_compute_previous_value")
    note = fields.Text()
    is_scored = fields.Boolean(readonly=True)
    score = fields.Float(readonly=True, aggregator=None, digits=(5, 1))
    risk = fields.Selection(RISKS, readonly=True)
    hidden = fields.Boolean(readonly=True, help="Its condition was false when last checked.")
    changed = fields.Boolean(readonly=True, help="Differs from the run before.")
    respondent_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", readonly=True
    )
    answered_on = fields.Datetime(readonly=True)
    previous_id = fields.Many2one("roadmap.answer", index="btree_not_null", ondelete="set null")
    returned_reason = fields.Text("Why It Was Returned", readonly=True)
    revision_ids = fields.One2many("roadmap.answer.revision", "answer_id", "Earlier Values")

    _question_uniq = models.UniqueIndex("(question_id, assessment_id)")

    @api.depends(
        "state", "choice_id.name", "choice_ids.name", "value_number", "value_date", "value_text",
        "attachment_ids", "question_id.question_type", "roadmap_id.currency_id",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_display_value(self):
        for answer in self:
            answer.display_value = answer._format_value()

    @api.depends("previous_id.display_value")
    @api.depends_context("lang")
    def _compute_previous_value(self):
        for answer in self:
            answer.previous_value = answer.sudo().previous_id.display_value

    def _format_value(self):
        """The answer in words, for people; False for none."""
        self.ensure_one()
        if self.state == "unanswered":
            return False
        kind = self.question_id.question_type
        if kind == "multiple":
            return ", ".join(self.choice_ids.mapped("name"))
        if self.choice_id or kind in TICKS:
            return self.choice_id.name
        if kind in FIGURES:
            money = kind == "money" and self.sudo().roadmap_id.currency_id
            return figure_in_words(self.env, self.value_number, money)
        if kind == "date":
            return self.value_date and format_date(self.env, self.value_date)
        if kind == "file":
            return ", ".join(self.attachment_ids.mapped("name"))
        return self.value_text

    def _plain_value(self):
        """The answer as the rules see it."""
        self.ensure_one()
        if self.state == "unanswered":
            return Value()
        kind = self.question_id.question_type
        choices = self.choice_ids if kind == "multiple" else self.choice_id
        figure = kind in FIGURES and not choices
        return Value(
            choices=frozenset(choices.ids),
            number=self.value_number if figure else None,
            date=self.value_date or None,
            text=self.value_text or "",
            files=frozenset(self.attachment_ids.ids),
            special=self.special or None,
        )

    def write(self, vals):
        """Lead values to ``_save_answers``; state, score, version and owner follow from it.

        :raises AccessError: for anything else, which a form never sends
        """
        if self.env.su or not vals:
            return super().write(vals)
        rest = set(vals) - VALUE_FIELDS
        if rest:
            raise AccessError(
                self.env._(
                    "Of an answer only its value and its note can be changed, not: %(names)s. Use"
                    " the buttons to verify or return it.",
                    names=", ".join(sorted(rest)),
                )
            )
        self._write_values(vals)
        return True

    def _write_values(self, vals):
        """Lead values from a form to the one way of storing them.

        :raises ValidationError: naming the question and what is wrong with its answer
        """
        self.check_access("write")
        self._check_reason()
        for assessment, answers in self.grouped("assessment_id").items():
            values = {answer.question_id.id: answer._value_from_form(vals) for answer in answers}
            results = assessment._save_answers(
                values, respondent=self.env.user.partner_id, source="staff"
            )
            for answer in answers:
                error = results[answer.question_id.id]["error"]
                if error:
                    raise ValidationError(
                        self.env._("%(code)s: %(error)s", code=answer.question_id.code, error=error)
                    )

    def _value_from_form(self, vals):
        """What ``_save_answers`` takes, from the fields that a form changed."""
        given = {"note": vals["note"] or ""} if "note" in vals else {}
        kind = self.question_id.question_type
        names = {"multiple": "choice_ids", "file": "attachment_ids"}
        if kind in names and names[kind] in vals:
            cached = self.new(origin=self)
            cached[names[kind]] = vals[names[kind]]
            given["value"] = cached[names[kind]]._origin.ids
        elif vals.get("choice_id"):
            given["value"] = {"choice": vals["choice_id"]}
        elif kind in FIGURES and ("value_number" in vals or "choice_id" in vals):
            given["value"] = vals.get("value_number", self.value_number)
        elif kind == "date" and ("value_date" in vals or "choice_id" in vals):
            given["value"] = str(vals.get("value_date", self.value_date) or "")
        elif kind == "text" and "value_text" in vals:
            given["value"] = vals["value_text"] or ""
        elif "choice_id" in vals:
            given["value"] = None
        return given

    def _prepare_carried_values(self, question):
        """Values for the same question of the next run; None where nothing of it still fits."""
        self.ensure_one()
        codes = set((self.choice_id | self.choice_ids).mapped("code"))
        keys = [choice.key for choice in question.choices if choice.code in codes]
        multiple = question.type == "multiple"
        if codes and not keys:
            return None
        return {
            "state": "answered",
            "source": "carried",
            "version": 1,
            "choice_id": keys[0] if keys and not multiple else False,
            "choice_ids": [fields.Command.set(keys if multiple else [])],
            "value_number": self.value_number,
            "value_date": self.value_date,
            "value_text": self.value_text,
            "attachment_ids": [fields.Command.set(self.attachment_ids.ids)],
            "special": self.special,
            "note": self.note,
            "respondent_id": self.respondent_id.id,
            "answered_on": self.answered_on,
            "previous_id": self.id,
        }
