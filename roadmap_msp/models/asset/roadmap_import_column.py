from odoo import fields, models

FIELDS = [
    ("roadmap_id", "Client"),
    ("name", "Name"),
    ("type_id", "Type"),
    ("maker", "Maker"),
    ("model", "Model"),
    ("serial", "Serial Number"),
    ("import_ref", "Source's Id"),
    ("operating_system", "Operating System"),
    ("user_name", "Used By"),
    ("partner_id", "Client's Contact"),
    ("parent_id", "Part Of"),
    ("site", "Site"),
    ("memory_gb", "Memory (GB)"),
    ("disk_type", "Disk"),
    ("purchase_date", "Purchased"),
    ("warranty_end", "Warranty End"),
    ("maker_warranty_end", "Warranty End (Maker)"),
    ("purchase_cost", "Purchase Cost"),
    ("vendor_id", "Bought From"),
    ("invoice_ref", "Vendor's Invoice"),
    ("state", "Asset State"),
    ("note", "Note"),
    ("import_source", "Source"),
    ("own_ref", "Register Id"),
]


class RoadmapImportColumn(models.Model):
    """A column of a file and the field that it fills."""

    _name = "roadmap.import.column"
    _description = "Column of an Asset Import"
    _inherit = "roadmap.tied"
    _order = "sequence, id"
    _rec_name = "title"

    import_id = fields.Many2one("roadmap.import", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer("Column")
    title = fields.Char("Heading in the File", readonly=True)
    sample = fields.Char("For Example", readonly=True)
    field = fields.Selection(FIELDS, "Goes To", help="Empty: this column is not imported.")
