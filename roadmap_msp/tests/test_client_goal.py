from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientGoal(RoadmapCommon):
    """Business goals of a client, and the items that serve them."""

    def test_items_serve_a_goal_of_their_own_client(self):
        goals = self.env["roadmap.goal"].with_user(self.user_csm)
        goal = goals.create({"name": "A second office", "roadmap_id": self.roadmap.id})
        self.assertEqual(goal.horizon, "1")
        item = goal.item_ids.create(
            {"name": "Network", "roadmap_id": self.roadmap.id, "goal_id": goal.id}
        )
        self.assertEqual((goal.item_count, goal.item_ids), (1, item))
        self.assertEqual(self.env["roadmap.item"].search(goal.action_open_items()["domain"]), item)
        goal.reached_on = "2026-11-01"
        self.assertIn("reached", goal.display_name)
        theirs = self.env["roadmap.goal"].create(
            {"name": "Grow", "roadmap_id": self.other_roadmap.id}
        )
        with self.assertRaises(AccessError):
            theirs.with_user(self.user_csm).action_reviewed()
        with self.assertRaisesRegex(ValidationError, "a goal of"):
            item.with_user(self.user_all).goal_id = theirs

    def test_told_in_confidence(self):
        goal = self.env["roadmap.goal"].create(
            {"name": "Sell the firm", "roadmap_id": self.roadmap.id, "owner_only": True}
        )
        self.assertFalse(goal._shown_name())
        goal.owner_only = False
        self.assertEqual(goal._shown_name(), "Sell the firm")
