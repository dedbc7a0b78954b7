from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_asset_register import AssetRegisterCommon


@tagged("post_install", "-at_install")
class TestAssetRights(AssetRegisterCommon):
    """Who reads what of the register."""

    def test_invoice_lines_are_for_accounting(self):
        self.assertNotIn("invoice_line_id", self.Asset.fields_get())
        self.user_technician.group_ids += self.env.ref("account.group_account_readonly")
        self.assertIn("invoice_line_id", self.Asset.fields_get())

    def test_technician_sees_no_money(self):
        self.assertTrue(self._asset().id)
        hidden = {"price_low", "price_high", "product_id", "labour_product_id"}
        seen = self.env["roadmap.asset.type"].with_user(self.user_technician).fields_get()
        self.assertFalse(hidden & seen.keys())
        self.assertFalse({"replacement_line_id", "item_ids"} & self.Asset.fields_get().keys())
        with self.assertRaises(AccessError):
            self.laptop.with_user(self.user_technician).life_years = 3
        self.Asset.get_views([(False, "list"), (False, "form"), (False, "search")])

    def test_users_see_their_clients_assets(self):
        asset = self._asset()
        Asset = self.env["roadmap.asset"]
        self.assertTrue(Asset.with_user(self.user_csm).search([("id", "=", asset.id)]))
        self.assertFalse(Asset.with_user(self.user_other_csm).search([("id", "=", asset.id)]))
        for user in (self.user_salesman, self.portal_owner):
            with self.assertRaises(AccessError):
                Asset.with_user(user).search([])
