import time

from odoo import http
from odoo.http import request

from .portal import VERIFIED, RoadmapPortal

# Session key: id of the link whose token this browser has shown, not yet verified.
CANDIDATE = "roadmap_link"
VERIFIED_SECONDS = 24 * 3600
MAX_VERIFIED = 20


class RoadmapLinkPortal(RoadmapPortal):
    """The way in without an account: a personal link, then a code by a second mail.

    A GET changes nothing in the database, so mail scanners that open every link spend nothing:
    it only remembers the link in the session and leaves the address with the token.
    """

    @http.route("/roadmap/link/<string:token>", type="http", auth="public", website=True)
    def roadmap_link_token(self, token, **_kw):
        """Remember the link in the session and leave the address that holds the token."""
        link = request.env["roadmap.link"].sudo()._find_by_token(token)
        if not link:
            self._not_found()
        request.session[CANDIDATE] = link.id
        return self._private(request.redirect("/roadmap/link"))

    @http.route("/roadmap/link", type="http", auth="public", website=True)
    def roadmap_link(self, **_kw):
        """The first screen: who asks, for whom, for what. The contact's own login needs no code."""
        link = self._candidate()
        if request.env.user.partner_id == link.partner_id:
            self._remember(link)
        if any(actor.link == link for actor in self._actors()):
            return request.redirect(link._document_url())
        return self._screen(link, "start")

    @http.route("/roadmap/link/code", type="http", auth="public", methods=["POST"], website=True)
    def roadmap_link_code(self, **_kw):
        """Mail a code to the link's own contact."""
        link = self._candidate()
        problem = link._send_code()
        return self._screen(link, "start" if problem == "no_mail" else "code", problem)

    @http.route("/roadmap/link/verify", type="http", auth="public", methods=["POST"], website=True)
    def roadmap_link_verify(self, code="", **_kw):
        """Compare the code; a right one opens the document for a day."""
        link = self._candidate()
        problem = link._check_code(code)
        if problem:
            return self._screen(link, "code", problem)
        self._remember(link)
        return request.redirect(link._document_url())

    # ---------------------------------------------------------------- helpers
    def _candidate(self):
        """The link that this browser has shown, if it is still valid; else the plain page."""
        link_id = request.session.get(CANDIDATE)
        link = request.env["roadmap.link"].sudo().browse(link_id or []).exists()
        if not link or link.state != "valid":
            self._not_found()
        return link

    def _remember(self, link):
        now = time.time()
        verified = {
            key: until for key, until in request.session.get(VERIFIED, {}).items() if until > now
        }
        verified.pop(str(link.id), None)
        verified = dict(list(verified.items())[1 - MAX_VERIFIED :])
        verified[str(link.id)] = now + VERIFIED_SECONDS
        request.session[VERIFIED] = verified
        request.session.pop(CANDIDATE, None)
        # A session id that somebody planted before the code was given must be worth nothing.
        request.session.should_rotate = True

    def _screen(self, link, step, problem=None):
        values = {
            "page_name": "roadmap",
            "no_breadcrumbs": True,
            "step": step,
            "problem": problem,
            **link._prepare_landing_values(),
        }
        return self._private(request.render("roadmap_msp.portal_link", values))

    def _private(self, response):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response
