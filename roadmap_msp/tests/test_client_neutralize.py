from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.roadmap_msp.hooks import uninstall_hook

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientNeutralize(RoadmapCommon):
    def _mail(self, state):
        return self.env["roadmap.outbox"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": self.contact_owner.id,
                "user_id": self.user_csm.id,
                "kind": "meeting",
                "name": "Mail",
                "state": state,
            }
        )

    def test_a_copy_of_the_database_is_silent(self):
        mails = [self._mail(state) for state in ("prepared", "released", "failed", "sent")]
        link = self.env["roadmap.link"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": self.contact_owner.id,
                "purpose": "decide",
                "res_model": "roadmap.roadmap",
                "res_id": self.roadmap.id,
                "expires_on": fields.Datetime.now() + timedelta(days=30),
            }
        )
        self.roadmap.write({"auto_invitation": True, "auto_minutes": True, "auto_book": True})
        self.env.flush_all()
        with file_open("roadmap_msp/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertEqual(
            [mail.state for mail in mails], ["cancelled", "cancelled", "cancelled", "sent"]
        )
        self.assertTrue(link.withdrawn_on)
        switches = [name for name in self.roadmap._fields if name.startswith("auto_")]
        self.assertEqual(len(switches), 7)
        self.assertFalse(any(self.roadmap[name] for name in switches))
        crons = self.env["ir.cron"].with_context(active_test=False)
        ours = self.env["ir.model.data"].search(
            [("module", "=", "roadmap_msp"), ("model", "=", "ir.cron")]
        )
        self.assertTrue(ours)
        self.assertFalse(any(crons.browse(ours.mapped("res_id")).mapped("active")))

    def test_uninstall_takes_our_records_off_native_ones(self):
        """What refers to records of ours by a restricting key would block their removal."""
        self.roadmap.tier_id = self.env.ref("roadmap_msp.tier_gold")
        self.roadmap.action_activate()
        lead = self.roadmap._ensure_opportunity()
        activity = lead.activity_schedule(
            "roadmap_msp.mail_activity_type_booking", user_id=self.user_csm.id
        )
        done = lead.activity_schedule(
            "roadmap_msp.mail_activity_type_booking", user_id=self.user_csm.id
        )
        done.active = False
        self.other_roadmap._ensure_opportunity()
        self.other_roadmap.action_end()
        lost = self.env["crm.lead"].with_context(active_test=False)
        lost = lost.search([("roadmap_id", "=", self.other_roadmap.id)])
        self.assertTrue(lost.lost_reason_id)
        uninstall_hook(self.env)
        self.assertFalse((activity | done).exists())
        self.assertFalse(lost.lost_reason_id)
        self.assertEqual(lost.won_status, "lost")
        self.assertTrue(lead.exists())
        self.assertFalse(self.roadmap.tier_id, "a client would forbid the removal of its tier")
        self.env.ref("roadmap_msp.tier_gold").unlink()
        self.assertTrue(self.roadmap.exists())
