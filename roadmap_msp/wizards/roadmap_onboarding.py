from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.client.roadmap_roadmap import MONTHS, STAFF
from ..rules.spread import hours_in_a_year, spread


class RoadmapOnboarding(models.TransientModel):
    """Give many customers a running roadmap at once: choose, see what happens, confirm."""

    _name = "roadmap.onboarding"
    _description = "Start Existing Clients"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Customers With a Tag",
        help="Every customer that has one of these tags.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="And These Customers",
        domain="[('parent_id', '=', False)]",
        check_company=True,
    )
    tier_id = fields.Many2one("roadmap.tier", check_company=True)
    account_manager_id = fields.Many2one(
        "res.users",
        domain=STAFF,
        check_company=True,
        default=lambda self: self.env.user,
        help="Books the meetings and owns the opportunities.",
    )
    vcio_id = fields.Many2one("res.users", "vCIO", domain=STAFF, check_company=True)
    service_manager_id = fields.Many2one("res.users", domain=STAFF, check_company=True)
    fiscal_year_start = fields.Selection(
        MONTHS,
        required=True,
        default=lambda self: self.env.company.roadmap_fiscal_year_start or "1",
    )
    first_due = fields.Date(
        "First Meetings From",
        required=True,
        default=lambda self: self._default_first_due(),
    )
    weeks = fields.Integer(
        "Spread Over (weeks)",
        required=True,
        default=lambda self: self.env.company.roadmap_spread_weeks or 8,
    )
    start_count = fields.Integer("Clients to Start", compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def _default_first_due(self):
        today = fields.Date.context_today(self)
        return today + relativedelta(weeks=3, weekday=0)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "res.partner" and "partner_ids" in fields:
            values["partner_ids"] = [(6, 0, self.env.context.get("active_ids", []))]
        return values

    # Who --------------------------------------------------------------------------------------

    def _chosen_clients(self):
        """The customers that were chosen, each as its commercial partner, by name."""
        self.ensure_one()
        partners = self.with_context(active_test=False).partner_ids._origin
        if self.category_ids:
            partners |= self.env["res.partner"].search(
                [
                    ("category_id", "child_of", self.category_ids.ids),
                    ("company_id", "in", [False, self.company_id.id]),
                ]
            )
        clients = partners.commercial_partner_id
        return clients.sorted(lambda client: ((client.name or "").lower(), client.id))

    def _sort_out(self):
        """(clients to start, [(client, why it is skipped)])."""
        clients = self._chosen_clients()
        states = dict(self.env["roadmap.roadmap"]._fields["state"]._description_selection(self.env))
        roadmaps = (
            self.env["roadmap.roadmap"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch(
                [("partner_id", "in", clients.ids), ("company_id", "=", self.company_id.id)],
                ["partner_id", "state"],
            )
        )
        has = {roadmap.partner_id.id: states[roadmap.state] for roadmap in roadmaps}
        ours = self.env["res.company"].sudo().search_fetch([], ["partner_id"]).partner_id
        start, skipped = self.env["res.partner"], []
        for client in clients:
            if client.id in has:
                reason = self.env._("already has a roadmap: %(state)s", state=has[client.id])
            elif client in ours:
                reason = self.env._("is a company of our own")
            elif not client.active:
                reason = self.env._("is archived")
            elif client.company_id and client.company_id != self.company_id:
                reason = self.env._("belongs to %(company)s", company=client.company_id.name)
            else:
                start |= client
                continue
            skipped.append((client, reason))
        return start, skipped

    def _due_days(self, count):
        return spread(count, self.first_due, self.weeks) if self.first_due else []

    # Preview ----------------------------------------------------------------------------------

    @api.depends(
        "category_ids",
        "partner_ids",
        "company_id",
        "tier_id",
        "vcio_id",
        "account_manager_id",
        "first_due",
        "weeks",
    )
    def _compute_preview(self):
        for wizard in self:
            if wizard.weeks < 1 or not wizard.first_due:
                wizard.start_count, wizard.preview = 0, False
                continue
            values = wizard._preview_values()
            wizard.start_count = len(values["rows"])
            wizard.preview = self.env["ir.qweb"]._render("roadmap_msp.onboarding_preview", values)

    def _preview_values(self):
        """What the preview shows: days, meetings a week, hours of the host, who is skipped."""
        start, skipped = self._sort_out()
        days = self._due_days(len(start))
        cadences = self.tier_id.cadence_ids.filtered("active")
        meetings, hours = hours_in_a_year(
            [(12 / row.yearly, row.duration, row.preparation) for row in cadences if row.yearly]
        )
        per_week = {}
        for day in days:
            monday = day - relativedelta(days=day.weekday())
            per_week[monday] = per_week.get(monday, 0) + 1
        host = self.vcio_id or self.account_manager_id
        return {
            "rows": [
                {
                    "name": client.display_name,
                    "day": format_date(self.env, day, date_format="d MMM y"),
                }
                for client, day in zip(start, days, strict=True)
            ],
            "weeks": [
                {"day": format_date(self.env, monday, date_format="d MMM y"), "count": count}
                for monday, count in per_week.items()
            ],
            "skipped": [{"name": client.display_name, "why": why} for client, why in skipped],
            "host": host.name,
            "manager": self.account_manager_id.name,
            "first": format_date(self.env, days[0], date_format="d MMM y") if days else "",
            "last": format_date(self.env, days[-1], date_format="d MMM y") if days else "",
            "meetings": round(meetings * len(start)),
            "meetings_each": f"{meetings:.3g}",
            "hours": round(hours * len(start)),
            "hours_week": round(hours * len(start) / 52, 1),
            "tier": self.tier_id.name,
            "tagged": bool(self.category_ids),
        }

    # Do it ------------------------------------------------------------------------------------

    def action_apply(self):
        """Create the roadmaps, opportunities, first meetings and booking activities in one batch.

        Returns the action that shows the new clients. Raises UserError where there is nothing to
        do or nobody who could book.
        """
        self.ensure_one()
        if self.weeks < 1:
            raise UserError(self.env._("Spread the meetings over at least one week."))
        if not self.account_manager_id:
            raise UserError(
                self.env._("Choose an account manager: somebody has to book the meetings.")
            )
        start, _skipped = self._sort_out()
        if not start:
            raise UserError(
                self.env._(
                    "None of the chosen customers can start: the preview says why. Choose a tag or "
                    "customers without a roadmap."
                )
            )
        roadmaps = self._create_roadmaps(start)
        days = self._due_days(len(roadmaps))
        roadmaps._activate(dict(zip(roadmaps.ids, days, strict=True)))
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_action")
        action["domain"] = [("id", "in", roadmaps.ids)]
        action["name"] = self.env._("Clients That Started")
        return action

    def _create_roadmaps(self, clients):
        today = fields.Date.context_today(self)
        return self.env["roadmap.roadmap"].create(
            [
                {
                    "partner_id": client.id,
                    "company_id": self.company_id.id,
                    "tier_id": self.tier_id.id,
                    "account_manager_id": self.account_manager_id.id,
                    "vcio_id": self.vcio_id.id,
                    "service_manager_id": self.service_manager_id.id,
                    "fiscal_year_start": self.fiscal_year_start,
                    "state": "running",
                    "started_on": today,
                }
                for client in clients
            ]
        )
