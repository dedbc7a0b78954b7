"""One record of every model of the addon for a given client: what the access matrix looks at."""

from datetime import date, datetime

CONFIGURATION = {
    "roadmap.tier": {"name": "Matrix", "code": "matrix"},
    "roadmap.category": {"name": "Matrix"},
    "roadmap.questionnaire": {"name": "Matrix", "family_code": "matrix"},
    "roadmap.questionnaire.section": {"code": "MAT", "name": "Matrix"},
    "roadmap.question": {"code": "MAT-1", "name": "Matrix?", "question_type": "text"},
    "roadmap.question.choice": {"code": "Yes", "name": "Yes"},
    "roadmap.item.template": {"name": "Matrix", "code": "matrix"},
    "roadmap.item.template.line": {"name": "Matrix"},
    "roadmap.asset.type": {"name": "Matrix", "code": "matrix"},
    "roadmap.lifecycle": {"name": "Matrix"},
    "roadmap.agenda": {"name": "Matrix"},
    "roadmap.agenda.line": {"name": "Matrix"},
}
PARENTS = {
    "roadmap.questionnaire.section": ("questionnaire_id", "roadmap.questionnaire"),
    "roadmap.question": ("section_id", "roadmap.questionnaire.section"),
    "roadmap.question.choice": ("question_id", "roadmap.question"),
    "roadmap.item.template": ("category_id", "roadmap.category"),
    "roadmap.item.template.line": ("template_id", "roadmap.item.template"),
    "roadmap.agenda.line": ("agenda_id", "roadmap.agenda"),
}


def configuration(env):
    """Records that belong to no client."""
    made = {}
    for model, values in CONFIGURATION.items():
        values = dict(values)
        if model in PARENTS:
            field, parent = PARENTS[model]
            values[field] = made[parent].id
        made[model] = env[model].create(values)
    return made


def of_client(env, roadmap, contact, shared):
    """Records that belong to the client of this roadmap; ``shared`` is the configuration."""
    made = {"roadmap.roadmap": roadmap}

    def make(model, **values):
        made[model] = env[model].create(values)
        return made[model]

    owner = {"roadmap_id": roadmap.id}
    made["roadmap.stakeholder"] = roadmap.stakeholder_ids[:1]
    assessment = make(
        "roadmap.assessment",
        name="Matrix",
        questionnaire_id=shared["roadmap.questionnaire"].id,
        state="sent",
        **owner,
    )
    section = make(
        "roadmap.assessment.section",
        assessment_id=assessment.id,
        section_id=shared["roadmap.questionnaire.section"].id,
    )
    answer = make(
        "roadmap.answer",
        assessment_id=assessment.id,
        assessment_section_id=section.id,
        question_id=shared["roadmap.question"].id,
    )
    make("roadmap.answer.revision", answer_id=answer.id)
    make("roadmap.finding", name="Matrix", **owner)
    item = make("roadmap.item", name="Matrix", **owner)
    line = make("roadmap.item.line", item_id=item.id, name="Matrix")
    proposal = make(
        "roadmap.proposal",
        name="MATRIX",
        currency_id=roadmap.currency_id.id,
        proposed_on=datetime(2026, 1, 5),
        **owner,
    )
    make("roadmap.proposal.line", proposal_id=proposal.id, item_id=item.id, name="Matrix")
    make("roadmap.decision", item_id=item.id, decision="approved", **owner)
    asset = make("roadmap.asset", name="Matrix", type_id=shared["roadmap.asset.type"].id, **owner)
    make("roadmap.asset.ref", asset_id=asset.id, source="matrix", external_id="1")
    make(
        "roadmap.asset.date",
        asset_id=asset.id,
        source="matrix",
        kind="purchase",
        date=date(2025, 1, 5),
    )
    make("roadmap.contract", name="Matrix", item_line_id=line.id, **owner)
    make("roadmap.cadence", name="Matrix", **owner)
    meeting = make("roadmap.meeting", name="Matrix", due_date=date(2026, 6, 1), **owner)
    make("roadmap.meeting.topic", name="Matrix", meeting_id=meeting.id, **owner)
    make("roadmap.meeting.move", meeting_id=meeting.id)
    make(
        "roadmap.link",
        partner_id=contact.id,
        purpose="answer",
        res_model=assessment._name,
        res_id=assessment.id,
        expires_on=datetime(2099, 1, 1),
        **owner,
    )
    make(
        "roadmap.outbox",
        partner_id=contact.id,
        user_id=env.ref("base.user_admin").id,
        kind="invitation",
        name="Matrix",
        **owner,
    )
    return made
