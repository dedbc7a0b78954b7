from odoo import http
from odoo.http import request

from ..rules import uploads
from .portal import existing, plain_id
from .questionnaire import BASE, RoadmapQuestionnairePortal


class RoadmapQuestionnaireFiles(RoadmapQuestionnairePortal):
    """Files of answers: taken in with limits, private, handed out as downloads only."""

    def _page_question(self, run, actor, roles, question_id):
        """A question as the pages show it to this person; else the not-found page."""
        answer = (
            request.env["roadmap.answer"]
            .sudo()
            .search([("assessment_id", "=", run.id), ("question_id", "=", question_id)])
        )
        pages = run._portal_sections(actor.partner, roles, actor.link)
        if answer.assessment_section_id not in pages:
            self._not_found()
        values = run._page_values(answer.assessment_section_id, actor.partner, roles, actor.link)
        question = next((row for row in values["questions"] if row["id"] == question_id), None)
        return question or self._not_found()

    @http.route(f"{BASE}/upload", type="http", auth="public", website=True, methods=["POST"])
    def questionnaire_upload(self, assessment_id, question_id="", **_kw):
        """Attach one file to the answer of a file question; answers with JSON."""
        run, actor, roles = self._run(assessment_id)
        upload = request.httprequest.files.get("file")
        key = plain_id(question_id)
        if not key or not upload:
            self._not_found()
        question = self._page_question(run, actor, roles, key)
        return request.make_json_response(self._attach(run, actor, roles, question, upload))

    def _attach(self, run, actor, roles, question, upload):
        """Store an upload as a private file of the answer and add it to its value."""
        refused = {"version": question["version"], "conflict": None}
        if question["type"] != "file" or not question["editable"]:
            return {**refused, "error": request.env._("No file can be attached here.")}
        content = upload.read(uploads.SIZE_LIMIT + 1)
        try:
            stored = self._stored_bytes(question["answer_id"])
            name, mimetype = uploads.check(upload.filename, content, stored)
        except ValueError as reason:
            return {**refused, "error": self._upload_message(str(reason))}
        attachment = (
            request.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": "roadmap.answer",
                    "res_id": question["answer_id"],
                    "public": False,
                }
            )
        )
        ids = [row["id"] for row in question["files"]] + [attachment.id]
        results = self._save(run, actor, roles, {question["id"]: {"value": ids}})
        result = results[question["id"]]
        if result["error"]:
            attachment.unlink()
            return result
        question["files"].append({"id": attachment.id, "name": name, "mimetype": mimetype})
        question["version"] = result["version"]
        file = {"id": attachment.id, "name": name}
        return {**result, "file": file, "page": results["_page"]}

    @staticmethod
    def _stored_bytes(answer_id):
        """What is stored for one answer already, in bytes."""
        files = request.env["ir.attachment"].sudo()
        of_answer = [("res_model", "=", "roadmap.answer"), ("res_id", "=", answer_id)]
        return files._read_group(of_answer, [], ["file_size:sum"])[0][0] or 0

    def _upload_message(self, reason):
        env = request.env
        megabytes = uploads.SIZE_LIMIT // 1024**2
        return {
            "empty": env._("This file is empty."),
            "size": env._("This file is too large: at most %(size)s MB.", size=megabytes),
            "total": env._(
                "All files of one answer together are too large: at most %(size)s MB.",
                size=uploads.TOTAL_LIMIT // 1024**2,
            ),
            "kind": env._(
                "This kind of file is not accepted. Attach one of: %(kinds)s.",
                kinds=", ".join(sorted(uploads.TYPES)),
            ),
        }[reason]

    @http.route(
        f"{BASE}/file/<int:file_id>", type="http", auth="public", website=True, readonly=True
    )
    def questionnaire_file(self, assessment_id, file_id, **_kw):
        """Download a file of an answer that this person may read."""
        run, actor, roles = self._run(assessment_id)
        attachment = existing("ir.attachment", file_id)
        answer = (
            request.env["roadmap.answer"]
            .sudo()
            .search(
                [("assessment_id", "=", run.id), ("attachment_ids", "in", attachment.ids)], limit=1
            )
        )
        if not attachment or not answer:
            self._not_found()
        self._page_question(run, actor, roles, answer.question_id.id)
        return self._stream_file(attachment)

    @http.route(
        f"{BASE}/question/<int:question_id>/file/<int:file_id>",
        type="http", auth="public", website=True, readonly=True,
    )  # fmt: skip
    def questionnaire_message_file(self, assessment_id, question_id, file_id, **_kw):
        """Download a file that came with a message about a question this person may read."""
        run, actor, roles = self._run(assessment_id)
        attachment = existing("ir.attachment", file_id)
        question = self._page_question(run, actor, roles, question_id)
        answer = request.env["roadmap.answer"].sudo().browse(question["answer_id"])
        if not attachment or not answer._thread_file(attachment):
            self._not_found()
        return self._stream_file(attachment)

    @staticmethod
    def _stream_file(attachment):
        """The file as a download: never shown by the browser as a page of ours."""
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        response = stream.get_response(as_attachment=True)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
