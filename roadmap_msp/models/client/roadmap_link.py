import hashlib
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

PURPOSES = [
    ("answer", "Answer"),
    ("decide", "Decide"),
    ("slot", "Choose a time"),
    ("acknowledge", "Acknowledge"),
]
STATES = [("valid", "Valid"), ("expired", "Expired"), ("withdrawn", "Withdrawn")]
# Where a link leads: the portal page of its record.
PAGES = {
    "roadmap.assessment": "/my/roadmap/questionnaire/%s",
    "roadmap.proposal": "/my/roadmap/proposal/%s",
    "roadmap.budget": "/my/roadmap/budget/%s",
    "roadmap.meeting": "/my/roadmap/meeting/%s",
}
TOKEN_BYTES = 32
DECIDING_ROLES = {"decision_maker", "signer"}


def hash_token(token):
    """The only form of a token that the database keeps."""
    return hashlib.sha256(token.encode()).hexdigest()


class RoadmapLink(models.Model):
    """A personal link that lets one contact do one thing without an account."""

    _name = "roadmap.link"
    _description = "Personal Link"
    _order = "id desc"

    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="restrict"
    )
    sender_id = fields.Many2one("res.partner", "Sent By", ondelete="set null")
    note = fields.Text(help="A word of the sender's own on the first screen.")
    purpose = fields.Selection(PURPOSES, required=True)
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    section_ids = fields.Many2many("roadmap.assessment.section", string="Pages")
    question_ids = fields.Many2many(
        "roadmap.question", string="Questions", help="Only these of the pages; none means all."
    )
    token_hash = fields.Char(copy=False, groups="base.group_system")
    previous_token_hash = fields.Char(
        copy=False,
        groups="base.group_system",
        help="The link of the mail before, which people open as often as the last one.",
    )
    code_hash = fields.Char(copy=False, groups="base.group_system")
    code_expires_on = fields.Datetime(copy=False, groups="base.group_system")
    code_tries = fields.Integer(copy=False, groups="base.group_system")
    code_sends = fields.Integer(copy=False, groups="base.group_system")
    code_first_sent_on = fields.Datetime(copy=False, groups="base.group_system")
    expires_on = fields.Datetime(required=True)
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    used_on = fields.Datetime("First Used On", readonly=True, copy=False)
    open_count = fields.Integer("Opens", readonly=True, copy=False)
    state = fields.Selection(STATES, compute="_compute_state")

    _token_hash_uniq = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")
    _previous_token_hash_idx = models.Index(
        "(previous_token_hash) WHERE previous_token_hash IS NOT NULL"
    )
    _res_idx = models.Index("(res_model, res_id)")

    @api.depends(
        "expires_on", "withdrawn_on", "partner_id.active", "roadmap_id.active", "roadmap_id.state"
    )
    def _compute_state(self):
        now = fields.Datetime.now()
        for link in self:
            gone = not link.partner_id.active or not link.roadmap_id.active
            if link.withdrawn_on or gone or link.roadmap_id.state == "ended":
                link.state = "withdrawn"
            else:
                link.state = "valid" if link.expires_on > now else "expired"

    @api.model
    def _find_valid(self, ids):
        """Those of the links whose `state` is valid now, looked up and read in one query."""
        return self.search_fetch(
            [
                ("id", "in", list(ids)),
                ("withdrawn_on", "=", False),
                ("expires_on", ">", fields.Datetime.now()),
                ("partner_id.active", "=", True),
                ("roadmap_id.active", "=", True),
                ("roadmap_id.state", "!=", "ended"),
            ]
        )

    @api.depends("partner_id", "purpose")
    def _compute_display_name(self):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        for link in self:
            link.display_name = f"{link.partner_id.name}: {purposes.get(link.purpose, '')}"

    def write(self, vals):
        """People may close a link or shorten its life; where it leads and to whom stays."""
        fixed = set(vals) - {"withdrawn_on", "expires_on", "note"}
        if fixed and not self.env.su:
            raise AccessError(
                self.env._(
                    "A personal link stays what it was made for. Withdraw this one and send a new"
                    " one; not changed: %(names)s.",
                    names=", ".join(sorted(fixed)),
                )
            )
        return super().write(vals)

    def _check_contact(self, partner, purpose, roadmap):
        if not partner.email_normalized:
            raise UserError(
                self.env._(
                    "%(contact)s has no valid mail address: give the contact one, then send again.",
                    contact=partner.display_name,
                )
            )
        if purpose == "decide" and not roadmap._roles_of(partner) & DECIDING_ROLES:
            raise UserError(
                self.env._(
                    "%(contact)s is neither decision maker nor signer of %(roadmap)s: add the role"
                    " on the client's People tab, or choose somebody else.",
                    contact=partner.display_name,
                    roadmap=roadmap.display_name,
                )
            )

    def _mint_token(self):
        """Return a new raw token; the database keeps the hash of this one and of the one before.

        Called when a mail leaves and never stored or logged: the mail is the only place of it.
        """
        self.ensure_one()
        token = secrets.token_urlsafe(TOKEN_BYTES)
        link = self.sudo()
        link.write({"previous_token_hash": link.token_hash, "token_hash": hash_token(token)})
        return token

    def _landing_url(self, token):
        """The address for the mail."""
        self.ensure_one()
        return f"{self.get_base_url()}/roadmap/link/{token}"

    def _document_url(self):
        """The page that the link leads to, once the code was given."""
        self.ensure_one()
        return PAGES[self.res_model] % self.res_id

    @api.model
    def _find_by_token(self, token):
        """The valid link of a raw token, else an empty recordset."""
        token_hash = hash_token(token)
        link = self.sudo().search([("token_hash", "=", token_hash)])
        link = link or self.sudo().search([("previous_token_hash", "=", token_hash)], limit=1)
        return link.filtered(lambda row: row.state == "valid")

    def _withdraw(self):
        """Close the links at once, sessions that are open included; mails not yet sent too."""
        links = self.filtered(lambda link: not link.withdrawn_on)
        links.write({"withdrawn_on": fields.Datetime.now()})
        mails = self.env["roadmap.outbox"].search(
            [("link_id", "in", links.ids), ("state", "in", ("prepared", "released", "failed"))]
        )
        mails.write({"state": "cancelled"})

    def action_withdraw(self):
        """Button: close the selected links."""
        self.check_access("write")
        self._withdraw()
