from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestSaleQuotationChoice(SaleCommon):
    """Quotations by choice: one per item or area, with another template."""

    def _choice(self, user=None, items=None, **values):
        items = self.items if items is None else items
        return (
            self.env["roadmap.quotation.choice"]
            .with_user(user or self.user_csm)
            .with_context(active_model="roadmap.item", active_ids=items.ids)
            .create(values)
        )

    def _made(self):
        return self.env["sale.order"].search([("roadmap_id", "=", self.roadmap.id)])

    def test_one_quotation_per_item_by_choice(self):
        choice = self._choice(split="item")
        self.assertEqual(choice.order_count, 2)
        choice.action_apply()
        self.assertEqual(len(self._made()), 2)
        self.assertEqual(self.items.mapped("state"), ["quoted", "quoted"])
        with self.assertRaisesRegex(UserError, "stands on"):
            self._choice(split="item").action_apply()
        self.assertEqual(len(self._made()), 2)

    def test_one_quotation_per_area_by_choice(self):
        area = self.env["roadmap.category"].search([], limit=1)
        self.firewall.category_id = area
        third = self._create_item(
            "Third", [{"name": "X", "product_id": self.product.id}], category_id=area.id
        )
        unmapped = self._create_item("Unmapped", [{"name": "Mystery"}])
        self._approve(third | unmapped)
        choice = self._choice(items=self.items | third | unmapped, split="category")
        self.assertEqual(choice.order_count, 2)
        self.assertIn("Mystery", choice.problems)
        choice.action_apply()
        made = [order.order_line.roadmap_item_line_id.item_id for order in self._made()]
        self.assertCountEqual(made, [self.firewall | third, self.backups])
        self.assertEqual(unmapped.state, "approved")

    def test_terms_of_the_chosen_template(self):
        template = self.env["sale.order.template"].create(
            {
                "name": "Deposit",
                "number_of_days": 9,
                "note": "<p>Half in advance</p>",
                "require_signature": False,
                "require_payment": True,
                "prepayment_percent": 0.5,
                "sale_order_template_line_ids": [
                    (0, 0, {"display_type": "line_note", "name": "Read this first."})
                ],
            }
        )
        self._quote(self.backups)
        seller = self.user_csm
        seller.group_ids |= self.env.ref("sales_team.group_sale_salesman")
        self._choice(seller, self.firewall, template_id=template.id).action_apply()
        self.assertEqual(len(self._made()), 2, "another template is another quotation")
        order = self._made().filtered("require_payment")
        self.assertEqual(order.sale_order_template_id, template)
        self.assertEqual(order.prepayment_percent, 0.5)
        self.assertFalse(order.require_signature)
        self.assertIn("Half in advance", order.note)
        self.assertEqual((order.validity_date - order.date_order.date()).days, 9)
        self.assertEqual(order.order_line[0].name, "Read this first.")

    def test_a_template_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Another firm"})
        template = self.env["sale.order.template"].create(
            {"name": "Theirs", "company_id": other.id}
        )
        choice = self._choice()
        self.assertEqual(choice.company_id, self.roadmap.company_id, "which templates are offered")
        choice.sudo().template_id = template
        with self.assertRaisesRegex(UserError, "Theirs is a quotation template of another"):
            choice.with_user(self.user_csm).sudo().action_apply()
        with self.assertRaises(AccessError):
            choice.action_apply()
        self.assertFalse(self._made())

    def test_choices_are_for_those_who_may_write_the_items(self):
        with self.assertRaises(AccessError):
            self._choice(self.user_other_csm).action_apply()
        with self.assertRaises(AccessError):
            self._choice(self.user_technician)
