from odoo import fields, models

from ...rules.fiscal import fiscal_year, year_bounds
from .roadmap_proposal import minutes_for
from .roadmap_proposal_line_portal import SILENT

COUNTED = ("proposed", "approved", "quoted", "ordered", "done")


class RoadmapRoadmap(models.Model):
    """The second door of the client: our plan."""

    _inherit = "roadmap.roadmap"

    def _portal_todo_plan(self, partner, roles):
        """The entry of the To do page: how many answers are wanted, and how long that takes."""
        self.ensure_one()
        if not roles & {"decision_maker", "signer"}:
            return []
        waiting = self.sudo().proposal_ids._waiting_lines(partner)
        if not waiting:
            return []
        count = len(waiting)
        names = self._plan_signers().mapped("name")
        entry = {
            "sequence": 20,
            "icon": "fa-hand-o-right",
            "url": f"/my/roadmap/{self.id}/plan",
            "done": False,
            "title": self.env._("%s decisions", count) if count > 1 else self.env._("1 decision"),
            "detail": self.env._("about %s minutes", minutes_for(count)),
        }
        if "signer" not in roles:
            entry["detail"] = self.env._("%s decides", ", ".join(names)) if names else ""
        return [entry]

    def _plan_lines(self):
        """The newest point shown to the client for each item, over all proposals (sudo)."""
        self.ensure_one()
        return self.sudo().proposal_ids.line_ids.filtered("is_open")

    def _plan_signers(self):
        return self.sudo().stakeholder_ids.filtered(lambda row: row.role == "signer").partner_id

    def _sign_limit_of(self, partner):
        """The largest amount this contact may sign for alone; None means any."""
        rows = self.sudo().stakeholder_ids.filtered(
            lambda row: row.partner_id == partner and row.role == "signer"
        )
        limits = rows.mapped("sign_limit")
        return max(limits) if limits and all(limits) else None

    def _portal_plan_frame(self, partner, roles):
        """What every page with decisions needs around its cards."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        currency = self.currency_id or self.company_id.currency_id
        return {
            "amount_label": self.company_id.roadmap_amount_label or self.env._("Investment"),
            "may_sign": "signer" in roles,
            "symbol_before": currency.symbol if currency.position == "before" else "",
            "symbol_after": f"\N{NO-BREAK SPACE}{currency.symbol}"
            if currency.position == "after"
            else "",
            "signers": ", ".join(self._plan_signers().mapped("name")),
            "signer_name": partner.name,
            "earliest": fields.Date.to_string(fields.Date.add(today, days=1)),
            "in_three_months": fields.Date.to_string(fields.Date.add(today, months=3)),
        }

    def _prepare_plan_values(self, partner, roles):
        """Values of the page "Our plan": this year's figure, quarters, later, covered."""
        self.ensure_one()
        start = self.fiscal_year_start or "1"
        today = fields.Date.context_today(self)
        year = fiscal_year(today, start)
        end = year_bounds(year, start)[1]
        lines = self._plan_lines().sorted(
            lambda line: (str(line.target_date or "9999"), line.sequence, line.id)
        )
        now, later, covered = [], [], []
        once = monthly = 0.0
        cards = lines._prepare_portal_values(partner, roles)
        for line, card in zip(lines, cards, strict=True):
            if card["state"] in SILENT:
                continue
            if line.covered:
                covered.append(card)
            elif line.target_date and line.target_date <= end:
                now.append(card)
                if card["state"] in COUNTED:
                    amounts = line._shown_amounts()
                    once += amounts[0]
                    monthly += amounts[1]
            else:
                later.append(card)
        shown = {card["id"] for card in now + later + covered}
        return {
            "year": f"FY{year}",
            "one_off": self._money(once),
            "per_month": self._money(monthly) if monthly else "",
            "quarters": self._by_period(now),
            "later": later,
            "later_open": not now or any(card["waiting"] for card in later),
            "covered": covered,
            "waiting": sum(card["waiting"] for card in now + later),
            "tickable": self._tickable(now + later),
            "is_empty": not (now or later or covered),
            "papers": lines.filtered(lambda line: line.id in shown).proposal_id._portal_papers(),
            **self._portal_plan_frame(partner, roles),
        }

    def _tickable(self, cards):
        """How many points this contact can answer at once; a single one has its own buttons."""
        count = sum(card["waiting"] and card["may_decide"] for card in cards)
        return count if count > 1 else 0

    def _by_period(self, cards):
        """[(quarter, cards)] in the order of the cards."""
        periods = {}
        for card in cards:
            periods.setdefault(card["period"], []).append(card)
        return list(periods.items())
