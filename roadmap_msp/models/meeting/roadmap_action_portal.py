from odoo import fields, models
from odoo.tools import format_date

from ..client.roadmap_stakeholder import PLAN_ROLES


class RoadmapAction(models.Model):
    """Promises as the client reads them, and ticks its own."""

    _inherit = "roadmap.action"

    def _prepare_portal_values(self, partner=None, may_all=False):
        """Plain values, safe for the client's eyes.

        :param partner: the contact who looks and may tick its own
        :param may_all: the contact may tick those of its colleagues too

        What was promised about an owner-only finding or a hidden item is told to whoever of the
        client promised it only.
        """
        today = fields.Date.context_today(self)
        labels = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "id": action.id,
                "name": action.name,
                "owner": action._owner_name(),
                "ours": action.side == "ours",
                "due_date": action.due_date,
                "due": format_date(self.env, action.due_date, date_format="d MMM y"),
                "state": action.state,
                "state_label": labels[action.state],
                "done_on": action.done_on,
                "result": action.result or "",
                "late": action.state == "open" and action.due_date < today,
                "may_tick": action.side == "client" and (may_all or action.partner_id == partner),
            }
            for action in self.sudo()
            if not action.topic_id._is_ours() or (partner and action.partner_id == partner)
        ]

    def _portal_domain(self, roadmap, partner, roles):
        """What a contact sees: all promises for those who read the plan, else the contact's own."""
        domain = [("roadmap_id", "=", roadmap.id)]
        if not PLAN_ROLES & set(roles):
            domain += [("side", "=", "client"), ("partner_id", "=", partner.id)]
        return domain

    def _tick(self, partner, roles, done=True, result=None):
        """The client ticks a promise of its own (or takes the tick back); core of the portal.

        Repeating it changes nothing. Returns whether this contact may do so at all.
        """
        self.ensure_one()
        action = self.sudo()
        own = action.partner_id == partner or bool(PLAN_ROLES & set(roles))
        if action.side != "client" or not own or action.state == "dropped":
            return False
        state = "done" if done else "open"
        values = {}
        if action.state != state:
            values = {"state": state, "done_by_id": partner.id if done else False}
        if result:
            values["result"] = result[:500]
        if values:
            action.write(values)
        return True
