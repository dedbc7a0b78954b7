from itertools import count

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

GROUPABLE = ("idea", "proposed", "approved", "declined", "deferred")


class RoadmapItem(models.Model):
    """Several items made one; one item made several."""

    _inherit = "roadmap.item"

    def action_group(self):
        """Move lines, devices and findings of the selected items into the first; open it.

        So do a quotation that was asked for, what they wait for and what waits for them. The others
        stay, superseded by it, with their decisions.

        :raises UserError: fewer than two, of two clients, or quoted or closed already
        """
        self.check_access("write")
        if len(self) < 2 or len(self.roadmap_id) > 1:
            raise UserError(self.env._("Select two or more items of one client to group them."))
        self._check_regroupable()
        items = self.sorted(lambda item: (str(item.target_date or "9999"), item.id))
        first, others = items[0], items[1:]
        mixed = len(set(items.mapped("covered"))) > 1
        if mixed:
            raise UserError(
                self.env._(
                    "What the agreement covers and what has a price stay apart: group them"
                    " separately."
                )
            )
        risk = max(items.mapped("risk"), key=self._risk_rank)
        items._keep_amounts(first)
        others.line_ids.write({"item_id": first.id})
        first.write(
            {
                "risk": risk,
                "asset_ids": [Command.link(asset.id) for asset in others.asset_ids],
                "finding_ids": [Command.link(finding.id) for finding in others.finding_ids],
            }
        )
        first._take_over_request(others)
        first._take_over_dependencies(others)
        others.superseded_by_id = first
        others.action_supersede()
        first.message_post(
            body=self.env._("Took over: %(items)s.", items=", ".join(others.mapped("name")))
        )
        return first._action_open_one()

    def _keep_amounts(self, first):
        """Lines cost in one item what they cost in several.

        Each goes on counting the devices of its own item alone, and excludes those lines only that
        it excluded there.
        """
        devices = self.asset_ids
        counted = self.line_ids.filtered(
            lambda line: line.per_asset and line.item_id.asset_ids != devices
        )
        for quantity, lines in counted.grouped("quantity").items():
            lines.write({"per_asset": False, "quantity": quantity})
        taken = set(first.line_ids.mapped("option_group"))
        for item in self - first:
            groups = item.line_ids.filtered("option_group").grouped("option_group")
            for name, lines in groups.items():
                if name in taken:
                    numbered = (f"{name} ({number})" for number in count(2))
                    name = next(free for free in numbered if free not in taken)
                    lines.option_group = name
                taken.add(name)

    def _take_over_dependencies(self, others):
        """This item stands for `others`: it waits for what they waited for, and the reverse."""
        both = self | others
        waiting = others.needed_by_ids - both
        ahead = (others.depends_on_ids - both).ids
        others.depends_on_ids = False
        self.depends_on_ids = [
            *(Command.unlink(other.id) for other in others),
            *(Command.link(item_id) for item_id in ahead),
        ]
        waiting.depends_on_ids = [
            Command.link(self.id),
            *(Command.unlink(other.id) for other in others),
        ]

    def action_split(self):
        """One item per line beyond the first; words, date and owner are copied, then open them.

        Lines of which the client chooses one stay together.
        """
        self.check_access("write")
        self.ensure_one()
        self._check_regroupable()
        lines = self.line_ids.sorted(lambda line: (line.sequence, line.id))
        units = lines.grouped(lambda line: line.option_group or line.id)
        rest = list(units.values())[1:]
        if not rest:
            raise UserError(self.env._("An item with one line cannot be split. Add lines first."))
        parts = self.create(
            [
                {
                    "name": f"{self.name}: {unit[0].option_group or unit[0].name}",
                    "roadmap_id": self.roadmap_id.id,
                    "summary": self.summary,
                    "category_id": self.category_id.id,
                    "goal_id": self.goal_id.id,
                    "risk": self.risk,
                    "user_id": self.user_id.id,
                    "target_date": self.target_date,
                    "covered": self.covered,
                    "client_visible": self.client_visible,
                    "asset_ids": [
                        Command.set(self.asset_ids.ids if any(unit.mapped("per_asset")) else [])
                    ],
                    "finding_ids": [Command.set(self.finding_ids.ids)],
                }
                for unit in rest
            ]
        )
        for unit, part in zip(rest, parts, strict=True):
            unit.item_id = part
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_item_action")
        return {**action, "domain": [("id", "in", (self | parts).ids)], "context": {}}

    def _check_regroupable(self):
        late = self.filtered(
            lambda item: item.state not in GROUPABLE or item.sudo().line_ids.sale_line_ids
        )
        if late:
            raise UserError(
                self.env._(
                    "Quoted, ordered or closed already, so its lines stay where they are: %s.",
                    ", ".join(late.mapped("name")),
                )
            )

    def _action_open_one(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
