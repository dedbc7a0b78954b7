from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.sale_management.controllers.portal import CustomerPortal

from .portal import MAX_ID


class RoadmapOrder(CustomerPortal):
    """Odoo's own quotation page: leaving out whole items, and what a refusal does to them."""

    @http.route(
        "/my/orders/<int:order_id>/roadmap_item",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def roadmap_order_item(self, order_id, line_id=None, take=None, access_token=None, **kwargs):
        """Leave an item out of a quotation (`take` "0") or take it in again ("1")."""
        if order_id > MAX_ID:
            return request.redirect("/my")
        try:
            order_sudo = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        # Only a heading of this very order can match, whatever id was sent.
        heading = order_sudo.order_line.filtered(
            lambda line: str(line.id) == line_id and line._roadmap_can_be_left_out()
        )
        if heading:
            heading._roadmap_take(take == "1")
        return request.redirect(order_sudo.get_portal_url(anchor="details"))

    @http.route()
    def portal_quote_option_update(self, order_id, line_id, access_token=None, **kwargs):
        """After a change of one quantity, recurring lines leave and return with their item."""
        result = super().portal_quote_option_update(
            order_id, line_id, access_token=access_token, **kwargs
        )
        try:
            order_sudo = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return result
        if order_sudo.roadmap_id:
            line = order_sudo.order_line.filtered(lambda line: line.id == int(line_id))
            if line and line._can_be_edited_on_portal():
                line._roadmap_follow()
        return result

    @http.route()
    def portal_quote_decline(self, order_id, access_token=None, decline_message=None, **kwargs):
        """A rejected quotation returns its items to the plan, with the client's reason."""
        try:
            order_sudo = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        was_open = order_sudo.roadmap_id and order_sudo.state in ("draft", "sent")
        result = super().portal_quote_decline(
            order_id, access_token=access_token, decline_message=decline_message, **kwargs
        )
        if was_open and order_sudo.state == "cancel":
            order_sudo._roadmap_declined(decline_message)
        return result
