from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import split_every

BATCH = 200


class RoadmapItem(models.Model):
    """Getting quotations out in time: counted back from the next meeting, reminded, reassigned."""

    _inherit = "roadmap.item"

    quote_meeting_on = fields.Date("Next Meeting", compute="_compute_quote_deadline")
    quote_deadline = fields.Date(
        "Out By",
        compute="_compute_quote_deadline",
        help="The due date or, if that is earlier, some days before the next booked meeting: what"
        " was promised lies on the table by then.",
    )

    @api.depends("quote_due_on", "roadmap_id")
    def _compute_quote_deadline(self):
        upcoming = self.env["roadmap.roadmap"]._my_day_upcoming(self.roadmap_id)
        for item in self:
            meeting = upcoming.get(item.roadmap_id.id)
            item.quote_meeting_on = meeting.date() if meeting else False
            before = item.company_id.sudo().roadmap_quote_days_before
            counted = meeting.date() - timedelta(days=before) if meeting else None
            item.quote_deadline = min(filter(None, (item.quote_due_on, counted)), default=False)

    def write(self, vals):
        result = super().write(vals)
        if "quote_user_id" in vals:
            self._reassign_reminders()
        return result

    # === Reminder ===

    @api.model
    def _cron_remind_quotes(self):
        """One reminder on each quotation that is due by tomorrow; none where it is out."""
        kind = self.env.ref("roadmap_msp.mail_activity_type_quote", raise_if_not_found=False)
        if not kind:
            return
        waiting = self.search([("quote_waiting", "=", True), ("roadmap_id.state", "!=", "ended")])
        reminders = self._quote_reminders()
        reminders.filtered(lambda row: row.res_id not in waiting._ids).action_done()
        known = set(reminders.mapped("res_id"))
        tomorrow = fields.Date.add(fields.Date.context_today(self), days=1)
        due = waiting.filtered(
            lambda item: (
                item.id not in known and item.quote_deadline and item.quote_deadline <= tomorrow
            )
        )
        cron, left = self.env["ir.cron"], len(due)
        cron._commit_progress(remaining=left)
        for ids in split_every(BATCH, due.ids):
            self.browse(ids)._remind_of_quote(kind)
            left -= len(ids)
            if not cron._commit_progress(len(ids), remaining=left):
                break

    def _remind_of_quote(self, kind):
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": item.id,
                    "activity_type_id": kind.id,
                    "summary": self.env._("Get the quotation out: %s", item.name),
                    "date_deadline": item.quote_deadline,
                    "user_id": item._quote_owner().id or self.env.uid,
                }
                for item in self
            ]
        )

    def _quote_owner(self):
        self.ensure_one()
        return self.quote_user_id or self.roadmap_id.account_manager_id or self.user_id

    @api.model
    def _quote_reminders(self):
        """Open reminders of quotations, on whichever item."""
        kind = self.env.ref("roadmap_msp.mail_activity_type_quote", raise_if_not_found=False)
        domain = [("res_model", "=", self._name), ("activity_type_id", "=", kind.id or 0)]
        return self.env["mail.activity"].sudo().search(domain)

    def _reassign_reminders(self):
        """A quotation that changes hands takes its reminder along."""
        reminders = self._quote_reminders().filtered(lambda row: row.res_id in self._ids)
        by_owner = {item.id: item._quote_owner() for item in self}
        for owner, rows in reminders.grouped(lambda row: by_owner[row.res_id]).items():
            if owner:
                rows.write({"user_id": owner.id})
