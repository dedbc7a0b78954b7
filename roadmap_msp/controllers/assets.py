from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from ..models.client.roadmap_stakeholder import ASSET_ROLES
from .portal import RoadmapPortal, existing, plain_id, plain_text

PAGE_SIZE = 20
GROUPS = ("all", "replace", "soon", "uncovered", "unknown", "fine")


class RoadmapPortalAssets(RoadmapPortal):
    """The door "What we own": the client's devices by state, in plain words."""

    @http.route(
        [
            "/my/roadmap/<int:roadmap_id>/assets",
            "/my/roadmap/<int:roadmap_id>/assets/page/<int:page>",
        ],
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_assets(self, roadmap_id, page=1, show="all", search="", said="", **_kw):
        """One page of the client's assets.

        :param show: which group, a key of `roadmap.asset._portal_groups()`
        :param search: part of a name, user, model, serial number or site
        :param said: "1" after words that were kept, "0" after words that were refused
        """
        roadmap, actor = self._document("roadmap.roadmap", roadmap_id, roles=ASSET_ROLES)
        Asset = roadmap.env["roadmap.asset"]
        page = plain_id(page) or 1
        base = Domain("roadmap_id", "=", roadmap.id) & Domain("state", "!=", "retired")
        search = plain_text(search, 100)
        groups = Asset._portal_groups(base)
        show = show if show in {group["key"] for group in groups} else "all"
        domain = base & Asset._portal_group_domain(show) & Asset._portal_search_domain(search)
        url = f"/my/roadmap/{roadmap.id}/assets"
        pages = pager(
            url=url,
            total=Asset.search_count(domain),
            page=page,
            step=PAGE_SIZE,
            scope=5,
            url_args={"show": show, "search": search},
        )
        assets = Asset.search(
            domain,
            order="replacement_due, name, id",
            limit=PAGE_SIZE,
            offset=pages["offset"],
        )
        return self._page(
            "roadmap_msp.portal_assets",
            roadmap,
            actor,
            "assets",
            assets=assets._prepare_portal_values(),
            groups=groups,
            show=show,
            search=search,
            url=url,
            pager=pages,
            page=page,
            timeline=Asset._portal_timeline(roadmap) if show == "all" and not search else [],
            said=said if said in ("1", "0") else "",
        )

    @http.route(
        "/my/roadmap/<int:roadmap_id>/assets/<int:asset_id>/say",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_asset_say(self, roadmap_id, asset_id, kind="", text="", back="", **_kw):
        """Keep what the contact says about one device; we accept or reject it.

        :param kind: gone, user or other; anything else is refused
        :param back: the group of the list to return to
        """
        roadmap, actor = self._document("roadmap.roadmap", roadmap_id, roles=ASSET_ROLES)
        asset = existing("roadmap.asset", asset_id)
        if asset.roadmap_id != roadmap or not asset.active or asset.state == "retired":
            self._not_found()
        url = f"/my/roadmap/{roadmap.id}/assets"
        back = back if back in GROUPS else "all"
        try:
            roadmap.env["roadmap.asset.request"]._say(asset, actor.partner, kind, text)
        except UserError:
            return request.redirect(f"{url}?show={back}&said=0")
        return request.redirect(f"{url}?show={back}&said=1#asset_{asset.id}")
