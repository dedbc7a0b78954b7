"""The scoring column of questions.psv, expanded into choices."""

import re

from .psv import ContentError

RISKS = {"L": "low", "M": "medium", "H": "high", "C": "critical"}
MILDER = {"M": "L", "H": "M", "C": "H"}
UNKNOWN = "Do not know"
NOT_APPLICABLE = "Not applicable"
UNSURE = re.compile(r"do not know|unknown|not sure", re.I)
EXCLUSIVE = re.compile(r"none|do not know|unknown|not sure", re.I)
NUMBER_BAND = re.compile(r"(?:\d+|\d+-\d+|(?:under|up to|over) \d+|\d+ or more)(?: %)?")
DATE_BAND = re.compile(r"(?:within|over) \d+ (?:days|months) (?:ago|ahead)|past")
NAMED = re.compile(r"([A-Z]{2,3})\((.+)\)")
SCORED = re.compile(r"(.+)=(?:(\d+)/([LMHC])|N/A)")


def expand(question):
    """Choices of a question, as dictionaries with code, kind, special, scored, score, risk."""
    kind, text = question["type"], question["scoring"]
    named = NAMED.fullmatch(text)
    if text == "INFO":
        return [plain(label) for label in ("Yes", "No", UNKNOWN)] if kind == "YN" else []
    if text.startswith("INFO: "):
        return [plain(label, kind) for label in text[6:].split("; ")]
    if named:
        choices = [rated(kind, *part) for part in scale(*named.groups())]
    elif text.startswith("COUNT: "):
        labels, _arrow, bands = text[7:].partition(" -> ")
        choices = [plain(label, kind) for label in labels.split("; ")]
        choices += [rated("NUM", *split(part)) for part in bands.split("; ")]
    else:
        choices = [rated(kind, *split(part)) for part in text.split("; ")]
    choices.append(special(NOT_APPLICABLE, "na"))
    return choices


def scale(name, argument):
    """``(label, score, risk letter)`` of a named scale; score None is left out."""
    worst = argument[-1]
    milder = MILDER[worst]
    yes_no = {"YN": ("Yes", "No"), "NY": ("No", "Yes")}
    if name in yes_no:
        good, bad = yes_no[name]
        rows = [(good, 100, "L"), (bad, 0, worst)]
    elif name == "YPN":
        rows = [("Yes, fully", 100, "L"), ("Partly", 60, milder), ("No", 0, worst)]
    elif name == "MAT":
        rows = [
            ("Written and reviewed this year", 100, "L"),
            ("Written, older", 70, "L"),
            ("By habit only", 35, milder),
            ("None", 0, worst),
        ]
    elif name == "COV":
        rows = [
            ("100 %", 100, "L"),
            ("75-99 %", 70, milder),
            ("25-74 %", 35, milder),
            ("under 25 %", 0, worst),
        ]
    elif name == "AGE":
        a, b, c = argument.split(",")[0].split("/")
        rows = [
            (f"under {a}", 100, "L"),
            (f"{a}-{b}", 70, "L"),
            (f"{b}-{c}", 35, milder),
            (f"over {c}", 0, worst),
        ]
    else:
        raise ContentError(f"scale {name} is not known")
    return [*rows, (UNKNOWN, None, None)]


def split(part):
    """``(label, score, risk letter)`` of a part such as ``Yes=100/L`` or ``No lease=N/A``."""
    match = SCORED.fullmatch(part)
    if not match:
        raise ContentError(f"scoring part {part!r}")
    label, score, risk = match.groups()
    return label, None if score is None else int(score), risk


def rated(question_kind, label, score, risk):
    """A choice of a scored question; bands are told from answers by how they are written."""
    if UNSURE.fullmatch(label):
        return special(label, "unknown")
    band = {"NUM": NUMBER_BAND, "MON": NUMBER_BAND, "DATE": DATE_BAND}.get(question_kind)
    kind = "option"
    if band and band.fullmatch(label):
        kind = "date" if question_kind == "DATE" else "number"
    return {
        "code": label,
        "kind": kind,
        "scored": score is not None,
        "score": score or 0,
        "risk": RISKS.get(risk, ""),
    }


def plain(label, question_kind="SC"):
    """A choice without a score."""
    if UNSURE.fullmatch(label):
        return special(label, "unknown")
    exclusive = question_kind == "MC" and bool(EXCLUSIVE.fullmatch(label))
    return {"code": label, "kind": "option", "exclusive": exclusive}


def special(label, word):
    """Do not know, not sure or not applicable; excludes all other ticks."""
    return {"code": label, "kind": "special", "special": word, "exclusive": True}
