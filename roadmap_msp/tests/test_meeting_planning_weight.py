from freezegun import freeze_time

from odoo.tests import tagged

from .test_meeting_planning import TODAY, MeetingCommon


@tagged("post_install", "-at_install")
class TestMeetingPlanningWeight(MeetingCommon):
    """What planning many clients costs, and that nobody waits for a locked one."""

    @freeze_time(TODAY)
    def test_queries_of_a_batch(self):
        roadmaps = self.many_clients(60)
        roadmaps._ensure_opportunity()
        # Two moves in a row before the meeting was called off: the manager is told.
        self.meetings.create(
            [
                {
                    "roadmap_id": roadmap.id,
                    "due_date": "2026-01-15",
                    "state": "cancelled",
                    "slip_count": 2,
                }
                for roadmap in roadmaps
            ]
        )
        counts = []
        for part in (roadmaps[:10], roadmaps[10:60]):
            counts.append(self.queries_of(part._plan_next_meeting))
        self.assertEqual(len(roadmaps.meeting_ids), 120)
        alerts = roadmaps.activity_search(["roadmap_msp.activity_type_slipping"])
        self.assertEqual(len(alerts), 60)
        # Five times the clients, hardly more queries: no query of ours stands in a loop.
        self.assertLess(counts[1] - counts[0], 10, counts)

    @freeze_time(TODAY)
    def test_a_client_that_somebody_works_on_keeps_no_other_waiting(self):
        """A locked client is left out of the batch; the job still comes back for the rest."""
        Roadmap = self.env.registry["roadmap.roadmap"]
        progress = []
        self.patch(Roadmap, "try_lock_for_update", lambda self, **kw: self[1:])
        self.patch(
            self.env.registry["ir.cron"],
            "_commit_progress",
            lambda self, processed=0, *, remaining=None, **kw: progress.append(remaining),
        )
        clients = self.env["roadmap.roadmap"].search(self.roadmap._domain_to_plan())
        self.env["roadmap.roadmap"]._cron_plan_meetings(batch=len(clients))
        self.assertEqual(progress[0], 1)

    @freeze_time(TODAY)
    def test_a_last_batch_that_is_full_mends_as_well(self):
        meeting = self.plan()
        meeting.sudo().booking_activity_id.unlink()
        clients = self.env["roadmap.roadmap"].search(self.roadmap._domain_to_plan())
        self.assertTrue(clients)
        self.patch(
            self.env.registry["ir.cron"],
            "_commit_progress",
            lambda self, processed=0, *, remaining=None, **kw: None,
        )
        self.env["roadmap.roadmap"]._cron_plan_meetings(batch=len(clients))
        self.assertTrue(meeting.booking_activity_id)

    @freeze_time(TODAY)
    def test_topics_come_back_without_comparing_every_meeting(self):
        """Each meeting's day is looked up once, however many topics wait."""
        meetings = self.plan() | self.plan(self.other_roadmap)
        topics = self.env["roadmap.meeting.topic"].create(
            [
                {"name": f"Topic {n}", "roadmap_id": meeting.roadmap_id.id}
                for meeting in meetings.sudo()
                for n in range(20)
            ]
        )
        asked = []
        native = self.env.registry["roadmap.meeting"]._agenda_day

        def counted(meeting):
            asked.append(meeting.id)
            return native(meeting)

        topics.meeting_id = False
        self.patch(self.env.registry["roadmap.meeting"], "_agenda_day", counted)
        meetings._collect_topics()
        self.assertEqual(sorted(asked), sorted(meetings.ids))
        for meeting in meetings.sudo():
            self.assertEqual(len(meeting.topic_ids & topics), 20)
