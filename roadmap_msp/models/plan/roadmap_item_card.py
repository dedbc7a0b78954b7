from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.item_state import CLOSED


class RoadmapItem(models.Model):
    """What a card of the board says beyond its own columns, read for all cards in one query."""

    _inherit = "roadmap.item"

    asset_count = fields.Integer(compute="_compute_card_facts")
    planned_too_early = fields.Char(
        compute="_compute_card_facts",
        help="Names what this item depends on and what is planned for later, or not at all.",
    )

    @api.depends(
        "asset_ids",
        "target_date",
        "depends_on_ids.target_date",
        "depends_on_ids.state",
        "depends_on_ids.name",
    )
    def _compute_card_facts(self):
        """Saved items by SQL: a board must not read every device to show how many."""
        saved = self.filtered(lambda item: isinstance(item.id, int))
        facts = saved._read_card_facts()
        for item in self:
            if item.id in facts:
                item.asset_count, item.planned_too_early = facts[item.id]
            else:
                item.asset_count = len(item.asset_ids)
                item.planned_too_early = item._late_dependencies()

    def _late_dependencies(self):
        """Only open items that have a date; what is done already is in nobody's way."""
        self.ensure_one()
        if not self.target_date:
            return False
        late = self.depends_on_ids.filtered(
            lambda other: (
                other.state not in CLOSED
                and (not other.target_date or other.target_date > self.target_date)
            )
        )
        return ", ".join(late.mapped("name")) if late else False

    def _read_card_facts(self):
        """{item id: (number of devices, names of what it waits for or None)}."""
        if not self:
            return {}
        self.flush_model(
            ["asset_ids", "depends_on_ids", "name", "sequence", "state", "target_date", "active"]
        )
        self.env["roadmap.asset"].flush_model(["active"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT i.id, a.count, d.names
                  FROM roadmap_item i
                 CROSS JOIN LATERAL (
                       SELECT COUNT(*)
                         FROM roadmap_item_asset_rel r
                         JOIN roadmap_asset t ON t.id = r.roadmap_asset_id
                        WHERE r.roadmap_item_id = i.id AND t.active) a
                 CROSS JOIN LATERAL (
                       SELECT STRING_AGG(
                                  o.name, ', ' ORDER BY o.target_date, o.sequence, o.id) AS names
                         FROM roadmap_item_dependency_rel r
                         JOIN roadmap_item o ON o.id = r.depends_on_id
                        WHERE r.item_id = i.id AND i.target_date IS NOT NULL AND o.active
                          AND COALESCE(o.state, '') NOT IN %(closed)s
                          AND (o.target_date IS NULL OR o.target_date > i.target_date)) d
                 WHERE i.id IN %(ids)s
                """,
                closed=CLOSED,
                ids=tuple(self.ids),
            )
        )
        return {item_id: (count, names or False) for item_id, count, names in rows}
