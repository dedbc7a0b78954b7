from .common import RoadmapCommon


class QuestionnaireCommon(RoadmapCommon):
    """A small published questionnaire of two pages, and a run of it that was sent.

    Page AAA (weight 3) is the client's: AAA-1 single, required, weight 3; AAA-2 shown if AAA-1 is
    not "No"; AAA-3 number with bands; AAA-4 date with bands; AAA-5 multiple; AAA-6 text;
    AAA-7 owner only; AAA-8 file. Page BBB (weight 1) is ours: BBB-1 yes/no, audience msp.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template()
        cls.questionnaire = cls._create_questionnaire()
        cls.questionnaire.action_publish()
        cls.assessment = cls._create_run(cls.roadmap)
        cls.assessment.action_send()
        cls.q = {question.code: question for question in cls.questionnaire.question_ids}

    @classmethod
    def _create_template(cls):
        return cls.env["roadmap.item.template"].create(
            {
                "name": "Test item",
                "code": "T-001",
                "category_id": cls.env["roadmap.category"].create({"name": "Test"}).id,
            }
        )

    @classmethod
    def _create_questionnaire(cls):
        client = [
            cls._question("AAA-1", "single", 3, cls._yes_no("high"), required=True),
            cls._question("AAA-2", "single", 1, cls._yes_no("critical"), condition="AAA-1 != No"),
            cls._question(
                "AAA-3", "number", 1,
                [cls._choice("up to 1", 100, "low", "number"),
                 cls._choice("2 or more", 0, "medium", "number"),
                 cls._choice("Never", 10, "high")],
            ),
            cls._question(
                "AAA-4", "date", 1,
                [cls._choice("within 90 days ago", 100, "low", "date"),
                 cls._choice("over 90 days ago", 20, "medium", "date"),
                 cls._special("Do not know", "unknown")],
            ),
            cls._question(
                "AAA-5", "multiple", 0,
                [cls._plain("a"), cls._plain("b"), cls._plain("None", exclusive=True)],
            ),
            cls._question("AAA-6", "text", 0, [], required=True),
            cls._question("AAA-7", "text", 0, [], audience="owner"),
            cls._question("AAA-8", "file", 0, []),
        ]  # fmt: skip
        ours = [cls._question("BBB-1", "yes_no", 2, cls._yes_no("high"), audience="msp")]
        return cls.env["roadmap.questionnaire"].create(
            {
                "name": "Test",
                "family_code": "test",
                "section_ids": [
                    cls._page("AAA", "Client page", 3, client),
                    cls._page("BBB", "Our page", 1, ours, sequence=20),
                ],
            }
        )

    @classmethod
    def _page(cls, code, name, weight, questions, **values):
        questions = [
            (0, 0, {**values_of, "sequence": place}) for place, values_of in enumerate(questions)
        ]
        return (
            0,
            0,
            {"code": code, "name": name, "weight": weight, "question_ids": questions, **values},
        )

    @classmethod
    def _question(cls, code, kind, weight, choices, **values):
        return {
            "code": code,
            "name": f"Question {code}?",
            "question_type": kind,
            "weight": weight,
            "length": "start",
            "choice_ids": [
                (0, 0, {**choice, "sequence": place}) for place, choice in enumerate(choices)
            ],
            "template_ids": [(6, 0, cls.template.ids if weight else [])],
            **values,
        }

    @classmethod
    def _choice(cls, code, score, risk, kind="option"):
        return {
            "code": code, "name": code, "kind": kind, "scored": True, "score": score, "risk": risk,
        }  # fmt: skip

    @classmethod
    def _plain(cls, code, **values):
        return {"code": code, "name": code, **values}

    @classmethod
    def _special(cls, code, word):
        return {
            "code": code, "name": code, "kind": "special", "special": word, "exclusive": True,
        }  # fmt: skip

    @classmethod
    def _yes_no(cls, risk):
        return [
            cls._choice("Yes", 100, "low"),
            cls._choice("No", 0, risk),
            cls._special("Do not know", "unknown"),
            cls._special("Not applicable", "na"),
        ]

    @classmethod
    def _create_run(cls, roadmap, **values):
        return cls.env["roadmap.assessment"].create(
            {
                "roadmap_id": roadmap.id,
                "questionnaire_id": cls.questionnaire.id,
                "length": "full",
                "user_id": cls.user_vcio.id,
                **values,
            }
        )

    @classmethod
    def _create_long_run(cls, size):
        """A run, sent, of a questionnaire of one page of that many questions: LNG-1, LNG-2 ...

        Every fifth is shown only if the one before was answered with Yes.
        """
        questions = [
            cls._question(
                f"LNG-{place}",
                "single",
                1,
                cls._yes_no("high"),
                condition=f"LNG-{place - 1} = Yes" if place % 5 == 0 else False,
            )
            for place in range(1, size + 1)
        ]
        questionnaire = cls.env["roadmap.questionnaire"].create(
            {
                "name": "Long",
                "family_code": f"long{size}",
                "section_ids": [cls._page("LNG", "Long page", 1, questions)],
            }
        )
        questionnaire.action_publish()
        run = cls._create_run(cls.roadmap, questionnaire_id=questionnaire.id)
        run.action_send()
        return run

    def key(self, code, choice):
        """The id of a choice."""
        return self.q[code].choice_ids.filtered(lambda row: row.code == choice).id

    def answer(self, code, run=None):
        """The answer's row."""
        return (run or self.assessment).answer_ids.filtered(
            lambda row: row.question_id.code == code
        )

    def save(self, values, respondent=None, source="client", run=None, **options):
        """Save by question code; a plain value stands for {"value": value}. Results by code."""
        sent = {
            self.q[code].id: value
            if isinstance(value, dict) and "value" in value
            else {"value": value}
            for code, value in values.items()
        }
        results = (run or self.assessment)._save_answers(
            sent, respondent=respondent or self.contact_owner, source=source, **options
        )
        named = {code: results[self.q[code].id] for code in values}
        return {**named, "_page": results["_page"]}
