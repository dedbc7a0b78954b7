from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .questionnaire_common import QuestionnaireCommon

DAY = "2026-05-15"
COVERAGE = ("100 %", "75-99 %", "25-74 %", "under 25 %")


@tagged("post_install", "-at_install")
class TestQuestionnairePrefill(QuestionnaireCommon, HttpCase):
    """Runs of a questionnaire that asks what the register knows, for a client with devices."""

    @classmethod
    def _create_questionnaire(cls):
        def known(code, kind, *bands, band="number", **values):
            choices = [cls._choice(name, 50, "low", band) for name in bands]
            weight = 1 if bands else 0
            return cls._question(code, kind, weight, choices, prefill="assets", **values)

        questions = [
            cls._question("SRV-1", "single", 0, [cls._plain("Own"), cls._plain("None")]),
            known("WKS-1", "number"),
            known("WKS-2", "number", "up to 10 %", "up to 25 %", "up to 50 %", "over 50 %"),
            known("WKS-3", "single", *COVERAGE, band="option"),
            known("WKS-7", "single", *COVERAGE, band="option"),
            known("SRV-2", "number", "under 3", "3-5", "5-7", "over 7", condition="SRV-1 != None"),
            known("FWL-1", "text"),
            known("FWL-2", "number", "under 3", "3-5", "5-7", "over 7", required=True),
            cls._question("AAA-6", "text", 0, [], required=True),
        ]
        return cls.env["roadmap.questionnaire"].create(
            {
                "name": "Known",
                "family_code": "known",
                "section_ids": [cls._page("KNO", "What we have", 1, questions)],
            }
        )

    def _asset(self, kind, **vals):
        return {
            "name": kind,
            "roadmap_id": self.roadmap.id,
            "type_id": self.env.ref(f"roadmap_msp.asset_type_{kind}").id,
            **vals,
        }

    def _create_assets(self):
        laptop = {"purchase_date": "2025-01-01", "warranty_end": "2028-01-01"}
        self.env["roadmap.asset"].create(
            [
                self._asset("laptop", memory_gb=32, disk_type="ssd", **laptop),
                self._asset("mac", memory_gb=16, disk_type="ssd", **laptop),
                self._asset("desktop_pc", memory_gb=8, disk_type="hdd", purchase_date="2019-01-01",
                            warranty_end="2022-01-01"),
                self._asset("laptop", state="spare"),
                self._asset("server", purchase_date="2020-01-01"),
                self._asset("firewall", maker="Acme", model="F-40", serial="SN7"),
                {**self._asset("laptop"), "roadmap_id": self.other_roadmap.id},
            ]
        )  # fmt: skip

    def _send(self, **values):
        run = self._create_run(self.roadmap, **values)
        with freeze_time(DAY):
            run.with_user(self.user_csm).action_send()
        return run

    def _rows(self, run):
        return {row.question_id.code: row for row in run.answer_ids}

    def test_nothing_is_filled_in_from_an_empty_register(self):
        rows = self._rows(self.assessment)
        self.assertEqual(set(self.assessment.answer_ids.mapped("state")), {"unanswered"})
        self.assertFalse(any(row.source for row in rows.values()))

    def test_what_the_register_knows_is_filled_in(self):
        self._create_assets()
        rows = self._rows(self._send())
        given = {code: row.display_value for code, row in rows.items() if row.source}
        self.assertEqual(
            given,
            {
                "WKS-1": "3",
                "WKS-2": "33.3",
                "WKS-3": "25-74 %",
                "WKS-7": "25-74 %",
                "SRV-2": "6.3",
                "FWL-1": "Acme F-40, SN7",
            },
            "the firewall's purchase date is missing",
        )
        for code in given:
            row = rows[code]
            self.assertEqual((row.state, row.source, row.version), ("answered", "prefilled", 1))
        self.assertTrue(rows["SRV-2"].hidden, "kept, not shown before the question it hangs on")
        self.assertEqual(rows["FWL-2"].state, "unanswered")

    def test_an_answer_of_last_time_wins(self):
        self.save({"WKS-1": 5}, run=self.assessment)
        self._create_assets()
        rows = self._rows(self._send(previous_id=self.assessment.id))
        self.assertEqual((rows["WKS-1"].source, rows["WKS-1"].value_number), ("carried", 5))
        self.assertEqual((rows["WKS-2"].source, rows["WKS-2"].value_number), ("prefilled", 33.3))

    def test_saving_the_same_value_confirms_it(self):
        self._create_assets()
        run = self._send()
        row = self._rows(run)["WKS-2"]
        result = self.save({"WKS-2": {"value": 33.3, "version": 1}}, run=run)["WKS-2"]
        self.assertEqual((result["error"], result["version"]), (None, 2))
        row.invalidate_recordset()
        self.assertEqual((row.source, row.respondent_id), ("client", self.contact_owner))
        self.assertEqual(row.value_number, 33.3)

    def test_staff_confirm_what_was_filled_in(self):
        self._create_assets()
        row = self._rows(self._send())["WKS-1"].with_user(self.user_vcio)
        row.action_confirm()
        self.assertEqual((row.source, row.respondent_id), ("staff", self.user_vcio.partner_id))

    def test_it_counts_and_is_scored_like_any_answer(self):
        self._create_assets()
        firewall = self.env["roadmap.asset"].search(
            [("roadmap_id", "=", self.roadmap.id), ("type_id.code", "=", "firewall")]
        )
        firewall.purchase_date = "2022-01-01"
        run = self._send()
        values = run._prepare_portal_values(self.contact_owner, {"decision_maker"})
        self.assertEqual((values["done"], values["required"]), (1, 2))
        self.assertEqual(values["sections"][0]["to_confirm"], 6)
        run._submit(self.contact_owner, force=True)
        self.assertEqual(run.score, 50)

    def test_the_page_shows_it_and_confirms_it_with_one_click(self):
        self._create_assets()
        run = self._send()
        self.authenticate(self.portal_owner.login, self.portal_owner.login)
        base = f"/my/roadmap/questionnaire/{run.id}"
        page = " ".join(self.url_open(f"{base}/KNO").text.split())
        self.assertIn("filled in from what we know, please confirm: Acme F-40, SN7", page)
        self.assertIn("5 answers are filled in already", page)
        self.assertEqual(page.count("Still true"), 6)
        self.assertIn("5 filled in already, to confirm", " ".join(self.url_open(base).text.split()))
        key = self.q["FWL-1"].id
        entry = {"value": "Acme F-40, SN7", "note": "", "version": 1}
        result = self.make_jsonrpc_request(f"{base}/save", {"values": {key: entry}})
        self.assertEqual(result[str(key)], {"version": 2, "error": None, "conflict": None})
        self.assertEqual(self.url_open(f"{base}/KNO").text.count("Still true"), 5)

    def test_queries_of_sending_do_not_grow_with_the_devices(self):
        def count():
            run = self._create_run(self.roadmap)
            self.env.flush_all()
            self.env.invalidate_all()
            self.questionnaire._structure()
            before = self.env.cr.sql_log_count
            run.action_send()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count()
        self._create_assets()
        few = count()
        for _round in range(5):
            self._create_assets_without_serial()
        self.assertLessEqual(count(), few)

    def _create_assets_without_serial(self):
        self.env["roadmap.asset"].create([self._asset("mac") for _number in range(20)])
