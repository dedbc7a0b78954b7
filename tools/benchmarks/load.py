"""What the load test stores beforehand, and what it reads afterwards."""

import secrets

from .questionnaire import run_of

CLIENTS, EACH, QUESTIONS = 10, 5, 50
PASSWORD = secrets.token_urlsafe(12)


def seed(env):
    """Ten runs that five people answer each, ten questions a person.

    :return: list of {login, run, questions: {question id: choice ids}, row}
    """
    first, contact = run_of(env, QUESTIONS)
    runs = [(first, contact)]
    for number in range(1, CLIENTS):
        runs.append(other_run(env, first, number))
    questions = first.questionnaire_id.question_ids
    people = []
    for number, (run, owner) in enumerate(runs):
        for place, person in enumerate(respondents(env, run, owner, number)):
            mine = questions[place::EACH]
            people.append(
                {
                    "partner": person,
                    "login": f"bench{number}x{place}",
                    "run": run.id,
                    "questions": {question.id: question.choice_ids.ids for question in mine},
                }
            )
    users = give_logins(env, people)
    rows = env["roadmap.bench.row"].sudo().create([{"user_id": user.id} for user in users])
    for person, row in zip(people, rows, strict=True):
        person["row"] = row.id
    return people


def other_run(env, first, number):
    from .seed import client

    roadmap, contact = client(env, f"Bench Client {number}")
    run = first.create(
        {
            "name": "Bench",
            "roadmap_id": roadmap.id,
            "questionnaire_id": first.questionnaire_id.id,
            "length": "full",
        }
    )
    run.action_send()
    return run, contact


def respondents(env, run, owner, number):
    """The decision maker and four more, who see all pages as well."""
    people = env["res.partner"].create(
        [
            {
                "name": f"Bench {number} {place}",
                "email": f"bench{number}x{place}@bench.example",
                "parent_id": owner.parent_id.id,
            }
            for place in range(1, EACH)
        ]
    )
    env["roadmap.stakeholder"].create(
        [
            {"roadmap_id": run.roadmap_id.id, "partner_id": person.id, "role": "decision_maker"}
            for person in people
        ]
    )
    return owner + people


def give_logins(env, people):
    """Portal users with one password, which is hashed once: hashing is slow on purpose.

    :return: the users, in the order of the people
    """
    users = env["res.users"].with_context(no_reset_password=True)
    users = users.create(
        [
            {
                "login": person["login"],
                "partner_id": person.pop("partner").id,
                "group_ids": [(6, 0, [env.ref("base.group_portal").id])],
            }
            for person in people
        ]
    )
    users[0].password = PASSWORD
    env.flush_all()
    env.cr.execute(
        "UPDATE res_users SET password = (SELECT password FROM res_users WHERE id = %s)"
        " WHERE id = ANY(%s)",
        (users[0].id, users.ids),
    )
    return users


def lost(env, people):
    """Answers that were confirmed and are not what stands: lists of what was lost."""
    runs = {person["run"] for person in people}
    env.cr.execute(
        "SELECT assessment_id, question_id, choice_id FROM roadmap_answer"
        " WHERE assessment_id = ANY(%s)",
        (list(runs),),
    )
    stands = {(run, question): choice for run, question, choice in env.cr.fetchall()}
    return [
        (person["run"], question, said, stands.get((person["run"], question)))
        for person in people
        for question, said in person.get("confirmed", {}).items()
        if stands.get((person["run"], question)) != said
    ]
