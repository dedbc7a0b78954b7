from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules.spreadsheet import SheetError, read_tables
from ...rules.template_sheets import Problem, read_table
from .roadmap_questionnaire_sheet import ABOUT, CHOICES, PAGES, QUESTIONS, TABLES, TRANSLATIONS

SHOWN_PROBLEMS = 30


class RoadmapQuestionnaire(models.Model):
    """Reading a questionnaire from a spreadsheet: all of it, or nothing and every error."""

    _inherit = "roadmap.questionnaire"

    @api.model
    def _import_sheet(self, content):
        """Make a draft version of what the spreadsheet holds.

        :param content: the bytes of an XLSX file as ``_sheet_bytes`` makes it
        :return: the draft
        :raises UserError: with all errors, each by sheet, row and column; nothing is stored then
        """
        self.check_access("create")
        records = self._read_sheets(content)
        about = records[ABOUT.name][0]
        draft = self.create(
            {
                "name": about["name"],
                "family_code": about["family_code"],
                "section_ids": self._prepare_imported(records),
            }
        )
        draft._import_translations(records[TRANSLATIONS.name])
        return draft

    def _read_sheets(self, content):
        """Checked rows of every table, by its name."""
        try:
            columns = {table.name: len(table.columns) for table in TABLES}
            sheets = read_tables(content, columns, optional=(TRANSLATIONS.name,))
        except SheetError as error:
            raise UserError(self._template_sheet_message(error)) from None
        records, problems = {}, []
        for table in TABLES:
            rows = sheets.get(table.name) or []
            heading = table.headings_differ(rows[0]) if rows else None
            if heading:
                problems.append(Problem(table.name, 1, heading, "heading"))
            records[table.name], found = read_table(table, rows[1:], 2)
            problems += found
        if not records[ABOUT.name]:
            problems.append(Problem(ABOUT.name, 2, "Family", "empty"))
        problems += self._link_problems(records)
        if problems:
            self._refuse(problems)
        return records

    def _link_problems(self, records):
        """Cells that name a page, a question, an area, an item or a language that is not there."""
        pages = {row["code"] for row in records[PAGES.name]}
        questions = {row["code"] for row in records[QUESTIONS.name]}
        areas = self._areas(records)
        items = self._items(records)
        langs = {code for code, _name in self.env["res.lang"].get_installed()}
        checks = (
            (PAGES, "category_id", "Technology Area", lambda value: value in areas),
            (QUESTIONS, "page", "Page", lambda value: value in pages),
            (QUESTIONS, "template_ids", "Suggested Items", lambda value: set(value) <= set(items)),
            (CHOICES, "question", "Question", lambda value: value in questions),
            (CHOICES, "template_ids", "Suggested Items", lambda value: set(value) <= set(items)),
            (TRANSLATIONS, "lang", "Language", lambda value: value in langs),
        )
        for table, name, title, fits in checks:
            for row in records[table.name]:
                if row[name] and not fits(row[name]):
                    value = row[name]
                    if isinstance(value, list):
                        value = ", ".join(code for code in value if code not in items)
                    yield Problem(table.name, row["_row"], title, "missing", value)

    def _areas(self, records):
        names = {row["category_id"] for row in records[PAGES.name] if row["category_id"]}
        found = self.env["roadmap.category"].with_context(lang="en_US")
        return {row.name: row.id for row in found.search([("name", "in", list(names))])}

    def _items(self, records):
        codes = {
            code
            for table in (QUESTIONS, CHOICES)
            for row in records[table.name]
            for code in row["template_ids"]
        }
        found = self.env["roadmap.item.template"].search([("code", "in", list(codes))])
        return {row.code: row.id for row in found}

    def _prepare_imported(self, records):
        """Commands that create pages, questions and choices in the order of the rows."""
        areas, items = self._areas(records), self._items(records)
        choices, questions = {}, {}
        for place, row in enumerate(records[CHOICES.name], 1):
            values = self._plain_values(row, "question", place, items)
            choices.setdefault(row["question"], []).append(Command.create(values))
        for place, row in enumerate(records[QUESTIONS.name], 1):
            values = self._plain_values(row, "page", place, items)
            values["choice_ids"] = choices.get(row["code"], [])
            questions.setdefault(row["page"], []).append(Command.create(values))
        commands = []
        for place, row in enumerate(records[PAGES.name], 1):
            values = self._plain_values(row, None, place, items)
            values["category_id"] = areas.get(row["category_id"], False)
            values["question_ids"] = questions.get(row["code"], [])
            commands.append(Command.create(values))
        return commands

    @staticmethod
    def _plain_values(row, parent, place, items):
        values = {name: value for name, value in row.items() if name not in ("_row", parent)}
        if "template_ids" in values:
            values["template_ids"] = [Command.set([items[code] for code in values["template_ids"]])]
        return {**values, "sequence": place * 10}

    def _import_translations(self, rows):
        """Write the translated texts, one write a language and record."""
        self.ensure_one()
        found = {("Questionnaire", self.family_code, False): self}
        found.update({("Pages", page.code, False): page for page in self.section_ids})
        for question in self.question_ids:
            found["Questions", question.code, False] = question
            for choice in question.choice_ids:
                found["Choices", question.code, choice.code] = choice
        by_record = {}
        for row in rows:
            record = found.get((row["sheet"], row["code"], row["choice"]))
            if record and row["field"] in record._fields:
                by_record.setdefault((record, row["lang"]), {})[row["field"]] = row["value"]
        for (record, lang), values in by_record.items():
            record.with_context(lang=lang).write(values)

    # ----------------------------------------------------------------- errors
    def _refuse(self, problems):
        words = {
            "heading": self.env._("this column is missing or not in its place"),
            "empty": self.env._("must not be empty"),
            "number": self.env._("is no whole number"),
            "range": self.env._("is out of range"),
            "word": self.env._("is none of the words that fit"),
            "twice": self.env._("stands twice"),
            "missing": self.env._("does not exist"),
        }
        lines = []
        for problem in problems[:SHOWN_PROBLEMS]:
            text = words[problem.key]
            if problem.key == "word" and problem.allowed:
                text += f" ({', '.join(problem.allowed)})"
            value = f'"{problem.value}" ' if problem.value else ""
            lines.append(
                self.env._(
                    "- %(sheet)s, row %(row)s, column %(column)s: %(value)s%(problem)s",
                    sheet=problem.sheet,
                    row=problem.row,
                    column=problem.column,
                    value=value,
                    problem=text,
                )
            )
        if len(problems) > SHOWN_PROBLEMS:
            more = len(problems) - SHOWN_PROBLEMS
            lines.append(self.env._("- and %(count)s more", count=more))
        raise UserError(
            self.env._("Nothing was imported. Please correct:\n%(lines)s", lines="\n".join(lines))
        )

    def _template_sheet_message(self, error):
        messages = {
            "too_big": self.env._("The file is larger than 5 MB."),
            "not_xlsx": self.env._("The file is no spreadsheet (XLSX), or it is damaged."),
            "bomb": self.env._("The file unpacks to something far too large."),
            "no_sheet": self.env._('The file has no sheet named "%(name)s".', name=error.place),
            "too_many_rows": self.env._("The sheet %(name)s has too many rows.", name=error.place),
            "formula": self.env._(
                "%(place)s holds a formula. Enter the text itself.", place=error.place
            ),
        }
        return messages[error.key] + " " + self.env._("Nothing was imported.")
