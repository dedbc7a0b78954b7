from odoo import fields, models
from odoo.exceptions import ValidationError


class RoadmapProposalLine(models.Model):
    """Options that exclude each other: frozen when proposed, chosen when approved."""

    _inherit = "roadmap.proposal.line"

    options = fields.Json(
        help="List of {id, group, name, one_off, per_month, preset}: the lines of the item among"
        " which the client chooses, one of each group; the preset ones are in the amounts."
    )

    def _choices(self):
        """{group: its options, the preset one first}."""
        self.ensure_one()
        groups = {}
        for option in self.options or []:
            groups.setdefault(option["group"], []).append(option)
        return {
            group: sorted(options, key=lambda option: not option["preset"])
            for group, options in groups.items()
        }

    def _chosen_options(self, ids):
        """The option of each group that the client takes: one of `ids`, else the preset one.

        :raises ValidationError: two options of one group
        """
        wanted = set(ids or ())
        chosen = []
        for group, options in self._choices().items():
            taken = [option for option in options if option["id"] in wanted]
            if len(taken) > 1:
                raise ValidationError(
                    self.env._("%(group)s: please choose one of them.", group=group)
                )
            chosen += taken or options[:1]
        return chosen

    def _options_text(self, chosen):
        return "; ".join(f"{option['group']}: {option['name']}" for option in chosen) or False

    def _amounts_with(self, chosen):
        """(one-off, per month) of the line with these options in place of the preset ones."""
        preset = [option for option in self.options or [] if option["preset"]]

        def total(amount, key):
            gone = sum(option[key] for option in preset)
            return amount - gone + sum(option[key] for option in chosen)

        if not chosen:
            return self.amount_one_off, self.amount_recurring
        return total(self.amount_one_off, "one_off"), total(self.amount_recurring, "per_month")

    def _apply_options(self, chosen):
        """From now on the chosen lines of the item count, and are preset on its quotation."""
        lines = self.item_id.line_ids
        groups = {option["group"] for option in chosen}
        ids = {option["id"] for option in chosen}
        rivals = lines.filtered(lambda line: line.option_group in groups)
        taken = rivals.filtered(lambda line: line.id in ids)
        if taken:
            taken.option_chosen = True
            (rivals - taken).option_chosen = False

    def _shown_amounts(self):
        """(one-off, per month) that the client last agreed to, else was shown."""
        self.ensure_one()
        answer = self.answer_id
        if answer.decision == "approved":
            return answer.amount_one_off, answer.amount_recurring
        return self.amount_one_off, self.amount_recurring


class RoadmapItem(models.Model):
    _inherit = "roadmap.item"

    def _prepare_proposal_line(self, sequence):
        return {**super()._prepare_proposal_line(sequence), "options": self._prepare_options()}

    def _prepare_options(self):
        """The lines that exclude each other, as the client may know them."""
        if self.covered:
            return False
        counted = self._counted_lines()
        groups = self.line_ids.filtered("option_group").grouped("option_group")
        return [
            {
                "id": line.id,
                "group": group,
                "name": line.name,
                "one_off": line.amount if line.kind == "one_off" else 0.0,
                "per_month": line.amount_month,
                "preset": line in counted,
            }
            for group, lines in groups.items()
            if len(lines) > 1
            for line in lines.sorted(lambda line: (line not in counted, line.sequence, line.id))
        ] or False


class RoadmapItemLine(models.Model):
    _inherit = "roadmap.item.line"

    option_chosen = fields.Boolean(
        "Chosen by the Client", copy=False, help="Of lines that exclude each other, this counts."
    )
