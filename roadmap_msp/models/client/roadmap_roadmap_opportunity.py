from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.fiscal import fiscal_year, year_bounds
from .roadmap_roadmap import MONTHS

CLOSE_BATCH = 50


class RoadmapRoadmap(models.Model):
    """The opportunity of the year: one open lead per client and fiscal year."""

    _inherit = "roadmap.roadmap"

    def _fiscal_year(self, date=None):
        """The client's fiscal year in which `date` (default: today) lies."""
        self.ensure_one()
        return fiscal_year(date or fields.Date.context_today(self), self.fiscal_year_start)

    def _ensure_opportunity(self, date=None):
        """Return the open opportunity of the fiscal year of `date`, made where there is none.

        Works on any number of clients in a fixed number of queries of ours; the leads come in the
        order of `self`. Two calls at the same moment make one lead: the second one fails with a
        serialisation error, which Odoo answers by running the request again.
        """
        found = self._find_year_opportunities(date)
        missing = self.filtered(lambda roadmap: roadmap.id not in found)
        if missing:
            missing._claim_rows()
            found.update(missing._create_year_opportunities(date))
        return self.env["crm.lead"].browse([found[roadmap.id] for roadmap in self])

    def _refresh_revenue(self):
        """Write the revenue of the clients' open opportunities anew, after a plan has changed."""
        leads = self.sudo().lead_ids.filtered(lambda lead: lead.won_status == "pending")
        leads._roadmap_update_revenue()

    def _create_year_opportunities(self, date):
        """{roadmap id: lead id} of new opportunities, one create per company."""
        quiet = {"mail_auto_subscribe_no_notify": True, "mail_create_nosubscribe": True}
        made = {}
        for company, roadmaps in self.grouped("company_id").items():
            Lead = self.env["crm.lead"].sudo().with_context(**quiet).with_company(company)
            pipelines = {
                user: Lead._roadmap_pipeline(company, user) for user in roadmaps.account_manager_id
            }
            nobody = Lead._roadmap_pipeline(company, self.env["res.users"])
            leads = Lead.create(
                [
                    {
                        **pipelines.get(r.account_manager_id, nobody),
                        **r._prepare_opportunity_values(r._fiscal_year(date)),
                    }
                    for r in roadmaps
                ]
            )
            made.update(zip(roadmaps.ids, leads.ids, strict=True))
        return made

    def _find_year_opportunities(self, date=None):
        """{roadmap id: lead id} of the open opportunities of the fiscal year of `date`."""
        years = {roadmap.id: roadmap._fiscal_year(date) for roadmap in self}
        leads = (
            self.env["crm.lead"]
            .sudo()
            .search_fetch(
                [
                    ("roadmap_id", "in", self.ids),
                    ("roadmap_fiscal_year", "in", list(set(years.values()))),
                    ("won_status", "=", "pending"),
                ],
                ["roadmap_id", "roadmap_fiscal_year"],
            )
        )
        return {
            lead.roadmap_id.id: lead.id
            for lead in leads
            if lead.roadmap_fiscal_year == years[lead.roadmap_id.id]
        }

    def _claim_rows(self):
        """Write the rows unchanged: a transaction that does the same meanwhile must start over.

        A mere lock would not do: the other transaction would go on with its old snapshot, in which
        our new lead does not exist.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE roadmap_roadmap SET write_date = write_date WHERE id IN %s",
                tuple(self.ids),
            )
        )

    def _prepare_opportunity_values(self, year):
        """Values of the lead of a fiscal year; a hook for other addons."""
        self.ensure_one()
        company = self.company_id.sudo()
        values = {
            "name": self.env._(
                "Roadmap FY%(year)s: %(client)s",
                year=f"{year % 100:02}",
                client=self.partner_id.name,
            ),
            "type": "opportunity",
            "partner_id": self.partner_id.id,
            "company_id": company.id,
            "user_id": self.account_manager_id.id,
            "expected_revenue": 0,
            "roadmap_id": self.id,
            "roadmap_fiscal_year": year,
        }
        if company.roadmap_in_forecast:
            values["date_deadline"] = year_bounds(year, self.fiscal_year_start)[1]
        else:
            values["probability"] = 0
        return values

    # Year end ---------------------------------------------------------------------------------

    @api.model
    def _cron_close_year(self):
        """Close the opportunities of fiscal years that are over; see `_close_year`."""
        domain = self._last_years_domain(fields.Date.context_today(self))
        leads = self.env["crm.lead"].search(domain, limit=CLOSE_BATCH, order="id")
        leads = leads.try_lock_for_update()
        self._close_year(leads)
        remaining = self.env["crm.lead"].search_count(domain) if leads else 0
        self.env["ir.cron"]._commit_progress(len(leads), remaining=remaining)

    def _last_years_domain(self, today):
        """Open opportunities of a fiscal year before the client's present one."""
        years = defaultdict(list)
        for month, _label in MONTHS:
            years[fiscal_year(today, month)].append(month)
        return Domain("won_status", "=", "pending") & Domain.OR(
            Domain("roadmap_id.fiscal_year_start", "in", months)
            & Domain("roadmap_fiscal_year", ">", 0)
            & Domain("roadmap_fiscal_year", "<", year)
            for year, months in years.items()
        )

    @api.model
    def _close_year(self, leads):
        """Close opportunities of the year by the rule of the year end.

        Won where an order of it is confirmed, else lost with the reason "Roadmap year over without
        an order". What is still open moves to the new year's opportunity first: quotations,
        meetings that are to be booked or lie ahead with their events, and activities. A client
        whose roadmap has ended has no new year.
        """
        alive = leads.roadmap_id.filtered(lambda r: r.state != "ended")
        targets = dict(zip(alive.ids, alive._ensure_opportunity().ids, strict=True))
        for lead in leads.filtered(lambda lead: lead.roadmap_id.id in targets):
            lead._roadmap_move_open_work(targets[lead.roadmap_id.id])
        leads._roadmap_close(self.env.ref("roadmap_msp.crm_lost_reason_year_over", False))
