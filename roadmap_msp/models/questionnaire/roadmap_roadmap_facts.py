from odoo import fields, models

# Where each fact of `rules.facts.TARGETS` is kept; the decision maker is a row under People.
FIELDS = {
    "headcount": "headcount",
    "seats": "seat_count",
    "sites": "site_count",
    "fiscal_year_end": "fiscal_year_start",
    "insurance_renewal": "insurance_renewal",
}


class RoadmapRoadmap(models.Model):
    """Facts about the client that answers may change, and that fill in the next run."""

    _inherit = "roadmap.roadmap"

    headcount = fields.Integer("People", help="Everybody who works there, with or without a seat.")
    insurance_renewal = fields.Date(
        "Cyber Insurance Renews", groups="roadmap_msp.group_roadmap_user"
    )

    def _fact(self, target):
        """What is known now, in the shape of `rules.facts.read`; None for what nobody entered."""
        self.ensure_one()
        if target == "decision_maker":
            rows = self.stakeholder_ids.filtered(lambda row: row.role == "decision_maker")
            return rows[:1].partner_id.name or None
        value = self[FIELDS[target]]
        return int(value) if target == "fiscal_year_end" else value or None

    def _is_guess(self, target, value):
        """Whether the value is merely what every new client starts with."""
        default = self.company_id.roadmap_fiscal_year_start or "1"
        return (target, value) in (("sites", 1), ("fiscal_year_end", int(default)))

    def _fact_in_words(self, target, value):
        """A fact for people's eyes."""
        if value is None:
            return self.env._("unknown")
        if target == "fiscal_year_end":
            months = dict(self._fields["fiscal_year_start"]._description_selection(self.env))
            return self.env._("begins in %(month)s", month=months[str(value)])
        if target == "insurance_renewal":
            return fields.Date.to_string(value)
        return str(value)

    def _contact_by_name(self, name):
        """The client's contact of that name or mail address, or none."""
        found = self.env["res.partner"].search(
            [
                ("id", "child_of", self.partner_id.id),
                ("is_company", "=", False),
                "|",
                ("name", "=ilike", name),
                ("email", "=ilike", name),
            ],
            limit=2,
        )
        return found if len(found) == 1 else self.env["res.partner"]

    def _apply_fact(self, target, value):
        """Write a fact with the rights of whoever accepted it."""
        self.ensure_one()
        if target != "decision_maker":
            self[FIELDS[target]] = str(value) if target == "fiscal_year_end" else value
            return
        contact = self._contact_by_name(value)
        if contact and "decision_maker" not in self._roles_of(contact):
            self.env["roadmap.stakeholder"].create(
                {
                    "roadmap_id": self.id,
                    "partner_id": contact.id,
                    "role": "decision_maker",
                }
            )
