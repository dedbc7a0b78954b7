#!/usr/bin/env python3
"""Writes the questionnaire's data files of the addon from the content in source/.

usage: python -m tools.content.questionnaire        (from the repository's root)

The external identifiers come from the codes of pages and questions and from the words of the
choices, so they stay the same from one version of the source to the next.
"""

import re
from collections import Counter

from . import scales
from .psv import ADDON, ContentError, read_csv, read_psv, slug, write_csv

TARGET = ADDON / "data" / "questionnaire"
QUESTIONNAIRE = "questionnaire_technology_1"
PAGE = ["code", "title", "by", "maps", "weight"]
QUESTION = [
    "code", "weight", "required", "audience", "question", "why", "help", "type", "scoring",
    "condition", "items",
]  # fmt: skip
TYPES = {
    "SC": "single",
    "MC": "multiple",
    "YN": "yes_no",
    "NUM": "number",
    "MON": "money",
    "DATE": "date",
    "TXT": "text",
    "FILE": "file",
}
PREFILL = re.compile(r"\[prefill: (assets|contracts|contacts)\] ?")
# Answers that can be taken over to the client.
FACTS = {
    "GRO-1": "headcount",
    "GRO-9": "seats",
    "GRO-8": "sites",
    "BUD-5": "fiscal_year_end",
    "INS-2": "insurance_renewal",
}
CATEGORIES = dict(
    BUS="governance", GOA="governance", GRO="consulting", BUD="finance", GOV="governance",
    SAT="service_quality", WKS="hardware", SRV="hardware", OSS="lifecycle", STO="storage",
    NET="network", WIF="network", FWL="network_security", ISP="connectivity", TEL="telecom",
    MOB="endpoint_security", PRT="printing", PWR="power", PHY="physical_security", PRD="cloud",
    IDN="identity", EPS="endpoint_security", EML="email_security", BCK="backup", DRP="continuity",
    INC="security_operations", INS="compliance", CMP="compliance", DAT="data_protection",
    POL="people_process", TRN="training", LOB="applications", CLD="cloud", LIC="licensing",
    VEN="vendors", DOM="web", RMT="identity", AIU="ai", DOC="documentation", WSH="consulting",
)  # fmt: skip
HEADERS = {
    "roadmap.questionnaire.section": [
        "id", "questionnaire_id/id", "sequence", "code", "name", "weight", "filled_by",
        "provider_fills", "maps_to", "category_id/id",
    ],
    "roadmap.question": [
        "id", "section_id/id", "sequence", "code", "name", "why", "help", "prefill",
        "fact", "question_type", "weight", "required", "audience", "length", "count_scored",
        "condition",
    ],
    # Apart, because the library of items is loaded on its own.
    "roadmap.question-items": ["id", "template_ids/id"],
    "roadmap.question.choice": [
        "id", "question_id/id", "sequence", "code", "name", "kind", "special", "scored", "score",
        "risk", "exclusive",
    ],
}  # fmt: skip


def read_pages():
    """Pages of the source in order, each with its questions; questions hold their choices."""
    lengths = {row["code"]: row for row in read_csv("lengths.csv")}
    pages = []
    for number, marker, row in read_psv("questions.psv", ("#", PAGE), ("", QUESTION)):
        if marker:
            pages.append({**row, "questions": []})
            continue
        try:
            row["choices"] = scales.expand(row)
        except ContentError as error:
            raise ContentError(f"questions.psv:{number} {row['code']}: {error}") from error
        marks = lengths.get(row["code"], {})
        row["length"] = next((n for n in ("start", "business") if marks.get(n) == "1"), "full")
        source = PREFILL.match(row["help"])
        row["prefill"] = source[1] if source else ""
        row["help"] = row["help"][source.end() :] if source else row["help"]
        pages[-1]["questions"].append(row)
    return pages


def section_id(code):
    return f"questionnaire_section_{slug(code)}"


def question_id(code):
    return f"question_{slug(code)}"


def choice_id(question, choice):
    return f"choice_{slug(question)}_{slug(choice)}"


def template_id(code):
    return f"item_template_{slug(code)}"


def section_row(sequence, page):
    everything_ours = all(question["audience"] == "msp" for question in page["questions"])
    ours = page["by"] == "MSP" or everything_ours
    return [
        section_id(page["code"]), QUESTIONNAIRE, sequence, page["code"], page["title"],
        page["weight"], page["by"], int(ours), page["maps"],
        f"category_{CATEGORIES[page['code']]}",
    ]  # fmt: skip


def question_row(sequence, question):
    return [
        question_id(question["code"]), section_id(question["code"][:3]), sequence,
        question["code"], question["question"], question["why"], question["help"],
        question["prefill"], FACTS.get(question["code"], ""), TYPES[question["type"]],
        question["weight"], question["required"], question["audience"], question["length"],
        int(question["scoring"].startswith("COUNT: ")),
        question["condition"],
    ]  # fmt: skip


def items_row(question):
    items = question["items"].split(",")
    return [question_id(question["code"]), ",".join(map(template_id, items))]


def choice_row(sequence, question, choice):
    return [
        choice_id(question["code"], choice["code"]), question_id(question["code"]), sequence,
        choice["code"], choice["code"], choice["kind"], choice.get("special", ""),
        int(choice.get("scored", False)), choice.get("score", 0), choice.get("risk", ""),
        int(choice.get("exclusive", False)),
    ]  # fmt: skip


def tables(pages):
    """The rows of the data files, by file name."""
    rows = {model: [] for model in HEADERS}
    for page_number, page in enumerate(pages, 1):
        rows["roadmap.questionnaire.section"].append(section_row(page_number * 10, page))
        for number, question in enumerate(page["questions"], 1):
            rows["roadmap.question"].append(question_row(number * 10, question))
            if question["items"]:
                rows["roadmap.question-items"].append(items_row(question))
            rows["roadmap.question.choice"] += [
                choice_row(place * 10, question, choice)
                for place, choice in enumerate(question["choices"], 1)
            ]
    for name, lines in rows.items():
        twice = [key for key, n in Counter(line[0] for line in lines).items() if n > 1]
        if twice:
            raise ContentError(f"{name}: {twice} stand twice")
    return rows


def main():
    for model, lines in tables(read_pages()).items():
        changed = write_csv(TARGET / f"{model}.csv", HEADERS[model], lines)
        print(f"{model}: {len(lines)} rows{', written' if changed else ''}")


if __name__ == "__main__":
    main()
