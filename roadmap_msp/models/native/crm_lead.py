from odoo import Command, api, fields, models

from ..client.roadmap_tied import with_defaults


class CrmLead(models.Model):
    """The opportunity of the year of a roadmap."""

    _inherit = "crm.lead"

    roadmap_id = fields.Many2one(
        "roadmap.roadmap", index="btree_not_null", ondelete="set null", copy=False
    )
    roadmap_fiscal_year = fields.Integer(
        help="Set on the one opportunity that carries a roadmap's fiscal year.",
        export_string_translation=False,
        copy=False,
    )

    _roadmap_year_uniq = models.UniqueIndex(
        "(roadmap_id, roadmap_fiscal_year)"
        " WHERE roadmap_id IS NOT NULL AND roadmap_fiscal_year > 0"
        " AND active IS TRUE AND won_status = 'pending'",
        "This roadmap already has an open opportunity for that fiscal year.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        said = with_defaults(self, vals_list, ["roadmap_id"])
        self.env["roadmap.roadmap"]._check_ties(said)
        return super().create(vals_list)

    def write(self, vals):
        self.env["roadmap.roadmap"]._check_ties([vals])
        return super().write(vals)

    @api.depends(lambda self: ["stage_id", "team_id", *self._pls_get_safe_fields()])
    def _compute_probabilities(self):
        """Keep the probability of 0 that holds an opportunity of the year out of the forecast.

        Odoo takes a probability that equals its own forecast for an automatic one; where that
        forecast is 0 as well, a zero set on purpose would follow it from then on.
        """
        silent = self.filtered(
            lambda lead: (
                lead.roadmap_fiscal_year
                and lead.active
                and not lead.probability
                and not lead.company_id.sudo().roadmap_in_forecast
            )
        )
        result = super()._compute_probabilities()
        silent.filtered("probability").probability = 0
        return result

    @api.model
    def _roadmap_pipeline(self, company, user):
        """Tag, team and stage with which an opportunity of the year starts, as the settings say.

        Team and stage that are not set are Odoo's own. Asked once per account manager; Odoo would
        look them up for every single lead.
        """
        tag = company.sudo().roadmap_opportunity_tag_id
        tag = tag or self.env.ref("roadmap_msp.crm_tag_roadmap", raise_if_not_found=False)
        team = company.sudo().roadmap_opportunity_team_id
        if not team and user:
            domain = [("use_opportunities", "=", True)]
            team = self.env["crm.team"]._get_default_team_id(user_id=user.id, domain=domain)
        stage = company.sudo().roadmap_opportunity_stage_id
        stage = stage or self._stage_find(team_id=team.id, domain=[("fold", "=", False)])
        return {
            "tag_ids": [Command.set(tag.ids if tag else [])],
            "team_id": team.id,
            "stage_id": stage.id,
        }

    def action_open_roadmap(self):
        """The roadmap that this opportunity belongs to."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "roadmap.roadmap",
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": self.roadmap_id.id,
        }

    # Year end ---------------------------------------------------------------------------------

    def _roadmap_booking_activities(self):
        """Open activities to book a roadmap meeting on these leads."""
        kind = self.env.ref("roadmap_msp.mail_activity_type_booking", raise_if_not_found=False)
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "crm.lead"),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", kind.id if kind else False),
                ]
            )
        )

    def _roadmap_move_open_work(self, target_id):
        """Take what is still open of last year's opportunity to the new year's one."""
        self.ensure_one()
        orders = self.sudo().order_ids.filtered(lambda order: order.state in ("draft", "sent"))
        orders.write({"opportunity_id": target_id})
        meetings = (
            self.env["roadmap.meeting"]
            .sudo()
            .search([("opportunity_id", "=", self.id), ("state", "in", ("to_book", "booked"))])
        )
        meetings.write({"opportunity_id": target_id})
        # Values that the calendar would mail to attendees (time, place, text) are not touched.
        meetings.event_id.filtered(lambda event: event.opportunity_id == self).write(
            {"opportunity_id": target_id, "res_id": target_id}
        )
        self.sudo().activity_ids.write({"res_id": target_id})

    def _roadmap_close(self, reason):
        """Won where an order is confirmed, else lost with `reason`."""
        won = self.filtered(lambda lead: "sale" in lead.sudo().order_ids.mapped("state"))
        if won:
            won.action_set_won()
        lost = self - won
        if lost:
            lost.action_set_lost(lost_reason_id=reason.id if reason else False)
