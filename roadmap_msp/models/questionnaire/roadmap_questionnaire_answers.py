from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...rules.answers import FIGURES
from ...rules.counting import Given
from .roadmap_assessment_section_scores import FAMILY, SCORED_STATES

GIVEN = ("kind", "choice", "number", "date", "day")


class RoadmapQuestionnaire(models.Model):
    """How all clients answered: what is counted, and the one query that counts it.

    Counted is the last run that each client handed in, of whatever version. Questions and choices
    are matched by their codes, so a new version starts with what clients said before.
    """

    _inherit = "roadmap.questionnaire"

    def _counted_version(self, questionnaire_id=None):
        """The version to count by: that one, or the technology questionnaire in use.

        :raises AccessError: for anybody who is not of the clients' team
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("roadmap_msp.group_roadmap_user"):
            raise AccessError(self.env._("Answers of all clients are for the clients' team."))
        if not questionnaire_id:
            return self._current(FAMILY, self.env.company)
        questionnaire = self.browse(questionnaire_id)
        questionnaire.check_access("read")
        return questionnaire

    def _last_runs(self):
        """SQL of the last run that each of the caller's clients handed in."""
        query = self.env["roadmap.assessment"]._search(
            [
                ("questionnaire_id.family_code", "=", self.family_code),
                ("state", "in", SCORED_STATES),
                ("roadmap_id.active", "=", True),
            ]
        )
        roadmap, submitted, key = (
            SQL.identifier(query.table, name) for name in ("roadmap_id", "submitted_on", "id")
        )
        query.order = SQL("%s, %s DESC NULLS LAST, %s DESC", roadmap, submitted, key)
        return query.select(SQL("DISTINCT ON (%s) %s", roadmap, key))

    def _counted_rows(self, code=None):
        """SQL of a row for each answer that was asked for in these runs, or for each of its ticks.

        :param code: of the only question that is wanted
        """
        self.env["roadmap.assessment"].flush_model(["state", "submitted_on", "roadmap_id"])
        answers = self.env["roadmap.answer"]
        answers.flush_model()
        query = answers._search([("hidden", "=", False)])
        table = query.table
        run = query.join(table, "assessment_id", "roadmap_assessment", "id", "run")
        question = query.join(table, "question_id", "roadmap_question", "id", "question")
        ticks = answers._fields["choice_ids"]
        tick = query.left_join(table, "id", ticks.relation, ticks.column1, "tick")
        taken = SQL(
            "coalesce(%s, %s)",
            SQL.identifier(tick, ticks.column2),
            SQL.identifier(table, "choice_id"),
        )
        query.add_join("LEFT JOIN", "taken", "roadmap_question_choice", SQL("taken.id = %s", taken))
        query.add_where(SQL("%s IN (%s)", SQL.identifier(run, "id"), self._last_runs()))
        if code:
            query.add_where(SQL("%s = %s", SQL.identifier(question, "code"), code))
        kind = SQL.identifier(question, "question_type")
        return query.select(
            SQL("%s AS id", SQL.identifier(table, "id")),
            SQL("%s AS run", SQL.identifier(run, "id")),
            SQL("%s AS question", SQL.identifier(question, "code")),
            SQL(
                """CASE WHEN taken.id IS NOT NULL THEN 'choice' WHEN %s = 'unanswered' THEN 'none'
                        ELSE 'value' END AS kind""",
                SQL.identifier(table, "state"),
            ),
            SQL("taken.code AS choice"),
            self._value_column("number", "value_number", table, SQL("%s IN %s", kind, FIGURES)),
            self._value_column("date", "value_date", table, SQL("%s = 'date'", kind)),
            SQL(
                "CASE WHEN %s = 'date' THEN %s::date END AS day",
                kind,
                SQL.identifier(run, "submitted_on"),
            ),
        )

    @staticmethod
    def _value_column(alias, name, table, is_kind):
        """The figure or date where it is what was answered."""
        return SQL(
            "CASE WHEN %s AND taken.id IS NULL AND %s != 'unanswered' THEN %s END AS %s",
            is_kind,
            SQL.identifier(table, "state"),
            SQL.identifier(table, name),
            SQL.identifier(alias),
        )

    def _count_answers(self):
        """``(clients, {code: (asked, [(Given, times)])})`` over all of them."""
        rows = self.env.execute_query(
            SQL(
                """SELECT question, GROUPING(kind), count(DISTINCT run),
                          kind, choice, number, date, day
                     FROM (%s) answers
                 GROUP BY GROUPING SETS ((), (question),
                          (question, kind, choice, number, date, day))""",
                self._counted_rows(),
            )
        )
        clients, asked, given = 0, {}, {}
        for code, is_sum, times, *values in rows:
            if not is_sum:
                given.setdefault(code, []).append((Given(*values), times))
            elif code:
                asked[code] = times
            else:
                clients = times
        return clients, {code: (times, given[code]) for code, times in asked.items()}

    def _answers_given(self, code):
        """``[(answer id, Given)]`` of the question, for opening them."""
        columns = SQL(", ").join(SQL.identifier(name) for name in ("id", *GIVEN))
        rows = self.env.execute_query(
            SQL("SELECT %s FROM (%s) answers", columns, self._counted_rows(code))
        )
        return [(key, Given(*values)) for key, *values in rows]
