from odoo import Command

from .common import RoadmapCommon


class SaleCommon(RoadmapCommon):
    """Two approved items of the client: hardware with a recurring part, and a project."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product, cls.service, cls.backup = cls.env["product.product"].create(
            [
                {"name": name, "type": kind, "list_price": price, "taxes_id": False}
                for name, kind, price in (
                    ("Firewall", "consu", 999.0),
                    ("Labour", "service", 777.0),
                    ("Managed backup", "service", 555.0),
                )
            ]
        )
        cls.firewall = cls._create_item(
            "Replace the firewall",
            [
                {"name": "Firewall", "product_id": cls.product.id, "price_unit": 800.0},
                {
                    "name": "Labour",
                    "product_id": cls.service.id,
                    "price_unit": 100.0,
                    "quantity": 4,
                },
                {
                    "name": "Firewall service",
                    "kind": "recurring",
                    "period": "month",
                    "product_id": cls.backup.id,
                    "price_unit": 30.0,
                    "quantity": 2,
                },
            ],
        )
        cls.backups = cls._create_item(
            "Back up the server",
            [
                {"name": "Set-up", "product_id": cls.service.id, "price_unit": 250.0},
                {
                    "name": "Backup",
                    "kind": "recurring",
                    "period": "year",
                    "product_id": cls.backup.id,
                    "price_unit": 1200.0,
                },
            ],
        )
        cls.items = cls.firewall | cls.backups
        cls._approve(cls.items)

    @classmethod
    def _create_item(cls, name, lines, roadmap=None, **values):
        roadmap = roadmap or cls.roadmap
        return cls.env["roadmap.item"].create(
            {
                "name": name,
                "roadmap_id": roadmap.id,
                "target_date": "2030-05-15",
                "line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )

    @classmethod
    def _approve(cls, items):
        cls.env["roadmap.decision"].sudo().create(
            [
                {"roadmap_id": item.roadmap_id.id, "item_id": item.id, "decision": "approved"}
                for item in items
            ]
        )
        if not items._fields["state"].compute:
            items.state = "approved"

    def _quote(self, items=None, user=None):
        items = self.items if items is None else items
        return items.with_user(user or self.user_csm)._create_quotations().sudo()

    def _line(self, order, name):
        return order.order_line.filtered(lambda line: (line.name or "").split("\n")[0] == name)
