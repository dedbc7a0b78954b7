"""All cases, in the order of the table."""

from . import asset, host, questionnaire, quotation

CASES = [*questionnaire.CASES, *asset.CASES, *quotation.CASES, *host.CASES]
