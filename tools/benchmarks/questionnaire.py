"""Storing the 60 answers of a page, against Odoo's survey storing the same."""

from . import seed
from .harness import Case, Work

COUNT = 60


def run_of(env, count):
    """`(run, contact)`: a run of so many single choices that was sent."""
    roadmap, contact = seed.client(env)
    options = [
        {"code": code, "name": code, "sequence": n, "scored": True, "score": score, "risk": risk}
        for n, (code, score, risk) in enumerate(
            [("Yes", 100, "low"), ("Partly", 60, "medium"), ("No", 0, "high")]
        )
    ]
    questionnaire = env["roadmap.questionnaire"].create(
        {
            "name": "Bench",
            "family_code": "bench",
            "section_ids": [
                (
                    0,
                    0,
                    {
                        "code": "BEN",
                        "name": "Bench",
                        "question_ids": [
                            (
                                0,
                                0,
                                {
                                    "code": f"BEN-{number}",
                                    "name": f"Question {number}?",
                                    "weight": 3,
                                    "required": True,
                                    "length": "start",
                                    "choice_ids": [(0, 0, dict(option)) for option in options],
                                },
                            )
                            for number in range(1, count + 1)
                        ],
                    },
                )
            ],
        }
    )
    questionnaire.action_publish()
    assessment = env["roadmap.assessment"].create(
        {
            "name": "Bench",
            "roadmap_id": roadmap.id,
            "questionnaire_id": questionnaire.id,
            "length": "full",
        }
    )
    assessment.action_send()
    return assessment, contact


def answers_of(assessment, shift):
    """One choice for each question; another shift gives another choice."""
    return {
        question.id: {"value": question.choice_ids[(number + shift) % 3].id, "version": 0}
        for number, question in enumerate(assessment.questionnaire_id.question_ids)
    }


def ours(env):
    assessment, contact = run_of(env, COUNT)
    values = answers_of(assessment, 0)
    return lambda: assessment._save_answers(values, respondent=contact, source="client")


def survey_of(env, count):
    """What survey's own submit route does for each of so many questions of a page."""
    survey = env["survey.survey"].create({"title": "Bench", "questions_layout": "one_page"})
    questions = env["survey.question"].create(
        [
            {
                "survey_id": survey.id,
                "title": f"Question {number}?",
                "question_type": "simple_choice",
                "suggested_answer_ids": [(0, 0, {"value": v}) for v in ("Yes", "Partly", "No")],
            }
            for number in range(count)
        ]
    )
    survey_input = survey._create_answer(user=env.user)
    chosen = [
        (question, question.suggested_answer_ids[number % 3].id)
        for number, question in enumerate(questions)
    ]

    def save():
        # What the survey's own submit route does for each question of the page.
        for question, answer in chosen:
            survey_input._save_lines(question, str(answer), None, overwrite_existing=True)

    return save


def reference(env):
    return survey_of(env, COUNT)


CASES = [
    Case(
        "questionnaire.save60",
        Work(ours),
        Work(reference),
        "at most 14 queries, 1/15 of survey's queries and 1/8 of its time",
        max_ratio=0.125,
        max_queries=14,
        max_query_ratio=1 / 15,
    )
]
