from odoo import api, fields, models
from odoo.fields import Command


class RoadmapItem(models.Model):
    """Items from the library, and what the agreement covers."""

    _inherit = "roadmap.item"

    @api.model
    def _create_from_templates(self, roadmap, templates, findings=None):
        """One item per template for the client, in one batch.

        :param findings: a finding is treated by the items of the templates that it suggests; one
            that suggests none of them is treated by all. Risk and devices come along.
        """
        findings = findings if findings is not None else self.env["roadmap.finding"]
        values = []
        for template in templates:
            treated = findings.filtered(
                lambda row, template=template: (
                    not (row.template_ids & templates) or template in row.template_ids
                )
            )
            item = template._prepare_item_values(roadmap)
            if treated:
                item["finding_ids"] = [Command.set(treated.ids)]
                item["risk"] = max(treated.mapped("risk"), key=self._risk_rank)
                # Others of the client read proposals too: the team decides what becomes visible.
                item["client_visible"] = not all(treated.mapped("owner_only"))
            if treated.asset_id:
                item["asset_ids"] = [Command.set(treated.asset_id.ids)]
                self._count_devices(item, len(treated.asset_id))
            values.append(item)
        return self.create(values)

    @api.model
    def _risk_rank(self, risk):
        return [key for key, label in self._fields["risk"].selection].index(risk)

    @api.model
    def _count_devices(self, item, count):
        """Lines that are counted by device take the number of devices that are known."""
        for _command, _id, line in item["line_ids"]:
            if line["per_asset"]:
                line.update(quantity=count, quantity_assumed=False)

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items.filtered("covered")._ensure_internal_action()
        return items

    def write(self, vals):
        before = self.filtered("covered") if vals.get("covered") else self.browse()
        result = super().write(vals)
        if vals.get("covered"):
            (self - before)._ensure_internal_action()
        return result

    def _ensure_internal_action(self):
        """What the agreement covers costs the client nothing: we owe it, so it is a to-do."""
        kind = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model,
                    "res_id": item.id,
                    "activity_type_id": kind.id,
                    "summary": self.env._("Covered by the agreement: do it"),
                    "date_deadline": item.target_date or fields.Date.context_today(self),
                    "user_id": (
                        item.roadmap_id.service_manager_id.id or item.user_id.id or self.env.uid
                    ),
                }
                for item in self
            ]
        )

    @api.onchange("template_id")
    def _onchange_template_id(self):
        """Choosing a template fills a new item; an item that has words of its own keeps them."""
        if not self.template_id or not self.roadmap_id or self.line_ids:
            return
        values = self.template_id._prepare_item_values(self.roadmap_id)
        lines = values.pop("line_ids")
        for name in ("name", "summary", "category_id", "target_date", "user_id"):
            if self[name]:
                values.pop(name)
        values.pop("roadmap_id")
        self.update({**values, "line_ids": lines})
