"""Whole requests to the client's pages, as they reach the server; and the same among 1,000 clients.

Reference of an autosave is Odoo's own write of one field, by the call that its web client makes.
"""

from . import many, questionnaire
from .harness import MANY, WEB, Case, Work
from .web import Browser

TIMES = 10
PASSED = {}
"""Per database and size: what was stored before, since requests have their own transactions."""


def prepared(env, size, crowded=False):
    """`(run id, {question id: choice ids}, browsers)` of a run with so many questions a page."""
    key = (env.cr.dbname, size)
    if key not in PASSED:
        if crowded:
            many.load(env)
        run, contact = questionnaire.run_of(env, size)
        user = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": f"bench{run.id}",
                    "partner_id": contact.id,
                    "group_ids": [(6, 0, [env.ref("base.group_portal").id])],
                }
            )
        )
        link = env["roadmap.link"]._issue(contact, "answer", run)
        questions = run.questionnaire_id.question_ids
        PASSED[key] = (
            run.id,
            contact.id,
            {question.id: question.choice_ids.ids for question in questions},
            {
                "login": Browser(env, user=user),
                "link": Browser(env, link=link),
                "staff": Browser(env, user=env.user),
            },
            dict.fromkeys(questions.ids, 0),
        )
    return PASSED[key]


def autosave(env, who, size=60, crowded=False):
    run, _contact, choices, browsers, versions = prepared(env, size, crowded)
    turn = iter(choices)

    def save():
        question = next(turn)
        version = versions[question]
        choice = choices[question][version % 3]
        values = {question: {"value": choice, "version": version}}
        said = browsers[who].call(f"/my/roadmap/questionnaire/{run}/save", values=values)
        said = said[str(question)]
        if said["error"] or said["version"] != version + 1:
            raise RuntimeError(str(said))
        versions[question] += 1

    return save


def partner_write(env):
    _run, contact, _choices, browsers, versions = prepared(env, 60)
    context = {"lang": "en_US", "tz": "UTC", "uid": env.uid, "allowed_company_ids": [1]}
    versions.setdefault("written", 0)

    def write():
        versions["written"] += 1
        browsers["staff"].call(
            "/web/dataset/call_kw/res.partner/write",
            model="res.partner",
            method="write",
            args=[[contact], {"function": f"Head {versions['written']}"}],
            kwargs={"context": context},
        )

    return write


def page(env, who, size, crowded=False):
    run, _contact, _choices, browsers, _versions = prepared(env, size, crowded)

    def show():
        if "Question 10?" not in browsers[who].get(f"/my/roadmap/questionnaire/{run}/BEN"):
            raise RuntimeError("another page came")

    return show


def visit(env, crowded):
    """To do, where we stand, a page, one answer: what somebody asks of the server."""
    run, _contact, _choices, browsers, _versions = prepared(env, 60, crowded)
    roadmap = env["roadmap.assessment"].browse(run).roadmap_id.id
    save, show = autosave(env, "login", 60, crowded), page(env, "login", 60, crowded)

    def go():
        browsers["login"].get(f"/my/roadmap/{roadmap}")
        browsers["login"].get(f"/my/roadmap/questionnaire/{run}")
        show()
        save()

    return go


def against_write(name, who):
    return Case(
        name,
        Work(lambda env: autosave(env, who), WEB),
        Work(partner_write, WEB),
        "over HTTP: at most 6 queries more and twice the time of writing one field of a contact",
        max_ratio=2,
        max_query_extra=6,
        times=TIMES,
    )


CASES = [
    against_write("portal.save1", "login"),
    against_write("portal.save1_link", "link"),
    Case(
        "portal.page60",
        Work(lambda env: page(env, "login", 60), WEB),
        Work(lambda env: page(env, "login", 10), WEB),
        "over HTTP: 60 questions in at most 20 queries, as many as 10 questions",
        max_queries=20,
        max_query_ratio=1,
    ),
    Case(
        "portal.page60_link",
        Work(lambda env: page(env, "link", 60), WEB),
        Work(lambda env: page(env, "link", 10), WEB),
        "the same by a personal link",
        max_queries=20,
        max_query_ratio=1,
    ),
    Case(
        "portal.visit1000",
        Work(lambda env: visit(env, crowded=True), MANY),
        Work(lambda env: visit(env, crowded=False), WEB),
        "to do, overview, page and save beside 1,000 clients with 2 full runs: queries as alone",
        max_query_ratio=1,
        max_ratio=2,
    ),
]
