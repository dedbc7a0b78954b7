from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, split_every

from ...rules import import_match
from .roadmap_asset_import import BATCH
from .roadmap_import_signal import STOP, ImportStopped

RUN_BATCH = 1_000
"""Rows of one request, so that a stop is heeded and the progress moves."""
ABANDONED_MINUTES = 3
"""A running import whose browser has said nothing for so long is taken over by the job."""


class RoadmapImport(models.Model):
    """Step four: import in batches that can be stopped and resumed."""

    _inherit = "roadmap.import"

    def action_import(self):
        """Begin: the screen asks for one batch after the other, the job finishes if it is left.

        :raises UserError: all or none was chosen and rows are refused
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("preview", "stopped", "running"):
            raise UserError(self.env._("Look at the preview first."))
        if self.mode == "all" and self.bad_count:
            raise UserError(
                self.env._(
                    "%s rows cannot be imported, and you chose all rows or none. Correct them in "
                    "the file, or choose to import the good rows.",
                    self.bad_count,
                )
            )
        self.env["roadmap.import.mapping"]._remember(self)
        self.write({"state": "running", "problem": False})
        return True

    def action_stop(self):
        """Stop after the batch at work; it can be continued.

        What is imported stays, but for an import of all rows or none, of which nothing stays.
        """
        self.check_access("write")
        running = self.filtered(lambda run: run.state == "running")
        running._signal(STOP)
        # Waits for a transaction that stores rows of it: all or none gives up at the signal.
        running.state = "stopped"
        return True

    def action_run_batch(self):
        """Import the next rows. Returns what the screen shows: state, rows done, rows in all."""
        self.ensure_one()
        self.check_access("write")
        try:
            with self.env.cr.savepoint():
                if self.state == "running" and self.try_lock_for_update(allow_referencing=True):
                    self._run_batch(None if self.mode == "all" else RUN_BATCH)
        except ImportStopped:
            return {"state": "stopped", "done": 0, "total": self.todo_count}
        return {"state": self.state, "done": self.stored_count, "total": self.todo_count}

    def _run_batch(self, limit):
        """Judge the next rows again, for much may have changed since the preview, and store."""
        Asset, Line = self.env["roadmap.asset"], self.env["roadmap.import.line"]
        domain = [
            ("import_id", "=", self.id),
            ("stored", "=", False),
            ("verdict", "in", import_match.STORED),
        ]
        lines = Line.search_fetch(domain, ["number", "cells"], limit=limit)
        run, places, ready = self._engine_run(), self._places(), 0
        self._bring_lines(run)
        for ids in split_every(BATCH, lines._ids):
            if not limit and STOP in self._signals():
                raise ImportStopped
            batch = Line.browse(ids)
            judged = Asset._import_judge(
                run, [(line.number, self._cells(places, line.cells)) for line in batch]
            )
            Asset._import_settle(run, judged)
            self._stop_if_refused(judged)
            Asset._import_store(run, judged)
            self._mark_lines(run, batch, judged)
            if not limit:
                ready += len(ids)
                self._signal(ready)
        self._link_lines()
        left = len(lines) == limit and Line.search_count(domain, limit=1)
        self._count_lines()
        if not left:
            self.state = "done"

    def _stop_if_refused(self, judged):
        bad = [one for one in judged if one.verdict.kind in import_match.BAD]
        if bad and self.mode == "all":
            raise UserError(
                self.env._(
                    "Row %s can no longer be imported: something changed since the preview. "
                    "Nothing was imported. Look at the preview again.",
                    bad[0].row.number,
                )
            )

    def _mark_lines(self, run, lines, judged):
        """Write onto the rows what became of them, in one statement."""
        Asset = self.env["roadmap.asset"]
        kinds, reasons, assets = [], [], []
        for one in judged:
            kinds.append(one.verdict.kind)
            reasons.append(Asset._import_reason(run, one) or None)
            assets.append(one.asset_id)
        self.env.cr.execute(
            SQL(
                """
                UPDATE roadmap_import_line line
                   SET verdict = done.verdict, reason = done.reason, asset_id = done.asset_id,
                       stored = done.verdict IN %s
                  FROM unnest(%s::int[], %s::varchar[], %s::varchar[], %s::int[])
                       AS done (id, verdict, reason, asset_id)
                 WHERE line.id = done.id
                """,
                import_match.STORED,
                lines.ids,
                kinds,
                reasons,
                assets,
            )
        )
        lines.invalidate_recordset(flush=False)
        self.invalidate_recordset(["shown_line_ids"], flush=False)

    def _count_lines(self):
        rows = self.env["roadmap.import.line"]._read_group(
            [("import_id", "=", self.id)], ["verdict", "stored"], ["__count"]
        )
        counts, stored = Counter(), 0
        for verdict, done, number in rows:
            counts[verdict] += number
            stored += number if done else 0
        self.write(
            {
                "stored_count": stored,
                **{f"{kind}_count": counts.get(kind, 0) for kind in import_match.VERDICTS},
            }
        )

    @api.model
    def _cron_resume(self):
        """Finish imports whose browser was closed, as the user who began them."""
        before = fields.Datetime.subtract(fields.Datetime.now(), minutes=ABANDONED_MINUTES)
        left = self.search([("state", "=", "running"), ("write_date", "<", before)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(left))
        for run in left:
            if not run._resume(cron):
                return
            cron._commit_progress(1)

    def _resume(self, cron):
        """Run the batches that are left; False when the job's time is up."""
        mine = self.with_user(self.create_uid).with_company(self.company_id)
        done = -1
        # No progress: a browser is at work on it after all.
        while mine.state == "running" and mine.stored_count != done:
            done = mine.stored_count
            try:
                with self.env.cr.savepoint():
                    mine.action_run_batch()
            except (UserError, AccessError) as error:
                self.write({"state": "stopped", "problem": str(error)})
            if not cron._commit_progress():
                return False
        return True
