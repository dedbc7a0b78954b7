from odoo import models
from odoo.exceptions import UserError

# What the client was shown; when it was shown and taken back follows from the buttons.
HEAD = {"name", "roadmap_id", "currency_id", "fiscal_year", "line_ids"}
SHOWN = HEAD | {"proposed_on", "withdrawn_on"}


class RoadmapProposal(models.Model):
    """A proposal that a client was shown is frozen, whoever writes it."""

    _inherit = "roadmap.proposal"

    def write(self, vals):
        """What was shown stays as it was; our words above it until somebody answered."""
        fixed = SHOWN & set(vals)
        if "note" in vals and self.sudo().line_ids.answer_id:
            fixed.add("note")
        if fixed and not self.env.su and any(self.mapped("proposed_on")):
            labels = [self._fields[name]._description_string(self.env) for name in fixed]
            raise UserError(
                self.env._(
                    "%(fields)s: the client was shown it, so it stays as it was. Propose the items"
                    " anew instead.",
                    fields=", ".join(sorted(labels)),
                )
            )
        return super().write(vals)
