from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .roadmap_item_proposal import PROPOSABLE
from .roadmap_item_quote_batch import CLIENTS_AT_ONCE


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
        if len(self.roadmap_id) <= CLIENTS_AT_ONCE:
            return self.action_propose()
        self.propose_batch_user_id = self.env.user
        self.env.ref("roadmap_msp.ir_cron_propose_batch").sudo()._trigger()
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
        marked = self.search([("propose_batch_user_id", "!=", False)], order="roadmap_id, id")
        roadmaps = marked.roadmap_id[:CLIENTS_AT_ONCE]
        items = marked.filtered(lambda item: item.roadmap_id in roadmaps)
        for user, group in items.grouped("propose_batch_user_id").items():
            for own in group.with_user(user).grouped("roadmap_id").values():
                own._propose_alone()
        items.propose_batch_user_id = False
        self.env["ir.cron"]._commit_progress(len(items), remaining=len(marked) - len(items))

    def _propose_alone(self):
        """The proposal of one client: its problem is not everybody's."""
        try:
            with self.env.cr.savepoint():
                self.action_propose()
        except UserError as error:
            for item in self:
                item.sudo()._message_log(
                    body=self.env._("Not proposed in the batch: %s", str(error))
                )
