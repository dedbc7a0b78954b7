from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import file_open

from .sale_common import SaleCommon

TEMPLATE = "roadmap_msp/static/xls/contract_import_template.xlsx"


@tagged("post_install", "-at_install")
class TestBudgetContract(SaleCommon):
    def _contract(self, **values):
        return self.env["roadmap.contract"].create(
            {
                "name": "Internet",
                "roadmap_id": self.roadmap.id,
                "price": 100.0,
                "date_start": "2028-01-01",
                **values,
            }
        )

    def _findings(self, contract):
        return self.env["roadmap.finding"].search(
            [("source", "=", "contract"), ("source_key", "=like", f"contract:{contract.id}:%")]
        )

    @freeze_time("2030-01-10")
    def test_terms_are_told_once(self):
        renewing = self._contract(date_end="2030-04-30", notice_days=90)
        ending = self._contract(name="Lease", date_end="2030-02-20", renews=False)
        later = self._contract(name="Later", date_end="2031-02-20", notice_days=30)
        for _night in range(2):
            self.env["roadmap.contract"]._cron_contract_terms()
        activity = renewing.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.date_deadline, date(2030, 1, 30))
        self.assertEqual(activity.user_id, self.user_csm)
        self.assertIn("Internet renews", self._findings(renewing).name)
        self.assertIn("Lease ends", self._findings(ending).name)
        self.assertEqual(self._findings(ending).risk, "high")
        self.assertFalse(later.activity_ids or self._findings(later))
        # Done and dismissed stays so for this term.
        activity.action_feedback()
        self._findings(renewing).write({"state": "dismissed"})
        self.env["roadmap.contract"]._cron_contract_terms()
        self.assertFalse(renewing.activity_ids)
        self.assertEqual(len(self._findings(renewing)), 1)

    @freeze_time("2030-01-10")
    def test_a_day_of_notice_that_is_over_is_not_asked_for(self):
        contract = self._contract(date_end="2030-02-20", notice_days=90)
        self.env["roadmap.contract"]._cron_contract_terms()
        words = "Internet renews after 20 Feb 2030: notice was due by 22 Nov 2029"
        self.assertIn(words, contract.activity_ids.summary)
        self.assertEqual(contract.activity_ids.date_deadline, date(2030, 1, 10))
        self.assertIn(words, self._findings(contract).name)

    @freeze_time("2030-01-10")
    def test_more_clients_are_ranked_without_more_queries(self):
        def queries(roadmaps):
            for roadmap in roadmaps:
                self._contract(roadmap_id=roadmap.id, date_end="2030-02-20", renews=False)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            contracts = self.env["roadmap.contract"].search(
                [("roadmap_id", "in", roadmaps.ids), ("date_end", "=", "2030-02-20")]
            )
            contracts._raise_term_findings()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(self.roadmap)
        one = queries(self.roadmap)
        self.assertLessEqual(queries(self.roadmap | self.other_roadmap), one + 1)
        finding = self._findings(self.env["roadmap.contract"].search([], order="id desc", limit=1))
        self.assertGreater(finding.urgency, 0)

    @freeze_time("2030-01-10")
    def test_each_company_says_how_long_before(self):
        ending = self._contract(name="Lease", date_end="2030-03-20", renews=False)
        self.env["roadmap.contract"]._cron_contract_terms()
        self.assertFalse(ending.activity_ids)
        self.env.company.roadmap_contract_lead_days = 90
        self.env["roadmap.contract"]._cron_contract_terms()
        self.assertEqual(len(ending.activity_ids), 1)

    def test_what_a_contract_says_of_itself_in_a_budget(self):
        contract = self._contract(seats=2.5, price=99.5, date_end="2030-04-30")
        contract = contract.with_user(self.user_csm)
        said = "2.50 × $99.50 per month"
        self.assertEqual(contract._budget_reason(), f"{said}, renews 30 Apr 2030")
        contract.write({"renews": False, "increase_percent": 3.5})
        self.assertEqual(contract._budget_reason(), f"{said}, rises 3.5 % a year, ends 30 Apr 2030")
        contract.write({"date_end": False, "increase_percent": 0, "increase_amount": 5})
        self.assertEqual(contract._budget_reason(), f"{said}, rises $5 a year")

    def test_what_costs_nothing_has_no_amounts(self):
        contract = self._contract(date_start="2020-01-01")
        self.assertEqual((contract.amount_month, contract.amount_year), (100, 1200))
        contract.covered = True
        self.assertEqual((contract.amount_month, contract.amount_year), (0, 0))

    def test_a_term_that_is_over_renews(self):
        with freeze_time("2030-01-10"):
            contract = self._contract(date_end="2030-02-28", term_months=12, notice_days=30)
            self.env["roadmap.contract"]._cron_contract_terms()
            self.assertEqual(len(contract.activity_ids), 1)
        with freeze_time("2031-03-05"):
            self.env["roadmap.contract"]._cron_contract_terms()
            self.assertEqual(contract.date_end, date(2032, 2, 29))
        with freeze_time("2032-01-05"):
            self.env["roadmap.contract"]._cron_contract_terms()
            self.assertEqual(len(self._findings(contract)), 2)

    def test_increase_on_a_date(self):
        contract = self._contract(increase_percent=10.0, increase_from="2028-04-15")
        rule = contract._recurring()
        prices = [round(rule.price_at(2028 * 12 + month), 2) for month in (0, 2, 3, 14, 15)]
        self.assertEqual(prices, [100.0, 100.0, 110.0, 110.0, 121.0])
        rows = self.env["roadmap.forecast"].search([("contract_id", "=", contract.id)])
        by_month = {str(row.date): round(row.recurring_ordered, 2) for row in rows}
        expected = round(rule.price_at(2028 * 12 + 15), 2)
        self.assertEqual(by_month["2029-04-01"], expected)

    def test_import_with_names(self):
        category = self.env["roadmap.category"].create({"name": "Connectivity test"})
        fields = ["name", "roadmap_id", "category_id", "seats", "price", "period", "date_start"]
        row = ["Fibre", self.roadmap.name, category.name, "1", "120", "Quarter", "2030-01-01"]
        result = self.env["roadmap.contract"].with_user(self.user_csm).load(fields, [row])
        self.assertFalse(result["messages"])
        contract = self.env["roadmap.contract"].browse(result["ids"])
        self.assertEqual((contract.category_id, contract.amount_month), (category, 40.0))
        exported = contract.export_data(["name", "roadmap_id", "period"])["datas"]
        self.assertEqual(exported, [["Fibre", self.roadmap.name, "Quarter"]])

    def test_template_loads(self):
        template = self.env["roadmap.contract"].get_import_templates()[0]["template"]
        self.assertEqual(template, f"/{TEMPLATE}")
        with file_open(TEMPLATE, "rb") as file:
            wizard = self.env["base_import.import"].create(
                {
                    "res_model": "roadmap.contract",
                    "file": file.read(),
                    "file_name": "contracts.xlsx",
                    "file_type": "application/vnd.openxmlformats-officedocument"
                    ".spreadsheetml.sheet",
                }
            )
        preview = wizard.parse_preview({"has_headers": True, "quoting": '"'})
        self.assertNotIn("error", preview)
        self.assertEqual(len(preview["matches"]), len(preview["headers"]))

    # === Bad input, explained ===

    def test_area_in_use_is_not_deleted(self):
        category = self.env["roadmap.category"].create({"name": "Used area"})
        contract = self._contract(category_id=category.id)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            category.unlink()
        category.active = False
        self.assertEqual(contract.category_id, category)
        contract.category_id = False
        category.unlink()
        self.assertFalse(category.exists())

    def test_another_fiscal_year_is_explained(self):
        result = self.roadmap.onchange(
            {"fiscal_year_start": "4"}, ["fiscal_year_start"], {"fiscal_year_start": {}}
        )
        self.assertIn("No date moves", result["warning"]["message"])

    # === Guidance ===

    @freeze_time("2030-01-10")
    def test_guide_values_can_be_switched(self):
        self.roadmap.write({"yearly_revenue": 91000.0, "seat_count": 2})
        self.assertEqual(self.roadmap.get_five_years()["guide"], [])
        self.env.company.roadmap_guide_values = True
        share, head = self.roadmap.with_user(self.user_csm).get_five_years()["guide"]
        # 1,450 once and 1,280 recurring in 2030.
        self.assertIn("3.0 % of revenue", share["text"])
        self.assertTrue(share["within"])
        self.assertIn("1,365", head["text"])
        self.assertFalse(head["within"])
        self.roadmap.currency_id = self.env["res.currency"].create({"name": "QQQ", "symbol": "Q"})
        guide = self.roadmap.with_user(self.user_csm).get_five_years()["guide"]
        self.assertEqual(len(guide), 1, "without a rate there is nothing to compare with")

    @freeze_time("2030-01-10")
    def test_guide_prices_grow_old(self):
        kind = self.env["roadmap.asset.type"].create({"name": "Old", "code": "old-test"})
        self.assertEqual(kind.price_recheck_on, date(2031, 1, 10))
        self.env["roadmap.asset"].create(
            {"name": "X", "roadmap_id": self.roadmap.id, "type_id": kind.id}
        )
        kind.price_recheck_on = "2029-01-01"
        advice = self.roadmap.with_user(self.user_csm).get_five_years()["advice"]
        self.assertIn("Old", " ".join(advice))
        kind.price_high = 100.0
        self.assertEqual(kind.price_recheck_on, date(2031, 1, 10))
        template = self.env["roadmap.item.template"].search([("line_ids", "!=", False)], limit=1)
        template.price_recheck_on = "2029-01-01"
        template.line_ids[0].price_low = 1.0
        self.assertEqual(template.price_recheck_on, date(2031, 1, 10))
