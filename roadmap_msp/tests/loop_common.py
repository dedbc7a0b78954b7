from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user

from odoo.addons.mail.tests.common import MockEmail

from ..models.client import roadmap_link_code
from .common import RoadmapCommon

CODE = 246810
# What the contact's answers lead to: an exercise (one-off) and a training (recurring).
TEMPLATES = ("R-315", "R-308")


class LoopCommon(RoadmapCommon, HttpCase, MockEmail):
    """A prospect with three old laptops, and what an MSP has set up before it starts.

    ``loop``: the roadmap of ``loop_client``, account manager ``seller`` (own clients, sales).
    ``contact_lea``: decision maker without a login; ``contact_owner`` of the common data moves
    here as decision maker and signer with a portal login.
    """

    browser_size = "1920x1080"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.pricelist"].search([]).active = False
        cls.seller = new_test_user(
            cls.env,
            "rm_loop_csm",
            "roadmap_msp.group_roadmap_user,sales_team.group_sale_salesman_all_leads",
            name="Carla Csm",
            email="rm_loop_csm@msp.example.com",
            tz="UTC",
        )
        cls._map_products()
        cls._create_loop_client()
        cls._create_laptops()

    @classmethod
    def _map_products(cls):
        lines = cls.env["roadmap.item.template.line"].search(
            [("template_id.code", "in", TEMPLATES)]
        )
        lines.filtered(lambda line: not line.product_id).action_create_products()
        cls.laptop_type = cls.env.ref("roadmap_msp.asset_type_laptop").copy(
            {"code": "loop_laptop", "name": "Loop laptop", "life_years": 4}
        )
        goods, labour = cls.env["product.product"].create(
            [
                {"name": "Business laptop", "list_price": 1400.0, "type": "consu"},
                {"name": "Set up a laptop", "list_price": 150.0, "type": "service"},
            ]
        )
        cls.laptop_type.write({"product_id": goods.id, "labour_product_id": labour.id})

    @classmethod
    def _create_loop_client(cls):
        cls.loop_client = cls.env["res.partner"].create(
            {"name": "Loop Test Law", "is_company": True, "email": "office@loop.example.com"}
        )
        cls.contact_lea = cls.env["res.partner"].create(
            {
                "name": "Lea Loop",
                "email": "lea@loop.example.com",
                "parent_id": cls.loop_client.id,
                "tz": "UTC",
            }
        )
        cls.contact_owner.parent_id = cls.loop_client
        cls.loop = cls.env["roadmap.roadmap"].create(
            {
                "partner_id": cls.loop_client.id,
                "account_manager_id": cls.seller.id,
                "vcio_id": cls.user_vcio.id,
                "tier_id": cls.env.ref("roadmap_msp.tier_silver").id,
                "entitlement": "entitled",
                "fiscal_year_start": "1",
                "seat_count": 12,
                "stakeholder_ids": [
                    Command.create({"partner_id": partner.id, "role": role})
                    for partner, role in (
                        (cls.contact_lea, "decision_maker"),
                        (cls.contact_owner, "decision_maker"),
                        (cls.contact_owner, "signer"),
                    )
                ],
            }
        )

    @classmethod
    def _create_laptops(cls):
        bought = fields.Date.subtract(fields.Date.today(), years=6)
        cls.laptops = cls.env["roadmap.asset"].create(
            [
                {
                    "name": f"LAP-{number}",
                    "roadmap_id": cls.loop.id,
                    "type_id": cls.laptop_type.id,
                    "serial": f"LOOP{number}",
                    "date_ids": [
                        Command.create({"kind": "purchase", "source": "rmm", "date": bought})
                    ],
                }
                for number in (1, 2, 3)
            ]
        )

    # ------------------------------------------------------------------ glue
    @contextmanager
    def on_phone(self):
        """Tours run at the width of a phone, with a thumb."""
        wide = self.browser_size
        self.browser_size, self.touch_enabled = "390x844", True
        try:
            yield
        finally:
            self.browser_size, self.touch_enabled = wide, False

    @contextmanager
    def known_code(self):
        """The server draws this code; the mails that leave meanwhile are in `self._mails`."""
        with (
            patch.object(roadmap_link_code.secrets, "randbelow", return_value=CODE),
            self.mock_mail_gateway(),
        ):
            yield

    def form(self, record, action=None):
        """The address of a record's form in the back office."""
        action = action or f"roadmap_msp.{record._name.replace('.', '_')}_action"
        return f"/odoo/action-{action}/{record.id}"

    def tour(self, url, name, user=None):
        """Run one tour, then forget what this side of the test had read before."""
        self.start_tour(url, f"roadmap_loop_{name}", login=user and user.login, timeout=120)
        self.env.invalidate_all()

    def release(self, kind):
        """A person releases the one waiting mail of this kind; returns the row."""
        row = self.outbox(kind).filtered(lambda mail: mail.state == "prepared")
        self.assertEqual(len(row), 1)
        self.tour(self.form(row), "release", self.seller)
        self.assertEqual(row.state, "released")
        return row

    def outbox(self, kind=None):
        domain = [("roadmap_id", "=", self.loop.id)]
        if kind:
            domain.append(("kind", "=", kind))
        return self.env["roadmap.outbox"].search(domain)

    def run_outbox_job(self):
        """The hourly job in the next hour in which mails may leave; returns what left."""
        now = fields.Datetime.now()
        with self.mock_mail_gateway():
            for hour in range(24 * 7):
                if self.env["roadmap.outbox"]._send(now + timedelta(hours=hour)):
                    break
            mails = list(self._mails)
        self.env.cr.flush()
        return mails
