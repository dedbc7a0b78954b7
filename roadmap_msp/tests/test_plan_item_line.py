from odoo.tests import Form, tagged

from .test_plan_item import PlanItemCommon


@tagged("post_install", "-at_install")
class TestPlanItemLine(PlanItemCommon):
    """Lines of an item, as they are typed."""

    def test_a_chosen_product_brings_name_and_price(self):
        """What a person typed before stays its name."""
        with Form(self.item().with_user(self.user_csm)) as form:
            for name in ("", "Core switch"):
                with form.line_ids.new() as line:
                    line.name = name or False
                    line.product_id = self.product
        new = form.record.line_ids[-2:]
        self.assertEqual(new.mapped("name"), [self.product.display_name, "Core switch"])
        self.assertEqual(new.mapped("price_unit"), [400, 400])
        self.assertEqual(set(new.mapped("price_source")), {"pricelist"})
