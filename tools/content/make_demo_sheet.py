"""Fills in the business questionnaire of the demo's Bay Dental as its owner would.

Run in Odoo's shell on a database with the addon and its demo data:
``./dev shell < tools/content/make_demo_sheet.py``. The blank spreadsheet is the one that the addon
itself gives out; what is not named below takes one of the choices by a fixed seed.
"""

import io
import random

from openpyxl import load_workbook

TARGET = "roadmap_msp/demo/questionnaire/bay_dental_completed.xlsx"
ANSWERS = {
    "BUS-1": "Two dental practices with eight dentists; patients come by recommendation.",
    "BUS-5": "900",
    "BUS-7": "The first two weeks of January",
    "BUD-2": "61000",
    "BUD-8": "2500",
    "GOA-1": "Open the second treatment floor; shorten the waiting list; keep the good hygienists.",
    "GOA-2": "A third practice.",
    "GOA-3": "Hand over to the younger partners.",
    "GOA-6": "Fewer outages; Security; Better reports",
    "GRO-1": "34",
    "GRO-2": "40",
    "GRO-8": "2",
    "BUS-4": "HIPAA; Professional secrecy",
    "BUS-6": "Half a day",
    "BUD-1": "None",
    "BUD-7": "On failure",
    "INS-1": "Yes, limit not checked",
    "EML-5": "No",
    "DRP-1": "Eight hours",
    "DRP-2": "One day",
    "WSH-2": "The X-ray pictures open too slowly; printing from the second floor; Monday mornings.",
    "WSH-1": "A booking page for patients.",
}
UNKNOWN = {"DRP-6", "CMP-2"}

rng = random.Random(20261123)
run = env["roadmap.assessment"].create(  # noqa: F821  the shell's own name
    {
        "name": "Blank",
        "roadmap_id": env.ref("roadmap_msp.roadmap_bay").id,  # noqa: F821
        "questionnaire_id": env["roadmap.questionnaire"].search([], limit=1).id,  # noqa: F821
        "length": "business",
    }
)
run.action_send()
book = load_workbook(io.BytesIO(run._sheet_bytes()))
sheet = book["Questionnaire"]
by_code = {answer.question_id.code: answer.question_id for answer in run.answer_ids}
for row in sheet.iter_rows(min_row=5):
    code = row[0].value
    question = by_code.get(code)
    if not question:
        continue
    names = question.choice_ids.filtered(lambda choice: choice.kind == "option").mapped("name")
    if code in ANSWERS:
        row[3].value = ANSWERS[code]
    elif code in UNKNOWN and "Do not know" in question.choice_ids.mapped("name"):
        row[3].value = "Do not know"
    elif question.question_type in ("single", "yes_no") and names:
        row[3].value = rng.choice(names)
    elif question.question_type == "multiple" and names:
        row[3].value = "; ".join(names[:2])
    elif question.required and question.question_type in ("number", "money"):
        row[3].value = "5"
book.save(TARGET)
env.cr.rollback()  # noqa: F821
print("written:", TARGET)
