"""Reading the questionnaire's HTML form, for browsers without JavaScript."""

from .portal import plain_id

FIGURES = ("number", "money")


def read_form(questions, form):
    """The values for `_save_answers` from a posted form.

    Names of inputs: `q_ID` the answer, `c_ID` a choice instead of a figure or date, `n_ID` the
    note, `d_ID` a file to remove, `v_ID` the version on which the page was built. A choice is its
    id, or `special:na` and `special:unknown`. Questions without a version in the form were not on
    the page.

    :param questions: those of `roadmap.assessment._page_values`
    :param form: werkzeug's MultiDict
    """
    values = {}
    for question in questions:
        key = question["id"]
        version = plain_id(form.get(f"v_{key}"))
        if not question["editable"] or version is None:
            continue
        entry = {"version": version, "note": form.get(f"n_{key}", "")}
        if question["type"] != "file":
            entry["value"] = _read_value(question, form)
        elif removed := {plain_id(word) for word in form.getlist(f"d_{key}")}:
            question["files"] = [row for row in question["files"] if row["id"] not in removed]
            entry["value"] = [row["id"] for row in question["files"]]
        values[key] = entry
    return values


def _read_value(question, form):
    given = form.getlist(f"q_{question['id']}")
    kind = question["type"]
    if kind == "multiple":
        special = next((word for word in given if word.startswith("special:")), None)
        return _choice(special) if special else given
    if kind in ("single", "yes_no"):
        return _choice(given[0]) if given and given[0] else None
    text = given[0] if given else ""
    choice = form.get(f"c_{question['id']}")
    if choice and not text.strip():
        answer = _choice(choice)
        return answer if isinstance(answer, dict) else {"choice": answer}
    return _figure(text) if kind in FIGURES else text


def _choice(word):
    prefix, _colon, special = word.partition(":")
    return {"special": special} if prefix == "special" else word


def _figure(text):
    """People type 1,200 or 1 200; the ORM wants 1200."""
    return text.replace(",", "").replace(" ", "").replace("\xa0", "")
