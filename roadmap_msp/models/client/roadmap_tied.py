from odoo import api, models

#: Further records of a client that ours refer to.
OF_CLIENTS = ("roadmap.roadmap", "sale.order.line")


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
        self._check_tied(vals_list)
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
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if value and field and field.type == "many2one" and self._is_of_client(field):
                    ids_by_model.setdefault(field.comodel_name, set()).add(value)
        for model, ids in ids_by_model.items():
            self.env[model].browse(ids).check_access("read")

    @api.model
    def _is_of_client(self, field):
        comodel = field.comodel_name
        return comodel in OF_CLIENTS or "roadmap_id" in self.env[comodel]._fields
