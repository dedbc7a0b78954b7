import tempfile

from werkzeug.wsgi import FileWrapper

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.client.roadmap_stakeholder import PLAN_ROLES
from .plan import MAX_TEXT, signature_problem
from .portal import RoadmapPortal, existing, plain_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RoadmapBudgetPortal(RoadmapPortal):
    """A client's budget: read it, sign it, take it along."""

    @http.route("/my/roadmap/budget/<int:budget_id>", type="http", auth="public", website=True)
    def portal_budget(self, budget_id, sign=None, **_kw):
        """The budget on one page, for a login or for the holder of a personal link.

        :param sign: `plan` or `items` opens the signature form; it stores nothing
        """
        budget, actor = self._open_budget(budget_id)
        roadmap = budget.roadmap_id
        values = budget._prepare_portal_values(actor.partner, actor.roles_on(roadmap))
        if sign not in ("plan", "items") or not values["may_sign"]:
            sign = ""
        return self._page(
            "roadmap_msp.portal_budget", roadmap, actor, "plan", sign=sign, is_preview=False,
            **values,
        )  # fmt: skip

    @http.route(
        "/my/roadmap/budget/<int:budget_id>/sign", type="jsonrpc", auth="public", website=True
    )
    def portal_sign_budget(self, budget_id, name=None, signature=None, **_kw):
        """Sign the plan; called by Odoo's own signature form."""
        return self._sign(budget_id, name, signature, with_items=False)

    @http.route(
        "/my/roadmap/budget/<int:budget_id>/sign_with_items",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_sign_budget_with_items(self, budget_id, name=None, signature=None, **_kw):
        """Sign the plan, and ask for quotations of the first year's points."""
        return self._sign(budget_id, name, signature, with_items=True)

    def _sign(self, budget_id, name, signature, with_items):
        budget, actor = self._open_budget(budget_id)
        if not isinstance(name, str) or not isinstance(signature, str):
            return {"error": request.env._("Please write your name and sign.")}
        problem = signature and signature_problem(signature)
        if problem:
            return {"error": problem}
        name = plain_text(name, MAX_TEXT)
        try:
            with request.env.cr.savepoint():
                budget._approve(actor.link or actor.user, signature, name, with_items)
        except UserError as error:
            return {"error": str(error)}
        return {"force_refresh": True, "redirect_url": f"/my/roadmap/budget/{budget.id}"}

    @http.route("/my/roadmap/budget/<int:budget_id>/pdf", type="http", auth="public", website=True)
    def portal_budget_pdf(self, budget_id, **_kw):
        """The PDF: the signed document itself where there is one."""
        budget, _actor = self._open_budget(budget_id)
        return self._budget_pdf(budget)

    @http.route(
        "/my/roadmap/budget/<int:budget_id>/workbook", type="http", auth="public", website=True
    )
    def portal_budget_workbook(self, budget_id, **_kw):
        """The spreadsheet, with formulas that can be followed."""
        budget, _actor = self._open_budget(budget_id)
        return self._budget_workbook(budget)

    @http.route(
        "/my/roadmap/<int:roadmap_id>/book/<int:book_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_book(self, roadmap_id, book_id, **_kw):
        """A book that this contact was given."""
        roadmap, actor = self._document("roadmap.roadmap", roadmap_id, roles=PLAN_ROLES)
        books = request.env["roadmap.book"].sudo()
        books = books._given_to(roadmap, actor.partner, actor.roles_on(roadmap))
        book = books.filtered(lambda row: row.id == book_id)
        if not book.document_id:
            self._not_found()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(book.document_id.name)),
        ]
        return request.make_response(book.document_id.raw, headers)

    @http.route("/roadmap/budget/<int:budget_id>/preview", type="http", auth="user", website=True)
    def preview_budget(self, budget_id, **_kw):
        """For staff: the page as a decision maker reads it."""
        budget = self._staff_budget(budget_id)
        values = budget._prepare_portal_values(request.env.user.partner_id, {"decision_maker"})
        layout = {
            "page_name": "roadmap",
            "no_breadcrumbs": True,
            "doors": [],
            "roadmap_title": budget.roadmap_id._portal_title(),
            "sign": "",
            "is_preview": True,
        }
        return request.render("roadmap_msp.portal_budget", {**layout, **values})

    @http.route("/roadmap/budget/<int:budget_id>/workbook", type="http", auth="user", website=True)
    def staff_budget_workbook(self, budget_id, **_kw):
        """For staff: the spreadsheet of any revision, drafts too."""
        return self._budget_workbook(self._staff_budget(budget_id))

    # ------------------------------------------------------------ helpers
    def _open_budget(self, budget_id):
        """The budget (sudo) and who looks; a draft is not found, also by link."""
        budget, actor = self._document(
            "roadmap.budget", budget_id, purpose="decide", roles=PLAN_ROLES
        )
        if budget.state == "draft" or not budget.proposed_on:
            self._not_found()
        return budget, actor

    def _staff_budget(self, budget_id):
        budget = existing("roadmap.budget", budget_id).sudo(False)
        if not request.env.user._is_internal() or not budget.has_access("read"):
            self._not_found()
        return budget.sudo()

    def _budget_pdf(self, budget):
        content = budget.document_id.raw or budget._render_document()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(budget._document_name())),
        ]
        return request.make_response(content, headers)

    def _budget_workbook(self, budget):
        """Streamed from a file, so that a large budget needs no memory of the server."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
        lang = budget.partner_id.lang or budget.env.lang
        budget.with_context(lang=lang)._write_workbook(file)
        size = file.tell()
        file.seek(0)
        response = http.Response(
            FileWrapper(file),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", str(size)),
                ("Content-Disposition", content_disposition(budget._workbook_name())),
            ],
            direct_passthrough=True,
        )
        response.call_on_close(file.close)
        return response
