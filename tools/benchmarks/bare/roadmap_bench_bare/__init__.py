from odoo import fields, http, models
from odoo.http import request


class BenchRow(models.Model):
    _name = "roadmap.bench.row"
    _description = "Row of the load test"

    user_id = fields.Many2one("res.users", required=True, index=True)
    value = fields.Integer()


class Bare(http.Controller):
    @http.route("/roadmap_bench/save", type="jsonrpc", auth="user")
    def save(self, row, value):
        """The caller's own row, with the caller's own rights."""
        request.env["roadmap.bench.row"].browse(row).write({"value": value})
        return True
