from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ..models.meeting.roadmap_meeting import OPEN_STATES
from ..rules.item_state import CLOSED

ROLES = ("account_manager_id", "vcio_id", "service_manager_id")
WAITING_MAILS = ("prepared", "released", "failed")


class RoadmapReassign(models.TransientModel):
    """Gives everything open of a person who leaves, or is away for long, to somebody else.

    Within the companies that are switched on; ended clients and what is done keep their names.
    """

    _name = "roadmap.reassign"
    _description = "Reassign a Person's Work"

    from_user_id = fields.Many2one(
        "res.users",
        "From",
        required=True,
        domain=[("share", "=", False)],
        context={"active_test": False},
    )
    to_user_id = fields.Many2one("res.users", "To", required=True, domain=[("share", "=", False)])
    roadmap_count = fields.Integer("Clients", compute="_compute_counts")
    meeting_count = fields.Integer("Meetings", compute="_compute_counts")
    item_count = fields.Integer("Plan and Quotation Queue", compute="_compute_counts")
    activity_count = fields.Integer("Open Activities", compute="_compute_counts")
    opportunity_count = fields.Integer("Opportunities", compute="_compute_counts")
    mail_count = fields.Integer("Waiting Mails", compute="_compute_counts")

    @api.depends("from_user_id")
    def _compute_counts(self):
        for wizard in self:
            work = wizard._work()
            for name, records in work.items():
                wizard[f"{name}_count"] = len(records)

    def _work(self):
        """{name: records (sudo)} of what is open of the person, within the chosen companies."""
        user, companies = self.from_user_id, self.env.companies.ids
        within = Domain("company_id", "in", companies)
        roles = Domain.OR([(role, "=", user.id)] for role in ROLES)
        found = {
            "roadmap": ("roadmap.roadmap", roles & Domain("state", "!=", "ended")),
            "meeting": (
                "roadmap.meeting",
                Domain("state", "in", OPEN_STATES)
                & (Domain("user_id", "=", user.id) | Domain("required_user_ids", "in", user.ids)),
            ),
            "item": (
                "roadmap.item",
                Domain("state", "not in", CLOSED)
                & (Domain("user_id", "=", user.id) | Domain("quote_user_id", "=", user.id)),
            ),
            "opportunity": (
                "crm.lead",
                Domain("roadmap_id", "!=", False)
                & Domain("user_id", "=", user.id)
                & Domain("won_status", "=", "pending"),
            ),
            "mail": (
                "roadmap.outbox",
                Domain("user_id", "=", user.id) & Domain("state", "in", WAITING_MAILS),
            ),
        }
        work = {
            name: self.env[model].sudo().search(within & domain)
            for name, (model, domain) in found.items()
        }
        return {**work, "activity": self._activities()}

    def _activities(self):
        """The person's open activities on our records and on the clients' opportunities."""
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.from_user_id.id),
                    "|",
                    ("res_model", "=like", "roadmap.%"),
                    ("res_model", "=", "crm.lead"),
                ]
            )
        )
        kept = activities.browse()
        for model, rows in activities.grouped("res_model").items():
            records = self.env[model].sudo().browse(rows.mapped("res_id")).exists()
            name = "roadmap_id" if "roadmap_id" in records._fields else "id"
            domain = [("id", "in", records.ids), (name, "!=", False)]
            if "company_id" in records._fields:
                domain.append(("company_id", "in", [*self.env.companies.ids, False]))
            ours = set(records.search(domain).ids)
            kept |= rows.filtered(lambda row, ours=ours: row.res_id in ours)
        return kept

    def action_apply(self):
        """Hand everything over; safe to repeat."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("roadmap_msp.group_roadmap_manager"):
            raise AccessError(self.env._("Only a manager gives the work of one to another."))
        if self.from_user_id == self.to_user_id:
            raise UserError(self.env._("Choose two different people."))
        if not self.to_user_id.has_group("roadmap_msp.group_roadmap_user"):
            raise UserError(
                self.env._(
                    "%(name)s has no right to clients' roadmaps: give it in the settings first.",
                    name=self.to_user_id.name,
                )
            )
        work = self._work()
        self._reassign_roadmaps(work["roadmap"])
        self._reassign_meetings(work["meeting"])
        for name in ("user_id", "quote_user_id"):
            rows = work["item"].filtered(lambda row, name=name: row[name] == self.from_user_id)
            rows.write({name: self.to_user_id.id})
        silent = {"mail_activity_quick_update": True, "mail_auto_subscribe_no_notify": True}
        for name in ("opportunity", "mail", "activity"):
            work[name].with_context(**silent).write({"user_id": self.to_user_id.id})
        return self._done(work)

    def _reassign_roadmaps(self, roadmaps):
        for role in ROLES:
            rows = roadmaps.filtered(lambda row, role=role: row[role] == self.from_user_id)
            rows.write({role: self.to_user_id.id})

    def _reassign_meetings(self, meetings):
        """Host and required people; each appointment follows, without a mail of its own."""
        old, new = self.from_user_id, self.to_user_id
        required = meetings.filtered(lambda row: old in row.required_user_ids)
        required.write({"required_user_ids": [Command.unlink(old.id), Command.link(new.id)]})
        meetings.filtered(lambda row: row.user_id == old).write({"user_id": new.id})

    def _done(self, work):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s records of %(old)s are now %(new)s's.",
                    count=sum(len(rows) for rows in work.values()),
                    old=self.from_user_id.name,
                    new=self.to_user_id.name,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
