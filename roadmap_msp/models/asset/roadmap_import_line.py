from odoo import api, fields, models

VERDICTS = [
    ("new", "New"),
    ("changed", "Changed"),
    ("unchanged", "Unchanged"),
    ("conflict", "Conflicting"),
    ("archived", "Retired or archived"),
    ("refused", "Refused"),
]


class RoadmapImportLine(models.Model):
    """A row of a file, and what the import makes of it."""

    _name = "roadmap.import.line"
    _description = "Row of an Asset Import"
    _inherit = "roadmap.tied"
    _order = "import_id, number"
    _rec_name = "name"

    import_id = fields.Many2one("roadmap.import", required=True, index=True, ondelete="cascade")
    number = fields.Integer("Row", help="As the file counts them, the heading is row 1.")
    verdict = fields.Selection(VERDICTS, "Result", required=True, default="refused")
    name = fields.Char()
    serial = fields.Char("Serial Number")
    client = fields.Char()
    reason = fields.Char("Why")
    changes = fields.Char("What Changes")
    says = fields.Char("Why, or What Changes", compute="_compute_says")
    asset_id = fields.Many2one("roadmap.asset", index="btree_not_null", ondelete="set null")
    stored = fields.Boolean("Imported")
    cells = fields.Json()
    parent_number = fields.Integer("Part of Row", help="The row that brings its parent device.")

    _todo_idx = models.Index("(import_id, number) WHERE stored IS NOT TRUE")

    @api.depends("reason", "changes")
    def _compute_says(self):
        for line in self:
            line.says = line.reason or line.changes
