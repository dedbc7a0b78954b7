from odoo import fields, models
from odoo.tools import SQL

from ...rules import answers as rules
from ...rules import conditions
from .roadmap_answer_row import COLUMNS


class RoadmapAssessment(models.Model):
    """Reading and writing answer rows in grouped SQL: a save costs the same for 1 and for 60."""

    _inherit = "roadmap.assessment"

    def _read_answer_rows(self, lock_question_ids=()):
        """Answer rows of the run by question id; the given questions are locked first.

        Locks are taken in the order of the ids, so that two savers wait and never deadlock.
        """
        self.ensure_one()
        self.env["roadmap.answer"].flush_model()
        if lock_question_ids:
            self.env.cr.execute(
                SQL(
                    """SELECT id FROM roadmap_answer WHERE assessment_id = %s
                       AND question_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE""",
                    self.id,
                    [key for key in lock_question_ids if 0 < key < 2**31],
                )
            )
        structure = self.questionnaire_id._structure()
        columns = SQL(", ").join(SQL("a.%s", SQL.identifier(name)) for name in COLUMNS)
        self.env.cr.execute(
            SQL(
                """SELECT %s, ticks.ids AS choices, files.ids AS files
                     FROM roadmap_answer a
                     LEFT JOIN (%s) ticks ON ticks.id = a.id
                     LEFT JOIN (%s) files ON files.id = a.id
                    WHERE a.assessment_id = %s
                 ORDER BY a.section_sequence, a.assessment_section_id, a.sequence, a.id""",
                columns,
                self._relation_query("choice_ids"),
                self._relation_query("attachment_ids"),
                self.id,
            )
        )
        rows = {}
        for data in self.env.cr.dictfetchall():
            data["choices"] = data["choices"] or ()
            data["files"] = data["files"] or ()
            question = structure.questions[data["question_id"]]
            rows[question.id] = self._answer_row(question, data)
        return rows

    def _relation_query(self, name):
        """The ids of a many2many of the run's answers, one row for each answer that has any."""
        field = self.env["roadmap.answer"]._fields[name]
        return SQL(
            """SELECT rel.%s AS id, array_agg(rel.%s) AS ids FROM %s rel
               JOIN roadmap_answer answer ON answer.id = rel.%s
               WHERE answer.assessment_id = %s GROUP BY 1""",
            SQL.identifier(field.column1),
            SQL.identifier(field.column2),
            SQL.identifier(field.relation),
            SQL.identifier(field.column1),
            self.id,
        )

    def _visible_ids(self, rows):
        """Ids of the questions whose condition is true now, over the whole run."""
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

    def _write_changes(self, changes, rows, respondent, source):
        """Store the checked answers: rows, ticks, files, earlier values, what is hidden now."""
        now = fields.Datetime.now()
        revisions = [
            self._prepare_revision(change, respondent, source)
            for change in changes
            if self._keeps_revision(change, respondent, source)
        ]
        stored = [change for change in changes if not change.competing]
        ticks = [c for c in stored if c.row.question.type == "multiple"]
        files = [c for c in stored if c.row.value.files != c.value.files]
        for change in stored:
            change.apply(source, respondent.id, now)
        if stored:
            self._update_answer_rows([change.row for change in stored], now)
            self._replace_relation("choice_ids", ticks, lambda value: value.choices)
            self._replace_relation("attachment_ids", files, lambda value: value.files)
        if revisions:
            self.env["roadmap.answer.revision"].create(revisions)
        visible = self._visible_ids(rows) if changes else None
        if visible is not None:
            self._store_hidden(rows, visible)
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
        rows = self.sudo()._read_answer_rows()
        self._store_hidden(rows, self._visible_ids(rows))
        self.env["roadmap.answer"].invalidate_model(["hidden"], flush=False)
        self._rescore(rows, fields.Date.context_today(self))

    def _mark_in_progress(self):
        """The first answer moves the run on; nobody waits for somebody else's first answer."""
        self.flush_recordset(["state"])
        self.env.cr.execute(
            SQL(
                """UPDATE roadmap_assessment SET state = 'in_progress'
                    WHERE id IN (SELECT id FROM roadmap_assessment
                                  WHERE id = %s AND state = 'sent' FOR NO KEY UPDATE SKIP LOCKED)
                """,
                self.id,
            )
        )
        self.invalidate_recordset(["state"], flush=False)
