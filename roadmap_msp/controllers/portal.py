import time
from dataclasses import dataclass, field

from werkzeug.exceptions import NotFound, abort

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..rules.storable import storable

# The models whose record rules say what a portal login may read.
PORTAL_MODELS = ("roadmap.assessment", "roadmap.proposal", "roadmap.budget", "roadmap.meeting")
# Session key: {link id: unix time until which its code counts as given}.
VERIFIED = "roadmap_links"

# The largest id that the database can hold; a larger one would be an error of the server.
MAX_ID = 2**31 - 1


def plain_id(text):
    """The id in a form's value, or None for what cannot be one."""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def plain_text(text, limit=None):
    """The words that a page sent, as they can be stored, cut to `limit`."""
    return storable(str(text or "")).strip()[:limit]


def existing(model, res_id, names=None, user=None):
    """The record (sudo) of an id from an address, or an empty recordset.

    :param names: the fields to read; None means all
    :param user: only if this user may read it as well
    """
    records = request.env[model].sudo()
    if not 0 < res_id <= MAX_ID:
        return records
    ids = [res_id]
    if user:
        if not records.with_user(user).has_access("read"):
            return records
        ids = records.with_user(user)._search([("id", "=", res_id)], active_test=False)
    # Looked up, allowed and read in one query.
    found = records.with_context(active_test=False).search_fetch([("id", "in", ids)], names)
    return records.browse(found.ids)


@dataclass(frozen=True)
class Actor:
    """Who is looking: a contact with a login (`user`), or with a personal link (`link`).

    All three are sudo records; `user` or `link` is an empty recordset.
    """

    partner: object
    link: object
    user: object
    held: dict = field(default_factory=dict, compare=False)

    def roles_on(self, roadmap):
        """The roles of the contact on the roadmap, as a set of strings; looked up once."""
        if roadmap.id not in self.held:
            self.held[roadmap.id] = roadmap._look_up_roles(self.partner)
        return self.held[roadmap.id]


class RoadmapPortal(CustomerPortal):
    """The client's side: who is looking, which document, and the page around it."""

    # ------------------------------------------------------------------ who
    def _actors(self, lean=False):
        """The ways in which this session may look: its login, then its verified links.

        :param lean: of the user read only who it is
        """
        no_link = request.env["roadmap.link"].sudo()
        user = request.env.user.sudo()
        actors = []
        if not user._is_public():
            if lean:
                user.fetch(["partner_id"])
            actors.append(Actor(user.partner_id.sudo(), no_link, user))
        ids = self._verified_links()
        # Read afresh at every request: a link withdrawn a second ago opens nothing.
        links = no_link.browse(ids) & no_link._find_valid(ids) if ids else no_link
        nobody = request.env["res.users"].sudo()
        actors += [Actor(link.partner_id, link, nobody) for link in links]
        return actors

    def _verified_links(self):
        """Ids of the links whose code this browser has given, whatever became of them since."""
        now = time.time()
        return [int(key) for key, until in request.session.get(VERIFIED, {}).items() if until > now]

    # ------------------------------------------------------------- documents
    def _document(self, model, res_id, purpose=None, roles=None, names=None):
        """Return `(record_sudo, actor)` of a document that this session may open.

        :param names: the only fields of the document to read for now; None means all of them, and
            of its roadmap and the user as well
        :param purpose: what a personal link must be for (one of `roadmap.link`'s purposes)
        :param roles: a contact with a login, or a link to decide, needs one of these roles
        :raise HTTPException: the not-found page (404); the same for missing, somebody else's,
            expired and withdrawn, so that nothing can be learned from it
        """
        for actor in self._actors(lean=names is not None):
            portal = model in PORTAL_MODELS and actor.user and actor.user._is_portal()
            record = existing(model, res_id, names, actor.user if portal else None)
            if names is not None:
                record.roadmap_id.fetch(["active", "state"])
            if record and self._may_open(record, actor, purpose, roles):
                return record, actor
        self._not_found()

    def _may_open(self, record, actor, purpose, roles):
        """Whether the client's rules let the actor in; record rules were applied before."""
        roadmap = record if record._name == "roadmap.roadmap" else record.roadmap_id
        if not roadmap.active or roadmap.state == "ended":
            return False
        if actor.link:
            target = (actor.link.res_model, actor.link.res_id, actor.link.roadmap_id)
            if target != (record._name, record.id, roadmap):
                return False
            if purpose and actor.link.purpose != purpose:
                return False
            # Minutes go to whoever attended; deciding and choosing a time end with the role.
            needs_role = actor.link.purpose in ("decide", "slot")
            return not needs_role or self._has_role(roadmap, actor, roles)
        return self._has_role(roadmap, actor, roles)

    def _has_role(self, roadmap, actor, roles):
        held = actor.roles_on(roadmap)
        return bool(held & set(roles) if roles else held)

    def _not_found(self):
        """Answer with the plain page that says nothing; JSON routes get a 404 error."""
        if request.dispatcher.routing_type != "http":
            raise NotFound
        response = request.render("roadmap_msp.portal_not_found", {}, status=404)
        response.flatten()
        abort(response)

    # ------------------------------------------------------------------ page
    def _page(self, template, roadmap, actor, door=None, **values):
        """Render a page inside `roadmap_msp.portal_layout`.

        :param door: the door to mark: `todo`, `plan` or `assets`
        """
        doors = [] if actor.link else roadmap._portal_doors(actor.roles_on(roadmap))
        layout = {
            "page_name": "roadmap",
            "no_breadcrumbs": True,
            "doors": doors,
            "active_door": door,
            "roadmap_title": roadmap._portal_title(),
            "roadmap_id": roadmap.id,
            "is_link": bool(actor.link),
            "viewer_name": actor.partner.name,
            "msp_name": roadmap.company_id.name,
        }
        return request.render(template, {**layout, **values})

    # ------------------------------------------------------------------ home
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "roadmap_count" in counters:
            values["roadmap_count"] = len(self._own_roadmaps())
        return values

    def _own_roadmaps(self):
        """The roadmaps (sudo) on which the logged-in contact has a role."""
        partner = request.env.user.partner_id
        return (
            request.env["roadmap.roadmap"]
            .sudo()
            .search(
                [
                    ("stakeholder_ids.partner_id", "=", partner.id),
                    ("state", "!=", "ended"),
                ]
            )
        )

    @http.route("/my/roadmap", type="http", auth="user", website=True, readonly=True)
    def portal_roadmaps(self, **_kw):
        """Straight to the only roadmap, or choose one."""
        roadmaps = self._own_roadmaps()
        if not roadmaps:
            self._not_found()
        if len(roadmaps) == 1:
            return request.redirect(f"/my/roadmap/{roadmaps.id}")
        rows = [
            {
                "title": roadmap._portal_title(),
                "company": roadmap.company_id.name,
                "url": f"/my/roadmap/{roadmap.id}",
            }
            for roadmap in roadmaps
        ]
        values = {"page_name": "roadmap", "no_breadcrumbs": True, "rows": rows}
        return request.render("roadmap_msp.portal_chooser", values)

    @http.route(
        "/my/roadmap/<int:roadmap_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_todo(self, roadmap_id, **_kw):
        """The first door: the next meeting and what waits for this contact."""
        roadmap, actor = self._document("roadmap.roadmap", roadmap_id)
        values = roadmap._prepare_todo_values(actor.partner)
        return self._page("roadmap_msp.portal_todo", roadmap, actor, "todo", **values)
