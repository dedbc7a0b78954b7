from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .import_common import HEAD
from .test_import_files import ImportFilesCommon

PARTS = {**HEAD, "parent_id": "Part Of", "state": "Asset State"}


@tagged("post_install", "-at_install")
class TestImportHosts(ImportFilesCommon):
    """Parent devices that the same file brings."""

    def rows(self, *pairs):
        """Rows of (name, name of its parent)."""
        return [
            self.row(name=name, serial=f"S-{name}", import_ref=name, parent_id=parent)
            for name, parent in pairs
        ]

    def tree(self, roadmap=None):
        return {asset.name: asset.parent_id.name or "" for asset in self.assets(roadmap)}

    def test_hosts_stand_anywhere_in_the_list(self):
        pairs = {"VM-1": "host 1", "HOST 1": "Rack", "VM-2": "HOST 1", "Rack": ""}
        said = self.rows(*pairs.items())
        self.assertEqual(self.load(*said), ["new"] * 4)
        tree = {"VM-1": "HOST 1", "HOST 1": "Rack", "VM-2": "HOST 1", "Rack": ""}
        self.assertEqual(self.tree(), tree)
        self.assertEqual(self.load(*said), ["unchanged"] * 3 + ["unchanged"])
        self.assertEqual(self.load(*said, mode="all"), ["unchanged"] * 4)

    def test_all_or_none_and_each_row_its_client(self):
        none = self.env["roadmap.roadmap"]
        rows = [
            {**row, "roadmap_id": client}
            for client in ("Example Client", "Other Client")
            for row in self.rows(("VM", "Host"), ("Host", ""))
        ]
        far = {**self.rows(("Lost", "Host 2"))[0], "roadmap_id": "Example Client"}
        other = {**self.rows(("Host 2", ""))[0], "roadmap_id": "Other Client"}
        kinds = self.load(*rows, far, other, roadmap=none, mode="all")
        self.assertEqual(kinds, ["new"] * 4 + ["refused", "new"], "not a host of another client")
        self.assertFalse(self.assets())
        self.load(*rows, roadmap=none, mode="all")
        self.assertEqual(self.tree(), {"VM": "Host", "Host": ""})
        self.assertEqual(self.tree(self.other_roadmap), {"VM": "Host", "Host": ""})
        self.assertEqual(self.assets().parent_id.roadmap_id, self.roadmap)

    def test_a_known_device_joins_a_new_one(self):
        self.load(*self.rows(("VM", "")))
        self.assertEqual(self.load(*self.rows(("VM", "Host"), ("Host", ""))), ["changed", "new"])
        self.assertIn("Host", self.Asset._import_change_text(self.judged[0]))
        self.assertEqual(self.tree(), {"VM": "Host", "Host": ""})

    def test_refused_with_its_row(self):
        self.load(*self.rows(("Old", ""), ("Part", "Old")))
        pairs = (("A", "B"), ("B", "A"), ("C", "A"), ("D", "Nobody"), ("E", "D"), ("F", "Twin"))
        rows = self.rows(*pairs, ("Twin", ""), ("Old", "Part"), ("Self", "Self"), ("Good", ""))
        rows.append(self.row(name="Twin", serial="S2-Twin", import_ref="T2"))
        run = self.preview(self.csv(rows, PARTS))
        bad = {line.name: line.reason for line in run.line_ids if line.verdict == "refused"}
        for name, words in {
            "A": "part of itself",
            "B": "part of itself",
            "C": "Row 2 brings",
            "D": "neither the client nor this file",
            "E": "Row 5 brings",
            "F": "several assets",
            "Old": "part of itself",
            "Self": "part of itself",
        }.items():
            self.assertIn(words, bad.pop(name), name)
        self.assertFalse(bad)
        self.assertEqual((run.refused_count, run.new_count, run.changed_count), (8, 3, 0))
        self.finish(run)
        self.assertEqual((run.refused_count, run.stored_count), (8, 3))
        self.assertEqual(
            self.tree(), {"Old": "", "Part": "Old", "Twin": "", "Good": ""}, "by name, each once"
        )

    def test_batches_that_are_stopped_between_child_and_parent(self):
        pairs = [("VM-1", "Host"), ("VM-2", "Host"), ("PC", ""), ("Host", ""), ("VM-3", "Host")]
        run = self.preview(self.csv(self.rows(*pairs), PARTS))
        self.assertEqual((run.new_count, run.bad_count), (5, 0))
        self.patch_batch(2)
        run.action_import()
        run.action_run_batch()
        run.action_stop()
        self.assertEqual(self.tree(), {"VM-1": "", "VM-2": ""}, "the host is not there yet")
        self.finish(run)
        self.assertEqual((run.state, run.stored_count), ("done", 5))
        self.assertEqual(self.tree(), {**dict(pairs), "Host": "", "PC": ""})
        host = self.assets().filtered(lambda asset: asset.name == "Host")
        with Form(host.with_user(self.user_technician)) as form:
            self.assertEqual(len(form.part_ids), 3)
        self.assertEqual(host.part_ids.mapped("name"), ["VM-1", "VM-2", "VM-3"])
        again = self.preview(self.csv(self.rows(*pairs), PARTS))
        self.assertEqual((again.unchanged_count, again.todo_count), (5, 0))

    def test_nothing_is_part_of_itself_on_the_form_either(self):
        self.load(*self.rows(("VM", "Host"), ("Host", "")))
        vm, host = self.assets()
        with self.assertRaisesRegex(ValidationError, "part of itself"):
            host.with_user(self.user_technician).parent_id = vm
        far = self.Asset.create({"name": "Far", "roadmap_id": self.other_roadmap.id})
        with self.assertRaisesRegex(ValidationError, "same client"):
            far.parent_id = host

    def test_a_constant_number_of_queries(self):
        def queries(mark, count):
            pairs = [(f"{mark}VM{n}", f"{mark}H{n % 3}") for n in range(count)]
            rows = self.rows(*pairs, *((f"{mark}H{n}", "") for n in range(3)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.load(*rows), ["new"] * len(rows))
            return self.env.cr.sql_log_count - before

        queries("a", 3)
        few = queries("b", 3)
        self.assertLessEqual(queries("c", 60), few)
