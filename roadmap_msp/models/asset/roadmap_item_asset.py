from odoo import models


class RoadmapItem(models.Model):
    """Items that replace assets."""

    _inherit = "roadmap.item"

    def _replacement_name(self, count, asset_type):
        return self.env._("Replace %(count)s × %(type)s", count=count, type=asset_type.name)

    def _rename_count(self, before, asset_type):
        """Keep the count in the name true, unless a person gave the item a name of its own.

        :param before: how many assets it had; None for a copy, whose name came from another
        """
        self.ensure_one()
        first = self.name.split(" × ")[0] if before is None else None
        ours = (
            self._replacement_name(before, asset_type) == self.name
            if before
            else (first and self.name == f"{first} × {asset_type.name}")
        )
        if ours:
            self.name = self._replacement_name(len(self.asset_ids), asset_type)

    def action_register_bought(self):
        """Ask what the client bought elsewhere: register it, retire the old, close the item."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bought Elsewhere"),
            "res_model": "roadmap.asset.bought",
            "view_mode": "form",
            "target": "new",
            "context": {"default_item_id": self.id},
        }
