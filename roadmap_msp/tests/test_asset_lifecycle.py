import base64
import json
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..wizards import roadmap_lifecycle_update
from .common import RoadmapCommon

MODEL = "odoo.addons.roadmap_msp.models.asset.roadmap_lifecycle_change"


class Answer:
    """What `requests` gives for a product of endoflife.date."""

    def __init__(self, product, releases):
        self.data = {"result": {"name": product, "label": "Server X", "releases": releases}}

    def raise_for_status(self):
        if self.data["result"]["releases"] is None:
            raise ValueError("404")

    def json(self):
        return self.data


@tagged("post_install", "-at_install")
class TestAssetLifecycle(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Change = cls.env["roadmap.lifecycle.change"].with_user(cls.user_manager)
        cls.release = cls.env["roadmap.lifecycle"].create(
            {
                "name": "Server X 2031",
                "support_end": "2035-01-01",
                "sure": "a",
                "source": "https://endoflife.date/server-x",
            }
        )
        cls.asset = cls.env["roadmap.asset"].create(
            {"name": "S", "roadmap_id": cls.roadmap.id, "operating_system": "server x 2031"}
        )

    def _file(self, text, **vals):
        wizard = self.env["roadmap.lifecycle.update"].with_user(self.user_manager)
        raw = text if isinstance(text, bytes) else text.encode()
        return wizard.create({"origin": "file", "file": base64.b64encode(raw), **vals})

    def _waiting(self):
        return self.Change.search([("state", "=", "proposed")])

    def test_a_file_that_is_too_large(self):
        with (
            patch.object(roadmap_lifecycle_update, "MAX_BYTES", 10),
            self.assertRaisesRegex(UserError, "too large"),
        ):
            self._file("product,end_of_support\nServer X 2031,2036-02-01\n").action_compare()
        self.assertFalse(self._waiting())

    def test_file_is_previewed_then_applied(self):
        text = "product,end_of_support\nServer X 2031,2036-02-01\nOther 1,2030-01-01\n"
        action = self._file(text).action_compare()
        self.assertIn("1 changed, 0 new", action["params"]["message"])
        change = self._waiting()
        self.assertEqual((change.lifecycle_id, change.asset_count), (self.release, 1))
        self.assertEqual(str(self.asset.support_end), "2035-01-01", "only a preview")
        self.assertEqual((str(change.old_support_end), change.old_sure), ("2035-01-01", "a"))
        change.action_apply()
        self.assertEqual(str(self.asset.support_end), "2036-02-01")
        self.assertEqual(self.asset.support_sure, "b", "how sure it is stays visible")
        self._file(text).action_compare()
        self.assertFalse(self._waiting(), "nothing differs any more")

    def test_new_products_on_request(self):
        text = "product,end_of_support\nTillOS 77,2030-01-01\n"
        tills = self.env["roadmap.asset"].create(
            {"name": "T", "roadmap_id": self.roadmap.id, "operating_system": "tillos 77"}
        )
        self._file(text, take_new=True).action_compare()
        self._waiting().action_apply()
        self.assertEqual(str(tills.support_end), "2030-01-01")

    def test_refused_is_not_proposed_again(self):
        text = "product,end_of_support\nServer X 2031,{}\n"
        self._file(text.format("2036-02-01")).action_compare()
        self._waiting().action_refuse()
        self._file(text.format("2036-02-01")).action_compare()
        self.assertFalse(self._waiting())
        self._file(text.format("2037-02-01")).action_compare()
        self.assertEqual(len(self._waiting()), 1)
        self._file(text.format("2038-02-01")).action_compare()
        self.assertEqual(str(self._waiting().support_end), "2038-02-01", "replaced")

    def test_bad_files_are_told(self):
        for text, words in (
            ("", "first|empty"),
            (b"\xff\xfe\x00", "UTF-8"),
            ("{", "JSON"),
            ("product,end_of_support\nX,2024-02-30", "Line 2"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._file(text).action_compare()

    def _web(self, answers):
        def get(url, **_options):
            self.asked.append(url)
            return Answer(url.rpartition("/")[2], answers.get(url.rpartition("/")[2]))

        self.asked = []
        return patch(f"{MODEL}.requests.get", get)

    def test_button_asks_for_the_products_that_we_follow(self):
        rows = [{"name": "2031", "label": "2031", "eolFrom": "2034-12-31"}]
        wizard = self.env["roadmap.lifecycle.update"].with_user(self.user_manager).create({})
        with self._web({"server-x": rows}), mute_logger(MODEL):
            action = wizard.action_compare()
        self.assertIn("https://endoflife.date/api/v1/products/server-x", self.asked)
        self.assertTrue(any(url.endswith("/windows-server") for url in self.asked))
        self.assertIn("1 changed", action["params"]["message"])
        self.assertIn("Could not be read", action["params"]["message"])
        self.assertEqual(str(self._waiting().support_end), "2034-12-31")

    def test_new_releases_of_followed_products_are_proposed(self):
        rows = [
            {"name": "2031", "label": "2031", "eolFrom": "2035-01-01"},
            {"name": "2033", "label": "2033", "eolFrom": "2039-01-01"},
            {"name": "1999", "label": "1999", "eolFrom": "2009-01-01"},
        ]
        tills = self.env["roadmap.asset"].create(
            {"name": "N", "roadmap_id": self.roadmap.id, "operating_system": "server x 2033"}
        )
        wizard = self.env["roadmap.lifecycle.update"].with_user(self.user_manager).create({})
        with self._web({"server-x": rows}), mute_logger(MODEL):
            action = wizard.action_compare()
            self.assertIn("0 changed, 1 new", action["params"]["message"])
            self.assertEqual(self._waiting().mapped("name"), ["Server X 2033"])
            self._waiting().action_apply()
            self.assertEqual(str(tills.support_end), "2039-01-01")
            wizard.action_compare()
        self.assertFalse(self._waiting(), "it is ours now")

    def test_shipped_names_meet_those_of_the_interface(self):
        server = self.env.ref("roadmap_msp.lifecycle_windows_server_2016")
        text = {
            "result": {
                "name": "windows-server",
                "label": "Microsoft Windows Server",
                "releases": [{"name": "2016", "label": "2016 (LTSC)", "eolFrom": "2027-01-13"}],
            }
        }
        self._file(json.dumps(text)).action_compare()
        self.assertEqual(self._waiting().lifecycle_id, server)

    def test_job_is_off_until_switched_on(self):
        with self._web({}), mute_logger(MODEL):
            self.env["roadmap.lifecycle.change"]._cron_look_for_updates()
            self.assertFalse(self.asked)
            self.env["res.config.settings"].create({"roadmap_endoflife_auto": True}).execute()
            self.env["roadmap.lifecycle.change"]._cron_look_for_updates()
            self.assertTrue(self.asked)

    def test_mainstream_never_ends_after_support(self):
        """Neither as the maker says it, nor ours beside a support that ends earlier now."""
        self.release.mainstream_end = "2034-01-01"
        rows = [
            {"name": "2031", "label": "2031", "eolFrom": "2033-01-01", "eoasFrom": "2033-06-01"}
        ]
        text = {"result": {"name": "server-x", "label": "Server X", "releases": rows}}
        self._file(json.dumps(text)).action_compare()
        change = self._waiting()
        self.assertFalse(change.mainstream_end)
        change.action_apply()
        self.assertEqual(str(self.release.support_end), "2033-01-01")
        self.assertFalse(self.release.mainstream_end)

    def test_managers_decide(self):
        wizard = self.env["roadmap.lifecycle.update"].with_user(self.user_csm)
        with self.assertRaises(AccessError):
            wizard.create({"origin": "file", "file": base64.b64encode(b"x")}).action_compare()
