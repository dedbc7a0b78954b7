import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lookups import LOOKUPS
from ..lookups.base import KeysRefused, LookupFailed, RateLimited
from .common import RoadmapCommon

LOGGER = "odoo.addons.roadmap_msp.models.asset.roadmap_warranty_source"
PATHS = ("/PROD/sbil/eapi/v5/asset-entitlements", "/productwarranty/v2/queries")


class Maker(BaseHTTPRequestHandler):
    """A server on this machine that behaves as the makers' documentation says."""

    def do_GET(self):
        self._serve({})

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        if "json" in (self.headers.get("Content-Type") or ""):
            self._serve(json.loads(body))
        else:
            self._serve({key: values[0] for key, values in parse_qs(body).items()})

    def _serve(self, data):
        server, parts = self.server, urlsplit(self.path)
        server.calls.append(parts.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        status, answer, headers = server.answer(parts.path, query, data, self.headers)
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        """Quiet."""


@tagged("post_install", "-at_install")
class TestAssetLookup(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Maker)
        thread = threading.Thread(target=cls.server.serve_forever, daemon=True)
        thread.start()
        cls.addClassCleanup(thread.join)
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.url = f"http://127.0.0.1:{cls.server.server_port}"
        cls.Source = cls.env["roadmap.warranty.source"]
        cls.Source.search([]).unlink()
        # Assets of a demo, should there be any, are not asked for here.
        cls.env["roadmap.asset"].search([]).write({"active": False})

    def setUp(self):
        super().setUp()
        self.server.calls = []
        self.server.answer = self._makers
        self.tokens = 0
        self.fault = None

    # ------------------------------------------------------------------ the makers

    def _makers(self, path, query, data, headers):
        if self.fault:
            return self.fault
        if path.endswith("/token"):
            self.tokens += 1
            good = data.get("client_secret") == "right" or "cmlnaHQ" in headers.get(
                "Authorization", ""
            )
            if not good:
                return 401, {"error": "invalid_client"}, {}
            return 200, {"access_token": f"T{self.tokens}", "expires_in": 3600}, {}
        if path == "/v2.5/warranty":
            if headers.get("ClientID") != "right":
                return 401, {"ErrorCode": 101, "ErrorMessage": "Invalid token"}, {}
            return 200, [self._lenovo(serial) for serial in data["Serial"].split(",")], {}
        if headers.get("Authorization") != f"Bearer T{self.tokens}":
            return 401, {}, {}
        if path not in PATHS:
            return 404, {}, {}
        if path.endswith("asset-entitlements"):
            return 200, [self._dell(tag) for tag in query["servicetags"].split(",")], {}
        return 200, [self._hp(row["sn"]) for row in data], {}

    def _dell(self, tag):
        if tag.startswith("BAD"):
            return {"serviceTag": tag, "invalid": True, "entitlements": []}
        ends = ("2025-05-01T00:00:00.000Z", "2027-05-02T23:59:59.000Z", None)
        software = {"serviceLevelDescription": "Dell Digital Delivery", "endDate": "2033-01-01"}
        return {
            "serviceTag": tag,
            "invalid": False,
            "shipDate": "2023-05-01T05:00:00Z",
            "entitlements": [software, *({"endDate": end} for end in ends)],
        }

    def _hp(self, serial):
        if serial.startswith("BAD"):
            return {"product": {"serialNumber": serial}, "fault": "product number needed"}
        offer = {
            "serviceObligationLineItemStartDate": "2023-02-01",
            "serviceObligationLineItemEndDate": "2026-02-28",
        }
        return {"product": {"serialNumber": serial}, "offers": [offer]}

    def _lenovo(self, serial):
        if serial.startswith("BAD"):
            return {"Serial": serial, "ErrorCode": 100, "ErrorMessage": "Not found"}
        return {
            "Serial": serial,
            "Purchased": "2023-03-04T00:00:00Z",
            "Warranty": [{"Start": "2023-03-04", "End": "2026-03-03T00:00:00Z"}],
        }

    # ------------------------------------------------------------------ helpers

    def _lookup(self, maker, key="right", secret="right"):
        return LOOKUPS[maker](key, secret, self.url)

    def _source(self, maker="dell", **vals):
        keys = {"key": "right", "secret": "right", "url": self.url}
        return self.Source.create({"maker": maker, **keys, **vals})

    def _assets(self, *serials, maker="Dell Inc."):
        return self.env["roadmap.asset"].create(
            [
                {"name": s, "roadmap_id": self.roadmap.id, "maker": maker, "serial": s}
                for s in serials
            ]
        )

    def _night(self):
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=10), mute_logger(LOGGER):
            self.Source._cron_look_up()

    # ------------------------------------------------------------------ adapters

    def test_each_maker_answers_found_and_unknown(self):
        expected = {
            "dell": ("2023-05-01", "2027-05-02"),
            "hp": ("2023-02-01", "2026-02-28"),
            "lenovo": ("2023-03-04", "2026-03-03"),
        }
        for maker, dates in expected.items():
            answer = self._lookup(maker).fetch(["ABC1", "BAD1", "ABC2"])
            self.assertEqual(sorted(answer.found), ["ABC1", "ABC2"], maker)
            found = answer.found["ABC1"]
            self.assertEqual((str(found.purchase), str(found.warranty_end)), dates, maker)
            self.assertEqual(answer.unknown | set(answer.failed), {"BAD1"}, maker)

    def test_token_is_used_again_and_renewed_when_it_ends_early(self):
        lookup = self._lookup("dell")
        lookup.fetch(["A1"])
        lookup.fetch(["A2"])
        self.assertEqual(self.tokens, 1)
        self.tokens = 5  # the service no longer knows the old token
        self.assertEqual(list(lookup.fetch(["A3"]).found), ["A3"])
        self.assertEqual(self.tokens, 6)

    def test_wrong_keys(self):
        for maker in LOOKUPS:
            with self.assertRaises(KeysRefused):
                self._lookup(maker, "wrong", "wrong").fetch(["A1"])

    def test_faults_of_the_service(self):
        faults = (
            (429, {}, {"Retry-After": "120"}),
            (500, {"error": "x"}, {}),
            (200, b"<html>", {}),
            (200, "text", {}),
        )
        for fault in faults:
            self.fault = fault
            with self.assertRaises(LookupFailed) as caught:
                self._lookup("lenovo").fetch(["A1"])
            if fault[0] == 429:
                self.assertIsInstance(caught.exception, RateLimited)
                self.assertEqual(caught.exception.wait, 120)
        nowhere = LOOKUPS["lenovo"]("right", None, "http://127.0.0.1:9")
        with self.assertRaisesRegex(LookupFailed, "no connection"):
            nowhere.fetch(["A1"])

    def test_odd_answers_give_no_dates(self):
        for rows in ([], [1, None], [{"serviceTag": "OTHER"}], [{"entitlements": []}]):
            self.server.answer = lambda path, *_args, rows=rows: (
                (200, {"access_token": "T"}, {}) if path.endswith("token") else (200, rows, {})
            )
            answer = self._lookup("dell").fetch(["A1"])
            self.assertFalse(answer.found or answer.unknown)

    # ------------------------------------------------------------------ the job

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
