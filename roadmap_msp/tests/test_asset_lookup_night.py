from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_asset_lookup import AssetLookupCommon


@tagged("post_install", "-at_install")
class TestAssetLookupNight(AssetLookupCommon):
    """What the job does with the makers' answers and failures."""

    def test_without_keys_nothing_calls_out(self):
        self._assets("A1")
        source = self._source(key=False, secret=False)
        self._night()
        self.assertEqual(self.server.calls, [])
        with self.assertRaisesRegex(UserError, "keys"):
            source.action_look_up()

    def test_answers_become_dates_of_their_own(self):
        asset, bad = self._assets("ABC1", "BAD1")
        retired = self._assets("ABC2")
        retired.state = "retired"
        other = self._assets("ABC3", maker="HP")
        source = self._source()
        self._night()
        self.assertEqual(
            {(row.kind, row.source, str(row.date)) for row in asset.date_ids},
            {("purchase", "dell", "2023-05-01"), ("warranty_end", "dell", "2027-05-02")},
        )
        self.assertEqual(str(asset.warranty_end), "2027-05-02")
        self.assertEqual(bad.lookup_ids.state, "unknown")
        self.assertFalse((retired | other).lookup_ids)
        self.assertEqual((source.found_count, source.unknown_count), (1, 1))
        calls = len(self.server.calls)
        self._night()
        self.assertEqual(len(self.server.calls), calls, "asked once a month")

    def test_a_locked_date_is_never_overwritten(self):
        asset = self._assets("ABC1")
        asset.warranty_end = "2030-01-01"
        asset.date_ids.locked = True
        self._source()
        self._night()
        self.assertEqual(str(asset.warranty_end), "2030-01-01")
        said = asset.date_ids.filtered(lambda r: (r.kind, r.source) == ("warranty_end", "dell"))
        self.assertEqual(str(said.date), "2027-05-02")
        asset.date_ids.locked = False
        said.write({"locked": True, "date": "2028-01-01"})
        asset.lookup_ids.action_ask_again()
        self._night()
        self.assertEqual(str(said.date), "2028-01-01", "its own, when locked")

    def test_batches(self):
        self._assets(*(f"ABC{n:03}" for n in range(31)), maker="HP")
        self._source("hp")
        self._night()
        asked = [call for call in self.server.calls if call.endswith("queries")]
        self.assertEqual(len(asked), 7, "five at a time")
        self.assertEqual(
            self.env["roadmap.asset.lookup"].search_count([("state", "=", "found")]), 31
        )

    def test_out_of_time_after_a_batch(self):
        self._assets(*(f"ABC{n:03}" for n in range(7)), maker="HP")
        self._source("hp")
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=0):
            self.Source._cron_look_up()
        asked = [call for call in self.server.calls if call.endswith("queries")]
        self.assertEqual(len(asked), 1)

    def test_failures_are_counted_backed_off_and_shown(self):
        self._assets("ABC1")
        source = self._source()
        self.fault = (503, {}, {})
        now = fields.Datetime.now()
        for count in (1, 2, 3):
            source.paused_until = False
            self._night()
            self.assertEqual(source.failures, count)
        self.assertIn("503", source.last_error)
        self.assertGreaterEqual(source.paused_until, now + timedelta(hours=4))
        calls = len(self.server.calls)
        self._night()
        self.assertEqual(len(self.server.calls), calls, "it waits")
        self.fault = None
        source.with_user(self.user_manager).action_look_up()
        self.assertEqual((source.failures, source.last_error), (0, False))

    def test_rate_limit_says_how_long(self):
        self._assets("ABC1")
        source = self._source()
        self.fault = (429, {}, {"Retry-After": "900"})
        self._night()
        wait = source.paused_until - fields.Datetime.now()
        self.assertLess(abs(wait.total_seconds() - 900), 30)

    def test_refused_keys_wait_for_new_ones(self):
        self._assets("ABC1")
        source = self._source(secret="wrong")
        self._night()
        self.assertTrue(source.refused)
        source.paused_until = False
        calls = len(self.server.calls)
        self._night()
        self.assertEqual(len(self.server.calls), calls)
        source.secret = "right"
        self._night()
        self.assertEqual(source.found_count, 1)

    def test_partial_answer_is_asked_again_later(self):
        assets = self._assets("ABC1", "BAD1", maker="HP")
        self._source("hp")
        self._night()
        failed = assets[1].lookup_ids
        self.assertEqual((failed.state, failed.failures), ("failed", 1))
        self.assertIn("product number", failed.message)
        first = failed.next_on
        failed.next_on = fields.Datetime.now()
        self._night()
        self.assertEqual(failed.failures, 2)
        self.assertGreater(failed.next_on - first, timedelta(hours=20))

    def test_keys_are_for_managers(self):
        source = self._source()
        for user in (self.user_csm, self.user_technician):
            self.assertFalse({"key", "secret"} & source.with_user(user).fields_get().keys())
            with self.assertRaises(AccessError):
                source.with_user(user).action_look_up()
