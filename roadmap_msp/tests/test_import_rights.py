from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .test_import_engine import ImportEngineCommon


@tagged("post_install", "-at_install")
class TestImportRights(ImportEngineCommon):
    """Who imports what, and for whom."""

    def test_another_clients_serial_is_another_device(self):
        self.load(self.row(site="Theirs"), roadmap=self.other_roadmap)
        self.assertEqual(self.load(self.row(site="Ours")), ["new"])
        self.assertEqual(self.assets(self.other_roadmap).site, "Theirs")

    def test_clients_named_by_rows(self):
        none = self.env["roadmap.roadmap"]
        rows = [
            self.row(roadmap_id="example  CLIENT"),
            self.row(roadmap_id="Other Client"),
            self.row(roadmap_id="Nobody"),
        ]
        self.assertEqual(self.load(*rows, roadmap=none), ["new", "new", "refused"])
        self.assertEqual(len(self.assets()), 1)
        self.assertEqual(len(self.assets(self.other_roadmap)), 1)

    def test_rights(self):
        none = self.env["roadmap.roadmap"]
        rows = [self.row(roadmap_id="Example Client"), self.row(roadmap_id="Other Client")]
        verdicts = self.load(*rows, roadmap=none, user=self.user_csm)
        self.assertEqual(verdicts, ["new", "refused"], "others' clients are unknown")
        with self.assertRaises(AccessError):
            self.load(self.row(), user=self.user_salesman)
        with self.assertRaises(AccessError):
            self.load(self.row(serial="S9"), roadmap=self.other_roadmap, user=self.user_csm)

    def test_company_of_the_client(self):
        company = self.env["res.company"].create({"name": "Second MSP"})
        partner = self.env["res.partner"].create({"name": "Far Client", "is_company": True})
        far = self.env["roadmap.roadmap"].create(
            {"partner_id": partner.id, "company_id": company.id, "entitlement": "entitled"}
        )
        both = new_test_user(
            self.env,
            "rm_both",
            "roadmap_msp.group_roadmap_user_all",
            company_id=self.env.company.id,
            company_ids=[(6, 0, [self.env.company.id, company.id])],
        )
        model = self.env["roadmap.asset"].with_user(both)
        model = model.with_context(allowed_company_ids=[self.env.company.id, company.id])
        model._import(far, [self.row()], "rmm")
        asset = self.assets(far)
        self.assertEqual(asset.company_id, company)
        self.assertEqual((asset.date_ids.company_id, asset.ref_ids.company_id), (company, company))

    def test_money_is_not_for_technicians(self):
        row = self.row(purchase_cost="1,234.50")
        self.load(row)
        self.assertFalse(self.assets().purchase_cost)
        self.assertEqual(self.load(row, user=self.user_manager), ["changed"])
        self.assertEqual(self.assets().purchase_cost, 1234.5)
        self.assertEqual(self.load(row, user=self.user_manager), ["unchanged"])
