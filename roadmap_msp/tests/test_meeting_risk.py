from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_meeting_planning import TODAY
from .test_meeting_present import PresentCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingRisk(PresentCommon):
    def test_no_risk_to_accept_of_what_is_closed(self):
        item = self.env["roadmap.item"].create(
            {"name": "Phones", "roadmap_id": self.roadmap.id, "closing_reason": "bought_elsewhere"}
        )
        topic = self.env["roadmap.meeting.topic"].create(
            {"name": "Phones", "meeting_id": self.meeting.id, "item_id": item.id}
        )
        accept = (topic.id, "Too dear", "2026-12-01", self.contact_owner.id)
        with self.assertRaisesRegex(UserError, "ordered or closed already"):
            self.meeting.present_accept_risk(*accept)
        item.action_reopen()
        self.meeting.present_accept_risk(*accept)
        self.assertEqual(item.decision_ids.reason, "Too dear")

    def test_a_risk_accepted_in_the_room_is_told_by_that_meeting_alone(self):
        self.meeting.action_hold()
        again = self.held(self.roadmap, self.meeting.held_on)
        item = self.env["roadmap.item"].create({"name": "Phones", "roadmap_id": self.roadmap.id})
        topic = self.env["roadmap.meeting.topic"].create(
            {"name": "Phones", "meeting_id": self.meeting.id, "item_id": item.id}
        )
        accept = (topic.id, "Too dear", "2026-12-01", self.contact_owner.id)
        self.meeting.present_accept_risk(*accept)
        decision = item.decision_ids
        self.assertEqual(decision.meeting_id, self.meeting)
        self.assertEqual(self.meeting._decisions(), decision)
        self.assertFalse(again._decisions())
