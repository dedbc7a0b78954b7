from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RoadmapItem(models.Model):
    """What has to be there first: the new server before the new application."""

    _inherit = "roadmap.item"

    depends_on_ids = fields.Many2many(
        "roadmap.item",
        "roadmap_item_dependency_rel",
        "item_id",
        "depends_on_id",
        string="Depends On",
        domain="[('roadmap_id', '=', roadmap_id), ('id', '!=', id)]",
        copy=False,
    )
    needed_by_ids = fields.Many2many(
        "roadmap.item",
        "roadmap_item_dependency_rel",
        "depends_on_id",
        "item_id",
        string="Needed By",
        copy=False,
    )

    @api.constrains("depends_on_ids", "roadmap_id")
    def _check_dependencies(self):
        if self._has_cycle("depends_on_ids"):
            raise ValidationError(
                self.env._(
                    "These items would wait for each other. Remove one of them from “Depends On”."
                )
            )
        for item in self:
            strangers = item.depends_on_ids.filtered(
                lambda other, roadmap=item.roadmap_id: other.roadmap_id != roadmap
            )
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(item)s can only depend on items of its own client, not on %(others)s.",
                        item=item.name,
                        others=", ".join(strangers.mapped("name")),
                    )
                )
