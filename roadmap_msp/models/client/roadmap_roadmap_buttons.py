from odoo import models


class RoadmapRoadmap(models.Model):
    """The smart buttons of a client: each opens a list that holds this client only."""

    _inherit = "roadmap.roadmap"

    def _open_children(self, model, name, domain=(), context=None):
        """The window action of `model` narrowed to this client; its form if there is but one."""
        self.ensure_one()
        xml_id = f"roadmap_msp.{model.replace('.', '_')}_action"
        if self.env.ref(xml_id, raise_if_not_found=False):
            action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        else:
            action = {
                "type": "ir.actions.act_window",
                "name": name,
                "res_model": model,
                "view_mode": "list,form",
                "views": [(False, "list"), (False, "form")],
            }
        action["domain"] = [("roadmap_id", "=", self.id), *domain]
        action["context"] = {"default_roadmap_id": self.id, **(context or {})}
        return action

    def action_open_assessments(self):
        """The questionnaires of the client."""
        return self._open_children("roadmap.assessment", self.env._("Questionnaires"))

    def action_open_findings(self):
        """The findings of the client, open ones first."""
        return self._open_children(
            "roadmap.finding", self.env._("Findings"), context={"search_default_open": 1}
        )

    def action_open_items(self):
        """The plan of the client."""
        return self._open_children("roadmap.item", self.env._("Plan"))

    def action_open_assets(self):
        """What the client owns."""
        return self._open_children("roadmap.asset", self.env._("Assets"))

    def action_open_meetings(self):
        """The roadmap meetings of the client."""
        return self._open_children("roadmap.meeting", self.env._("Meetings"))

    def action_open_contracts(self):
        """The recurring costs of the client."""
        return self._open_children("roadmap.contract", self.env._("Contracts"))

    def action_open_leads(self):
        """The opportunities of the client, straight to the only one there is."""
        context = {"default_partner_id": self.partner_id.id, "default_type": "opportunity"}
        action = self._open_children("crm.lead", self.env._("Opportunities"), context=context)
        leads = self.env["crm.lead"].search(action["domain"], limit=2)
        if len(leads) == 1:
            action.update(view_mode="form", views=[(False, "form")], res_id=leads.id)
        return action
