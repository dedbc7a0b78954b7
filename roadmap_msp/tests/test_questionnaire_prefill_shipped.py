from freezegun import freeze_time

from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon
from .test_questionnaire_prefill import DAY


@tagged("post_install", "-at_install")
class TestQuestionnairePrefillShipped(QuestionnaireCommon):
    """What contracts, contacts and the register tell of the shipped questionnaire."""

    def setUp(self):
        super().setUp()
        self.roadmap.seat_count = 0

    def send(self):
        shipped = self.env.ref("roadmap_msp.questionnaire_technology_1")
        run = self._create_run(self.roadmap, questionnaire_id=shipped.id)
        with freeze_time(DAY):
            run.with_user(self.user_csm).action_send()
        return {row.question_id.code: row for row in run.answer_ids if row.source}

    def contract(self, name, area, **values):
        return self.env["roadmap.contract"].create(
            {
                "name": name,
                "roadmap_id": self.roadmap.id,
                "category_id": self.env.ref(f"roadmap_msp.category_{area}").id,
                "date_start": "2025-01-01",
                "price": 10,
                **values,
            }
        )

    def test_nothing_on_file(self):
        self.assertFalse(self.send())

    def test_contracts(self):
        vendor = self.env["res.partner"].create({"name": "Fibre Ltd", "is_company": True})
        self.contract("Main line", "connectivity", vendor_id=vendor.id, date_end="2026-09-01")
        self.contract("Office", "licensing", seats=31, date_end="2027-09-01")
        self.contract("Phones", "telecom")
        self.contract("Over", "connectivity", date_end="2026-01-01", renews=False)
        self.contract(
            "Elsewhere", "printing", date_end="2026-10-01"
        ).roadmap_id = self.other_roadmap
        rows = self.send()
        given = {code: row.display_value for code, row in rows.items()}
        self.assertEqual(
            given,
            {
                "ISP-1": "Main line, Fibre Ltd",
                "ISP-2": "09/01/2026",
                "TEL-7": "Month to month",
                "VEN-2": "1",
                "GRO-9": "31",
            },
        )
        self.assertEqual({row.source for row in rows.values()}, {"prefilled"})
        self.assertFalse(any(row.respondent_id for row in rows.values()))

    def test_what_a_person_took_over_wins_over_contracts(self):
        self.contract("Office", "licensing", seats=31)
        self.roadmap.seat_count = 28
        self.assertEqual(self.send()["GRO-9"].display_value, "28")

    def test_contacts_and_roles(self):
        client = self.roadmap.partner_id
        client.write({"street": "1 Main St", "city": "Salem"})
        self.env["res.partner"].create(
            [
                {"name": "Store", "parent_id": client.id, "type": "delivery", "street": "9 Quay"},
                {"name": "Same", "parent_id": client.id, "type": "other", "street": "1  main st",
                 "city": "Salem"},
                {"name": "Bills", "parent_id": client.id, "type": "invoice", "street": "PO Box 1"},
            ]
        )  # fmt: skip
        self.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": self.contact_office.id,
                "role": "technical",
            }
        )
        rows = self.send()
        given = {code: row.display_value for code, row in rows.items()}
        self.assertEqual(given, {"GRO-8": "2", "GOV-1": "Yes, no stand-in"})

    def test_register_counts_and_support(self):
        def device(kind, **values):
            kinds = self.env.ref(f"roadmap_msp.asset_type_{kind}")
            return {"name": kind, "roadmap_id": self.roadmap.id, "type_id": kinds.id, **values}

        ended = self.env["roadmap.lifecycle"].create(
            {"name": "Old", "support_end": "2026-05-14"}
        )  # fmt: skip
        self.env["roadmap.asset"].create(
            [
                device("server", lifecycle_id=ended.id),
                device("server", lifecycle_id=ended.id),
                device("printer_mfp", purchase_date="2021-05-15"),
                device("printer_mfp", state="spare"),
                device("tablet_or_phone"),
            ]
        )
        given = {code: row.display_value for code, row in self.send().items()}
        self.assertEqual(
            given,
            {"SRV-1": "Two to five", "OSS-1": "2", "PRT-1": "1", "PRT-2": "5", "MOB-1": "1"},
        )
