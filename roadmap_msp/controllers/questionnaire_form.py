"""The questionnaire as a plain HTML form, for browsers without JavaScript."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..rules import figures
from .portal import plain_id
from .questionnaire import BASE, RoadmapQuestionnairePortal

FIGURES = ("number", "money")


def read_form(questions, form, decimal="."):
    """The values for `_save_answers` from a posted form.

    Names of inputs: `q_ID` the answer, `c_ID` a choice instead of a figure or date, `n_ID` the
    note, `d_ID` a file to remove, `v_ID` the version on which the page was built. A choice is its
    id, or `special:na` and `special:unknown`. Questions without a version in the form were not on
    the page; what is hidden there was not looked at.

    :param questions: those of `roadmap.assessment._page_values`
    :param form: werkzeug's MultiDict
    :param decimal: the decimal point of the page's language
    """
    values = {}
    for question in questions:
        key = question["id"]
        version = plain_id(form.get(f"v_{key}"))
        if not question["editable"] or not question["visible"] or version is None:
            continue
        entry = {"version": version, "note": form.get(f"n_{key}", "")}
        if question["type"] != "file":
            entry["value"] = _read_value(question, form, decimal)
        elif removed := {plain_id(word) for word in form.getlist(f"d_{key}")}:
            question["files"] = [row for row in question["files"] if row["id"] not in removed]
            entry["value"] = [row["id"] for row in question["files"]]
        values[key] = entry
    return values


def _read_value(question, form, decimal):
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
    return figures.plain(text, decimal) if kind in FIGURES else text


def _choice(word):
    prefix, _colon, special = word.partition(":")
    return {"special": special} if prefix == "special" else word


def in_words(question, entry):
    """What a form said about a question, as its own words: `(answer, note)`."""
    value = entry.get("value")
    if isinstance(value, dict):
        value = f"special:{value['special']}" if "special" in value else value["choice"]
    names = {str(row["id"]): row["name"] for row in question["choices"] + question["files"]}
    for row in question["choices"]:
        if row["special"]:
            names[f"special:{row['special']}"] = row["name"]
    parts = value if isinstance(value, list) else [value or ""]
    words = ", ".join(names.get(str(part), str(part)) for part in parts)
    return words, entry.get("note", "").strip()


class RoadmapQuestionnaireForm(RoadmapQuestionnairePortal):
    """Saving, asking and going on by the buttons of the form."""

    @http.route(f"{BASE}/<string:code>", type="http", auth="public", website=True, methods=["POST"])
    def questionnaire_form(self, assessment_id, code, **post):
        """The same without JavaScript: the whole form, by its Save button."""
        run, actor, roles, scope, page = self._run_page(assessment_id, code)
        values = run._page_values(page, actor.partner, roles, scope=scope)
        form = request.httprequest.form
        answers = read_form(values["questions"], form, self._decimal_point())
        results = self._store(run, actor.partner, scope, answers)
        for question in values["questions"]:
            uploads = request.httprequest.files.getlist(f"f_{question['id']}")
            if uploads := [upload for upload in uploads if upload.filename]:
                results[question["id"]] = self._attach_all(run, actor, roles, question, uploads)
        questions = {row["id"]: row for row in values["questions"]}
        failed = {
            key: {**row, "given": in_words(questions[key], answers.get(key, {}))}
            for key, row in results.items()
            if key != "_page" and (row["error"] or row["conflict"])
        }
        asked = self._ask_by_form(values["questions"], actor, post)
        if failed or asked:
            return self._question_page(run, actor, roles, scope, page, results=failed, **asked)
        if plain_id(post.get("ask")):
            return request.redirect(f"{request.httprequest.path}?asked=1#q{plain_id(post['ask'])}")
        if post.get("then") == "next":
            return request.redirect(self._step_url(1, run, actor, roles, scope, page))
        return request.redirect(f"{request.httprequest.path}?saved=1")

    def _attach_all(self, run, actor, roles, question, uploads):
        """Attach what can be; the result names each file that was refused, and why."""
        refused = []
        for upload in uploads:
            result = self._attach(run, actor, roles, question, upload)
            if result["error"]:
                refused.append(f"{upload.filename}: {result['error']}")
        return {**result, "error": " ".join(refused) or None}

    def _ask_by_form(self, questions, actor, post):
        """Send the message whose button was pressed; what to show if that is not possible."""
        key = plain_id(post.get("ask"))
        question = next((row for row in questions if row["id"] == key), None)
        if not question:
            return {}
        answer = request.env["roadmap.answer"].sudo().browse(question["answer_id"])
        try:
            answer._post_from_client(actor.partner, post.get(f"m_{key}"))
        except UserError as error:
            return {"ask_error": {key: str(error)}}
        return {}
