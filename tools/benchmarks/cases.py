"""All cases, in the order of the table."""

from . import asset, budget, forecast, host, questionnaire, quotation

CASES = [
    *questionnaire.CASES,
    *asset.CASES,
    *quotation.CASES,
    *forecast.CASES,
    *budget.CASES,
    *host.CASES,
]
