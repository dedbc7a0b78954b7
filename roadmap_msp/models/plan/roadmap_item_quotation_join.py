from odoo import models
from odoo.fields import Command

from .roadmap_item_quotation import PERIOD_ORDER


class RoadmapItem(models.Model):
    """Which items share a quotation, and which join one that is a draft still."""

    _inherit = "roadmap.item"

    def _quotation_groups(self, split):
        """Sets of items, each of them one quotation: by client, and by what `split` names."""
        if split == "item":
            return list(self)
        names = ("roadmap_id", "category_id") if split == "category" else ("roadmap_id",)
        return list(self.grouped(lambda item: tuple(item[name] for name in names)).values())

    def _drafts_to_join(self):
        """{roadmap: its newest draft quotation that was made from items}."""
        Order = self.env["sale.order"].sudo()
        domain = [("roadmap_id", "in", self.roadmap_id.ids), ("state", "=", "draft")]
        return {order.roadmap_id: order for order in Order.search(domain, order="id")}

    def _join_quotation(self, order):
        """Add these items to a draft quotation: sections before, recurring lines in theirs."""
        tail = {period: [] for period in PERIOD_ORDER}
        head = []
        current = head
        for line in order.order_line.sorted(lambda line: (line.sequence, line.id)):
            if line.display_type == "line_section":
                current = tail.get(order._roadmap_section_period(line), head)
            current.append(line)
        new = self.with_company(order.company_id)
        head += new._prepare_item_sections(order.currency_id)
        for period, lines in tail.items():
            added = new._prepare_recurring_section(period, order.currency_id)
            lines += added[1:] if lines else added
        entries = [entry for part in (head, *tail.values()) for entry in part]
        commands = []
        for sequence, entry in enumerate(entries, start=1):
            if isinstance(entry, dict):
                commands.append(Command.create({**entry, "sequence": sequence}))
            elif entry.sequence != sequence:
                commands.append(Command.update(entry.id, {"sequence": sequence}))
        order.write({"order_line": commands})
