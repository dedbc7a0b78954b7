from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from ...rules.item_state import OVER


class RoadmapItem(models.Model):
    """Items that are worked on in the pipeline by themselves."""

    _inherit = "roadmap.item"

    def action_create_opportunity(self):
        """Push to the pipeline: one opportunity for the selected items, made now or found.

        Items that have one open it; the others get one together. Their money leaves the
        opportunity of the year, so that it is counted once.

        :raises UserError: if the items belong to several clients, or one of them is closed
        """
        self.check_access("write")
        items = self.sudo()
        missing = items.filtered(lambda item: not item.opportunity_id)
        leads = items.opportunity_id
        if missing:
            missing._check_pipeline()
            missing._lock_for_quotation()
            lead = self.env["crm.lead"].sudo().create(missing._prepare_opportunity_values())
            missing.opportunity_id = lead
            years = missing.roadmap_id.lead_ids.filtered("roadmap_fiscal_year")
            (lead | years)._roadmap_update_revenue()
            leads |= lead
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_opportunities")
        if len(leads) == 1:
            return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": leads.id}
        return {**action, "domain": [("id", "in", leads.ids)]}

    def _check_pipeline(self):
        if len(self.roadmap_id) > 1:
            raise UserError(
                self.env._(
                    "These items belong to several clients: %(clients)s.\n"
                    "An opportunity has one client: select the items of one of them.",
                    clients=", ".join(self.roadmap_id.mapped("name")),
                )
            )
        closed = self.filtered(lambda item: item.state in OVER)
        if closed:
            raise UserError(
                self.env._(
                    "These items are closed and bring no revenue: %(items)s.\n"
                    "Take them out of the selection.",
                    items=", ".join(closed.mapped("name")),
                )
            )

    def _prepare_opportunity_values(self):
        """Values of the `crm.lead` of these items; a hook to extend."""
        roadmap = self.roadmap_id
        dates = [date for date in self.mapped("target_date") if date]
        name = self[:1].name
        if len(self) > 1:
            name = self.env._(
                "%(client)s: %(count)s roadmap items", client=roadmap.name, count=len(self)
            )
        return {
            "name": name,
            "type": "opportunity",
            "partner_id": roadmap.partner_id.id,
            "company_id": roadmap.company_id.id,
            "user_id": roadmap.account_manager_id.id,
            "roadmap_id": roadmap.id,
            "date_deadline": min(dates, default=False),
            "description": Markup("<ul>%s</ul>")
            % Markup().join(
                Markup("<li>%s</li>")
                % (f"{item.name}: {item.summary}" if item.summary else item.name)
                for item in self
            ),
        }
