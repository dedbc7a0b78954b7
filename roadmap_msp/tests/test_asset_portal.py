from datetime import timedelta

from odoo import fields, http
from odoo.tests import HttpCase, tagged

from ..models.asset import roadmap_asset_request, roadmap_asset_rule
from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestAssetPortal(RoadmapCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.portal_owner, cls.portal_office, cls.portal_stranger, cls.portal_other):
            user.password = user.login
        cls.today = fields.Date.context_today(cls.env.user)
        cls.laptop = cls.env.ref("roadmap_msp.asset_type_laptop")
        cls.old, cls.young, cls.gone = cls.env["roadmap.asset"].create(
            [
                cls._vals("LAP-OLD", 2000, -30, serial="OLD1", note="internal word"),
                cls._vals("LAP-YOUNG", 30, 1400, user_name="Ann"),
                cls._vals("LAP-GONE", 2000, -30, state="retired"),
            ]
        )

    @classmethod
    def _vals(cls, name, days_old, cover_days, **more):
        return {
            "name": name,
            "roadmap_id": cls.roadmap.id,
            "type_id": cls.laptop.id,
            "purchase_date": cls.today - timedelta(days=days_old),
            "warranty_end": cls.today + timedelta(days=cover_days),
            **more,
        }

    def _page(self, user, query="", page="", roadmap=None):
        self.authenticate(user.login, user.login) if user else self.authenticate(None, None)
        roadmap = roadmap or self.roadmap
        return self.url_open(f"/my/roadmap/{roadmap.id}/assets{page}{query}")

    def test_page_tells_the_state_in_words(self):
        response = self._page(self.portal_owner)
        self.assertEqual(response.status_code, 200)
        for words in ("LAP-OLD", "Should be replaced", "Warranty ended", "Fine until", "Ann"):
            self.assertIn(words, response.text)
        for hidden in ("LAP-GONE", "internal word", "price"):
            self.assertNotIn(hidden, response.text.partition("<main")[2])

    def test_groups_and_search(self):
        old = self._page(self.portal_owner, "?show=replace").text
        self.assertIn("LAP-OLD", old)
        self.assertNotIn("LAP-YOUNG", old)
        young = self._page(self.portal_owner, "?search=ann").text
        self.assertIn("LAP-YOUNG", young)
        self.assertNotIn("LAP-OLD", young)
        for nothing in ("%25", "_", "<script>alert(1)</script>"):
            response = self._page(self.portal_owner, f"?search={nothing}")
            self.assertIn("Nothing found", response.text, nothing)
            self.assertNotIn("<script>alert(1)", response.text)
        self.assertIn("LAP-OLD", self._page(self.portal_owner, "?show=nonsense").text)

    def test_paging(self):
        self.env["roadmap.asset"].create([self._vals(f"PC-{n:02}", 100, 400) for n in range(25)])
        first = self._page(self.portal_owner).text
        second = self._page(self.portal_owner, page="/page/2").text
        names = {f"PC-{n:02}" for n in range(25)} | {"LAP-OLD", "LAP-YOUNG"}
        on_first = {name for name in names if name in first}
        on_second = {name for name in names if name in second}
        self.assertEqual(len(on_first), 20)
        self.assertEqual(on_first | on_second, names)
        self.assertIn("LAP-OLD", on_first, "what needs attention stands on top")

    def test_who_may_look(self):
        for user in (self.portal_office, self.portal_stranger, self.portal_other, None):
            response = self._page(user)
            self.assertEqual(response.status_code, 404, user and user.login)
            self.assertNotIn("LAP-OLD", response.text)
        self.assertEqual(self._page(self.portal_owner, roadmap=self.other_roadmap).status_code, 404)
        self.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": self.contact_office.id,
                "role": "technical",
            }
        )
        self.assertEqual(self._page(self.portal_office).status_code, 200)

    def test_ended_roadmap_is_closed(self):
        self.roadmap.state = "ended"
        self.assertEqual(self._page(self.portal_owner).status_code, 404)

    def _say(self, user, asset, **data):
        self.authenticate(user.login, user.login)
        url = f"/my/roadmap/{self.roadmap.id}/assets/{asset.id}/say"
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data)

    def test_client_tells_and_we_decide(self):
        self.assertEqual(self._say(self.portal_owner, self.old, kind="gone").status_code, 200)
        self._say(self.portal_owner, self.young, kind="user", text=" Bob <b> ")
        requests = self.env["roadmap.asset.request"].search([("roadmap_id", "=", self.roadmap.id)])
        self.assertEqual({text or "" for text in requests.mapped("text")}, {"", "Bob <b>"})
        self.assertEqual(self.old.state, "in_use", "until we accept it")
        activity = self.roadmap.activity_ids.filtered(
            lambda row: row.activity_type_id
            == self.env.ref("roadmap_msp.activity_type_asset_request")
        )
        self.assertEqual((len(activity), activity.user_id), (1, self.user_csm))
        page = self._page(self.portal_owner).text
        self.assertIn("We check it", page)
        self.assertIn("Bob &lt;b&gt;", page)
        gone = requests.filtered(lambda row: row.kind == "gone").with_user(self.user_technician)
        gone.action_accept()
        self.assertEqual(self.old.state, "retired")
        self.assertIn("Olive Owner", self.old.retire_reason)
        used = (requests - gone).with_user(self.user_csm)
        used.answer = "Ann told us it is hers"
        used.action_reject()
        self.assertEqual(self.young.user_name, "Ann")
        self.assertIn("Ann told us", self._page(self.portal_owner).text)
        self.assertFalse(activity.exists())
        used.action_accept()
        self.assertEqual(used.state, "rejected", "answered once")

    def test_telling_twice_changes_the_words(self):
        for name in ("Bob", "Rob"):
            self._say(self.portal_owner, self.young, kind="user", text=name)
        self.assertEqual(self.young.request_ids.text, "Rob")
        self.young.request_ids.with_user(self.user_csm).action_accept()
        self.assertEqual(self.young.user_name, "Rob")

    def test_bad_words_are_refused(self):
        for data in (
            {},
            {"kind": "user"},
            {"kind": "sold", "text": "x"},
            {"kind": "user", "text": " "},
        ):
            page = self._say(self.portal_owner, self.young, **data)
            self.assertIn("This was not kept", page.text)
            self.assertNotIn("Thank you", page.text)
        self._say(self.portal_owner, self.young, kind="other", text="x\x00y" * 100)
        self.assertEqual(len(self.young.request_ids), 1)
        self.assertLessEqual(len(self.young.request_ids.text), 200)
        other = self.env["roadmap.asset"].create(
            {"name": "Theirs", "roadmap_id": self.other_roadmap.id}
        )
        for asset in (other, self.gone):
            self.assertEqual(self._say(self.portal_owner, asset, kind="gone").status_code, 404)
            self.assertFalse(asset.request_ids)
        self.assertEqual(self._say(self.portal_office, self.old, kind="gone").status_code, 404)

    def test_reasons_in_words(self):
        """Support first, then a warranty that decides, then the age."""
        kind = self.laptop.copy({"code": "why", "name": "Why", "life_years": 3})
        release = self.env["roadmap.lifecycle"].create(
            {"name": "Why 1", "support_end": "2020-01-01"}
        )
        bought = self.today - timedelta(days=10)
        same_day = bought.replace(year=bought.year + 3)
        vals = {"type_id": kind.id, "roadmap_id": self.roadmap.id}
        unsupported, aged, bare, unknown = self.env["roadmap.asset"].create(
            [
                {"name": "A", "lifecycle_id": release.id, **vals},
                {"name": "B", "purchase_date": bought, "warranty_end": same_day, **vals},
                {"name": "C", "warranty_end": same_day, "own_cover": "replace", **vals},
                {"name": "D", **vals},
            ]
        )

        def words(asset):
            return asset.sudo()._prepare_portal_values()[0]

        self.assertIn("security fixes", words(unsupported)["why"])
        self.assertEqual(words(unsupported)["replacement"][0], "danger")
        self.assertIn("No security fixes since 1 Jan 2020", words(unsupported)["replacement"][2])
        self.assertEqual(aged.replacement_due, same_day)
        self.assertIn("about 3 years", words(aged)["why"], "its warranty decides nothing")
        self.assertIn("without a warranty", words(bare)["why"])
        self.assertEqual(words(unknown)["why"], "")
        self.assertIn("Age unknown", words(unknown)["replacement"][2])
        unsupported._retire("Sold", self.today)
        self.assertNotIn("security", words(unsupported)["replacement"][2])
        aged.action_plan_replacement()
        self.assertEqual(words(aged)["replacement"][2], "Replacement is in the plan")

    def test_no_reason_while_a_policy_changes(self):
        kind = self.laptop.copy({"code": "why", "name": "Why", "replace_uncovered": True})
        asset = self.env["roadmap.asset"].create(
            {
                "name": "A",
                "roadmap_id": self.roadmap.id,
                "type_id": kind.id,
                "warranty_end": self.today,
            }
        )
        self.patch(roadmap_asset_rule, "AT_ONCE", 0)
        kind.replace_uncovered = False
        self.assertEqual(asset.replacement_due, self.today, "until the job has come to it")
        self.assertEqual(asset.sudo()._prepare_portal_values()[0]["why"], "")

    def test_too_much_waits_already(self):
        self.patch(roadmap_asset_request, "OPEN_LIMIT", 1)
        self._say(self.portal_owner, self.young, kind="gone", text="Stolen")
        page = self._say(self.portal_owner, self.old, kind="gone")
        self.assertFalse(self.old.request_ids)
        self.assertIn("call us", page.text)
        self._say(self.portal_owner, self.young, kind="gone", text="Lost")
        request = self.young.request_ids.with_user(self.user_technician)
        self.assertEqual(request.text, "Lost", "what waits may still be changed")
        request.action_accept()
        self.assertIn(": Lost", self.young.retire_reason)

    def test_what_is_due_when(self):
        page = self._page(self.portal_owner).text
        self.assertIn("What is due when", page)
        self.assertIn("Due by now", page)
        self.assertIn("1 × Laptop", page)
        self.young.purchase_date = self.today - timedelta(days=365 * 4)
        due = self.young.replacement_due
        self.assertGreater(due, self.today)
        rows = self.env["roadmap.asset"]._portal_timeline(self.roadmap)
        self.assertEqual([(row["count"], row["late"]) for row in rows], [(1, True), (1, False)])
        first = due.replace(day=1, month=due.month - (due.month - 1) % 3)
        self.assertEqual(
            rows[1]["title"], f"{first:%b %Y} – {first.replace(month=first.month + 2):%b %Y}"
        )

    def test_values_are_plain_and_batched(self):
        assets = self.old | self.young
        self.env.flush_all()
        self.env.invalidate_all()
        values = assets.sudo()._prepare_portal_values()
        self.assertEqual([row["name"] for row in values], ["LAP-OLD", "LAP-YOUNG"])
        self.assertEqual(values[0]["replacement"][0], "danger")
        self.assertFalse({"note", "price", "replacement_line_id"} & values[0].keys())
