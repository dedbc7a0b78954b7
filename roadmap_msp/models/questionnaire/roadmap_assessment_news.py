from datetime import timedelta

from odoo import fields, models

from .roadmap_answer_thread import TYPES


class RoadmapAssessment(models.Model):
    """What happened on a page while somebody has it open."""

    _inherit = "roadmap.assessment"

    def _page_news(self, section, partner, roles, scope, versions):
        """Note that the contact is on the page; tell who else is, and what others answered.

        :param scope: what the contact may answer
        :param versions: `{question id: version}` as the page shows them; anything else is ignored
        :return: dict with `others` (names), `answers` by question id (as a conflict has it) of
            those that are not at that version, and `page` (see `_page_state`)
        """
        self.ensure_one()
        run, section = self.sudo(), section.sudo()
        presence = self.env["roadmap.presence"].sudo()
        presence._touch(section, partner)
        rows = run._read_answer_rows(
            run.questionnaire_id._structure().shown_on(section.section_id.id)
        )
        reader = run._portal_reader(roles, scope)
        shown = {key: row for key, row in rows.items() if row.section == section.id and reader(row)}
        known = {str(key): version for key, version in versions.items()}
        newer = [
            row
            for key, row in shown.items()
            if str(key) in known and known[str(key)] != row.version
        ]
        return {
            "others": presence._others_on(section, partner),
            "answers": run._standing_answers(newer),
            "page": run._page_state(rows, {section.id}, reader, "client"),
        }

    def _standing_answers(self, rows):
        """What stands in these rows, for a person who has another value before them.

        :return: `{question id: dict}` with value, note, version, by, at and, of files, their names
        """
        people = self.env["res.partner"].sudo().browse({row.respondent for row in rows} - {None})
        names = {person.id: person.name for person in people}
        files = self.env["ir.attachment"].sudo().browse(set().union(*(r.value.files for r in rows)))
        titles = {file.id: file.name for file in files}
        told = {}
        for row in rows:
            told[row.question.id] = {
                "value": row.as_json(),
                "note": row.note,
                "version": row.version,
                "by": names.get(row.respondent) or "",
                "at": fields.Datetime.to_string(row.answered_on) or "",
            }
            if row.question.type == "file":
                told[row.question.id]["files"] = [
                    {"id": key, "name": titles[key]} for key in sorted(row.value.files)
                ]
        return told

    def _client_messages_today(self):
        """How many messages the client's people wrote in this run's threads since yesterday."""
        return (
            self.env["mail.message"]
            .sudo()
            .search_count(
                [
                    ("model", "=", "roadmap.answer"),
                    ("res_id", "in", self.sudo().answer_ids.ids),
                    ("message_type", "in", TYPES),
                    ("author_id.partner_share", "=", True),
                    ("date", ">=", fields.Datetime.now() - timedelta(days=1)),
                ]
            )
        )
