from odoo import fields
from odoo.tests import HttpCase, tagged

from .test_meeting_planning import MeetingCommon


@tagged("post_install", "-at_install")
class TestMyDayTour(HttpCase, MeetingCommon):
    def test_a_call_of_the_day_is_booked_where_it_stands(self):
        self.user_csm.password = "rm_csm"
        meeting = self.plan()
        meeting.booking_activity_id.date_deadline = fields.Date.today()
        self.start_tour(
            "/odoo/action-roadmap_msp.roadmap_my_day_action", "roadmap_my_day", login="rm_csm"
        )
        self.assertEqual(meeting.state, "booked")
