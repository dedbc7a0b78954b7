"""All cases, in the order of the table."""

from . import asset, asset_import, budget, forecast, host, questionnaire, quotation, register

CASES = [
    *questionnaire.CASES,
    *asset.CASES,
    *asset_import.CASES,
    *register.CASES,
    *quotation.CASES,
    *forecast.CASES,
    *budget.CASES,
    *host.CASES,
]
