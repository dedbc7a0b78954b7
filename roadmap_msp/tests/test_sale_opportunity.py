from odoo.exceptions import UserError
from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestSaleOpportunity(SaleCommon):
    """What an order does to the opportunity, and an opportunity to the items."""

    def test_revenue_of_the_year(self):
        lead = self.roadmap._ensure_opportunity(self.firewall.target_date)
        lead._roadmap_update_revenue()
        self.assertEqual(lead.expected_revenue, 1450.0)
        order = self._quote(self.firewall)
        self.assertEqual(order.opportunity_id, lead)
        self.assertEqual(lead.expected_revenue, 1450.0)
        self._line(order, "Labour").product_uom_qty = 1
        order.action_confirm()
        self.assertEqual(lead.expected_revenue, 1150.0)
        order._action_cancel()
        self.assertEqual(lead.expected_revenue, 1450.0)

    def test_own_opportunity_is_counted_there_only(self):
        year = self.roadmap._ensure_opportunity(self.firewall.target_date)
        action = self.firewall.with_user(self.user_csm).action_create_opportunity()
        own = self.env["crm.lead"].browse(action["res_id"])
        self.assertEqual(self.firewall.opportunity_id, own)
        self.assertEqual(own.expected_revenue, 1200.0)
        self.assertFalse(own.roadmap_fiscal_year)
        year._roadmap_update_revenue()
        self.assertEqual(year.expected_revenue, 250.0)
        order = self._quote(self.firewall)
        self.assertEqual(order.opportunity_id, own)
        again = self.firewall.with_user(self.user_csm).action_create_opportunity()
        self.assertEqual(again["res_id"], own.id)

    def _push(self):
        action = self.items.with_user(self.user_csm).action_create_opportunity()
        return self.env["crm.lead"].browse(action["res_id"])

    def test_the_opportunity_says_what_it_is_about(self):
        """A line for each item, as text: the description is a page."""
        self.firewall.write({"name": "Firewall <b>old</b>", "summary": "It is & stays open"})
        lead = self._push()
        self.assertEqual(lead.description.count("<li>"), 2)
        self.assertIn("Firewall &lt;b&gt;old&lt;/b&gt;: It is &amp; stays open", lead.description)

    def test_what_can_not_be_pushed(self):
        """Items of several clients, and closed ones: nothing is made for the others either."""
        foreign = self._create_item("Elsewhere", [{"name": "X"}], roadmap=self.other_roadmap)
        closed = self._create_item("Old", [{"name": "X"}])
        closed.action_done()
        for items, word in ((self.items | foreign, "several clients"), (closed, "closed.*Old")):
            with self.assertRaisesRegex(UserError, f"(?s){word}"):
                items.with_user(self.user_all).action_create_opportunity()
        self.assertFalse((self.items | foreign | closed).opportunity_id)

    def test_items_of_two_opportunities_open_both(self):
        leads = self.env["crm.lead"]
        for item in self.items:
            action = item.with_user(self.user_csm).action_create_opportunity()
            leads |= leads.browse(action["res_id"])
        action = self.items.with_user(self.user_csm).action_create_opportunity()
        self.assertEqual(leads.search(action["domain"]), leads)
        self.assertEqual(len(leads), 2)

    def test_a_lost_opportunity_gives_its_items_back(self):
        year = self.roadmap._ensure_opportunity(self.firewall.target_date)
        lead = self._push()
        year._roadmap_update_revenue()
        self.assertEqual(year.expected_revenue, 0.0)
        reason = self.env["crm.lost.reason"].create({"name": "Too dear"})
        lead.action_set_lost(lost_reason_id=reason.id)
        self.assertFalse(self.items.opportunity_id)
        self.assertEqual(year.expected_revenue, 1450.0, "counted once, and here")
        last = self.firewall.decision_ids.sorted("id")[-1]
        self.assertEqual(last.decision, "talk")
        self.assertIn("Too dear", last.reason)
        self._check_untold("Too dear")

    def _check_untold(self, words):
        """Minutes and book do not tell the client what our pipeline says."""
        meeting = self.env["roadmap.meeting"].create(
            {"roadmap_id": self.roadmap.id, "due_date": "2030-01-01"}
        )
        book = self.env["roadmap.book"].create({"roadmap_id": self.roadmap.id})
        told = str((meeting._prepare_decision_values(), book._decision_values()))
        self.assertIn(self.firewall.name, told)
        self.assertNotIn(words, told)

    def test_a_won_opportunity_is_a_yes(self):
        idea = self._create_item("Idea", [{"name": "X", "product_id": self.product.id}])
        self.items |= idea
        lead = self._push()
        for _click in range(2):
            lead.action_set_won()
        self.assertEqual(idea.state, "approved")
        self.assertEqual(len(idea.decision_ids), 1)
        self.assertTrue(idea.quote_waiting, "somebody has to make the quotation")
        self.assertEqual(idea.opportunity_id, lead)
        self._check_untold("Opportunity won")

    def test_a_pushed_idea_brings_its_estimate(self):
        idea = self._create_item("Idea", [{"name": "X", "price_unit": 500.0}])
        self.items |= idea
        self.assertEqual(self._push().expected_revenue, 1950.0)
        self.assertEqual(idea.state, "idea")

    def test_merged_opportunities_keep_their_items(self):
        lead = self._push()
        other = self.env["crm.lead"].create(
            {"name": "Bigger", "type": "opportunity", "partner_id": self.client.id}
        )
        kept = (lead | other).merge_opportunity()
        self.assertEqual(self.items.opportunity_id, kept)
        self.assertEqual(kept.roadmap_id, self.roadmap)

    def test_recurring_revenue_where_the_feature_is_on(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref(
            "crm.group_use_recurring_revenues"
        )
        lead = self.roadmap._ensure_opportunity(self.firewall.target_date)
        lead._roadmap_update_revenue()
        self.assertEqual(lead.recurring_revenue, 160.0)
        self.assertEqual(lead.recurring_revenue_monthly, 160.0)
