from odoo import api, fields, models
from odoo.exceptions import UserError

KEYS = {"operating_system": "system_key", "model": "model_key"}


class RoadmapAssetTeach(models.TransientModel):
    """Say once which product release a spelling means; every asset with it follows."""

    _name = "roadmap.asset.teach"
    _description = "Teach an Operating System or Model"

    asset_ids = fields.Many2many("roadmap.asset", required=True)
    about = fields.Selection(
        [("operating_system", "Operating system"), ("model", "Model")],
        "What Is Taught",
        compute="_compute_about",
        compute_sudo=False,
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    spellings = fields.Text(compute="_compute_spellings")
    asset_count = fields.Integer("Assets Written So", compute="_compute_spellings")
    lifecycle_id = fields.Many2one("roadmap.lifecycle", "Means", required=True)

    @api.depends("asset_ids")
    def _compute_about(self):
        """The operating system, or the model where none of the assets has one."""
        for wizard in self:
            named = any(wizard.asset_ids.mapped("system_key"))
            wizard.about = "operating_system" if named else "model"

    @api.depends("asset_ids", "about")
    def _compute_spellings(self):
        Asset = self.env["roadmap.asset"]
        for wizard in self:
            fname = KEYS[wizard.about]
            keys = set(wizard.asset_ids.mapped(fname)) - {False}
            spellings = set(wizard.asset_ids.mapped(wizard.about)) - {False}
            wizard.spellings = "\n".join(sorted(spellings))
            wizard.asset_count = Asset.search_count(
                [(fname, "in", list(keys)), ("lifecycle_id", "=", False)]
            )

    def action_teach(self):
        """Keep the spellings with the release.

        Everyone who may change assets may teach: the alias list itself belongs to managers.
        """
        self.ensure_one()
        self.asset_ids.check_access("write")
        if not self.spellings:
            raise UserError(
                self.env._("None of these assets has an operating system or a model to teach.")
            )
        self.lifecycle_id.sudo()._teach(self.spellings.splitlines())
        return {"type": "ir.actions.act_window_close"}
