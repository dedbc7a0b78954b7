from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import file_open

COMPLETED_SHEET = "roadmap_msp/demo/questionnaire/bay_dental_completed.xlsx"
# Client, template codes of its items, in which the demo goes on step by step.
RIDGE_ITEMS = ("R-301", "R-401", "R-111")
HARBOR_ITEMS = ("R-305", "R-109")


class RoadmapRoadmap(models.Model):
    """The demo's six clients, each at another place of the loop; dates are relative to today.

    Orchard Law is new: nothing has happened with it yet. The others have a past (`_demo_past`).
    """

    _inherit = "roadmap.roadmap"

    @api.model
    def _load_demo_story(self):
        """Take the clients along the loop by the calls that their people would make."""
        clients = {
            name: self.env.ref(f"roadmap_msp.roadmap_{name}")
            for name in ("orchard", "bay", "ridge", "harbor", "maple", "cedar")
        }
        self._demo_past(clients)
        self._demo_runs(clients)
        self._demo_trade(clients)
        for roadmap in clients.values():
            roadmap.with_user(roadmap.account_manager_id).action_activate()
        clients["orchard"].action_raise_asset_findings()
        self._demo_bay(clients["bay"])
        self._demo_ridge(clients["ridge"])
        self._demo_harbor(clients["harbor"])
        self._demo_maple(clients["maple"])
        self._demo_figures()

    @api.model
    def _demo_time(self, days, hour=15):
        """A naive UTC time so many days from today, never on a weekend."""
        day = fields.Date.context_today(self) + timedelta(days=days)
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
        return datetime.combine(day, time(hour))

    @api.model
    def _demo_items(self, roadmap, codes):
        templates = self.env["roadmap.item.template"].search([("code", "in", codes)])
        items = self.env["roadmap.item"]._create_from_templates(roadmap, templates)
        today = fields.Date.context_today(self)
        for months, item in enumerate(items, start=1):
            item.target_date = today + relativedelta(months=3 * months)
        return items

    @api.model
    def _demo_contact(self, roadmap):
        return self.env["res.users"].search(
            [("partner_id", "in", roadmap.stakeholder_ids.partner_id.ids)], limit=1
        )

    @api.model
    def _demo_bay(self, roadmap):
        """Bay Dental filled in a spreadsheet, which the vCIO has to review; they meet today."""
        run = self.env["roadmap.assessment"].create(
            {
                "name": self.env._("Business questionnaire"),
                "roadmap_id": roadmap.id,
                "questionnaire_id": self.env["roadmap.questionnaire"]
                ._current("technology", roadmap.company_id)
                .id,
                "length": "business",
                "user_id": roadmap.vcio_id.id,
            }
        )
        run.action_send()
        with file_open(COMPLETED_SHEET, "rb") as file:
            differences = run._read_sheet(file.read(), any_run=True)
        owner = roadmap.stakeholder_ids.partner_id[:1]
        run._save_answers(
            {
                entry["answer"].question_id.id: entry["value"]
                for entry in differences
                if entry["answer"] and not entry["error"]
            },
            respondent=owner,
            source="client",
        )
        run._submit(owner, force=True)
        self.env["roadmap.outbox"].search([("res_id", "=", run.id)]).action_cancel()
        soon = fields.Datetime.now() + timedelta(minutes=30)
        start = soon.replace(minute=soon.minute // 30 * 30, second=0)
        meeting = roadmap.meeting_ids[:1]
        meeting._book(start, start + timedelta(hours=1), roadmap.account_manager_id)

    @api.model
    def _demo_ridge(self, roadmap):
        """Ridge Supply answered a proposal: one yes, one delay; its meeting was moved twice."""
        items = self._demo_items(roadmap, RIDGE_ITEMS)
        items.action_propose()
        proposal = roadmap.proposal_ids[:1]
        login = self._demo_contact(roadmap)
        first, second = proposal.line_ids[:2]
        proposal._decide(first, "approved", login)
        proposal._decide(
            second,
            "deferred",
            login,
            reason=self.env._("After the stocktaking"),
            until=fields.Date.context_today(self) + timedelta(days=60),
        )
        meeting = roadmap.meeting_ids[:1]
        csm = roadmap.account_manager_id
        for days, reason in ((6, None), (9, "Fair in Denver"), (13, "Warehouse inspection")):
            start = self._demo_time(days)
            meeting._book(start, start + timedelta(hours=1), csm, reason=reason)

    @api.model
    def _demo_harbor(self, roadmap):
        """Harbor signed its quotation: an order, a monthly contract, a meeting held."""
        items = self._demo_items(roadmap, HARBOR_ITEMS)
        items.target_date = fields.Date.context_today(self)
        items.action_propose()
        proposal = roadmap.proposal_ids[:1]
        login = self._demo_contact(roadmap)
        for line in proposal.line_ids:
            proposal._decide(line, "approved", login)
        order = items._create_quotations()
        order.action_confirm()
        self.env["roadmap.outbox"].search([("roadmap_id", "=", roadmap.id)]).action_cancel()
        meeting = roadmap.meeting_ids[:1]
        meeting.due_date = fields.Date.context_today(self)
        meeting.action_hold()
        meeting.attendee_ids |= login.partner_id
        meeting.decision_maker_present = True
        roadmap.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=fields.Date.context_today(self) - timedelta(days=1),
            summary="Ask when the gate on pier 7 closes for the new firewall",
            user_id=roadmap.account_manager_id.id,
        )

    @api.model
    def _demo_maple(self, roadmap):
        """Maple Grove's meeting should have been booked two weeks ago."""
        late = fields.Date.context_today(self) - timedelta(days=14)
        roadmap.meeting_ids[:1].due_date = late
        self.env["mail.activity"].search(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", roadmap.lead_ids.ids),
            ]
        ).date_deadline = late
