from odoo import api, models

#: Further records of a client that ours refer to.
OF_CLIENTS = ("roadmap.roadmap", "sale.order.line")


def with_defaults(model, vals_list, names):
    """Values of new records together with what these fields are by default.

    A default of the context, or one that users set for themselves, is stored as if it was said.
    """
    missing = [name for name in names if any(name not in vals for vals in vals_list)]
    defaults = model.default_get(missing) if missing else {}
    return [{**defaults, **vals} for vals in vals_list]


class RoadmapTied(models.AbstractModel):
    """Records of a client that refer to records of clients.

    A rule looks at a record before it is written, so it would let a user hand an own record over to
    somebody else's client, or tie it to one; what is shown or worked out with all rights would then
    tell of that client, or change it.
    """

    _name = "roadmap.tied"
    _description = "Tied to Records of Clients"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_tied(with_defaults(self, vals_list, self._tied_names()))
        return super().create(vals_list)

    def write(self, vals):
        self._check_tied([vals])
        return super().write(vals)

    @api.model
    def _check_tied(self, vals_list):
        """Refuse references to records of clients that the user may not read.

        :raises AccessError: one of them is none of the user's
        """
        if self.env.su:
            return
        ids_by_model = {}
        for name in self._tied_names():
            ids = {vals[name] for vals in vals_list if vals.get(name)}
            if ids:
                ids_by_model.setdefault(self._fields[name].comodel_name, set()).update(ids)
        for model, ids in ids_by_model.items():
            self.env[model].browse(ids).check_access("read")

    @api.model
    def _tied_names(self):
        """The fields by which a record refers to a record of a client."""
        return [
            field.name
            for field in self._fields.values()
            if field.type == "many2one"
            and (
                field.comodel_name in OF_CLIENTS
                or "roadmap_id" in self.env[field.comodel_name]._fields
            )
        ]
