from datetime import date

from odoo import fields

from ..rules.fiscal import fiscal_year
from .common import PIXEL, RoadmapCommon


class BudgetCommon(RoadmapCommon):
    """A client with a contract, two items, a device to replace, and a draft of its budget."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.today()
        cls.year = fiscal_year(today, "1")
        cls.first_day = date(cls.year, 1, 1)
        root = cls.env["roadmap.category"].create({"name": "Workplaces"})
        cls.area = cls.env["roadmap.category"].create({"name": "Laptops", "parent_id": root.id})
        cls.contract = cls.env["roadmap.contract"].create(
            {
                "name": "Office licences",
                "roadmap_id": cls.roadmap.id,
                "category_id": cls.area.id,
                "seats": 10,
                "price": 20,
                "date_start": date(cls.year - 1, 1, 1),
            }
        )
        items = cls.env["roadmap.item"].with_user(cls.user_csm)
        cls.laptops, cls.secret = items.create(
            [
                {
                    "name": "Replace 8 laptops",
                    "roadmap_id": cls.roadmap.id,
                    "category_id": cls.area.id,
                    "target_date": date(cls.year, 12, 15),
                    "internal_note": "Margin 31 %, push it",
                    "line_ids": [
                        (0, 0, {"name": "Work", "price_unit": 8000}),
                        (0, 0, {"name": "Fee", "kind": "recurring", "price_unit": 50}),
                    ],
                },
                {
                    "name": "Dirty secret",
                    "roadmap_id": cls.roadmap.id,
                    "target_date": date(cls.year, 12, 15),
                    "client_visible": False,
                    "line_ids": [(0, 0, {"name": "Work", "price_unit": 777})],
                },
            ]
        )
        kind = cls.env["roadmap.asset.type"].create(
            {"name": "Server", "code": "t-server", "life_years": 5, "price_low": 4000,
             "price_high": 6000, "category_id": root.id}
        )  # fmt: skip
        cls.server = cls.env["roadmap.asset"].create(
            {
                "name": "SRV-02",
                "roadmap_id": cls.roadmap.id,
                "type_id": kind.id,
                "purchase_date": date(cls.year - 2, 6, 1),
            }
        )
        cls.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": cls.roadmap.id,
                "partner_id": cls.contact_office.id,
                "role": "signer",
                "sign_limit": 1000,
            }
        )
        cls.env.flush_all()
        cls.budget = cls.env["roadmap.budget"].with_user(cls.user_csm)._make(cls.roadmap)

    @classmethod
    def propose(cls):
        cls.budget.action_propose()

    def sign(self, user=None, budget=None, **values):
        return (budget or self.budget)._approve(user or self.portal_owner, PIXEL, **values)

    def lines(self, **values):
        return self.budget.line_ids.filtered(
            lambda line: all(line[name] == value for name, value in values.items())
        )
