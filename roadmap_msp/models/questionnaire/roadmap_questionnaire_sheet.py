from odoo import models

from ...rules.template_sheets import Column, Table
from .roadmap_question import AUDIENCES, FACTS, LENGTHS, PREFILLS, TYPES
from .roadmap_question_choice import KINDS, RISKS, SPECIALS


def _keys(selection):
    return tuple(key for key, _label in selection)


ABOUT = Table(
    "Questionnaire",
    (Column("Family", "family_code", required=True), Column("Name", "name", required=True)),
    ("family_code",),
)
PAGES = Table(
    "Pages",
    (
        Column("Code", "code", required=True),
        Column("Name", "name", required=True),
        Column("Weight", "weight", "int", high=5),
        Column("Usually Filled By", "filled_by"),
        Column("We Fill It", "provider_fills", "bool"),
        Column("Reference", "maps_to"),
        Column("Technology Area", "category_id"),
    ),
)
QUESTIONS = Table(
    "Questions",
    (
        Column("Page", "page", required=True),
        Column("Code", "code", required=True),
        Column("Question", "name", required=True),
        Column("Why It Matters", "why"),
        Column("Help", "help"),
        Column("Type", "question_type", "key", required=True, keys=_keys(TYPES)),
        Column("Weight", "weight", "int", high=5),
        Column("Required", "required", "bool"),
        Column("Who Answers", "audience", "key", required=True, keys=_keys(AUDIENCES)),
        Column("Length", "length", "key", required=True, keys=_keys(LENGTHS)),
        Column("Shown Only If", "condition"),
        Column("Score the Count", "count_scored", "bool"),
        Column("Filled In From", "prefill", "key", keys=_keys(PREFILLS)),
        Column("Fact", "fact", "key", keys=_keys(FACTS)),
        Column("Suggested Items", "template_ids", "codes"),
    ),
)
CHOICES = Table(
    "Choices",
    (
        Column("Question", "question", required=True),
        Column("Code", "code", required=True),
        Column("Name", "name", required=True),
        Column("Kind", "kind", "key", required=True, keys=_keys(KINDS)),
        Column("Special", "special", "key", keys=_keys(SPECIALS)),
        Column("Scored", "scored", "bool"),
        Column("Score", "score", "int", high=100),
        Column("Risk", "risk", "key", keys=_keys(RISKS)),
        Column("Excludes the Others", "exclusive", "bool"),
        Column("Suggested Items", "template_ids", "codes"),
    ),
    ("question", "code"),
)
TRANSLATIONS = Table(
    "Translations",
    (
        Column(
            "Sheet", "sheet", "key", required=True,
            keys=("Questionnaire", "Pages", "Questions", "Choices"),
        ),
        Column("Code", "code", required=True),
        Column("Choice", "choice"),
        Column("Text", "field", "key", required=True, keys=("name", "why", "help", "filled_by")),
        Column("Language", "lang", required=True),
        Column("Translation", "value", required=True),
    ),
    ("sheet", "code", "choice", "field", "lang"),
)  # fmt: skip
TABLES = (ABOUT, PAGES, QUESTIONS, CHOICES, TRANSLATIONS)


class RoadmapQuestionnaire(models.Model):
    """A whole questionnaire as a spreadsheet of five sheets."""

    _inherit = "roadmap.questionnaire"

    def action_export_sheet(self):
        """Download the version with pages, questions, choices and translations."""
        self.ensure_one()
        self.check_access("read")
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.name} v{self.version}.xlsx".replace("/", "-"),
                "raw": self._sheet_bytes(),
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def _sheet_records(self):
        """Rows of each table, by its name, in the order of the questionnaire."""
        self.ensure_one()
        source = self.with_context(lang="en_US")
        # Searched, so that they come in their order even right after they were made.
        questions = source.env["roadmap.question"].search([("questionnaire_id", "=", self.id)])
        return {
            ABOUT.name: [{"family_code": source.family_code, "name": source.name}],
            PAGES.name: [
                {**self._sheet_values(page, PAGES), "category_id": page.category_id.name}
                for page in source.section_ids
            ],
            QUESTIONS.name: [
                {
                    **self._sheet_values(question, QUESTIONS),
                    "page": question.section_id.code,
                    "template_ids": question.template_ids.mapped("code"),
                }
                for question in questions
            ],
            CHOICES.name: [
                {
                    **self._sheet_values(choice, CHOICES),
                    "question": question.code,
                    "template_ids": choice.template_ids.mapped("code"),
                }
                for question in questions
                for choice in question.choice_ids
            ],
            TRANSLATIONS.name: source._sheet_translations(),
        }

    @staticmethod
    def _sheet_values(record, table):
        return {
            column.name: record[column.name]
            for column in table.columns
            if column.name in record._fields and not record._fields[column.name].relational
        }

    def _sheet_translations(self):
        """Every text that differs from the English one, of the installed languages."""
        langs = [code for code, _name in self.env["res.lang"].get_installed() if code != "en_US"]
        rows = []
        for lang in langs:
            for sheet, records, fields_ in self._translated_parts():
                translated = records.with_context(lang=lang)
                for record, other in zip(records, translated, strict=True):
                    for name in fields_:
                        if other[name] and other[name] != record[name]:
                            is_choice = sheet == "Choices"
                            owner = record.question_id if is_choice else record
                            code = owner.family_code if sheet == "Questionnaire" else owner.code
                            rows.append(
                                {
                                    "sheet": sheet,
                                    "code": code,
                                    "choice": record.code if is_choice else False,
                                    "field": name,
                                    "lang": lang,
                                    "value": other[name],
                                }
                            )
        return rows

    def _translated_parts(self):
        """(sheet, records, translatable fields) of everything that people read."""
        return (
            ("Questionnaire", self, ("name",)),
            ("Pages", self.section_ids, ("name", "filled_by")),
            ("Questions", self.question_ids, ("name", "why", "help")),
            ("Choices", self.question_ids.choice_ids, ("name",)),
        )
