from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import date_utils

from ..models.client.roadmap_roadmap import MONTHS
from ..rules.fiscal import fiscal_quarter, fiscal_year, quarter_bounds


class RoadmapQuoteBatch(models.TransientModel):
    """Preview of all items due in a quarter over all clients, then their quotations."""

    _name = "roadmap.quote.batch"
    _description = "Quote What Is Due"

    span = fields.Selection(
        [
            ("this", "This fiscal quarter of each client"),
            ("next", "The next fiscal quarter of each client"),
            ("dates", "Between two dates"),
        ],
        "Due In",
        required=True,
        default="this",
    )
    date_from = fields.Date(
        "Due From",
        required=True,
        default=lambda self: date_utils.start_of(fields.Date.context_today(self), "quarter"),
    )
    date_to = fields.Date(
        "To",
        required=True,
        default=lambda self: date_utils.end_of(fields.Date.context_today(self), "quarter"),
    )
    with_proposed = fields.Boolean(
        "Also What Is Proposed", help="Without an answer yet; else only what is approved."
    )
    item_ids = fields.Many2many(
        "roadmap.item",
        string="Items",
        compute="_compute_item_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=False,
    )
    client_count = fields.Integer("Quotations", compute="_compute_preview")
    problems = fields.Text("Stays Behind", compute="_compute_preview")
    waiting_count = fields.Integer("Still Being Quoted", compute="_compute_preview")

    def _due_domain(self):
        states = ["approved", "proposed"] if self.with_proposed else ["approved"]
        return self._span_domain() & Domain(
            [
                ("state", "in", states),
                ("covered", "=", False),
                ("roadmap_id.state", "!=", "ended"),
                ("quote_batch_user_id", "=", False),
            ]
        )

    def _span_domain(self):
        """Due between the dates, or in a fiscal quarter, which each client has of its own."""
        if self.span == "dates":
            return self._between(self.date_from, self.date_to)
        today = fields.Date.context_today(self)
        day = fields.Date.add(today, months=3) if self.span == "next" else today
        return Domain.OR(
            self._between(*quarter_bounds(fiscal_year(day, m), fiscal_quarter(day, m), m))
            & Domain("roadmap_id.fiscal_year_start", "=", m)
            for m, _label in MONTHS
        )

    @staticmethod
    def _between(first, last):
        return Domain("target_date", ">=", first) & Domain("target_date", "<=", last)

    @api.depends("date_from", "date_to", "span", "with_proposed")
    def _compute_item_ids(self):
        for wizard in self:
            wizard.item_ids = self.env["roadmap.item"].search(
                wizard._due_domain(), order="roadmap_id, target_date, id"
            )

    @api.depends("item_ids")
    def _compute_preview(self):
        waiting = self.env["roadmap.item"].search_count([("quote_batch_user_id", "!=", False)])
        for wizard in self:
            items = wizard.item_ids._origin
            wizard.client_count = len(items.roadmap_id)
            found = [line for item in items.sudo() for line in item._quotation_problems()]
            wizard.problems = "\n".join(found)
            wizard.waiting_count = waiting

    def action_start(self):
        """Queue the items: quotations are made in the background, a few clients at a time."""
        self.ensure_one()
        if not self.item_ids:
            raise UserError(
                self.env._("Nothing is due in this time. Choose other dates or approve items.")
            )
        self.item_ids.check_access("write")
        self.item_ids._queue_for_batch()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_item_action")
        return {
            **action,
            "name": self.env._("Being Quoted"),
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.item_ids.ids)],
            "context": {"search_default_group_state": 1},
        }
