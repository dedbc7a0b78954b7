from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestImportCall(ImportCommon):
    """The call for tools that push their devices."""

    def call(self, rows, user=None, source="rmm", **more):
        more.setdefault("roadmap_id", self.roadmap.id)
        model = self.Asset.with_user(user or self.user_technician)
        return model.import_rows(rows, source, **more)

    def test_answer(self):
        bad = self.row(name="B", serial="S2", import_ref="R2", purchase_date="2024-02-30")
        answer = self.call([self.row(), bad])
        asset = self.assets()
        self.assertEqual(answer["counts"]["new"], 1)
        self.assertEqual(answer["assets"], {"1": asset.id})
        self.assertEqual([(p["row"], p["verdict"]) for p in answer["problems"]], [(2, "refused")])
        self.assertIn("does not exist", answer["problems"][0]["reason"])
        self.assertTrue(answer["stored"])
        run = self.env["roadmap.import"].browse(answer["import_id"])
        self.assertEqual((run.kind, run.state, run.refused_count), ("call", "done", 1))

    def test_headings_are_understood_as_on_the_screen(self):
        self.call([{"Device Name": "A", "Serial Number": "S1", "RAM (GB)": 16, "Site": None}])
        asset = self.assets()
        self.assertEqual((asset.name, asset.serial, asset.memory_gb), ("A", "S1", 16))

    def test_the_same_key_imports_once(self):
        first = self.call([self.row()], key="night-1")
        self.assets().unlink()
        again = self.call([self.row()], key="night-1")
        self.assertFalse(self.assets(), "answered, not imported")
        self.assertEqual(again, {**first, "repeated": True})
        with self.assertRaisesRegex(UserError, "other rows"):
            self.call([self.row(name="X")], key="night-1")
        self.call([self.row()], key="night-2")
        self.assertEqual(len(self.assets()), 1)

    def test_a_key_belongs_to_its_user(self):
        first = self.call([self.row()], key="k")
        other = self.call([self.row()], key="k", user=self.user_all)
        self.assertFalse(other["repeated"])
        self.assertNotEqual(first["import_id"], other["import_id"])

    def test_dry_run_and_all_or_none_store_nothing(self):
        bad = self.row(name="B", serial="S2", import_ref="R2", purchase_date="soon")
        answer = self.call([self.row()], options={"dry_run": True})
        self.assertEqual((answer["counts"]["new"], answer["stored"]), (1, False))
        answer = self.call([self.row(), bad], options={"mode": "all"})
        self.assertFalse(answer["stored"])
        self.assertFalse(self.assets())

    def test_bad_calls(self):
        for rows, more in (
            ("rows", {}),
            ([1], {}),
            ([self.row()], {"source": ""}),
            ([self.row()], {"source": None}),
            ([{"nonsense": "x"}], {}),
            ([self.row()], {"options": {"mode": "some"}}),
            ([self.row()], {"options": {"date_order": "?"}}),
            ([self.row()], {"options": {"colour": "blue"}}),
        ):
            with self.assertRaises(UserError):
                self.call(rows, **more)
        self.assertFalse(self.assets())

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.call([self.row()], user=self.user_salesman)
        with self.assertRaises(AccessError):
            self.call([self.row()], user=self.user_csm, roadmap_id=self.other_roadmap.id)
        with self.assertRaises(AccessError):
            self.call([self.row()], user=self.portal_owner)


@tagged("post_install", "-at_install")
class TestImportCallHttp(HttpCase, ImportCommon):
    def test_over_json(self):
        key = self.user_technician._change_password("Long-enough-1")
        self.assertIsNone(key)
        self.authenticate("rm_tech", "Long-enough-1")
        answer = self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "roadmap.asset",
                "method": "import_rows",
                "args": [[{"Name": "A", "Serial": "S1"}], "agent"],
                "kwargs": {"roadmap_id": self.roadmap.id, "key": "one"},
            },
        )
        self.assertEqual(answer["counts"]["new"], 1)
        self.assertEqual(self.assets().serial, "S1")
