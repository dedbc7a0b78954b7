from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .test_plan_item import PlanItemCommon


@tagged("post_install", "-at_install")
class TestPlanItemRights(PlanItemCommon):
    """Whose items and devices one may touch."""

    def test_foreign_devices_are_refused(self):
        asset = self.env["roadmap.asset"].create(
            {"name": "Theirs", "roadmap_id": self.other_roadmap.id}
        )
        item = self.item()
        with self.assertRaisesRegex(ValidationError, "names a device, a finding or a goal of"):
            item.with_user(self.user_all).asset_ids = asset

    def test_only_own_clients(self):
        item = self.item()
        with self.assertRaises(AccessError):
            item.with_user(self.user_other_csm).read(["name"])
        with self.assertRaises(AccessError):
            item.with_user(self.user_technician).read(["name"])
        with self.assertRaises(AccessError):
            item.with_user(self.portal_owner).read(["name"])
