import io
import zipfile
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientHandover(RoadmapCommon):
    def pack(self, roadmap):
        action = roadmap.with_user(self.user_csm).action_handover_pack()
        attachment = self.env["ir.attachment"].browse(
            int(action["url"].split("/")[3].split("?")[0])
        )
        self.assertEqual(attachment.res_model, "roadmap.book")
        self.assertEqual(self.env["roadmap.book"].browse(attachment.res_id).roadmap_id, roadmap)
        with self.assertRaises(AccessError):
            attachment.with_user(self.user_technician).mapped("raw")
        return zipfile.ZipFile(io.BytesIO(attachment.raw))

    def text(self, archive, name):
        with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
            parts = [part for part in book.namelist() if part.endswith(".xml")]
            return "\n".join(book.read(part).decode() for part in parts)

    def test_the_client_takes_it_at_most_once_an_hour(self):
        pack = self.roadmap._client_pack(self.contact_owner)
        self.assertEqual(self.roadmap._client_pack(self.contact_owner), pack)
        self.assertIn(self.contact_owner.name, self.roadmap.message_ids[:1].body)
        self.assertNotEqual(self.other_roadmap._client_pack(self.other_contact), pack)
        self.assertIn("answers.xlsx", zipfile.ZipFile(io.BytesIO(pack.raw)).namelist())

    def test_pack_holds_what_belongs_to_the_client(self):
        own_type = self.env["roadmap.asset.type"].create({"name": "Box", "code": "box"})
        for roadmap, name in ((self.roadmap, "OURBOX"), (self.other_roadmap, "THEIRBOX")):
            self.env["roadmap.asset"].create(
                {"name": name, "roadmap_id": roadmap.id, "type_id": own_type.id, "note": "SECRET"}
            )
        items = self.env["roadmap.item"].create(
            [
                {"name": "New server", "roadmap_id": self.roadmap.id, "internal_note": "SECRET"},
                {"name": "Only ours", "roadmap_id": self.roadmap.id},
            ]
        )
        items[0].action_propose()
        self.env["roadmap.decision"].create(
            {
                "roadmap_id": self.roadmap.id,
                "item_id": items[0].id,
                "decision": "declined",
                "partner_id": self.contact_owner.id,
                "reason": "=1+1",
            }
        )
        self.env["roadmap.outbox"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": self.contact_owner.id,
                "kind": "minutes",
                "name": "Minutes",
                "state": "sent",
                "attachment_ids": [
                    fields.Command.create({"name": "../../Minutes.pdf", "raw": b"%PDF minutes"})
                ],
            }
        )
        archive = self.pack(self.roadmap)
        names = archive.namelist()
        for sheet in ("assets", "contracts", "plan", "decisions", "meetings"):
            self.assertIn(f"{sheet}.xlsx", names)
        self.assertFalse([name for name in names if "/.." in name or name.startswith("/")])
        minutes = next(name for name in names if "Minutes" in name)
        self.assertEqual(archive.read(minutes), b"%PDF minutes")
        self.assertTrue(
            [name for name in names if name.startswith("documents/") and "Roadmap" in name]
        )
        assets, plan = self.text(archive, "assets.xlsx"), self.text(archive, "plan.xlsx")
        self.assertIn("OURBOX", assets)
        self.assertNotIn("THEIRBOX", assets)
        self.assertIn("New server", plan)
        self.assertNotIn("Only ours", plan)
        self.assertIn("=1+1", self.text(archive, "decisions.xlsx"))
        self.assertNotIn("SECRET", assets + plan)

    def test_owner_only_stays_out(self):
        findings = self.env["roadmap.finding"].create(
            [
                {"name": f"{name} risk", "roadmap_id": self.roadmap.id, "owner_only": owner}
                for name, owner in (("CONFIDENTIAL", True), ("COMMON", False))
            ]
        )
        self.env["roadmap.decision"].create(
            [
                {
                    "roadmap_id": self.roadmap.id,
                    "finding_id": finding.id,
                    "decision": "declined",
                    "partner_id": self.contact_owner.id,
                    "reason": finding.name,
                    "document_id": self.env["ir.attachment"]
                    .create({"name": f"{finding.name}.pdf", "raw": b"%PDF"})
                    .id,
                }
                for finding in findings
            ]
        )
        paper = self.env["ir.attachment"].create({"name": "OWNERBOOK.pdf", "raw": b"%PDF"})
        self.env["roadmap.book"].sudo().create(
            {
                "roadmap_id": self.roadmap.id,
                "owner_copy": True,
                "made_on": fields.Datetime.now(),
                "document_id": paper.id,
            }
        )
        self.env["roadmap.outbox"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": self.contact_owner.id,
                "kind": "minutes",
                "name": "Your book",
                "state": "sent",
                "attachment_ids": paper.ids,
            }
        )
        archive = self.pack(self.roadmap)
        names = " ".join(archive.namelist())
        decisions = self.text(archive, "decisions.xlsx")
        self.assertIn("COMMON", decisions)
        self.assertIn("COMMON", names)
        self.assertNotIn("CONFIDENTIAL", decisions)
        self.assertNotIn("CONFIDENTIAL", names)
        self.assertNotIn("OWNERBOOK", names)

    def test_ending_offers_it(self):
        action = self.roadmap.with_user(self.user_csm).action_end()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user_csm)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.roadmap_ids, self.roadmap)
        made = wizard.action_make()
        self.assertEqual(made["type"], "ir.actions.act_url")
        self.assertTrue(made["close"], "the window goes, and the form behind shows the end")
        self.assertIn("Hand-over pack made", self.roadmap.message_ids[0].body)
        self.assertFalse(
            self.roadmap.message_ids.attachment_ids, "technicians read the client's messages"
        )

    def test_packs_of_several_clients(self):
        contracts = self.env["roadmap.contract"].create(
            [
                {"name": name, "roadmap_id": self.roadmap.id, "price": 1, "renews": renews}
                for name, renews in (("Once", False), ("Again", True))
            ]
        )
        both = (self.roadmap | self.other_roadmap).with_user(self.user_all)
        action = both.action_handover_pack()
        packs = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(packs), 2)
        words = [self.roadmap._handover_text(row, "renews") for row in contracts]
        self.assertEqual(words, ["", "yes"])

    def test_only_of_own_clients(self):
        with self.assertRaises(AccessError):
            self.other_roadmap.with_user(self.user_csm).action_handover_pack()


@tagged("post_install", "-at_install")
class TestClientReassign(RoadmapCommon):
    def wizard(self, old, new, user=None):
        return (
            self.env["roadmap.reassign"]
            .with_user(user or self.user_manager)
            .create({"from_user_id": old.id, "to_user_id": new.id})
        )

    def test_everything_open_changes_hands(self):
        meeting = self.roadmap._plan_first_meeting()
        booking = meeting.booking_activity_id
        start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=9)
        item = self.env["roadmap.item"].create(
            {
                "name": "Quote",
                "roadmap_id": self.roadmap.id,
                "user_id": self.user_csm.id,
                "quote_user_id": self.user_csm.id,
            }
        )
        lead = meeting.opportunity_id
        lead.user_id = self.user_csm
        self.assertEqual(booking.user_id, self.user_csm)
        wizard = self.wizard(self.user_csm, self.user_all)
        self.assertEqual((wizard.roadmap_count, wizard.item_count), (1, 1))
        self.assertEqual((wizard.activity_count, wizard.opportunity_count), (1, 1))
        wizard.action_apply()
        for record, name in (
            (self.roadmap, "account_manager_id"),
            (booking, "user_id"),
            (item, "user_id"),
            (item, "quote_user_id"),
            (lead, "user_id"),
        ):
            self.assertEqual(record[name], self.user_all, f"{record} {name}")
        self.assertIn(self.user_all, self.roadmap.member_ids)
        meeting._book(start, start + timedelta(hours=1), self.user_all)
        mails = self.env["mail.mail"].search_count([])
        self.wizard(self.user_vcio, self.user_all).action_apply()
        self.assertEqual((meeting.user_id, meeting.event_id.user_id), (self.user_all,) * 2)
        self.assertNotIn(self.user_vcio.partner_id, meeting.event_id.partner_ids)
        self.assertEqual((meeting.state, meeting.start), ("booked", start))
        self.assertFalse(meeting.move_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails, "no mail leaves by itself")
        again = self.wizard(self.user_vcio, self.user_all)
        self.assertFalse(sum(len(rows) for rows in again._work().values()))

    def test_ended_and_foreign_clients_stay(self):
        self.roadmap.action_end()
        self.wizard(self.user_csm, self.user_all).action_apply()
        self.assertEqual(self.roadmap.account_manager_id, self.user_csm)
        self.assertEqual(self.other_roadmap.account_manager_id, self.user_other_csm)

    def test_who_left_already(self):
        self.user_csm.active = False
        self.wizard(self.user_csm, self.user_all).action_apply()
        self.assertEqual(self.roadmap.account_manager_id, self.user_all)

    def test_refused(self):
        with self.assertRaises(AccessError):
            self.wizard(self.user_csm, self.user_all, self.user_csm)
        with self.assertRaisesRegex(UserError, "different"):
            self.wizard(self.user_csm, self.user_csm).action_apply()
        with self.assertRaisesRegex(UserError, "no right"):
            self.wizard(self.user_csm, self.user_salesman).action_apply()
