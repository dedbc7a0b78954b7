from odoo import api, models
from odoo.tools import SQL

LANES = ("board_lane", "fiscal_period")
OPEN_LANES = 10


class RoadmapItem(models.Model):
    """The board reads the cards of all its lanes in one search instead of one per lane."""

    _inherit = "roadmap.item"

    @api.model
    @api.readonly
    def web_read_group(
        self, domain, groupby, aggregates=(), limit=None, offset=0, order=None, **options
    ):
        """As native; where only lanes are grouped, the cards of all open lanes come together."""
        infos = options.get("opening_info") or []
        # A lane that was paged or filtered by itself is rare: the native way reads it.
        special = any(info.get("offset") or info.get("progressbar_domain") for info in infos)
        together = len(groupby) == 1 and groupby[0] in LANES and not special
        if not together or "unfold_read_specification" not in options:
            return super().web_read_group(
                domain, groupby, aggregates, limit, offset, order, **options
            )
        specification = options.pop("unfold_read_specification")
        unfolds, first = options.pop("auto_unfold", False), options.pop("opening_info", None)
        size = options.pop("unfold_read_default_limit", 80)
        result = super().web_read_group(
            domain, groupby, aggregates, limit, offset, order, **options
        )
        known = {info["value"]: info for info in first or []}
        opened = {}
        for group in result["groups"]:
            info = known.get(group[groupby[0]])
            if info and not info["folded"]:
                opened[group[groupby[0]] or None] = group, info["limit"]
            elif not info and unfolds and len(opened) < OPEN_LANES:
                opened[group[groupby[0]] or None] = group, size
        self._fill_lanes(domain, groupby[0], order, opened, specification or {})
        return result

    @api.model
    def _fill_lanes(self, domain, lane, order, opened, specification):
        """Put the first cards of each lane into its group.

        :param opened: {lane: (group, most cards)}
        """
        for group, _most in opened.values():
            group["__records"] = []
        most = max((most or 0 for _group, most in opened.values()), default=0)
        if not most:
            return
        ids = {}
        for name, item_id, number in self._search_lanes(domain, lane, order, most):
            if name in opened and number <= opened[name][1]:
                ids[item_id] = name
        for values in self.browse(ids).web_read(specification):
            opened[ids[values["id"]]][0]["__records"].append(values)

    @api.model
    def _search_lanes(self, domain, lane, order, most):
        """[(lane, item id, place in its lane)], at most that many of each lane."""
        query = self._search(domain)
        ranking = self._order_to_sql(order or self._order, query)
        name = self._field_to_sql(self._table, lane, query)
        place = SQL("ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s)", name, ranking)
        ranked = query.select(
            SQL("%s AS lane", name),
            SQL("%s AS id", SQL.identifier(self._table, "id")),
            SQL("%s AS place", place),
        )
        return self.env.execute_query(
            SQL(
                "SELECT lane, id, place FROM (%s) ranked WHERE place <= %s ORDER BY place",
                ranked,
                most,
            )
        )
