"""One record of every model that belongs to no client, for the access matrix.

A key is a model's name; after a colon stands what is special about the record.
"""

from datetime import date

CONFIGURATION = {
    "roadmap.tier": {"name": "Matrix", "code": "matrix"},
    "roadmap.cadence:of_tier": {"name": "Matrix"},
    "roadmap.category": {"name": "Matrix"},
    "roadmap.questionnaire": {"name": "Matrix", "family_code": "matrix"},
    "roadmap.questionnaire.section": {"code": "MAT", "name": "Matrix"},
    "roadmap.question": {"code": "MAT-1", "name": "Matrix?", "question_type": "text"},
    "roadmap.question:owner_only": {
        "code": "MAT-2",
        "name": "Sell the firm?",
        "question_type": "text",
        "audience": "owner",
    },
    "roadmap.question.choice": {"code": "Yes", "name": "Yes"},
    "roadmap.item.template": {"name": "Matrix", "code": "matrix"},
    "roadmap.item.template.line": {"name": "Matrix"},
    "roadmap.asset.type": {"name": "Matrix", "code": "matrix"},
    "roadmap.lifecycle": {"name": "Matrix"},
    "roadmap.lifecycle.change": {"name": "Matrix", "kind": "new"},
    "roadmap.notice": {"name": "Matrix", "date": date(2030, 1, 5)},
    "roadmap.warranty.source": {"maker": "dell"},
    "roadmap.agenda": {"name": "Matrix"},
    "roadmap.agenda.line": {"name": "Matrix"},
}
PARENTS = {
    "roadmap.cadence:of_tier": ("tier_id", "roadmap.tier"),
    "roadmap.questionnaire.section": ("questionnaire_id", "roadmap.questionnaire"),
    "roadmap.question": ("section_id", "roadmap.questionnaire.section"),
    "roadmap.question:owner_only": ("section_id", "roadmap.questionnaire.section"),
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
        made[model] = env[model.partition(":")[0]].create(values)
    return made
