"""All cases, in the order of the table."""

from . import asset, budget, forecast, host, questionnaire, quotation, register

CASES = [
    *questionnaire.CASES,
    *asset.CASES,
    *register.CASES,
    *quotation.CASES,
    *forecast.CASES,
    *budget.CASES,
    *host.CASES,
]
