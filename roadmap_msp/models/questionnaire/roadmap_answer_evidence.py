from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from .roadmap_answer_thread import TYPES


class RoadmapAnswer(models.Model):
    """What a reviewer looks for beside the answer: files that prove it, words that wait for one."""

    _inherit = "roadmap.answer"

    evidence_count = fields.Integer(
        "Evidence",
        compute="_compute_evidence_count",
        search="_search_evidence_count",
        help="Files of the answer and of the talk about it.",
    )
    client_wrote_last = fields.Boolean(
        compute="_compute_client_wrote_last",
        search="_search_client_wrote_last",
        help="The last word of the talk about the question is the client's.",
    )

    def _compute_evidence_count(self):
        files = defaultdict(set)
        rows = self.env.execute_query(SQL("SELECT * FROM (%s) f", self._query_files(self.ids)))
        for key, file in rows:
            files[key].add(file)
        for answer in self:
            answer.evidence_count = len(files[answer.id])

    def _search_evidence_count(self, operator, value):
        """Only whether there is any can be searched for."""
        if (operator, value) not in ((">", 0), ("=", 0), ("in", {0}), ("not in", {0})):
            return NotImplemented
        files = SQL("(SELECT id FROM (%s) f)", self._query_files())
        some = fields.Domain("id", "in", files)
        return some if operator in (">", "not in") else ~some

    def _query_files(self, ids=None):
        """SQL of (answer, file): those of the value, and those that came with a message."""
        own = self._fields["attachment_ids"]
        talk = self.env["mail.message"]._fields["attachment_ids"]
        return SQL(
            """SELECT %(answer)s AS id, %(file)s AS file FROM %(own)s WHERE %(own_where)s
               UNION SELECT m.res_id, t.%(talk_file)s
                       FROM mail_message m JOIN %(talk)s t ON t.%(message)s = m.id
                      WHERE m.model = %(model)s AND %(talk_where)s""",
            answer=SQL.identifier(own.column1),
            file=SQL.identifier(own.column2),
            own=SQL.identifier(own.relation),
            own_where=self._query_among(SQL.identifier(own.column1), ids),
            talk=SQL.identifier(talk.relation),
            talk_file=SQL.identifier(talk.column2),
            message=SQL.identifier(talk.column1),
            model=self._name,
            talk_where=self._query_among(SQL("m.res_id"), ids),
        )

    @staticmethod
    def _query_among(column, ids):
        return SQL("TRUE") if ids is None else SQL("%s = ANY(%s)", column, list(ids))

    def _compute_client_wrote_last(self):
        rows = self.env.execute_query(self._query_client_wrote_last(self.ids))
        waiting = {key for (key,) in rows}
        for answer in self:
            answer.client_wrote_last = answer.id in waiting

    def _search_client_wrote_last(self, operator, value):
        if operator not in ("in", "="):
            return NotImplemented
        wanted = True in value if operator == "in" else bool(value)
        found = fields.Domain("id", "in", self._query_client_wrote_last())
        return found if wanted else ~found

    def _query_client_wrote_last(self, ids=None):
        """SQL of the ids of the answers whose last message for both sides is the client's."""
        return SQL(
            """SELECT res_id FROM (
                   SELECT DISTINCT ON (m.res_id) m.res_id, p.partner_share
                     FROM mail_message m JOIN res_partner p ON p.id = m.author_id
                    WHERE m.model = %s AND m.message_type IN %s AND m.subtype_id = %s
                      AND m.is_internal IS NOT TRUE AND %s
                 ORDER BY m.res_id, m.id DESC) last
                WHERE partner_share""",
            self._name,
            TYPES,
            self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
            self._query_among(SQL("m.res_id"), ids),
        )
