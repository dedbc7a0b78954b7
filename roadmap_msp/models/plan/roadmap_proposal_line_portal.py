from odoo import models
from odoo.tools import format_date

from ...rules.fiscal import fiscal_quarter, fiscal_year, quarter_bounds

# What the client reads for each state of an item: (word, Bootstrap colour, icon).
CLIENT_STATES = {
    "proposed": ("warning", "fa-question-circle"),
    "approved": ("success", "fa-check"),
    "quoted": ("success", "fa-file-text-o"),
    "ordered": ("success", "fa-shopping-cart"),
    "done": ("secondary", "fa-check-circle"),
    "deferred": ("secondary", "fa-clock-o"),
    "declined": ("secondary", "fa-times"),
    "bought_elsewhere": ("secondary", "fa-check-circle"),
    "covered": ("info", "fa-shield"),
}
SILENT = ("superseded", "idea")


class RoadmapProposalLine(models.Model):
    """What a client's contact reads of one point: plain values, nothing internal among them."""

    _inherit = "roadmap.proposal.line"

    def _prepare_portal_values(self, partner, roles):
        """A list of dicts for the page, in the order of the lines."""
        may_sign = "signer" in roles
        return [line._portal_card(partner, may_sign) for line in self.sudo()]

    def _portal_card(self, partner, may_sign):
        self.ensure_one()
        roadmap = self.roadmap_id
        money = roadmap._money
        once, monthly = self._shown_amounts()
        state = "covered" if self.covered else self.item_id.state
        colour, icon = CLIENT_STATES.get(state, CLIENT_STATES["proposed"])
        changeable = state in ("proposed", "approved", "deferred", "declined")
        return {
            "id": self.id,
            "name": self.name,
            "why": self.summary or "",
            "area": self.category_name or "",
            "devices": self.asset_count,
            "goal": self.goal_name or "",
            "one_off": money(once) if once else "",
            "per_month": money(monthly) if monthly else "",
            "amounts": (round(once, 2), round(monthly, 2)),
            "options": self._portal_options(),
            "range": self.amount_range or "",
            "based_on": self.based_on or "",
            "when": self._portal_when(),
            "period": self._portal_period(),
            "state": state,
            "status": self._portal_status(state),
            "colour": colour,
            "icon": icon,
            "critical": self.risk == "critical",
            "risk_text": self.risk_text or "",
            "signed": self.signed_refusal,
            "difference": self.difference or "",
            "waiting": state == "proposed" and partner not in self._endorsers(),
            "may_decide": may_sign and changeable and self.is_open,
            "url": f"/my/roadmap/proposal/{self.proposal_id.id}/decide",
            "document": self._portal_document(),
            "number": self.proposal_id.name,
            "shown_on": format_date(self.env, self.proposal_id.proposed_on, date_format="d MMM y"),
            "changed": self._portal_changed(state),
            "talking": self.answer == "talk",
            "manager": roadmap.account_manager_id.name or roadmap.company_id.name,
        }

    def _portal_options(self):
        """[(group, its choices)]; a choice is (id, name, price in words, ticked, one-off, monthly).

        The two amounts are for the sum of what is answered at once.
        """
        agreed = self.answer_id.decision == "approved" and self.answer_id.option_text or ""
        groups = []
        for group, options in self._choices().items():
            # The latest approval says what is ticked; before it, what we advise.
            said = [option for option in options if f"{group}: {option['name']}" in agreed]
            ticked = (said or options)[0]
            groups.append(
                (
                    group,
                    [
                        (
                            option["id"],
                            option["name"],
                            self._money_text(option["one_off"], option["per_month"]),
                            option is ticked,
                            option["one_off"],
                            option["per_month"],
                        )
                        for option in options
                    ],
                )
            )
        return groups

    def _portal_when(self):
        if not self.target_date:
            return ""
        return self.env._("by %s", format_date(self.env, self.target_date, date_format="MMMM yyyy"))

    def _portal_period(self):
        """The fiscal quarter of the date as it was shown, such as Q2, October to December 2026."""
        if not self.target_date:
            return ""
        start = self.roadmap_id.fiscal_year_start or "1"
        quarter = fiscal_quarter(self.target_date, start)
        year = fiscal_year(self.target_date, start)
        first, last = quarter_bounds(year, quarter, start)
        return self.env._(
            "Q%(quarter)s, %(first)s to %(last)s",
            quarter=quarter,
            first=format_date(self.env, first, date_format="MMMM"),
            last=format_date(self.env, last, date_format="MMMM yyyy"),
        )

    def _portal_status(self, state):
        answer = self.item_id._latest_decision() if state != "covered" else self.answer_id
        on = format_date(self.env, answer.decided_on, date_format="d MMM y") if answer else ""
        until = format_date(self.env, answer.until, date_format="d MMM y") if answer.until else ""
        words = {
            "covered": self.env._("Covered by your agreement"),
            "proposed": self.env._("Waits for your answer"),
            "approved": self.env._("Approved %s, we prepare the quotation", on),
            "quoted": self.env._("The quotation is on its way"),
            "ordered": self.env._("Ordered"),
            "done": self.env._("Done"),
            "bought_elsewhere": self.env._("Bought elsewhere"),
            "declined": self.env._("Declined %s", on),
            "deferred": self.env._("Not now, we ask again on %s", until),
        }
        if state == "proposed" and self.answer == "endorsed":
            return self.env._(
                "%s approved it; it waits for a second signature", self.answered_by_id.name
            )
        if state == "proposed" and self.answer == "talk":
            return self.env._("We call you about it")
        if state == "declined" and until:
            return self.env._("Declined %(on)s, we ask again on %(until)s", on=on, until=until)
        return words.get(state, "")

    def _portal_document(self):
        """Address of the signed refusal, if the latest answer is one."""
        answer = self.answer_id
        if not answer.content_hash:
            return ""
        return f"/my/roadmap/proposal/{self.proposal_id.id}/refusal/{answer.id}"

    def _portal_changed(self, state):
        """The figures moved since they were shown: the page says so."""
        if state not in ("proposed", "approved"):
            return False
        compare = self.currency_id.compare_amounts
        once, monthly = self._shown_amounts()
        return bool(
            compare(self.item_id.amount_one_off, once)
            or compare(self.item_id.amount_recurring, monthly)
        )
