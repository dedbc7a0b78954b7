from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .test_meeting_holding import HoldingCommon
from .test_meeting_planning import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingMinutes(HoldingCommon):
    """What stands in minutes and what the portal reads."""

    def test_minutes_hold_nothing_internal(self):
        meeting = self.plan()
        meeting.internal_note = "<p>INTERNAL sour</p>"
        hidden = self.env["roadmap.item"].create(
            {
                "name": "HIDDEN upsell",
                "roadmap_id": self.roadmap.id,
                "client_visible": False,
                "internal_note": "INTERNAL margin",
            }
        )
        secret = self.env["roadmap.finding"].create(
            {"name": "SECRET sale of the firm", "roadmap_id": self.roadmap.id, "owner_only": True}
        )
        self.topic(meeting, "HIDDEN topic", item_id=hidden.id)
        self.topic(meeting, "SECRET topic", finding_id=secret.id)
        self.topic(meeting, "Backup", state="decided", outcome="Weekly test")
        decision = {"roadmap_id": self.roadmap.id, "decision": "declined", "reason": "REASON no"}
        self.env["roadmap.decision"].create(
            [{**decision, "item_id": hidden.id}, {**decision, "finding_id": secret.id}]
        )
        shown = self.env["roadmap.item"].create(
            {"name": "Second factor", "roadmap_id": self.roadmap.id}
        )
        self.env["roadmap.decision"].create(
            {"roadmap_id": self.roadmap.id, "decision": "approved", "item_id": shown.id}
        )
        self.hold(meeting)
        meeting.action_draft_minutes()
        for word in ("INTERNAL", "HIDDEN", "SECRET", "REASON", "BUS-2"):
            self.assertNotIn(word, meeting.minutes)
        for word in ("Backup", "Weekly test", "Second factor", "Approved", "Olive Owner"):
            self.assertIn(word, meeting.minutes)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "roadmap_msp.report_minutes", meeting.ids
        )[0]
        self.assertIn(b"Weekly test", html)
        self.assertNotIn(b"INTERNAL", html)

    def test_minutes_hold_the_decisions_of_their_time(self):
        """Up to the day of the meeting, told in the host's time: what came after is the next's."""
        self.user_vcio.tz = "America/New_York"
        meeting = self.plan()
        self.held(self.roadmap, date(2026, 2, 2))
        days = {
            "Before both": "2026-02-02 03:00:00",  # still the first of February over there
            "Between": "2026-02-10 10:00:00",
            "Late that evening": "2026-03-03 03:00:00",
            "The day after": "2026-03-03 15:00:00",
        }
        items = self.env["roadmap.item"].create(
            [{"name": name, "roadmap_id": self.roadmap.id} for name in days]
        )
        self.env["roadmap.decision"].create(
            [
                {
                    "roadmap_id": self.roadmap.id,
                    "decision": "approved",
                    "item_id": item.id,
                    "decided_on": days[item.name],
                }
                for item in items
            ]
        )
        self.hold(meeting)
        self.assertEqual(meeting.held_on, date(2026, 3, 2))
        with freeze_time("2026-03-04 09:00:00"):
            meeting.action_draft_minutes()
        told = [name for name in days if name in meeting.minutes]
        self.assertEqual(told, ["Between", "Late that evening"])
