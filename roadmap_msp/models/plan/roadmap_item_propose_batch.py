from odoo import api, fields, models
from odoo.tools import format_date

from .roadmap_item_proposal import PROPOSABLE


class RoadmapItem(models.Model):
    """Items of several clients proposed in one step; many clients in the background."""

    _inherit = "roadmap.item"

    propose_batch_user_id = fields.Many2one(
        "res.users",
        "Being Proposed For",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Marked for the next batch of proposals, on behalf of this user.",
    )

    def action_propose_selected(self):
        """Propose at once what belongs to one client; several clients are shown first."""
        if len(self.roadmap_id) < 2:
            return self.action_propose()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_item_propose_action"
        )
        return {**action, "context": {"default_item_ids": self.ids}}

    def _not_proposable(self):
        """{item: why it is left out when items of several clients are proposed}."""
        today = fields.Date.context_today(self)
        states = dict(self._fields["state"]._description_selection(self.env))
        reasons = {}
        for item in self:
            if not item.client_visible:
                reasons[item] = self.env._("our own, never shown to a client")
            elif item.roadmap_id.state == "ended":
                reasons[item] = self.env._("the client's roadmap has ended")
            elif item.propose_batch_user_id:
                reasons[item] = self.env._("is being proposed already")
            elif item.state not in PROPOSABLE:
                reasons[item] = self.env._("past its proposal: %s", states[item.state])
            elif item.state in ("proposed", "approved") and not item.changed_since_proposal:
                reasons[item] = self.env._("the client was shown it as it is")
            elif item.state in ("declined", "deferred") and item._asked_again_on() > today:
                day = format_date(self.env, item._asked_again_on(), date_format="d MMM y")
                reasons[item] = self.env._("the client wants to be asked again on %s", day)
        for group in (self - self.browse().union(*reasons)).grouped("roadmap_id").values():
            if all(group.mapped("covered")):
                covered = self.env._("covered by the agreement: nothing to decide")
                reasons |= dict.fromkeys(group, covered)
        return reasons

    def _asked_again_on(self):
        """The day until which the client put it off; today's without one."""
        self.ensure_one()
        return self._latest_decision().until or fields.Date.context_today(self)

    def _propose_to_clients(self):
        """Propose now what few clients get, the rest in the background; an action to follow it."""
        self.check_access("write")
        if not self._is_for_background():
            return self.action_propose()
        self._mark_for_batch("propose_batch_user_id", "roadmap_msp.ir_cron_propose_batch")
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_item_action")
        return {
            **action,
            "name": self.env._("Being Proposed"),
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.ids)],
            "context": {"search_default_group_state": 1},
        }

    @api.model
    def _cron_propose_batch(self):
        """Make the proposals of some clients, commit, go on; a restart repeats nothing."""
        self._work_off("propose_batch_user_id", lambda items: items._propose_batch())

    def _propose_batch(self):
        """A proposal for each client; why one got none stands on its items."""
        for group in self.grouped("roadmap_id").values():
            group._alone(
                lambda items: items.action_propose(),
                lambda item, reason: item.sudo()._message_log(
                    body=item.env._("Not proposed in the batch: %s", reason)
                ),
            )
