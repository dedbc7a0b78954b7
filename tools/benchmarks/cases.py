"""All cases, in the order of the table."""

from . import (
    asset,
    asset_import,
    budget,
    forecast,
    host,
    meeting,
    meeting_planning,
    plan,
    portal,
    program,
    questionnaire,
    questionnaire_results,
    questionnaire_runs,
    quotation,
    register,
)

CASES = [
    *questionnaire.CASES,
    *questionnaire_runs.CASES,
    *questionnaire_results.CASES,
    *portal.CASES,
    *asset.CASES,
    *asset_import.CASES,
    *register.CASES,
    *quotation.CASES,
    *forecast.CASES,
    *budget.CASES,
    *plan.CASES,
    *meeting.CASES,
    *meeting_planning.CASES,
    *program.CASES,
    *host.CASES,
]
