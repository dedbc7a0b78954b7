from collections import Counter, defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..rules import smooth


class RoadmapAssetSpread(models.TransientModel):
    """Plan replacements over several quarters, no more than a share of them in each."""

    _name = "roadmap.asset.spread"
    _description = "Plan Replacements Over Quarters"

    asset_ids = fields.Many2many("roadmap.asset", required=True)
    share = fields.Integer(
        "At Most per Quarter (%)",
        required=True,
        default=25,
        help="Of all devices of the type that a client has; those in the plan already take room. "
        "What does not fit goes into the nearest quarter with room.",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.constrains("share")
    def _check_share(self):
        for wizard in self:
            if not 1 <= wizard.share <= 100:
                raise ValidationError(self.env._("A share is from 1 to 100 percent."))

    def _spread_targets(self):
        """{asset: last day of the proposed quarter} of what can be planned."""
        today = fields.Date.context_today(self)
        targets = {}
        ready = self.asset_ids._origin.filtered(lambda a: not a._reason_not_to_plan())
        held, planned = self._held_and_planned(ready)
        groups = ready.grouped(lambda asset: (asset.roadmap_id, asset.type_id))
        for (roadmap, kind), assets in groups.items():
            start = roadmap.fiscal_year_start
            first = smooth.quarter_number(today, start) + 1
            wanted = [
                asset.replacement_due and smooth.quarter_number(asset.replacement_due, start)
                for asset in assets
            ]
            places = smooth.smooth(
                [n or None for n in wanted],
                first,
                self.share,
                held[roadmap.id, kind.id],
                [smooth.quarter_number(day, start) for day in planned[roadmap.id, kind.id]],
            )
            for asset, number in zip(assets, places, strict=True):
                targets[asset] = smooth.quarter_days(number, start)[1]
        return targets

    @api.model
    def _held_and_planned(self, assets):
        """Of every client and type of these assets: how many devices there are, and the days for
        which replacements are planned.

        :return: ({(client's id, type's id): number}, {(client's id, type's id): days})
        """
        held, planned = Counter(), defaultdict(list)
        kept = Domain("state", "!=", "retired") & Domain("roadmap_id", "in", assets.roadmap_id.ids)
        kept &= Domain("type_id", "in", assets.type_id.ids)
        every = self.env["roadmap.asset"].sudo()  # What one may not read takes room all the same.
        for roadmap, kind, number in every._read_group(
            kept, ["roadmap_id", "type_id"], ["__count"]
        ):
            held[roadmap.id, kind.id] = number
        for asset in every.search(kept & Domain("planned", "=", True)):
            day = asset.replacement_line_id.item_id.target_date
            if day:
                planned[asset.roadmap_id.id, asset.type_id.id].append(day)
        return held, planned

    @api.depends("asset_ids", "share")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = wizard._preview() if 1 <= wizard.share <= 100 else False

    def _preview(self):
        """A table: client, quarter, devices by type."""
        item = self.env["roadmap.item"]
        counts = defaultdict(Counter)
        for asset, day in self._spread_targets().items():
            roadmap = asset.roadmap_id
            period = item._period_of(day, roadmap.fiscal_year_start)
            counts[roadmap.name, period][asset.type_id.name] += 1
        rows = Markup().join(
            Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")
            % (client, period, ", ".join(f"{n} × {kind}" for kind, n in sorted(kinds.items())))
            for (client, period), kinds in sorted(counts.items())
        )
        head = Markup("<tr><th>%s</th><th>%s</th><th>%s</th></tr>") % (
            self.env._("Client"),
            self.env._("Quarter"),
            self.env._("Devices"),
        )
        return Markup('<table class="table table-sm">%s%s</table>') % (head, rows)

    def action_plan(self):
        """One priced item per client, type and quarter; open them."""
        self.ensure_one()
        self.asset_ids.check_access("write")
        return self.asset_ids._open_planned(
            self.asset_ids._plan_replacement(self._spread_targets())
        )
