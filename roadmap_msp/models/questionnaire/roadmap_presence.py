from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

SEEN_SECONDS = 60  # after this without a sign somebody counts as gone
REFRESH_SECONDS = 10  # a row is not written more often than that
KEEP_HOURS = 1


class RoadmapPresence(models.Model):
    """Who has a page of a questionnaire open now; nothing is kept of it."""

    _name = "roadmap.presence"
    _description = "Presence on a Questionnaire Page"
    _log_access = False

    section_id = fields.Many2one(
        "roadmap.assessment.section", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    seen_on = fields.Datetime(required=True)

    _partner_uniq = models.UniqueIndex("(section_id, partner_id)")

    @api.model
    def _touch(self, section, partner):
        """Note that the contact has the page open."""
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """INSERT INTO roadmap_presence (section_id, partner_id, seen_on)
                   VALUES (%s, %s, %s)
                   ON CONFLICT (section_id, partner_id) DO UPDATE SET seen_on = EXCLUDED.seen_on
                   WHERE roadmap_presence.seen_on < %s""",
                section.id,
                partner.id,
                now,
                now - timedelta(seconds=REFRESH_SECONDS),
            )
        )

    @api.model
    def _others_on(self, section, partner):
        """Names of the other contacts who have the page open."""
        since = fields.Datetime.now() - timedelta(seconds=SEEN_SECONDS)
        rows = self.search_fetch(
            [
                ("section_id", "=", section.id),
                ("partner_id", "!=", partner.id),
                ("seen_on", ">=", since),
            ],
            ["partner_id"],
            order="id",
        )
        return rows.partner_id.mapped("name")

    @api.autovacuum
    def _gc_presence(self):
        """Forget who was here."""
        self.flush_model(["seen_on"])
        self.env.cr.execute(
            SQL(
                "DELETE FROM roadmap_presence WHERE seen_on < %s",
                fields.Datetime.now() - timedelta(hours=KEEP_HOURS),
            )
        )
