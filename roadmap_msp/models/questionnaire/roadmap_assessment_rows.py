from contextlib import suppress

from psycopg2.errors import SerializationFailure

from odoo import fields, models
from odoo.tools import SQL

from ...rules import answers as rules
from ...rules import conditions
from .roadmap_answer_row import COLUMNS


class RoadmapAssessment(models.Model):
    """Reading and writing answer rows in grouped SQL: a save costs the same for 1 and for 60."""

    _inherit = "roadmap.assessment"

    def _read_answer_rows(self, question_ids=None, lock=()):
        """Answer rows of the run by question id, in the order of the pages.

        :param question_ids: read only the rows of these questions; None means all
        :param lock: questions whose rows are locked first, in the order of the ids, so that two
            savers wait and never deadlock
        """
        self.ensure_one()
        answers = self.env["roadmap.answer"]
        answers.flush_model()
        if lock:
            self.env.cr.execute(
                SQL(
                    """SELECT id FROM roadmap_answer WHERE assessment_id = %s
                       AND question_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE""",
                    self.id,
                    sorted(lock),
                )
            )
        questions = self.questionnaire_id._structure().questions
        wanted = questions if question_ids is None else question_ids
        types = {questions[key].type for key in wanted}
        columns = [SQL("a.%s", SQL.identifier(name)) for name in COLUMNS]
        columns.append(self._ids_of("choice_ids", "choices", "multiple" in types))
        columns.append(self._ids_of("attachment_ids", "files", "file" in types))
        only = SQL() if question_ids is None else SQL("AND a.question_id = ANY(%s)", sorted(wanted))
        self.env.cr.execute(
            SQL(
                """SELECT %s FROM roadmap_answer a WHERE a.assessment_id = %s %s
                 ORDER BY a.section_sequence, a.assessment_section_id, a.sequence, a.id""",
                SQL(", ").join(columns),
                self.id,
                only,
            )
        )
        rows = {}
        for data in self.env.cr.dictfetchall():
            question = questions[data["question_id"]]
            rows[question.id] = self._answer_row(question, data)
        return rows

    def _ids_of(self, name, alias, used):
        """The column of a many2many's ids; an empty one where no question can have any."""
        if not used:
            return SQL("'{}'::int4[] AS %s", SQL.identifier(alias))
        field = self.env["roadmap.answer"]._fields[name]
        return SQL(
            "ARRAY(SELECT rel.%s FROM %s rel WHERE rel.%s = a.id) AS %s",
            SQL.identifier(field.column2),
            SQL.identifier(field.relation),
            SQL.identifier(field.column1),
            SQL.identifier(alias),
        )

    def _visible_ids(self, rows):
        """Ids of the questions whose condition is true now.

        Only those count whose condition names no question outside these rows.
        """
        shown = conditions.visible_codes(
            {row.question.code: row.question.condition for row in rows.values()},
            {
                row.question.code: answer
                for row in rows.values()
                if (answer := rules.given(row.question, row.value)) is not None
            },
            self._is_client(),
        )
        return {key for key, row in rows.items() if row.question.code in shown}

    def _write_changes(self, changes, rows, respondent, source, turning):
        """Store the checked answers: rows, ticks, files, earlier values, what is hidden now.

        :param turning: ids of the questions that these answers may show or hide
        """
        now = fields.Datetime.now()
        revisions = [
            self._prepare_revision(change, respondent, source)
            for change in changes
            if self._keeps_revision(change, respondent, source)
        ]
        stored = [change for change in changes if not change.competing]
        ticks = [c for c in stored if c.row.question.type == "multiple"]
        files = [c for c in stored if c.row.value.files != c.value.files]
        dropped = self._dropped_files(files)
        for change in stored:
            change.apply(source, respondent.id, now)
        if stored:
            self._update_answer_rows([change.row for change in stored], now)
            self._replace_relation("choice_ids", ticks, lambda value: value.choices)
            self._replace_relation("attachment_ids", files, lambda value: value.files)
        if revisions:
            self.env["roadmap.answer.revision"].create(revisions)
        if dropped:
            self._delete_files(dropped)
        if stored and turning:
            self._store_hidden({key: rows[key] for key in turning}, self._visible_ids(rows))
        if stored and self.state == "sent":
            self._mark_in_progress()
        self.env["roadmap.answer"].browse([row.id for row in rows.values()]).invalidate_recordset(
            flush=False
        )

    def _update_answer_rows(self, rows, now):
        """One update for all changed rows."""
        values = [
            SQL(
                "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                row.id,
                row.state,
                row.source,
                row.version,
                self._choice_column(row),
                row.value.number,
                row.value.date,
                row.value.text or None,
                row.value.special,
                row.note or None,
                row.is_scored,
                row.score,
                row.risk,
                row.respondent,
                row.answered_on,
                row.changed,
            )
            for row in rows
        ]
        self.env.cr.execute(
            SQL(
                """UPDATE roadmap_answer a SET state = v.state, source = v.source,
                          version = v.version, choice_id = v.choice_id::int4,
                          value_number = v.number::float8, value_date = v.date::date,
                          value_text = v.text, special = v.special, note = v.note,
                          is_scored = v.is_scored, score = v.score::float8, risk = v.risk,
                          respondent_id = v.respondent::int4,
                          answered_on = v.answered_on::timestamp, changed = v.changed,
                          write_uid = %s, write_date = %s
                     FROM (VALUES %s) v(id, state, source, version, choice_id, number, date, text,
                          special, note, is_scored, score, risk, respondent, answered_on, changed)
                    WHERE a.id = v.id""",
                self.env.uid,
                now,
                SQL(", ").join(values),
            )
        )

    @staticmethod
    def _choice_column(row):
        if row.question.type == "multiple":
            return None
        return min(row.value.choices, default=None)

    def _replace_relation(self, name, changes, keys):
        """Replace ticks or files of the changed rows: one delete, one insert."""
        if not changes:
            return
        field = self.env["roadmap.answer"]._fields[name]
        table, column1, column2 = map(
            SQL.identifier, (field.relation, field.column1, field.column2)
        )
        ids = tuple(change.row.id for change in changes)
        self.env.cr.execute(SQL("DELETE FROM %s WHERE %s IN %s", table, column1, ids))
        pairs = [
            SQL("(%s, %s)", change.row.id, key)
            for change in changes
            for key in sorted(keys(change.value))
        ]
        if pairs:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s, %s) VALUES %s",
                    table,
                    column1,
                    column2,
                    SQL(", ").join(pairs),
                )
            )

    def _store_hidden(self, rows, visible):
        """Write the hidden mark of the rows on which it changed."""
        turned = [row for key, row in rows.items() if row.hidden == (key in visible)]
        for row in turned:
            row.hidden = not row.hidden
        for hidden in (True, False):
            ids = tuple(row.id for row in turned if row.hidden == hidden)
            if ids:
                self.env.cr.execute(
                    SQL("UPDATE roadmap_answer SET hidden = %s WHERE id IN %s", hidden, ids)
                )

    def _finish_rows(self):
        """Decide what is hidden and score what is filled in, after the run's rows were made."""
        self._rescore(self._refresh_hidden(), fields.Date.context_today(self))

    def _refresh_hidden(self):
        """Decide anew what of the whole run is hidden.

        :return: the rows of the run
        """
        rows = self.sudo()._read_answer_rows()
        self._store_hidden(rows, self._visible_ids(rows))
        self.env["roadmap.answer"].invalidate_model(["hidden"], flush=False)
        return rows

    def _mark_in_progress(self):
        """The first answer moves the run on; nobody waits for somebody else's first answer."""
        self.flush_recordset(["state"])
        move = SQL(
            """UPDATE roadmap_assessment SET state = 'in_progress'
                WHERE id IN (SELECT id FROM roadmap_assessment
                              WHERE id = %s AND state = 'sent' FOR NO KEY UPDATE SKIP LOCKED)
            """,
            self.id,
        )
        # Whoever was first has moved it: no reason to do the whole save over.
        with suppress(SerializationFailure), self.env.cr.savepoint(flush=False):
            self.env.cr.execute(move, log_exceptions=False)
        self.invalidate_recordset(["state"], flush=False)
