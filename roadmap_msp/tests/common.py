from contextlib import nullcontext

from odoo.tests import HttpCase, new_test_user

from odoo.addons.base.tests.common import BaseCommon

#: A picture of one point.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9aw"
    "AAAABJRU5ErkJggg=="
)


class RoadmapCommon(BaseCommon):
    """Two clients with a running roadmap each, and one user of every role.

    ======================  =====================================================
    ``client``              company; contacts ``contact_owner``, ``contact_office``
    ``roadmap``             its roadmap: account manager ``user_csm``, vCIO ``user_vcio``
    ``other_client``        company; contact ``other_contact``
    ``other_roadmap``       its roadmap: account manager ``user_other_csm``
    ``user_technician``     Roadmap / Technician
    ``user_csm``            Roadmap / User: own clients (member of ``roadmap`` only)
    ``user_vcio``           Roadmap / User: own clients (member of ``roadmap`` only)
    ``user_other_csm``      Roadmap / User: own clients (member of ``other_roadmap`` only)
    ``user_all``            Roadmap / User: all clients (member of none)
    ``user_manager``        Roadmap / Manager (member of none)
    ``user_salesman``       Sales / User: own documents; nothing of ours
    ``portal_owner``        login of ``contact_owner``: decision maker and signer
    ``portal_office``       login of ``contact_office``: contributor
    ``portal_stranger``     login of a contact of ``client`` without a stakeholder row
    ``portal_other``        login of ``other_contact``: decision maker of ``other_roadmap``
    ======================  =====================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_staff()
        cls._create_clients()
        cls._create_roadmaps()

    @classmethod
    def _create_staff(cls):
        def user(login, name, groups):
            return new_test_user(
                cls.env, login, groups, name=name, email=f"{login}@msp.example.com", tz="UTC"
            )

        cls.user_technician = user("rm_tech", "Tess Tech", "roadmap_msp.group_roadmap_technician")
        cls.user_csm = user("rm_csm", "Carl Csm", "roadmap_msp.group_roadmap_user")
        cls.user_vcio = user("rm_vcio", "Vera Vcio", "roadmap_msp.group_roadmap_user")
        cls.user_other_csm = user("rm_other_csm", "Otto Csm", "roadmap_msp.group_roadmap_user")
        cls.user_all = user("rm_all", "Alma All", "roadmap_msp.group_roadmap_user_all")
        cls.user_manager = user("rm_manager", "Mona Manager", "roadmap_msp.group_roadmap_manager")
        cls.user_salesman = user("rm_salesman", "Sid Sales", "sales_team.group_sale_salesman")

    @classmethod
    def _create_clients(cls):
        def company(name):
            return {"name": name, "is_company": True}

        cls.client, cls.other_client = cls.env["res.partner"].create(
            [company("Orchard Test Law"), company("Bay Test Dental")]
        )

        def portal(login, name, parent):
            return new_test_user(
                cls.env,
                login,
                "base.group_portal",
                name=name,
                email=f"{login}@client.example.com",
                parent_id=parent.id,
                tz="UTC",
            )

        cls.portal_owner = portal("rm_owner", "Olive Owner", cls.client)
        cls.portal_office = portal("rm_office", "Oscar Office", cls.client)
        cls.portal_stranger = portal("rm_stranger", "Stan Stranger", cls.client)
        cls.portal_other = portal("rm_other", "Bea Boss", cls.other_client)
        cls.contact_owner = cls.portal_owner.partner_id
        cls.contact_office = cls.portal_office.partner_id
        cls.contact_stranger = cls.portal_stranger.partner_id
        cls.other_contact = cls.portal_other.partner_id

    @classmethod
    def _create_roadmaps(cls):
        common = {"state": "running", "entitlement": "entitled", "fiscal_year_start": "1"}
        cls.roadmap, cls.other_roadmap = cls.env["roadmap.roadmap"].create(
            [
                {
                    **common,
                    "partner_id": cls.client.id,
                    "account_manager_id": cls.user_csm.id,
                    "vcio_id": cls.user_vcio.id,
                    "seat_count": 30,
                },
                {
                    **common,
                    "partner_id": cls.other_client.id,
                    "account_manager_id": cls.user_other_csm.id,
                },
            ]
        )
        rows = [
            (cls.roadmap, cls.contact_owner, "decision_maker"),
            (cls.roadmap, cls.contact_owner, "signer"),
            (cls.roadmap, cls.contact_office, "contributor"),
            (cls.other_roadmap, cls.other_contact, "decision_maker"),
            (cls.other_roadmap, cls.other_contact, "signer"),
        ]
        cls.env["roadmap.stakeholder"].create(
            [
                {"roadmap_id": roadmap.id, "partner_id": partner.id, "role": role}
                for roadmap, partner, role in rows
            ]
        )

    def queries_of(self, work, *args, **options):
        """How many queries the work costs, from empty caches and with all that it writes."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work(*args, **options)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def run_job(self, name):
        """Run a scheduled action now, as Odoo does; what it commits stays inside the test."""
        self.env.flush_all()
        # Where requests are made, the test is in that mode already.
        mode = nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode()
        with mode:
            self.env.ref(f"roadmap_msp.{name}").method_direct_trigger()
        self.env.invalidate_all()
