import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...rules import import_match

STATES = [
    ("file", "File"),
    ("columns", "Columns"),
    ("preview", "Preview"),
    ("running", "Importing"),
    ("done", "Done"),
    ("stopped", "Stopped"),
]
ORDERS = [
    ("ymd", "Year first: 2026-03-31"),
    ("dmy", "Day first: 31/03/2026"),
    ("mdy", "Month first: 03/31/2026"),
]
MODES = [
    ("good", "Import the good rows; give me the others as a file"),
    ("all", "All rows or none: import only if no row is refused"),
]
KEEP_DAYS = 90


class RoadmapImport(models.Model):
    """One import of assets, from a file or a call: choices, counts, and what was refused."""

    _name = "roadmap.import"
    _description = "Asset Import"
    _inherit = "roadmap.tied"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True)
    state = fields.Selection(STATES, default="file", required=True, readonly=True)
    kind = fields.Selection(
        [("file", "File"), ("call", "Call")], default="file", required=True, readonly=True
    )
    roadmap_id = fields.Many2one(
        "roadmap.roadmap",
        "Client",
        index=True,
        ondelete="cascade",
        help="All rows belong to this client. Leave empty if the file has a column with clients.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    source = fields.Char(
        help="The tool that the file comes from. Dates are kept by source, so that a second tool "
        "never overwrites what the first one says. Empty: a list that you keep by hand."
    )
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    file_note = fields.Char("Read As", readonly=True)
    separator = fields.Selection(
        [(",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Bar")],
        help="Only for text files. Empty: recognised by itself.",
    )
    encoding = fields.Selection(
        [("utf-8", "Unicode (UTF-8)"), ("utf-16", "Unicode (UTF-16)"), ("cp1252", "Windows-1252")],
        help="Only for text files. Empty: recognised by itself.",
    )
    date_order = fields.Selection(ORDERS, "Dates Are Written")
    dates_open = fields.Boolean(
        readonly=True, help="The file has dates that could be read in more than one order."
    )
    mode = fields.Selection(MODES, "Refused Rows", default="good", required=True)
    clear = fields.Boolean(
        "Empty Cells Empty the Field", help="Otherwise an empty cell leaves the asset as it is."
    )
    any_type = fields.Boolean(
        "Leave Unknown Types Empty", help="Otherwise a row with an unknown type is refused."
    )
    column_ids = fields.One2many("roadmap.import.column", "import_id")
    line_ids = fields.One2many("roadmap.import.line", "import_id")
    row_count = fields.Integer("Rows", readonly=True)
    new_count = fields.Integer("New", readonly=True)
    changed_count = fields.Integer("Changed", readonly=True)
    unchanged_count = fields.Integer("Unchanged", readonly=True)
    conflict_count = fields.Integer("Conflicting", readonly=True)
    archived_count = fields.Integer("Retired or Archived", readonly=True)
    refused_count = fields.Integer("Refused", readonly=True)
    stored_count = fields.Integer("Imported", readonly=True)
    bad_count = fields.Integer(compute="_compute_bad_count")
    todo_count = fields.Integer(compute="_compute_bad_count")
    problem = fields.Char(readonly=True, help="Why the import stopped by itself.")
    key = fields.Char(readonly=True, copy=False)
    digest = fields.Char(readonly=True, copy=False)
    answer = fields.Json(readonly=True, copy=False)

    _key_uniq = models.UniqueIndex(
        "(create_uid, key) WHERE key IS NOT NULL",
        "A call with this key is at work already. Ask again in a moment.",
    )

    @api.depends("filename", "source", "kind")
    def _compute_name(self):
        for run in self:
            run.name = run.filename or run.source or self.env._("New import")

    @api.depends("new_count", "changed_count", "conflict_count", "archived_count", "refused_count")
    def _compute_bad_count(self):
        for run in self:
            run.bad_count = sum(run[f"{kind}_count"] for kind in import_match.BAD)
            run.todo_count = sum(run[f"{kind}_count"] for kind in import_match.STORED)

    @api.onchange("filename")
    def _onchange_filename(self):
        """The chosen client's last source, where the same client imports again."""
        if self.roadmap_id and not self.source:
            self.source = self.env["roadmap.import.mapping"]._last_source(self.roadmap_id)

    @api.constrains("roadmap_id", "company_id")
    def _check_client_company(self):
        for run in self:
            if run.roadmap_id and run.roadmap_id.company_id != run.company_id:
                raise ValidationError(self.env._("The client belongs to another company."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("roadmap_id"):
                roadmap = self.env["roadmap.roadmap"].browse(vals["roadmap_id"])
                vals["company_id"] = roadmap.company_id.id
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("roadmap_id"):
            roadmap = self.env["roadmap.roadmap"].browse(vals["roadmap_id"])
            vals = {**vals, "company_id": roadmap.company_id.id}
        return super().write(vals)

    @api.model
    def _digest(self, rows, source, roadmap_id, options):
        """What makes two calls the same call."""
        text = json.dumps([rows, source, roadmap_id, options], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @api.model
    def _of_key(self, key, digest):
        """The earlier call of this user with the same key, if any.

        :raises UserError: the key was used for other rows
        """
        # Another user's key is that user's: it neither answers nor blocks this one.
        known = self.search([("key", "=", key), ("create_uid", "=", self.env.uid)], limit=1)
        if known and known.digest != digest:
            raise UserError(
                self.env._(
                    'The key "%s" was used for other rows. Use a new key for every new call.', key
                )
            )
        return known

    @api.model
    def _keep_call(self, roadmap, source, key, digest, answer):
        """Remember a call; returns its answer with the number of the import."""
        counts = {f"{kind}_count": number for kind, number in answer["counts"].items()}
        run = self.create(
            {
                "kind": "call",
                "state": "done",
                "roadmap_id": roadmap.id,
                "source": source,
                "key": key,
                "digest": digest,
                "row_count": sum(answer["counts"].values()),
                "stored_count": (
                    answer["counts"]["new"] + answer["counts"]["changed"] if answer["stored"] else 0
                ),
                **counts,
            }
        )
        run.answer = {**answer, "import_id": run.id}
        return run.answer

    @api.autovacuum
    def _gc_imports(self):
        """After a while only the counts stay: rows and files hold the client's data twice.

        Forms that were opened and left without a file go the next day.
        """
        yesterday = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        empty = [("state", "=", "file"), ("kind", "=", "file"), ("filename", "=", False)]
        self.search([*empty, ("create_date", "<", yesterday)]).unlink()
        day = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS)
        old = self.search([("create_date", "<", day), ("kind", "=", "file")])
        old.filtered("file").file = False
        self.env["roadmap.import.line"].search([("import_id", "in", old.ids)]).unlink()
