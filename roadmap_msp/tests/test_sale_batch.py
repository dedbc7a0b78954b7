from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .sale_common import SaleCommon

SIZE = "odoo.addons.roadmap_msp.models.plan.roadmap_item_batch.CLIENTS_AT_ONCE"


@tagged("post_install", "-at_install")
class TestSaleBatch(SaleCommon):
    """All items due in a quarter over all clients: preview, quotations, restart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        line = {"name": "Line", "product_id": cls.product.id, "price_unit": 5.0}
        cls.foreign = cls._create_item("Elsewhere", [line], roadmap=cls.other_roadmap)
        cls.later = cls._create_item("Later", [line], target_date="2030-09-01")
        cls.unmapped = cls._create_item("No product", [{"name": "Mystery", "price_unit": 1.0}])
        cls._approve(cls.foreign | cls.later | cls.unmapped)
        cls.proposed = cls._create_item("Not due yet", [line])
        cls.due = cls.items | cls.foreign | cls.unmapped

    def _wizard(self, user=None, **values):
        return (
            self.env["roadmap.quote.batch"]
            .with_user(user or self.user_all)
            .create({"span": "dates", "date_from": "2030-04-01", "date_to": "2030-06-30", **values})
        )

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.ir_cron_quote_batch").method_direct_trigger()
        self.env.invalidate_all()

    def _orders(self):
        return self.env["sale.order"].search([("roadmap_id", "in", self.due.roadmap_id.ids)])

    def test_preview(self):
        wizard = self._wizard()
        self.assertEqual(wizard.item_ids.sudo(), self.due)
        self.assertEqual(wizard.client_count, 2)
        self.assertIn("Mystery", wizard.problems)
        self.assertNotIn(self.later, wizard.item_ids.sudo())
        own = self._wizard(self.user_csm)
        self.assertEqual(own.item_ids.sudo(), self.due - self.foreign)

    def test_the_fiscal_quarter_of_each_client(self):
        self.roadmap.fiscal_year_start = "2"
        with freeze_time("2030-06-15"):
            self.firewall.target_date = "2030-07-31"
            self.backups.target_date = "2030-08-01"
            self.foreign.target_date = "2030-06-30"
            wizard = self._wizard(span="this")
            self.assertEqual(
                wizard.item_ids.sudo() & self.due - self.unmapped, (self.firewall | self.foreign)
            )
            self.foreign.target_date = "2030-07-31"
            self.assertEqual(
                self._wizard(span="next").item_ids.sudo() & self.due, self.backups | self.foreign
            )

    def test_quotations_of_all_clients(self):
        wizard = self._wizard()
        wizard.item_ids -= self.backups
        wizard.action_start()
        self.assertFalse(self._orders(), "nothing before the job runs")
        self._run()
        self.assertEqual(len(self._orders()), 2)
        self.assertEqual((self.firewall | self.foreign).mapped("state"), ["quoted", "quoted"])
        self.assertEqual(self.backups.state, "approved", "taken out of the preview")
        self.assertEqual(self.unmapped.state, "approved")
        self.assertIn("Mystery", self.unmapped.message_ids[0].body)
        self.assertFalse(self.due.quote_batch_user_id)

    def test_a_restart_repeats_nothing(self):
        self._wizard().action_start()
        with patch(SIZE, 1):
            self._run()
        done = self._orders()
        self.due[:1].with_user(self.user_all)._queue_for_batch()
        self._run()
        self.assertEqual(len(self._orders()), 2)
        self.assertTrue(done <= self._orders())
        self._run()
        self.assertEqual(len(self._orders()), 2)

    def test_the_problem_of_one_client_is_not_everybodys(self):
        """Nothing of the whole batch is undone: who can be quoted is, the other one is told."""
        items, words = type(self.env["roadmap.item"]), "The price list is empty"
        prepare = items._prepare_quotation_values

        def refuse_one(records, template=None):
            if records.roadmap_id == self.other_roadmap:
                raise UserError(words)
            return prepare(records, template)

        self._wizard().action_start()
        with patch.object(items, "_prepare_quotation_values", refuse_one):
            self._run()
        self.assertEqual(self._orders().roadmap_id, self.roadmap)
        self.assertEqual(set(self.items.mapped("state")), {"quoted"})
        self.assertEqual(self.foreign.state, "approved")
        self.assertIn(words, self.foreign.message_ids[0].body)
        self.assertNotIn("price list", "".join(self.items.message_ids.mapped("body")))
        self.assertFalse(self.due.quote_batch_user_id, "told once, not at every run")

    def test_what_is_being_quoted_is_not_offered_again(self):
        self._wizard().action_start()
        again = self._wizard()
        self.assertFalse(again.item_ids)
        self.assertEqual(again.waiting_count, 4)
        with self.assertRaisesRegex(UserError, "Nothing is due"):
            again.action_start()
