from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientMerge(RoadmapCommon):
    """Merging contacts of which both have a roadmap."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner_manager = new_test_user(
            cls.env, "rm_contacts", "base.group_user,base.group_partner_manager", name="Pat"
        )
        cls.type = cls.env["roadmap.asset.type"].create({"name": "Laptop", "code": "merge_test"})

    def _merge(self, src, dst):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.partner_manager)
        with mute_logger("odoo.addons.base.wizard.base_partner_merge"):
            wizard._merge((src | dst).ids, dst.with_user(self.partner_manager), extra_checks=False)
        self.env.invalidate_all()

    def _asset(self, roadmap, name, external_id):
        asset = self.env["roadmap.asset"].create(
            {"name": name, "roadmap_id": roadmap.id, "type_id": self.type.id}
        )
        self.env["roadmap.asset.ref"].create(
            {"asset_id": asset.id, "source": "rmm", "external_id": external_id}
        )
        return asset

    def test_rows_of_which_there_may_be_one(self):
        """Devices that both lists hold, looked up twice; columns of a file chosen twice."""
        roadmaps = self.other_roadmap | self.roadmap
        assets = self.env["roadmap.asset"].create(
            [{"name": "LAP", "serial": "S1", "roadmap_id": roadmap.id} for roadmap in roadmaps]
        )
        day = fields.Datetime.now()
        looked_up = {"maker": "dell", "state": "unknown", "checked_on": day, "next_on": day}
        lookups = self.env["roadmap.asset.lookup"].create(
            [{"asset_id": asset.id, **looked_up} for asset in assets]
        )
        mappings = self.env["roadmap.import.mapping"].create(
            [{"roadmap_id": roadmap.id, "source": "rmm"} for roadmap in roadmaps]
        )
        self._merge(self.other_client, self.client)
        for rows in (assets, lookups, mappings):
            self.assertEqual(rows.exists(), rows[1], "what belonged to the one that stays")

    def test_two_clients_with_roadmaps(self):
        finding = self.env["roadmap.finding"].create(
            {"roadmap_id": self.other_roadmap.id, "name": "Gap", "source_key": "own"}
        )
        item = self.env["roadmap.item"].create(
            {
                "roadmap_id": self.other_roadmap.id,
                "name": "Item",
                "line_ids": [fields.Command.create({"name": "Line", "price_unit": 5})],
            }
        )
        self.other_roadmap.message_post(body="What we talked about")
        gone = self.other_roadmap.id
        self._merge(self.other_client, self.client)
        self.assertFalse(self.env["roadmap.roadmap"].browse(gone).exists())
        self.assertFalse(self.other_client.exists())
        kept = self.roadmap
        self.assertEqual(finding.roadmap_id, kept)
        self.assertEqual(item.roadmap_id, kept)
        self.assertEqual(item.partner_id, self.client)
        self.assertEqual(item.line_ids.roadmap_id, kept)
        self.assertIn(self.other_contact, kept.stakeholder_ids.partner_id)
        self.assertEqual(self.other_contact.commercial_partner_id, self.client)
        bodies = "".join(kept.message_ids.mapped("body"))
        self.assertIn("What we talked about", bodies)
        self.assertIn("Merged with the roadmap of Bay Test Dental", bodies)

    def test_booked_meetings_of_both_stay(self):
        """No appointment is lost, and nothing is planned beside the two."""
        clients = self.roadmap | self.other_roadmap
        clients.tier_id = self.env.ref("roadmap_msp.tier_silver")
        meetings = clients._plan_first_meeting()
        start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=20)
        for meeting in meetings:
            meeting._book(start, start + timedelta(hours=1), self.user_csm)
        events = meetings.event_id
        self._merge(self.other_client, self.client)
        self.assertEqual(meetings.roadmap_id, self.roadmap)
        self.assertEqual(meetings.partner_id, self.client)
        self.assertEqual(set(meetings.mapped("state")), {"booked"})
        self.assertEqual(meetings.event_id, events)
        self.assertTrue(all(events.mapped("active")))
        self.assertFalse(self.roadmap._plan_next_meeting(), "two lie ahead")

    def test_the_other_direction_keeps_the_targets_roadmap(self):
        self._merge(self.client, self.other_client)
        self.assertFalse(self.roadmap.exists())
        self.assertEqual(len(self.other_roadmap.stakeholder_ids), 5)
        self.assertEqual(self.other_roadmap.seat_count, 30, "taken over where ours was empty")
        self.assertEqual(self.other_roadmap.account_manager_id, self.user_other_csm)
        self.assertEqual(self.other_roadmap.vcio_id, self.user_vcio)

    def test_only_the_source_has_a_roadmap(self):
        target = self.env["res.partner"].create({"name": "Real Name", "is_company": True})
        self._merge(self.client, target)
        self.assertEqual(self.roadmap.partner_id, target)
        self.assertEqual(self.roadmap.name, target.name)

    def test_twins_in_unique_indexes_become_one(self):
        """The same finding and the same device known to both: one stays, with what hung on both."""
        ours, theirs = self.env["roadmap.finding"].create(
            [
                {"roadmap_id": roadmap.id, "name": "Gap", "source_key": "asset:1"}
                for roadmap in (self.roadmap, self.other_roadmap)
            ]
        )
        item = self.env["roadmap.item"].create(
            {
                "roadmap_id": self.other_roadmap.id,
                "name": "Item",
                "finding_ids": theirs.ids,
            }
        )
        theirs.message_post(body="A word on the finding")
        first = self._asset(self.roadmap, "PC-1", "17")
        second = self._asset(self.other_roadmap, "PC-1 (copy)", "17")
        self._merge(self.other_client, self.client)
        self.assertFalse(theirs.exists())
        self.assertEqual(item.finding_ids, ours)
        self.assertIn("A word on the finding", "".join(ours.message_ids.mapped("body")))
        self.assertEqual(len((first | second).exists().ref_ids), 1)
        self.assertEqual((first | second).exists().roadmap_id, self.roadmap)

    def test_one_opportunity_of_the_year_stays(self):
        day = fields.Date.today()
        leads = (self.roadmap | self.other_roadmap)._ensure_opportunity(day)
        meeting = self.env["roadmap.meeting"].create(
            {
                "roadmap_id": self.other_roadmap.id,
                "name": "Review",
                "due_date": day,
                "opportunity_id": leads[1].id,
            }
        )
        self._merge(self.other_client, self.client)
        left = leads.exists()
        self.assertEqual(len(left), 1)
        self.assertEqual(left.roadmap_id, self.roadmap)
        self.assertEqual(self.roadmap._ensure_opportunity(day), left)
        self.assertEqual(meeting.opportunity_id, left)
        self.assertEqual(meeting.roadmap_id, self.roadmap)

    def test_two_contacts_with_the_same_role(self):
        twin = self.env["res.partner"].create(
            {"name": "O. Owner", "parent_id": self.client.id, "email": "o@client.example.com"}
        )
        Row = self.env["roadmap.stakeholder"]
        Row.create(
            [
                {"roadmap_id": self.roadmap.id, "partner_id": twin.id, "role": role}
                for role in ("decision_maker", "finance")
            ]
        )
        self._merge(twin, self.contact_owner)
        self.assertEqual(
            self.roadmap._roles_of(self.contact_owner), {"decision_maker", "signer", "finance"}
        )
        self.assertEqual(len(self.roadmap.stakeholder_ids), 4)

    def test_links_and_mails_follow_the_contact(self):
        twin = self.env["res.partner"].create({"name": "O. Owner", "parent_id": self.client.id})
        mail = self.env["roadmap.outbox"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": twin.id,
                "user_id": self.user_csm.id,
                "kind": "meeting",
                "name": "Mail",
            }
        )
        self._merge(twin, self.contact_owner)
        self.assertEqual(mail.partner_id, self.contact_owner)

    def test_the_livelier_state_wins(self):
        self.roadmap.write({"state": "ended", "ended_on": "2026-01-01"})
        self._merge(self.other_client, self.client)
        self.assertEqual(self.roadmap.state, "running")
        self.assertFalse(self.roadmap.ended_on)
