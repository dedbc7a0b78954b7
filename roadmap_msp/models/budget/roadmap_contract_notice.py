from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...rules import scoring
from ..asset.roadmap_finding_asset import ASSET_WEIGHT


class RoadmapContract(models.Model):
    """Terms that end: an activity and a finding in time, once for each term."""

    _inherit = "roadmap.contract"

    term_months = fields.Integer(
        "Renews For (Months)",
        help="When a contract that renews by itself passes the end of its term, the end moves on"
        " by this many months. 0: the end stays as it is.",
    )
    notice_raised_for = fields.Date(
        readonly=True, copy=False, help="The end of term of which the team was told."
    )

    _term_positive = models.Constraint(
        "CHECK (COALESCE(term_months, 0) >= 0)", "A contract cannot renew for fewer than 0 months."
    )

    @api.model
    def _cron_contract_terms(self):
        """Every night: renew terms that are over, then tell the team of those that end."""
        today = fields.Date.context_today(self)
        running = [("roadmap_id.state", "not in", ["paused", "ended"])]
        self._renew_terms(today, running)
        ending = self.search(Domain.AND([running, self._domain_terms_ending(today)]))
        new = ending.filtered(lambda contract: contract.notice_raised_for != contract.date_end)
        new._raise_term_activities(today)
        new._raise_term_findings()
        for end, contracts in new.grouped("date_end").items():
            contracts.notice_raised_for = end

    @api.model
    def _renew_terms(self, today, domain):
        """Move the end of a term that is over to the first one still ahead."""
        over = self.search(
            [*domain, ("renews", "=", True), ("term_months", ">", 0), ("date_end", "<", today)]
        )
        ends = {}
        for contract in over:
            terms = 1
            while (end := contract._end_after(terms)) < today:
                terms += 1
            ends[end] = ends.get(end, self.browse()) | contract
        for end, contracts in ends.items():
            contracts.date_end = end

    @api.model
    def _domain_terms_ending(self, today):
        """Terms about which the team is told by now, each company with its own days ahead."""
        used = self.env["roadmap.contract"].sudo()._read_group([], ["company_id"])
        companies = self.env["res.company"].sudo().union(*(company for (company,) in used))
        return Domain.OR(
            [
                ("company_id", "in", same.ids),
                ("date_end", ">=", today),
                "|",
                "&",
                ("renews", "=", True),
                ("notice_date", "<=", fields.Date.add(today, days=days)),
                "&",
                ("renews", "=", False),
                ("date_end", "<=", fields.Date.add(today, days=days)),
            ]
            for days, same in companies.grouped("roadmap_contract_lead_days").items()
        )

    def _end_after(self, terms):
        """The end of the term after so many more; the last of a month stays the last."""
        next_day = fields.Date.add(self.date_end, days=1)
        end = fields.Date.add(next_day, months=terms * self.term_months)
        return fields.Date.subtract(end, days=1)

    def _raise_term_activities(self, today):
        todo = self.env.ref("mail.mail_activity_data_todo")
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": contract.id,
                    "activity_type_id": todo.id,
                    "summary": contract._term_text(),
                    "date_deadline": max(today, contract.notice_date or contract.date_end),
                    "user_id": contract.roadmap_id.account_manager_id.id or self.env.uid,
                }
                for contract in self
            ]
        )

    def _raise_term_findings(self):
        """One finding for each term; what a person closed stays closed."""
        keys = {contract: f"contract:{contract.id}:{contract.date_end}" for contract in self}
        Finding = self.env["roadmap.finding"].sudo()
        known = Finding.search_fetch(
            [("roadmap_id", "in", self.roadmap_id.ids), ("source_key", "in", list(keys.values()))],
            ["source_key"],
        )
        taken = set(known.mapped("source_key"))
        findings = Finding.create(
            [
                {
                    "name": contract._term_text(),
                    "roadmap_id": contract.roadmap_id.id,
                    "kind": "check",
                    "source": "contract",
                    "source_key": key,
                    "risk": "medium" if contract.renews else "high",
                    "category_id": contract.category_id.id,
                }
                for contract, key in keys.items()
                if key not in taken
            ]
        )
        # Checks stand beside the ten proposed lines: they need an urgency and no place.
        factors = findings.roadmap_id._business_dependences()
        weights = findings.grouped(
            lambda row: scoring.urgency(row.risk, ASSET_WEIGHT, factors[row.roadmap_id.id])
        )
        for urgency, rows in weights.items():
            rows.urgency = urgency

    def _term_text(self):
        self.ensure_one()
        values = {
            "name": self.name,
            "end": format_date(self.env, self.date_end, date_format="d MMM y"),
            "notice": format_date(
                self.env, self.notice_date or self.date_end, date_format="d MMM y"
            ),
        }
        if self.renews and self.notice_date and self.notice_date < fields.Date.context_today(self):
            return self.env._(
                "%(name)s renews after %(end)s: notice was due by %(notice)s, ask the vendor to end"
                " it earlier or let it run",
                **values,
            )
        if self.renews:
            return self.env._(
                "%(name)s renews after %(end)s: give notice by %(notice)s or let it run", **values
            )
        return self.env._("%(name)s ends on %(end)s: renew, replace or let it go", **values)

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Contracts"),
                "template": "/roadmap_msp/static/xls/contract_import_template.xlsx",
            }
        ]
