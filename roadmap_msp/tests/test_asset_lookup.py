import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError
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


class AssetLookupCommon(RoadmapCommon):
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


@tagged("post_install", "-at_install")
class TestAssetLookup(AssetLookupCommon):
    def test_where_our_server_calls_is_for_its_administrator(self):
        source = self._source(company_id=self.env.company.id).with_user(self.user_manager)
        source.secret = "changed"
        with self.assertRaises(AccessError):
            source.url = "http://elsewhere.example.com"

    # ------------------------------------------------------------------ helpers

    def _lookup(self, maker, key="right", secret="right"):
        return LOOKUPS[maker](key, secret, self.url)

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

    def test_a_maker_that_knows_some(self):
        """One row without a list, another device than asked for, no offers, a code of its own."""
        hp = {"product": {"serialNumber": "A1"}, "offers": []}
        lenovo = {"Serial": "A1", "ErrorCode": 500, "ErrorMessage": "Try later"}
        for maker, row, serial in (("hp", hp, "product"), ("lenovo", lenovo, "Serial")):
            other = {**row, serial: {"serialNumber": "B9"} if maker == "hp" else "B9"}
            for rows in (row, [row, other]):
                self.server.answer = lambda path, *_args, rows=rows: (
                    (200, {"access_token": "T", "expires_in": "soon"}, {})
                    if path.endswith("token")
                    else (200, rows, {})
                )
                answer = self._lookup(maker).fetch(["A1"])
                self.assertFalse(answer.found)
                self.assertEqual(answer.unknown, {"A1"} if maker == "hp" else set())
                self.assertEqual(answer.failed, {} if maker == "hp" else {"A1": "Try later"})

    def test_no_token_for_the_keys(self):
        self.server.answer = lambda *_args: (200, {"error": "none"}, {})
        with self.assertRaisesRegex(KeysRefused, "no token"):
            self._lookup("hp").fetch(["A1"])

    def test_one_key_is_enough_for_one(self):
        self.assertTrue(self._source("lenovo", secret=False).is_ready)
        self.assertFalse(self._source("hp", secret=False).is_ready)

    def test_odd_answers_give_no_dates(self):
        for rows in ([], [1, None], [{"serviceTag": "OTHER"}], [{"entitlements": []}]):
            self.server.answer = lambda path, *_args, rows=rows: (
                (200, {"access_token": "T"}, {}) if path.endswith("token") else (200, rows, {})
            )
            answer = self._lookup("dell").fetch(["A1"])
            self.assertFalse(answer.found or answer.unknown)
