from freezegun import freeze_time

from odoo.tests import Form, tagged

from .test_meeting_planning import TODAY, MeetingCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingForm(MeetingCommon):
    """What the forms of meetings and promises fill in while they are typed."""

    def form(self):
        return Form(self.meetings.with_user(self.user_csm))

    def test_the_client_brings_host_and_cadence(self):
        cadence = self.roadmap._meeting_cadences()[:1]
        with self.form() as form:
            form.roadmap_id, form.due_date = self.roadmap, "2026-03-30"
            self.assertEqual((form.user_id, form.cadence_id), (self.user_vcio, cadence))
            self.assertEqual(form.name, cadence.name)
            self.assertEqual(form.agenda_id, cadence.agenda_id)
            self.assertEqual(form.duration, cadence.duration)
        self.assertEqual(form.record.cadence_months, cadence._months())
        self.assertEqual(form.record.meeting_type, cadence.meeting_type)

    def test_a_yearly_meeting_made_by_hand_is_the_yearly_one(self):
        yearly, _quarterly = self.env["roadmap.cadence"].create(
            [
                {
                    "name": f"Every {months}",
                    "roadmap_id": self.roadmap.id,
                    "interval_months": months,
                }
                for months in (12, 3)
            ]
        )
        with self.form() as form:
            form.roadmap_id, form.due_date = self.roadmap, "2026-03-02"
            form.cadence_id = yearly
        meeting = form.record.sudo()
        meeting.write({"state": "closed", "held_on": "2026-03-02", "decision_maker_present": True})
        row = self.roadmap._meeting_history()[self.roadmap.id]
        self.assertEqual([held.months for held in row], [12])
        yearly.sudo().unlink()
        self.assertEqual(meeting.cadence_months, 12, "what it was planned as stays")
        meeting.cadence_id = self.roadmap._meeting_cadences()[:1]
        self.assertEqual(meeting.cadence_months, meeting.cadence_id._months())

    def test_the_agenda_names_a_meeting_out_of_turn(self):
        agenda = self.env.ref("roadmap_msp.agenda_summit")
        with self.form() as form:
            form.roadmap_id, form.due_date = self.roadmap, "2026-03-30"
            name = form.name
            form.agenda_id = agenda
            self.assertEqual(form.name, name, "the cadence decides")
            form.agenda_id = self.env["roadmap.agenda"]
            form.cadence_id = self.env["roadmap.cadence"]
            form.agenda_id = agenda
            self.assertEqual((form.name, form.duration), (agenda.name, agenda.minutes / 60))
            self.assertEqual(form.meeting_type, agenda.meeting_type)
            form.user_id = self.user_csm
        self.assertEqual((form.record.user_id, form.record.name), (self.user_csm, agenda.name))

    def test_our_promise_is_ones_own_until_said_otherwise(self):
        form = Form(self.env["roadmap.action"].with_user(self.user_csm))
        form.roadmap_id, form.name, form.due_date = self.roadmap, "Call", "2026-03-09"
        self.assertEqual(form.user_id, self.user_csm)
        form.side = "client"
        form.partner_id = self.contact_owner
        self.assertEqual(form.save()._owner_name(), self.contact_owner.name)
        action = form.record
        action.user_id = False
        with Form(action) as form:
            form.side = "ours"
            self.assertEqual(form.user_id, self.user_csm)

    def test_months_typed_wrong_do_not_stop_the_form(self):
        form = Form(self.env["roadmap.cadence"].with_user(self.user_manager))
        for text, months in (("3, 9", (3, 9)), ("3, 13", ()), ("spring", ())):
            form.target_months = text
            self.assertEqual(
                self.env["roadmap.cadence"].new({"target_months": text})._targets(), months
            )
