from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# The client's words: never taken over by themselves.
WORDS = ("name", "summary")
FIELDS = (*WORDS, "category_id", "risk", "covered", "client_visible")
LINE_FIELDS = ("name", "kind", "period", "unit", "quantity", "option_group", "price_unit")
# What comes along with a field.
ALONG = {
    "price_unit": ("product_id", "price_low", "price_high", "price_source"),
    "kind": ("period",),
    "quantity": ("quantity_assumed",),
}


class RoadmapItemUpdate(models.TransientModel):
    """Bring an item up to its template: show what differs, take over what is ticked.

    Ticked is what nobody changed since it came from the library, except the client's words.
    """

    _name = "roadmap.item.update"
    _description = "Update an Item from Its Template"

    item_id = fields.Many2one("roadmap.item", required=True, readonly=True, ondelete="cascade")
    template_id = fields.Many2one("roadmap.item.template", "Template", readonly=True)
    version = fields.Integer(related="template_id.version")
    row_ids = fields.One2many("roadmap.item.update.row", "update_id")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        item = self.env["roadmap.item"].browse(values.get("item_id"))
        if item:
            template = self._newest(item)
            values["template_id"] = template.id
            rows = self._field_rows(item, template) + self._line_rows(item, template)
            values["row_ids"] = [Command.create(row) for row in rows]
        return values

    @api.model
    def _newest(self, item):
        """:raises UserError: the item came from no template, or is quoted or closed already"""
        item._check_regroupable()
        if not item.template_id:
            raise UserError(self.env._("This item did not come from the library."))
        return item.template_id.newest_id or item.template_id

    # ---------------------------------------------------------------- differences
    @api.model
    def _text(self, record, name, value):
        """A value as the form shows it."""
        field = self.env[record._name]._fields[name]
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).display_name or ""
        if field.type == "monetary":
            return record.roadmap_id._money(value)
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        return f"{value:g}" if field.type == "float" else value or ""

    @api.model
    def _row(self, record, name, new, take, what=""):
        old = record._fields[name].convert_to_write(record[name], record)
        if (old or False) == (new or False):
            return []
        label = record._fields[name]._description_string(self.env)
        return [
            {
                "what": f"{what}: {label}" if what else label,
                "ours": self._text(record, name, old),
                "theirs": self._text(record, name, new),
                "field_name": name,
                "take": take,
            }
        ]

    @api.model
    def _untouched(self, record, name, before):
        """Whether it holds what its own version gave it; the client's words are never ticked."""
        field = record._fields[name]
        now = field.convert_to_cache(record[name], record)
        return name not in WORDS and field.convert_to_cache(before, record) == now

    @api.model
    def _field_rows(self, item, template):
        values = template._prepare_item_values(item.roadmap_id)
        before = item.template_id._prepare_item_values(item.roadmap_id)
        return [
            row
            for name in FIELDS
            for row in self._row(
                item, name, values[name], self._untouched(item, name, before[name])
            )
        ]

    @api.model
    def _line_rows(self, item, template):
        today = fields.Date.context_today(self)
        found = self._matched(item, template)
        rows = []
        for theirs in template.line_ids:
            values = theirs._prepare_item_line_values(item.roadmap_id, today)
            line = found.get(theirs)
            if not line:
                text = f"{values['name']}: {item.roadmap_id._money(values['price_unit'])}"
                rows.append(
                    {
                        "what": self.env._("New line"),
                        "theirs": text,
                        "template_line_id": theirs.id,
                        "take": True,
                    }
                )
                continue
            before = line.template_line_id._prepare_item_line_values(item.roadmap_id, today)
            for name in LINE_FIELDS:
                if name == "quantity" and (line.per_asset or line.quantity != 1):
                    # Somebody counted: the template knows no better.
                    continue
                take = self._untouched(line, name, before[name])
                take = take and (name != "price_unit" or line.price_source != "manual")
                for row in self._row(line, name, values[name], take, line.name):
                    rows.append({**row, "line_id": line.id, "template_line_id": theirs.id})
        kept = {line.id for line in found.values()}
        for line in item.line_ids.filtered("template_line_id"):
            if line.id not in kept:
                what = self.env._("No longer in the template")
                rows.append({"what": what, "ours": line.name, "line_id": line.id})
        return rows

    @api.model
    def _matched(self, item, template):
        """{line of the newest version: the item's line that came from it}."""
        found = {}
        for line in item.line_ids.filtered("template_line_id"):
            origin = line.template_line_id.origin_id or line.template_line_id
            if origin in template.line_ids:
                found.setdefault(origin, line)
        return found

    # ---------------------------------------------------------------- take over
    def action_apply(self):
        """Write what is ticked; the item then counts as made from the newest version."""
        self.ensure_one()
        item = self.item_id
        item.check_access("write")
        template = self._newest(item)
        for theirs, line in self._matched(item, template).items():
            line.template_line_id = theirs
        taken = self.row_ids.filtered("take")
        of_item = taken.filtered(lambda row: not row.line_id and row.field_name)
        values = template._prepare_item_values(item.roadmap_id)
        item.write(
            {
                "template_id": template.id,
                **{row.field_name: values[row.field_name] for row in of_item},
            }
        )
        if taken:
            item.message_post(
                body=self.env._("Updated from the library: %s.", "; ".join(taken.mapped("what")))
            )
        # Last: the row of a line that goes is gone with it.
        self._apply_lines(taken - of_item)
        return {"type": "ir.actions.act_window_close"}

    def _apply_lines(self, rows):
        """Lines of the item itself only: what a dialog names is not taken on trust."""
        item, today = self.item_id, fields.Date.context_today(self)
        new = []
        for row in rows:
            line, theirs = (
                row.line_id & item.line_ids,
                row.template_line_id & item.template_id.line_ids,
            )
            values = theirs and theirs._prepare_item_line_values(item.roadmap_id, today)
            if not row.line_id and theirs:
                new.append({**values, "item_id": item.id})
            elif line and not theirs:
                line.unlink()
            elif line and row.field_name in LINE_FIELDS:
                names = (row.field_name, *ALONG.get(row.field_name, ()))
                line.write({name: values[name] for name in names if name in values})
        self.env["roadmap.item.line"].create(new)
