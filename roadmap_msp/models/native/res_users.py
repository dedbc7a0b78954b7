from odoo import models

from ..meeting.roadmap_action_activity import FROM_ACTIVITY

#: Who takes over finds it on the day's page; nobody gets a mail for each row.
QUIET = {"mail_activity_quick_update": True, "mail_auto_subscribe_no_notify": True}


class ResUsers(models.Model):
    """What a colleague was to do outlives the account; Odoo deletes activities of who leaves."""

    _inherit = "res.users"

    def action_archive(self):
        self.check_access("write")
        self._hand_work_over()
        return super().action_archive()

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self.check_access("write")
            self._hand_work_over()
        return super().write(vals)

    def _hand_work_over(self):
        """Promises, open activities and waiting mails of clients go to who books for the client."""
        leaving = self.filtered(lambda user: user.active and not user.share)
        if leaving:
            leaving._hand_promises_over()
            leaving._hand_activities_over()
            leaving._hand_mails_over()

    def _hand_promises_over(self):
        """Each open promise with its activity."""
        actions = self.env["roadmap.action"].sudo().with_context(**QUIET, **{FROM_ACTIVITY: True})
        promised = actions.search(
            [("side", "=", "ours"), ("state", "=", "open"), ("user_id", "in", self.ids)]
        )
        for heir, rows in self._by_heir(promised).items():
            rows.write({"user_id": heir.id})
            rows.activity_id.write({"user_id": heir.id})

    def _hand_activities_over(self):
        """What else is to do on a client, its opportunity and all that hangs on it."""
        activities = self.env["mail.activity"].sudo().with_context(**QUIET)
        found = activities.search(
            [
                ("user_id", "in", self.ids),
                "|",
                ("res_model", "=", "crm.lead"),
                ("res_model", "=like", "roadmap.%"),
            ]
        )
        for model, rows in found.grouped("res_model").items():
            records = self.env[model].sudo().browse(set(rows.mapped("res_id"))).exists()
            for heir, theirs in self._by_heir(records).items():
                ids = set(theirs.ids)
                rows.filtered(lambda row, ids=ids: row.res_id in ids).write({"user_id": heir.id})

    def _hand_mails_over(self):
        """Mails to clients that wait: the answer should reach somebody who is here."""
        waiting = (
            self.env["roadmap.outbox"]
            .sudo()
            .search(
                [("user_id", "in", self.ids), ("state", "in", ("prepared", "released", "failed"))]
            )
        )
        for heir, mails in self._by_heir(waiting).items():
            mails.write({"user_id": heir.id})

    def _by_heir(self, records):
        """The records of clients by who books for the client; those of no client are left out."""
        if records._name == "roadmap.roadmap":
            return records.grouped(lambda row: row._booking_user(without=self))
        if "roadmap_id" not in records._fields:
            return {}
        records = records.filtered("roadmap_id")
        return records.grouped(lambda row: row.roadmap_id._booking_user(without=self))
