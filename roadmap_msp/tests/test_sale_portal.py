from html import unescape

from odoo.tests import HttpCase, tagged

from .sale_common import SaleCommon

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestSalePortal(SaleCommon, HttpCase):
    """The client on Odoo's own quotation page, with no more than the link of the quotation."""

    def setUp(self):
        super().setUp()
        self.order = self._quote()
        self.order.action_quotation_sent()
        self.order._portal_ensure_token()
        self.heading = self._line(self.order, "Replace the firewall")
        self.url = self.order.get_portal_url()

    def _toggle(self, line, take, token=None):
        return self.url_open(
            f"/my/orders/{self.order.id}/roadmap_item",
            data={
                "csrf_token": self.csrf_token(),
                "line_id": line.id,
                "take": take,
                "access_token": self.order.access_token if token is None else token,
            },
            allow_redirects=False,
        )

    def csrf_token(self):
        self.authenticate(None, None)
        return self.url_open(self.url).text.split('name="csrf_token" value="')[1].split('"')[0]

    def _accept(self):
        return self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/accept",
            {"access_token": self.order.access_token, "name": "Olive", "signature": SIGNATURE},
        )

    def test_page_names_two_totals(self):
        page = self.url_open(self.url).text
        for words in ("Recurring, per month", "Recurring, per year", "without tax", "Leave out"):
            self.assertIn(words, page)
        self.assertEqual(page.count("Leave out"), 2)

    def test_a_person_signs(self):
        self.authenticate(self.portal_owner.login, self.portal_owner.login)
        page = unescape(self.url_open(f"/my/orders/{self.order.id}").text)
        self.assertIn(f'"defaultName": "{self.portal_owner.name}"', page)

    def test_leave_out_and_sign(self):
        self._toggle(self.heading, "0")
        self.assertEqual(self.order.amount_untaxed, 1450.0)
        page = self.url_open(self.url).text
        self.assertIn("Take in again", page)
        self.assertNotIn("error", self._accept())
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.backups.state, "ordered")
        self.assertEqual(self.firewall.state, "proposed")
        self.assertEqual(self.roadmap.contract_ids.item_id, self.backups)
        self._toggle(self.heading, "1")
        self.assertEqual(self.order.amount_untaxed, 1450.0)

    def test_leave_out_and_take_in_again(self):
        before = self.order.amount_untaxed
        self._toggle(self.heading, "0")
        self._toggle(self.heading, "1")
        self.assertEqual(self.order.amount_untaxed, before)

    def test_wrong_link_changes_nothing(self):
        before = self.order.amount_untaxed
        self._toggle(self.heading, "0", token="wrong")
        self._toggle(self._line(self.order, "Firewall"), "0")
        self.heading.is_optional = False
        self._toggle(self.heading, "0")
        self.assertEqual(self.order.amount_untaxed, before)
        get = self.url_open(f"/my/orders/{self.order.id}/roadmap_item?line_id={self.heading.id}")
        self.assertGreaterEqual(get.status_code, 400)

    def test_native_quantities_take_recurring_lines_along(self):
        for name in ("Firewall", "Labour"):
            self.make_jsonrpc_request(
                f"/my/orders/{self.order.id}/update_line_dict",
                {
                    "access_token": self.order.access_token,
                    "line_id": self._line(self.order, name).id,
                    "input_quantity": 0,
                },
            )
        self.assertEqual(self._line(self.order, "Firewall service").product_uom_qty, 0)

    def test_decline_returns_items_with_the_reason(self):
        self.url_open(
            f"/my/orders/{self.order.id}/decline",
            data={
                "csrf_token": self.csrf_token(),
                "access_token": self.order.access_token,
                "decline_message": "Not this year",
            },
        )
        self.assertEqual(self.order.state, "cancel")
        self.assertEqual(set(self.items.mapped("state")), {"proposed"})
        self.assertIn("Not this year", self.firewall.decision_ids.mapped("reason"))

    def test_plain_quotation_is_untouched(self):
        plain = self.env["sale.order"].create(
            {"partner_id": self.client.id, "order_line": [(0, 0, {"product_id": self.product.id})]}
        )
        plain._portal_ensure_token()
        page = self.url_open(plain.get_portal_url()).text
        self.assertIn("Firewall", page)
        self.assertNotIn("o_roadmap_totals", page)
        self.assertNotIn("Leave out", page)
