from odoo.exceptions import AccessError, UserError
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

    def rule(self, operation):
        """Somebody keeps technicians from this with assets of the attic."""
        operations = {f"perm_{name}": False for name in ("read", "write", "create", "unlink")}
        self.env["ir.rule"].create(
            {
                **operations,
                "name": "Not in the attic",
                "model_id": self.env["ir.model"]._get_id("roadmap.asset"),
                "groups": [(6, 0, self.env.ref("roadmap_msp.group_roadmap_technician").ids)],
                "domain_force": "[('site', '!=', 'Attic')]",
                f"perm_{operation}": True,
            }
        )
        # The technician's other rules allow everything: rules of groups add up.
        for rule in self.env["ir.rule"].search([("model_id.model", "=", "roadmap.asset")]):
            if rule.groups and rule.name != "Not in the attic":
                rule[f"perm_{operation}"] = False

    def test_rules_of_records_hold_for_new_assets(self):
        self.rule("create")
        self.assertEqual(self.load(self.row()), ["new"])
        with self.assertRaises(AccessError):
            self.load(self.row(name="B", serial="S2", import_ref="R2", site="Attic"))

    def test_rules_of_records_hold_for_known_assets(self):
        self.load(self.row(site="Attic"), self.row(name="B", serial="S2", import_ref="R2"))
        self.rule("write")
        rows = [
            self.row(model="New"),
            self.row(name="B", serial="S2", import_ref="R2", model="New"),
        ]
        self.assertEqual(self.load(*rows), ["refused", "changed"])
        self.assertEqual(self.assets().mapped("model"), ["Latitude 5440", "New"])
        run = self.Asset._import_start(self.roadmap, "rmm")
        self.assertIn("may not", self.Asset._import_reason(run, self.judged[0]))

    def test_two_imports_for_one_client(self):
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtext('roadmap.asset'), %s)", [self.roadmap.id]
            )
            with self.assertRaisesRegex(UserError, "Another import"):
                self.load(self.row())
            self.assertEqual(self.load(self.row(), roadmap=self.other_roadmap), ["new"])
        self.assertEqual(self.load(self.row()), ["new"])
