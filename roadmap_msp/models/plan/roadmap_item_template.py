from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..questionnaire.roadmap_question_choice import RISKS


class RoadmapItemTemplate(models.Model):
    """An entry of the library: what may become a roadmap item, with guide prices."""

    _name = "roadmap.item.template"
    _description = "Item Template"
    _order = "code, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True, copy=False, default=lambda self: self._new_code())
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="The currency in which the guide prices are given.",
    )
    category_id = fields.Many2one("roadmap.category", required=True, index=True)
    risk = fields.Selection(
        RISKS,
        default="medium",
        required=True,
        help="Of the new item, unless the finding says otherwise.",
    )
    summary = fields.Text(translate=True, help="The why, in the client's words.")
    product_type = fields.Char(
        help="What is sold, such as goods + labour, project or subscription."
    )
    due_days = fields.Integer(default=90, help="From the day on which the item is accepted.")
    may_be_covered = fields.Boolean(help="A managed-service agreement often includes it.")
    client_visible = fields.Boolean(default=True)
    line_ids = fields.One2many("roadmap.item.template.line", "template_id", copy=True)
    item_count = fields.Integer(compute="_compute_item_count")

    _code_uniq = models.UniqueIndex(
        "(code, company_id) WHERE active", "Each template of the library needs a code of its own."
    )

    def _compute_item_count(self):
        counts = dict(
            self.env["roadmap.item"]._read_group(
                [("template_id", "in", self.ids)], ["template_id"], ["__count"]
            )
        )
        for template in self:
            template.item_count = counts.get(template, 0)

    @api.model
    def _new_code(self):
        """OWN-<n>: codes of the shipped library begin with R-."""
        taken = self.with_context(active_test=False).sudo().search([("code", "=like", "OWN-%")])
        numbers = [int(code[4:]) for code in taken.mapped("code") if code[4:].isdigit()]
        return f"OWN-{max(numbers, default=0) + 1}"

    @api.depends("code", "name")
    def _compute_display_name(self):
        for template in self:
            template.display_name = f"{template.code} {template.name}"

    @api.model
    def _search_display_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("name", operator, value) | Domain("code", operator, value)

    def action_open_items(self):
        """The items that came from this template."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_item_action")
        action["domain"] = [("template_id", "=", self.id)]
        action["context"] = {}
        return action

    def _prepare_item_values(self, roadmap):
        """Values of `roadmap.item` for one client: words, lines, prices in the client's currency.

        A mapped line takes the client's price list, another one the middle of its guide range.
        A template that the tier covers gives an item without a price to the client.
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        return {
            "name": self.name,
            "summary": self.summary,
            "roadmap_id": roadmap.id,
            "template_id": self.id,
            "category_id": self.category_id.id,
            "risk": self.risk,
            "covered": self in roadmap.tier_id.covered_template_ids,
            "client_visible": self.client_visible,
            "user_id": roadmap.vcio_id.id or roadmap.account_manager_id.id,
            "target_date": fields.Date.add(today, days=self.due_days),
            "line_ids": [
                Command.create(line._prepare_item_line_values(roadmap, today))
                for line in self.line_ids
            ],
        }
