from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import matching

STATES = [("in_use", "In use"), ("spare", "Spare"), ("retired", "Retired")]
DISKS = [("ssd", "Solid-state disk"), ("hdd", "Hard disk")]
MONEY_GROUP = "roadmap_msp.group_roadmap_user"


class RoadmapAsset(models.Model):
    """A device or licence that the client owns."""

    _name = "roadmap.asset"
    _description = "Asset"
    _inherit = ["roadmap.tied", "mail.thread", "mail.activity.mixin"]
    _order = "roadmap_id, type_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, index="trigram")
    active = fields.Boolean(default=True)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    type_id = fields.Many2one(
        "roadmap.asset.type", "Type", index="btree_not_null", ondelete="restrict", tracking=True
    )
    state = fields.Selection(STATES, "Asset State", default="in_use", required=True, tracking=True)
    maker = fields.Char()
    model = fields.Char()
    serial = fields.Char("Serial Number", tracking=True)
    operating_system = fields.Char(help="As the source writes it.")
    maker_key = fields.Char(compute="_compute_serial_key", store=True, precompute=True)
    serial_key = fields.Char(compute="_compute_serial_key", store=True, precompute=True)
    system_key = fields.Char(
        compute="_compute_system_key", store=True, precompute=True, index="btree_not_null"
    )
    model_key = fields.Char(compute="_compute_model_key", store=True, precompute=True)
    lifecycle_id = fields.Many2one(
        "roadmap.lifecycle",
        "Supported Product",
        compute="_compute_lifecycle_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        help="The release whose end of support counts for this asset.",
    )
    memory_gb = fields.Integer("Memory (GB)")
    disk_type = fields.Selection(DISKS, "Disk")
    user_name = fields.Char("Used By", tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Client's Contact",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The client's contact who uses it, where known.",
    )
    site = fields.Char(tracking=True)
    vendor_id = fields.Many2one(
        "res.partner", "Bought From", index="btree_not_null", ondelete="restrict"
    )
    invoice_ref = fields.Char("Vendor's Invoice")
    order_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups=MONEY_GROUP,
        help="The line of our order with which the client bought it.",
    )
    invoice_line_id = fields.Many2one(
        "account.move.line",
        "Invoice Line",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        domain="[('move_id.move_type', 'in', ('out_invoice', 'in_invoice')),"
        " ('display_type', '=', 'product'), ('parent_state', '=', 'posted')]",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="The line of the invoice with which the client bought it, ours or a vendor's.",
    )
    asset_properties = fields.Properties(
        "Properties", definition="type_id.asset_properties_definition", tracking=False
    )
    support_sure = fields.Selection(related="lifecycle_id.sure", string="How Sure (Support)")
    parent_id = fields.Many2one(
        "roadmap.asset",
        "Part Of",
        index="btree_not_null",
        ondelete="set null",
        domain="[('roadmap_id', '=', roadmap_id), ('id', '!=', id)]",
    )
    part_ids = fields.One2many("roadmap.asset", "parent_id", "Parts")
    replacement_line_id = fields.Many2one(
        "roadmap.item.line",
        "Planned By",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
        groups=MONEY_GROUP,
    )
    item_ids = fields.Many2many(
        "roadmap.item", "roadmap_item_asset_rel", copy=False, groups=MONEY_GROUP
    )
    ref_ids = fields.One2many("roadmap.asset.ref", "asset_id", "Known As")
    date_ids = fields.One2many("roadmap.asset.date", "asset_id", "Dates by Source")
    retired_on = fields.Date(copy=False, readonly=True)
    retire_reason = fields.Char(copy=False)
    certificate_ids = fields.Many2many(
        "ir.attachment",
        "roadmap_asset_certificate_rel",
        string="Certificates",
        copy=False,
        help="Of destruction, wiping or sale.",
    )
    note = fields.Text()
    lookup_ids = fields.One2many("roadmap.asset.lookup", "asset_id", "Warranty Look-up")
    request_ids = fields.One2many("roadmap.asset.request", "asset_id", "Told by the Client")

    _serial_uniq = models.UniqueIndex(
        "(roadmap_id, serial_key, COALESCE(maker_key, '')) WHERE serial_key IS NOT NULL",
        "The client already has an asset with this maker and serial number.",
    )

    @api.depends("serial", "maker")
    def _compute_serial_key(self):
        for asset in self:
            asset.serial_key = matching.serial_key(asset.serial)
            asset.maker_key = matching.maker_key(asset.maker)

    @api.depends("operating_system")
    def _compute_system_key(self):
        for asset in self:
            asset.system_key = matching.system_key(asset.operating_system)

    @api.depends("model")
    def _compute_model_key(self):
        for asset in self:
            asset.model_key = matching.system_key(asset.model)

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "An asset cannot be part of itself, nor of what is part of it. Choose another "
                    "asset in Part Of, or empty it."
                )
            )
        parts = self.filtered("parent_id")
        if any(asset.parent_id.roadmap_id != asset.roadmap_id for asset in parts):
            raise ValidationError(
                self.env._(
                    "An asset can only be part of another asset of the same client. Choose one of "
                    "this client in Part Of, or empty it."
                )
            )

    @api.depends("system_key", "model_key")
    def _compute_lifecycle_id(self):
        keys = self.env["roadmap.lifecycle"]._keys()
        for asset in self:
            found = keys.get(asset.system_key) or keys.get(asset.model_key)
            # A change to something unknown must not leave the end of the old system standing.
            asset.lifecycle_id = found or False

    def copy_data(self, default=None):
        """A copy is another device: it has no serial number yet."""
        default = {"serial": False, **(default or {})}
        vals_list = super().copy_data(default)
        for asset, vals in zip(self, vals_list, strict=True):
            vals["name"] = self.env._("%s (copy)", asset.name)
        return vals_list

    def action_retire(self):
        """Ask for the reason, then take the assets out of use."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Retire"),
            "res_model": "roadmap.asset.retire",
            "view_mode": "form",
            "target": "new",
            "context": {"default_asset_ids": self.ids},
        }

    def action_return_to_use(self):
        """Undo a retirement."""
        self.write({"state": "in_use", "retired_on": False, "retire_reason": False})

    def _retire(self, reason, day, certificates=None):
        """Out of use from a day on, for a reason; the history stays.

        :param certificates: attachments that prove it; each asset gets its own copy, so that
            whoever may read the asset may read them
        """
        self.write({"state": "retired", "retired_on": day, "retire_reason": reason})
        if not certificates:
            return
        copies = self.env["ir.attachment"].create(
            [
                {
                    "name": file.name,
                    "raw": file.raw,
                    "mimetype": file.mimetype,
                    "res_model": self._name,
                    "res_id": asset.id,
                }
                for asset in self
                for file in certificates
            ]
        )
        for res_id, files in copies.grouped("res_id").items():
            self.browse(res_id).certificate_ids |= files

    def action_teach(self):
        """Ask which product release the spelling of the operating system or model means."""
        about = {k: v for k, v in self.env.context.items() if k == "default_about"}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which release is this?"),
            "res_model": "roadmap.asset.teach",
            "view_mode": "form",
            "target": "new",
            "context": {"default_asset_ids": self.ids, **about},
        }
