"""All cases, in the order of the table."""

from . import asset, forecast, host, questionnaire, quotation

CASES = [
    *questionnaire.CASES,
    *asset.CASES,
    *quotation.CASES,
    *forecast.CASES,
    *host.CASES,
]
