from odoo import fields, http, models
from odoo.http import request


class BenchRow(models.Model):
    _name = "roadmap.bench.row"
    _description = "Row of the load test"

    value = fields.Integer()


class Bare(http.Controller):
    @http.route("/roadmap_bench/save", type="jsonrpc", auth="public")
    def save(self, row, value):
        request.env["roadmap.bench.row"].sudo().browse(row).value = value
        return True
