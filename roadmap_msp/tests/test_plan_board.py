from odoo.tests import freeze_time, tagged

from .common import RoadmapCommon

AMOUNTS = ["amount_one_off:sum", "amount_recurring:sum"]


@tagged("post_install", "-at_install")
class TestPlanBoard(RoadmapCommon):
    """What the web client asks for when it shows the board, and what it costs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["roadmap.item"].with_user(cls.user_csm)

    @classmethod
    def fill(cls, count):
        """Items in every lane, with devices, lines and activities as a client has them."""
        devices = cls.env["roadmap.asset"].create(
            [{"name": f"PC {n}", "roadmap_id": cls.roadmap.id} for n in range(10)]
        )
        days = [False, "2026-08-01", "2026-11-01", "2027-02-01", "2027-05-01", "2028-09-01"]
        return cls.items.create(
            [
                {
                    "name": f"Item {n}",
                    "roadmap_id": cls.roadmap.id,
                    "sequence": n,
                    "target_date": days[n % len(days)],
                    "user_id": cls.user_csm.id,
                    "covered": n % 20 == 0,
                    "asset_ids": [(4, devices[n % 10].id)],
                    "line_ids": [(0, 0, {"name": "Work", "price_unit": 100})],
                }
                for n in range(count)
            ]
        )

    def specification(self):
        """What the cards show, as the web client makes it of the view's own fields."""
        views = self.items.get_views([(False, "kanban")])
        names = views["models"]["roadmap.item"]["fields"]
        # Without what the user's groups do not see.
        card = views["views"]["kanban"]["arch"]
        # Those of the activity clock, which its widget adds.
        shown = ["activity_exception_decoration", "activity_exception_icon", "activity_state"]
        shown += ["activity_summary", "activity_type_icon", "activity_type_id"]
        shown += [name for name in names if f'name="{name}"' in card]
        self.assertIn("amount_one_off", shown)
        related = {"fields": {"display_name": {}}}
        return {
            name: related if self.items._fields[name].type == "many2one" else {} for name in shown
        }

    def board(self, **options):
        items = self.items.with_context(default_roadmap_id=self.roadmap.id, read_group_expand=True)
        return items.web_read_group(
            [("roadmap_id", "=", self.roadmap.id)],
            ["board_lane"],
            AMOUNTS,
            order="sequence, id",
            **{
                "auto_unfold": True,
                "opening_info": [],
                "unfold_read_specification": {"name": {}},
                "unfold_read_default_limit": 40,
                **options,
            },
        )

    @freeze_time("2026-08-10")
    def test_queries_with_advanced_planning(self):
        """Cards that name what they wait for cost no more searches."""
        self.user_csm.group_ids |= self.env.ref("roadmap_msp.group_roadmap_advanced")
        self.assertIn("planned_too_early", self.specification())
        self.test_queries()

    @freeze_time("2026-08-10")
    def test_queries(self):
        items = self.fill(200)
        items[:8].action_propose()
        for early, late in zip(items[2:30:6], items[3:30:6], strict=True):
            early.depends_on_ids = late
        specification = self.specification()
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            self.board(unfold_read_specification=specification)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        groups = self.board(unfold_read_specification=specification)["groups"]
        self.items.with_context(default_roadmap_id=self.roadmap.id).get_board_start_month()
        queries = self.cr.sql_log_count - before
        self.assertEqual(sum(len(g["__records"]) for g in groups), 200)
        self.assertLessEqual(queries, 15)

    @freeze_time("2026-08-10")
    def test_cards_hold_low_and_high(self):
        items = self.fill(2)
        items[1].line_ids.write({"price_low": 80, "price_high": 150})
        specification = self.specification()
        self.assertIn("amount_range", specification)
        groups = self.board(unfold_read_specification=specification)["groups"]
        cards = {card["id"]: card for group in groups for card in group["__records"]}
        self.assertRegex(cards[items[1].id]["amount_range"], r"80.* to .*150")

    def test_months_of_the_lanes(self):
        one = self.items.with_context(default_roadmap_id=self.roadmap.id)
        self.roadmap.fiscal_year_start = "7"
        self.assertEqual(one.get_board_start_month(), 7)
        both = self.env["roadmap.item"].with_user(self.user_all)
        self.assertIs(both.get_board_start_month(), False, "their fiscal years differ")
        stranger = one.with_user(self.user_other_csm)
        self.assertEqual(stranger.get_board_start_month(), 1, "its own clients' month")

    @freeze_time("2026-08-10")
    def test_cards_as_native(self):
        """The one search gives what one search per lane gives: folded and limited lanes too."""
        self.fill(40)
        folded = [
            {"value": False, "folded": True},
            {"value": "2026", "folded": True},
            {"value": "FY2026 Q3", "folded": False, "limit": 2, "offset": 0},
        ]
        lanes = {"unfold_read_specification": {"name": {}}, "unfold_read_default_limit": 5}
        for opening in ([], folded):
            mine = self.board(opening_info=opening, **lanes)
            with_offset = [*opening, {"value": "nowhere", "folded": True, "offset": 1}]
            native = self.board(opening_info=with_offset, **lanes)
            self.assertEqual(mine, native)
        self.assertEqual([len(g.get("__records", "x")) for g in mine["groups"]][:2], [1, 2])
