from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ("invitation", "Invitation"),
    ("reminder", "Reminder"),
    ("proposal", "Proposal"),
    ("meeting", "Meeting"),
    ("minutes", "Minutes"),
    ("book", "Roadmap book"),
    ("feedback", "Request for feedback"),
]
STATES = [
    ("prepared", "Prepared"),
    ("released", "Released"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
WAITING = ("prepared", "failed")


class RoadmapOutbox(models.Model):
    """A mail to a client's contact, prepared, that leaves only when somebody releases it."""

    _name = "roadmap.outbox"
    _description = "Mail to a Client"
    _order = "id desc"

    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Recipient", required=True, index=True, ondelete="restrict"
    )
    email = fields.Char(related="partner_id.email")
    user_id = fields.Many2one(
        "res.users",
        "From",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    kind = fields.Selection(KINDS, required=True)
    state = fields.Selection(STATES, default="prepared", required=True, index=True, copy=False)
    name = fields.Char("Subject", required=True)
    body = fields.Html(sanitize_style=True)
    preview = fields.Html(
        compute="_compute_preview", sanitize=False, help="The mail as the client will see it."
    )
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    link_id = fields.Many2one(
        "roadmap.link", "Personal Link", index="btree_not_null", ondelete="set null"
    )
    attachment_ids = fields.Many2many("ir.attachment")
    send_on = fields.Datetime("Not Before")
    released_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_on = fields.Datetime(readonly=True, copy=False)
    sent_on = fields.Datetime(readonly=True, copy=False)
    error = fields.Char("Why It Failed", readonly=True, copy=False)

    _partner_sent_idx = models.Index("(partner_id, sent_on) WHERE sent_on IS NOT NULL")

    @api.constrains("user_id")
    def _check_sender(self):
        """A colleague signs for us, whoever releases it; never one of the clients' people."""
        for mail in self.sudo():
            if mail.user_id.share:
                raise ValidationError(
                    self.env._(
                        "'%(subject)s' would leave in the name of %(user)s, who is no colleague of"
                        " yours. Choose another one in 'From'.",
                        subject=mail.name,
                        user=mail.user_id.name,
                    )
                )

    @api.depends("name", "body", "partner_id", "user_id", "link_id", "company_id")
    def _compute_preview(self):
        for mail in self:
            mail.preview = mail._render_mail({mail: "#"}) if mail.partner_id else False

    # ---------------------------------------------------------------- prepare
    @api.model
    def _prepare(
        self,
        roadmap,
        partner,
        kind,
        subject,
        body,
        record=None,
        link=None,
        attachments=None,
        user=None,
        send_on=None,
    ):
        """Put one mail into the outbox and return its row; see `_prepare_batch`."""
        return self._prepare_batch(
            [
                {
                    "roadmap": roadmap,
                    "partner": partner,
                    "kind": kind,
                    "subject": subject,
                    "body": body,
                    "record": record,
                    "link": link,
                    "attachments": attachments,
                    "user": user,
                    "send_on": send_on,
                }
            ]
        )

    @api.model
    def _prepare_batch(self, mails):
        """Put mails into the outbox and return their rows in the same order.

        A row leaves when somebody releases it; it is released at once where the roadmap has that
        kind switched on (`auto_<kind>`). `{{link}}` in a body becomes the personal address of
        `link` at sending; a row with a link and without `{{link}}` gets a button below its text.

        :param mails: list of dicts: roadmap, partner, kind, subject, body, and optionally record,
            link, attachments, user (whose name it carries; else the account manager, or whoever
            of the team is still here), send_on
        """
        now = fields.Datetime.now()
        rows = []
        for mail in mails:
            roadmap, record = mail["roadmap"], mail.get("record")
            user = mail.get("user") or roadmap.account_manager_id or self.env.user
            if not user.active or user.share:
                user = roadmap._booking_user()
            automatic = roadmap.sudo()[f"auto_{mail['kind']}"]
            rows.append(
                {
                    "roadmap_id": roadmap.id,
                    "partner_id": mail["partner"].id,
                    "user_id": user.id,
                    "kind": mail["kind"],
                    "name": mail["subject"],
                    "body": mail["body"],
                    "res_model": record._name if record else False,
                    "res_id": record.id if record else False,
                    "link_id": mail["link"].id if mail.get("link") else False,
                    "attachment_ids": [
                        fields.Command.set(
                            mail["attachments"].ids if mail.get("attachments") else []
                        )
                    ],
                    "send_on": mail.get("send_on") or False,
                    "state": "released" if automatic else "prepared",
                    "released_on": now if automatic else False,
                }
            )
        return self.create(rows)

    # ---------------------------------------------------------------- buttons
    def action_release(self):
        """Let the selected mails leave at the next working hour; failed ones are tried again."""
        self.check_access("write")
        mails = self.filtered(lambda mail: mail.state in WAITING)
        mails._check_roadmap_open()
        mails.write(
            {
                "state": "released",
                "released_by_id": self.env.uid,
                "released_on": fields.Datetime.now(),
                "error": False,
            }
        )

    def action_send_now(self):
        """Release, and send without waiting for working hours or for the next day.

        Whatever else is released for the same contacts goes along in the same mail.
        """
        self.check_access("write")
        self.action_release()
        mails = self.filtered(lambda mail: mail.state == "released")
        due = self.sudo().search(
            [
                *self._domain_due(fields.Datetime.now()),
                ("partner_id", "in", mails.partner_id.ids),
                ("company_id", "in", mails.company_id.ids),
            ]
        )
        # A "not before" of the chosen rows is what the person overrides.
        for bundle in (due | mails.sudo())._bundles():
            bundle._send_bundle(fields.Datetime.now())
        return self._notify_result()

    def action_cancel(self):
        """Never send the selected mails."""
        self.check_access("write")
        self.filtered(lambda mail: mail.state in (*WAITING, "released")).write(
            {"state": "cancelled"}
        )

    def action_prepare_again(self):
        """Back to the waiting rows, to be changed or released."""
        self.check_access("write")
        self.filtered(lambda mail: mail.state in ("released", "cancelled", "failed")).write(
            {"state": "prepared", "released_by_id": False, "released_on": False, "error": False}
        )

    def _check_roadmap_open(self):
        ended = self.roadmap_id.filtered(lambda roadmap: roadmap.state == "ended")
        if ended:
            raise UserError(
                self.env._(
                    "The roadmap of %(client)s has ended, so no mail goes there any more. Cancel"
                    " these mails instead.",
                    client=ended[0].display_name,
                )
            )

    def _notify_result(self):
        failed = self.filtered(lambda mail: mail.state == "failed")
        message = (
            self.env._("Not sent: %(reason)s", reason=failed[0].error)
            if failed
            else self.env._("Sent.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if failed else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
