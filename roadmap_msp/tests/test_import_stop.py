from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_import_files import ImportFilesCommon


@tagged("post_install", "-at_install")
class TestImportStop(ImportFilesCommon):
    """An import that stops, goes on, or finds things changed meanwhile."""

    def test_stop_and_continue(self):
        rows = [self.row(name=f"N{n}", serial=f"S{n}", import_ref=f"R{n}") for n in range(5)]
        run = self.preview(self.csv(rows))
        self.patch_batch(2)
        run.action_import()
        self.assertEqual(run.action_run_batch(), {"state": "running", "done": 2, "total": 5})
        run.action_stop()
        self.assertEqual(run.action_run_batch()["done"], 2, "a stop is heeded")
        self.assertEqual(len(self.assets()), 2)
        self.finish(run)
        self.assertEqual((run.state, run.stored_count, len(self.assets())), ("done", 5, 5))

    def test_all_or_none_can_be_stopped_and_leaves_nothing(self):
        """The stop is seen between batches of one transaction, which goes back to its start."""
        rows = [self.row(name=f"N{n}", serial=f"S{n}", import_ref=f"R{n}") for n in range(5)]
        run = self.preview(self.csv(rows))
        run.mode = "all"
        run.action_import()
        self.patch_batch(2, "BATCH")
        seen = []
        model = self.env.registry["roadmap.import"]
        mark = model._mark_lines

        def stop_after_four(self, *args):
            mark(self, *args)
            seen.append(self.get_progress())
            if len(seen) == 2:
                self._signal(0)

        self.patch(model, "_mark_lines", stop_after_four)
        answer = run.action_run_batch()
        self.assertEqual(answer, {"state": "stopped", "done": 0, "total": 5})
        self.assertEqual(seen, [0, 2], "the rows that are ready are told before they are stored")
        self.assertFalse(self.assets())
        self.assertFalse(run.line_ids.filtered("stored"))

    def test_all_or_none_sees_the_stop_of_another_request(self):
        run = self.preview(self.csv([self.row()]))
        run.mode = "all"
        run.action_import()
        with self.registry.cursor() as other:
            run.with_env(run.env(cr=other))._signal(0)
            self.assertEqual(run.action_run_batch()["state"], "stopped")
        self.assertFalse(self.assets())
        self.assertEqual(run.action_run_batch()["state"], "done", "a signal ends with its request")

    def test_all_or_none_begins_anew_after_a_stop(self):
        run = self.preview(self.csv([self.row(), self.row(name="B", serial="S2", import_ref="R2")]))
        run.mode = "all"
        run.action_import()
        run.state = "stopped"
        self.assertEqual(run.action_run_batch()["done"], 0)
        self.finish(run)
        self.assertEqual((run.state, run.stored_count), ("done", 2))

    def test_a_closed_window_is_finished_by_the_job(self):
        rows = [self.row(name=f"N{n}", serial=f"S{n}", import_ref=f"R{n}") for n in range(5)]
        run = self.preview(self.csv(rows))
        self.patch_batch(2)
        run.action_import()
        run.action_run_batch()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE roadmap_import SET write_date = write_date - interval '1 hour' WHERE id = %s",
            [run.id],
        )
        run.invalidate_recordset()
        with self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.ir_cron_asset_import").method_direct_trigger()
        run.invalidate_recordset()
        self.assertEqual((run.state, len(self.assets())), ("done", 5))
        self.assertEqual(self.assets().create_uid, self.user_technician)

    def test_what_changed_since_the_preview(self):
        run = self.preview(self.csv([self.row(), self.row(name="B", serial="S2", import_ref="R2")]))
        self.load(self.row())
        self.finish(run)
        self.assertEqual((run.stored_count, run.unchanged_count), (1, 1))
        self.assertEqual(len(self.assets()), 2)

    def test_others_may_not_run_it(self):
        run = self.preview(self.csv([self.row()]))
        for method in ("action_read", "action_preview", "action_import", "action_run_batch",
                       "action_stop", "action_download_refused", "get_progress"):  # fmt: skip
            with self.assertRaises(AccessError, msg=method):
                getattr(run.with_user(self.user_salesman), method)()

    def five(self, **vals):
        """An import of five rows, all or none, of which two are judged at a time."""
        rows = [self.row(name=f"N{n}", serial=f"S{n}", import_ref=f"R{n}") for n in range(5)]
        run = self.preview(self.csv(rows), **vals)
        self.patch_batch(2, "BATCH")
        return run

    def test_all_or_none_is_refused_in_the_second_batch(self):
        run = self.five(mode="all")
        run.action_import()
        self.load(self.row(name="N3", serial="S3", import_ref="R3", model="Other"))
        self.assets().active = False
        with self.assertRaisesRegex(UserError, "Row 5 can no longer be imported"):
            run.action_run_batch()
        self.assertFalse(self.assets() or run.line_ids.filtered("stored"))
        self.abandon(run)
        self.job(10)
        self.assertEqual(run.state, "stopped")
        self.assertIn("Row 5", run.problem)
        self.assertFalse(self.assets())
        with self.assertRaisesRegex(UserError, "Row 5"):
            self.finish(run)
        run.mode = "good"
        self.finish(run)
        self.assertEqual((run.state, len(self.assets())), ("done", 4))

    def abandon(self, *runs):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE roadmap_import SET write_date = write_date - interval '1 hour'"
            " WHERE id = ANY(%s)",
            [[run.id for run in runs]],
        )
        self.env.invalidate_all()

    def job(self, time_left):
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=time_left):
            self.env["roadmap.import"]._cron_resume()

    def test_the_job_stops_when_its_time_is_up(self):
        other = self.preview(self.csv([self.row(import_ref="")]))
        run = self.five()
        self.patch_batch(2)
        (run | other).write({"state": "running"})
        self.abandon(run, other)
        self.job(0)
        self.assertEqual((run.state, run.stored_count), ("running", 2))
        self.assertEqual((other.state, other.stored_count), ("running", 0))
        self.abandon(run)
        self.job(10)
        self.assertEqual((run.state, other.state, len(self.assets())), ("done", "done", 6))

    def test_steps_out_of_turn(self):
        run = self.wizard(self.csv([self.row()]), roadmap_id=self.roadmap.id)
        with self.assertRaisesRegex(UserError, "Read the file first"):
            run.action_preview()
        with self.assertRaisesRegex(UserError, "Look at the preview first"):
            run.action_import()
        with self.assertRaisesRegex(UserError, "has begun"):
            run.action_back()
        run.action_read()
        run.action_preview()
        run.action_back()
        self.assertEqual(run.state, "columns")
        run.action_back()
        self.assertEqual(run.state, "file")
        run.action_read()
        run.action_preview()
        with self.assertRaisesRegex(UserError, "No row was refused"):
            run.action_download_refused()
        self.finish(run)
        with self.assertRaisesRegex(UserError, "has begun"):
            run.action_back()
