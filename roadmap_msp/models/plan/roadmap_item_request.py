from odoo import api, fields, models
from odoo.fields import Domain

REQUEST_DAYS = 7
QUOTABLE = ("proposed", "approved")
# Quotable as well, once somebody asked for it.
ON_REQUEST = ("idea", "deferred")
REQUEST = ("quote_requested_on", "quote_requested_by_id", "quote_source", "quote_due_on")


class RoadmapItem(models.Model):
    """The queue of quotations to get out: approved or requested, and no quotation sent yet."""

    _inherit = "roadmap.item"

    quote_requested_on = fields.Datetime(copy=False)
    quote_requested_by_id = fields.Many2one("res.partner", copy=False, ondelete="restrict")
    quote_source = fields.Selection(
        [
            ("approval", "Approval"),
            ("portal", "Portal"),
            ("mail", "Mail"),
            ("topic", "Meeting topic"),
            ("staff", "Our staff"),
        ],
        copy=False,
    )
    quote_user_id = fields.Many2one("res.users", "Quotation By", copy=False)
    quote_due_on = fields.Date(copy=False)
    quote_waiting = fields.Boolean(
        "Quotation to Get Out",
        compute="_compute_quote_waiting",
        search="_search_quote_waiting",
    )
    quote_age = fields.Integer(
        "Waits (Days)", compute="_compute_quote_waiting", export_string_translation=False
    )

    @api.depends(
        "state", "approved_on", "quote_requested_on", "covered", "line_ids.sale_line_ids.state"
    )
    def _compute_quote_waiting(self):
        now = fields.Datetime.now()
        for item in self:
            item.quote_waiting = bool(item.filtered_domain(self._quote_domain()))
            since = item.quote_requested_on or item.approved_on
            item.quote_age = (now - since).days if since and item.quote_waiting else 0

    @api.model
    def _quote_domain(self):
        """Approved or requested items for which no quotation lies with the client now."""
        open_states = Domain("state", "in", ("proposed", *ON_REQUEST))
        # Anybody's quotations count, whoever reads the queue.
        sent = Domain("line_ids", "any!", Domain("sale_line_ids", "any!", [("state", "=", "sent")]))
        requested = Domain("quote_requested_on", "!=", False) & open_states
        drafted = Domain("state", "=", "quoted") & ~sent
        return (
            Domain("covered", "=", False)
            & Domain("active", "=", True)
            & (Domain("state", "=", "approved") | requested | drafted)
        )

    def _search_quote_waiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._quote_domain()
        return Domain.OR(domain if flag else ~domain for flag in value)

    def _may_be_quoted(self):
        """Whether the item is far enough; an idea or what is postponed is once asked for."""
        self.ensure_one()
        requested = self.state in ON_REQUEST and bool(self.quote_requested_on)
        return self.state in QUOTABLE or requested

    def action_request_quote(self):
        """Put the items in the queue of quotations to get out, as asked by our own staff."""
        self.check_access("write")
        self._request_quote("staff")
        return True

    def _request_quote(self, source, partner=None):
        """Queue the items once: a second request changes neither date nor person."""
        due = fields.Date.add(fields.Date.context_today(self), days=REQUEST_DAYS)
        now = fields.Datetime.now()
        for owner, items in (
            self.filtered(lambda item: not item.quote_requested_on)
            .grouped(lambda item: item.roadmap_id.account_manager_id or item.user_id)
            .items()
        ):
            items.write(
                {
                    "quote_requested_on": now,
                    "quote_requested_by_id": partner.id if partner else False,
                    "quote_source": source,
                    "quote_user_id": owner.id,
                    "quote_due_on": due,
                }
            )

    def _end_quote_request(self):
        """The client said no or not now: only who asks again from here is served."""
        self.filtered("quote_requested_on").write(dict.fromkeys(REQUEST, False))

    def _take_over_request(self, others):
        """What was asked for of `others` is asked for of this item: the oldest request counts."""
        self.ensure_one()
        asked = (self | others).filtered("quote_requested_on").sorted("quote_requested_on")[:1]
        if asked and asked != self:
            names = (*REQUEST, "quote_user_id")
            self.write({n: asked._fields[n].convert_to_write(asked[n], asked) for n in names})


class RoadmapDecision(models.Model):
    _inherit = "roadmap.decision"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        refused = rows.filtered(lambda row: row.decision in ("declined", "deferred"))
        refused.item_id.sudo()._end_quote_request()
        return rows
