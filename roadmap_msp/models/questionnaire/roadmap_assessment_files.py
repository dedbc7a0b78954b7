from odoo import models
from odoo.tools import SQL


class RoadmapAssessment(models.Model):
    """A file that somebody takes off an answer is gone, unless something still names it."""

    _inherit = "roadmap.assessment"

    @staticmethod
    def _dropped_files(changes):
        """Ids of the files that these changes take off, before they are applied."""
        return set().union(*(change.row.value.files - change.value.files for change in changes))

    def _delete_files(self, file_ids):
        """Delete uploads that no answer, no earlier value and no message names any more.

        Answers of other runs count too: files are carried over from run to run.
        """
        files = self.env["ir.attachment"].search(
            [("id", "in", list(file_ids)), ("res_model", "=", "roadmap.answer")]
        )
        if files:
            files.browse(set(files.ids) - self._named_files(files.ids)).unlink()

    def _named_files(self, file_ids):
        """Which of these files an answer, an earlier value or a message names."""
        own = self.env["roadmap.answer"]._fields["attachment_ids"]
        talk = self.env["mail.message"]._fields["attachment_ids"]
        links = [
            SQL(
                "SELECT %(file)s FROM %(table)s WHERE %(file)s = ANY(%(ids)s)",
                file=SQL.identifier(field.column2),
                table=SQL.identifier(field.relation),
                ids=list(file_ids),
            )
            for field in (own, talk)
        ]
        self.env["roadmap.answer.revision"].flush_model(["value", "roadmap_id"])
        kept = SQL(
            """SELECT f.id FROM unnest(%s) f(id)
                WHERE EXISTS (SELECT 1 FROM roadmap_answer_revision r
                                JOIN roadmap_answer a ON a.id = r.answer_id
                                JOIN roadmap_question q ON q.id = a.question_id
                               WHERE r.roadmap_id = %s AND q.question_type = 'file'
                                 AND r.value->'value' @> to_jsonb(f.id))""",
            list(file_ids),
            self.roadmap_id.id,
        )
        rows = self.env.execute_query(SQL(" UNION ").join([*links, kept]))
        return {key for (key,) in rows}
