from odoo import fields, models


class RoadmapItemTemplate(models.Model):
    """Versions: the newest stays in place, what it was before is kept in the archive.

    So whatever suggests a template always names the newest one, and items keep theirs.
    """

    _inherit = "roadmap.item.template"

    version = fields.Integer(default=1, readonly=True, copy=False)
    newest_id = fields.Many2one(
        "roadmap.item.template",
        "Newer Version",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
        copy=False,
        help="Empty on the newest version.",
    )
    older_ids = fields.One2many(
        "roadmap.item.template", "newest_id", "Older Versions", context={"active_test": False}
    )

    def action_new_version(self):
        """Keep the template as it is in the archive, with its items, and count up the version."""
        self.check_access("write")
        for template in self.filtered(lambda row: not row.newest_id):
            kept = template.copy(
                {
                    "name": template.name,
                    "code": template.code,
                    "version": template.version,
                    "newest_id": template.id,
                    "active": False,
                }
            )
            template._hand_over_items(kept)
            template.version += 1
        return True

    def _hand_over_items(self, kept):
        """Items and their lines stay with the version that they came from."""
        self.ensure_one()
        items = self.env["roadmap.item"].sudo().with_context(active_test=False)
        items.search([("template_id", "=", self.id)]).template_id = kept
        lines = self.env["roadmap.item.line"].sudo()
        for line, copy in zip(self.line_ids, kept.line_ids.sorted("id"), strict=True):
            copy.origin_id = line
        found = lines.search([("template_line_id", "in", self.line_ids.ids)])
        for copy in kept.line_ids:
            found.filtered(
                lambda line, origin=copy.origin_id: line.template_line_id == origin
            ).template_line_id = copy


class RoadmapItemTemplateLine(models.Model):
    _inherit = "roadmap.item.template.line"

    origin_id = fields.Many2one(
        "roadmap.item.template.line",
        "Line of the Newest Version",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
