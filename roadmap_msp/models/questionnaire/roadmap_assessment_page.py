from odoo import models
from odoo.tools import format_date

from ...rules import answers as rules
from ...rules import conditions
from .roadmap_answer import figure_in_words


class RoadmapAssessment(models.Model):
    """One page of a run for the client: its questions, answers and conditions."""

    _inherit = "roadmap.assessment"

    def _page_values(self, section, partner, roles, link=None, scope=None):
        """Everything that one page needs to be drawn; the same queries for 10 and 60 questions.

        Conditions are for the browser: a list of alternatives, each a list of terms; a term is
        True or False (decided here, as its question is on another page or not for this person) or
        ``{"question": id, "op": "=" | "!=" | "has" | ">", "value": choice id or figure}``.
        """
        self.ensure_one()
        run, section = self.sudo(), section.sudo()
        rows = run._read_answer_rows(
            run.questionnaire_id._structure().shown_on(section.section_id.id)
        )
        scope = scope or run._portal_scope(partner, roles, link)
        reader = run._portal_reader(roles, scope)
        on_page = {k: r for k, r in rows.items() if r.section == section.id and reader(r)}
        decide = run._term_decider(rows, on_page)
        texts = section.section_id._texts()
        answers = self.env["roadmap.answer"].sudo().browse([row.id for row in on_page.values()])
        threads = answers._portal_threads()
        run._read_people(on_page.values(), partner, link)
        values = [
            run._question_values(
                texts.questions[key],
                row,
                texts.questions[key].choice_ids,
                answer,
                decide,
                threads,
            )
            for (key, row), answer in zip(on_page.items(), answers, strict=True)
        ]
        return {
            "id": run.id,
            "state": run.state,
            "section": {"id": section.id, "code": texts.code, "name": texts.name},
            "questions": values,
            "page": run._page_state(rows, {section.id}, reader, "client"),
            "editable": any(question["editable"] for question in values),
            # Single questions of a page cannot be given on as a page.
            "whole": section.id not in scope.questions,
            "others": self.env["roadmap.presence"].sudo()._others_on(section, partner),
        }

    def _read_people(self, rows, partner, link):
        """Read everybody whom the page names in one query."""
        people = self.roadmap_id.partner_id | partner | (link.sender_id if link else partner)
        people |= people.browse({row.respondent for row in rows if row.respondent})
        people.sudo().fetch(["name", "commercial_partner_id"])

    def _row_in_words(self, row, choices, answer):
        """The answer in words, as the `display_value` of its record."""
        value = row.value
        if value.choices:
            return ", ".join(choice.name for choice in choices if choice.id in value.choices)
        if value.number is not None:
            money = row.question.type == "money" and self.roadmap_id.currency_id
            return figure_in_words(self.env, value.number, money)
        if value.date:
            return format_date(self.env, value.date)
        return ", ".join(answer.attachment_ids.mapped("name")) if value.files else value.text

    def _term_decider(self, rows, on_page):
        """Terms on questions of this page stay for the browser, all others are decided now."""
        by_code = {row.question.code: row for row in rows.values()}
        is_client = self._is_client()

        def decide(term):
            row = by_code.get(term.code)
            if not row or row.question.id not in on_page:
                given = None
                if row and not row.hidden:
                    given = rules.given(row.question, row.value)
                return conditions.holds(term, given, is_client)
            value = term.value
            if term.op != ">":
                value = next((c.key for c in row.question.choices if c.code == term.value), 0)
            return {"question": row.question.id, "op": term.op, "value": value}

        return decide

    def _unit(self, question, choices):
        """What stands beside the figure that is typed: a currency, "%" or nothing."""
        if question.question_type == "money":
            currency = self.roadmap_id.currency_id
            return {"sign": currency.symbol, "before": currency.position == "before"}
        percent = any(c.kind == "number" and c.code.endswith("%") for c in choices)
        return {"sign": "%", "before": False} if percent else None

    def _question_values(self, question, row, choices, answer, decide, threads):
        """One question of a page, with its answer.

        :param question: a question, or its words (`QuestionText`); the same for its choices
        :param answer: the record, which is read only for what few answers have
        """
        previous = answer.previous_id if row.previous else answer.browse()
        respondent = self.env["res.partner"].sudo().browse(row.respondent or ())
        return {
            "id": question.id,
            "code": question.code,
            "name": question.name,
            "why": question.why or "",
            "help": question.help or "",
            "type": question.question_type,
            "required": question.required,
            "provider": question.audience == "msp",
            "owner_only": question.audience == "owner",
            "unit": self._unit(question, choices),
            "visible": not row.hidden,
            "condition": conditions.to_json(row.question.condition, decide),
            "choices": [
                {
                    "id": choice.id,
                    "name": choice.name,
                    "special": choice.special or None,
                    "exclusive": choice.exclusive,
                }
                for choice in choices
                if choice.kind in ("option", "special")
            ],
            "value": row.as_json(),
            "note": row.note,
            "version": row.version,
            "state": row.state,
            "source": row.source or "",
            "display": self._row_in_words(row, choices, answer),
            "files": [
                {"id": file.id, "name": file.name, "mimetype": file.mimetype}
                for file in (answer.attachment_ids if row.value.files else ())
            ],
            "previous": previous.display_value or "",
            "previous_on": previous.answered_on or None,
            "changed": row.changed and row.source not in ("carried", "prefilled"),
            "messages": threads.get(answer.id, []),
            "may_ask": self.state not in ("draft", "closed", "cancelled"),
            "returned_reason": (row.returned and answer.returned_reason) or "",
            "by": respondent.name or "",
            "at": row.answered_on,
            "answer_id": answer.id,
            "editable": self._closed_reason(row, "client") is None,
        }
