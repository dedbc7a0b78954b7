from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.storable import storable

KINDS = [("gone", "This machine is gone"), ("user", "This is used by"), ("other", "Something else")]
STATES = [("new", "To check"), ("accepted", "Accepted"), ("rejected", "Rejected")]
MAX_TEXT = 200
OPEN_LIMIT = 200


class RoadmapAssetRequest(models.Model):
    """What the client says about a device, until we have accepted or rejected it."""

    _name = "roadmap.asset.request"
    _description = "Word of the Client About an Asset"
    _inherit = "roadmap.tied"
    _order = "id desc"
    _rec_name = "asset_id"

    asset_id = fields.Many2one("roadmap.asset", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="asset_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Said By", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, "Says", required=True)
    text = fields.Char("Words")
    state = fields.Selection(STATES, required=True, default="new", readonly=True)
    user_id = fields.Many2one("res.users", "Answered By", readonly=True)
    answered_on = fields.Datetime(readonly=True)
    answer = fields.Char(help="The client reads this beside the device.")

    _one_open = models.UniqueIndex(
        "(asset_id, kind) WHERE state = 'new'", "This was said already and waits for an answer."
    )

    @api.model
    def _say(self, asset, partner, kind, text):
        """Keep what a contact says; saying it again replaces the words that wait.

        :param asset: sudo record of the contact's own client, checked by the caller
        :raises UserError: for a word that says nothing, or when too much waits already
        """
        text = " ".join(storable(text or "").split())[:MAX_TEXT]
        if kind not in dict(KINDS) or (kind != "gone" and not text):
            raise UserError(self.env._("Please say what is different."))
        waiting = [("roadmap_id", "=", asset.roadmap_id.id), ("state", "=", "new")]
        known = self.search([*waiting, ("asset_id", "=", asset.id), ("kind", "=", kind)], limit=1)
        if known:
            known.write({"text": text, "partner_id": partner.id})
            return known
        if self.search_count(waiting, limit=OPEN_LIMIT) >= OPEN_LIMIT:
            raise UserError(self.env._("We have much to check already. Please call us."))
        request = self.create(
            {"asset_id": asset.id, "partner_id": partner.id, "kind": kind, "text": text}
        )
        request.roadmap_id._refresh_request_activity()
        return request

    def action_accept(self):
        """It is so: the asset is retired, or its user changed."""
        self.check_access("write")
        self.asset_id.check_access("write")
        requests = self.filtered(lambda row: row.state == "new")
        for request in requests:
            if request.kind == "gone":
                reason = self.env._("%s said that it is gone", request.partner_id.name)
                if request.text:
                    reason = f"{reason}: {request.text}"
                request.asset_id._retire(reason, fields.Date.context_today(self))
            elif request.kind == "user":
                request.asset_id.user_name = request.text
        requests._answer("accepted")

    def action_reject(self):
        """It is not so; the answer beside the device says why."""
        self.check_access("write")
        self.filtered(lambda row: row.state == "new")._answer("rejected")

    def _answer(self, state):
        self.write({"state": state, "user_id": self.env.uid, "answered_on": fields.Datetime.now()})
        self.roadmap_id._refresh_request_activity()

    def _prepare_portal_values(self):
        """Plain words for the client, one dict a request."""
        words = {
            "new": self.env._("We check it."),
            "accepted": self.env._("Thank you, done."),
            "rejected": self.env._("We looked: it stays as it is."),
        }
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [
            {
                "says": f"{kinds[row.kind]}: {row.text}" if row.text else kinds[row.kind],
                "state": row.state,
                "answer": row.answer or words[row.state],
            }
            for row in self
        ]
