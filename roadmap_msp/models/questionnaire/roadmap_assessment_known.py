from odoo import fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ...rules import facts, prefill, prefill_contacts, prefill_contracts
from ...rules.prefill import Asset
from ...rules.prefill_contacts import Contacts
from ...rules.prefill_contracts import Contract


class RoadmapAssessment(models.Model):
    """What register and roadmap know is filled in at sending, for a person to confirm."""

    _inherit = "roadmap.assessment"

    def _known_values(self, asked):
        """Values of the answers that need not be asked, by question code.

        :param asked: the questions of the run, as plain values
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        now = fields.Datetime.now()
        known = self._known_facts(asked, today, now)
        for source, (rules, read) in self._known_sources().items():
            questions = [q for q in asked if q.prefill == source and q.code not in known]
            rows = read() if questions else None
            for question in questions:
                value = rules.answer(question, rows, today)
                if value:
                    known[question.code] = self._prepare_known_values(question, value, now)
        return known

    def _known_sources(self):
        """`{what a question names: (rules, method that reads what they need)}`."""
        return {
            "assets": (prefill, self._known_assets),
            "contracts": (prefill_contracts, self._known_contracts),
            "contacts": (prefill_contacts, self._known_contacts),
        }

    def _known_facts(self, asked, today, now):
        """Values of the questions about facts that the client's roadmap holds already."""
        roadmap = self.sudo().roadmap_id
        known = {}
        for question in asked:
            fact = roadmap._fact(question.fact) if question.fact else None
            value = facts.as_answer(question, fact, today) if fact is not None else None
            if value and not roadmap._is_guess(question.fact, fact):
                known[question.code] = self._prepare_known_values(question, value, now)
        return known

    def _known_assets(self):
        """The client's devices that are in use or spare, as plain values, in one query."""
        self.env["roadmap.asset"].flush_model()
        self.env["roadmap.asset.type"].flush_model(["code"])
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT t.code AS type, a.state, a.purchase_date AS purchase, a.warranty_end,
                          a.maker, a.model, a.serial, a.memory_gb AS memory, a.disk_type AS disk,
                          a.id, a.name, a.user_name AS "user", a.site, a.replacement_due AS due,
                          a.support_end, a.lifecycle_id IS NOT NULL AS system_known
                     FROM roadmap_asset a LEFT JOIN roadmap_asset_type t ON t.id = a.type_id
                    WHERE a.roadmap_id = %s AND a.active AND a.state IN %s ORDER BY a.id""",
                self.roadmap_id.id,
                ("in_use", "spare"),
            )
        )
        texts = ("type", "maker", "model", "serial", "disk", "user", "site")
        blank = {**dict.fromkeys(texts, ""), "memory": 0}
        return [
            Asset(
                **{name: blank.get(name) if value is None else value for name, value in row.items()}
            )
            for row in rows
        ]

    def _known_contracts(self):
        """The client's contracts as plain values; what they cost is only for their order."""
        rows = self.env["roadmap.contract"].sudo().search([("roadmap_id", "=", self.roadmap_id.id)])
        return [
            Contract(
                name=row.name,
                category=row.category_id.code or "",
                vendor=row.vendor_id.name or "",
                seats=row.seats,
                amount=row.amount_month,
                start=row.date_start or None,
                end=row.date_end or None,
                renews=row.renews,
            )
            for row in rows
        ]

    def _known_contacts(self):
        """How many people and addresses of the client are on file."""
        roadmap = self.sudo().roadmap_id
        technical = roadmap.stakeholder_ids.filtered(lambda row: row.role == "technical")
        places = self.env["res.partner"].sudo().search(
            [
                ("commercial_partner_id", "=", roadmap.partner_id.id),
                ("type", "in", ("contact", "delivery", "other")),
                ("street", "!=", False),
            ]
        )  # fmt: skip
        addresses = {
            " ".join(f"{place.street} {place.zip or ''} {place.city or ''}".casefold().split())
            for place in places
        }
        return Contacts(technical=len(technical.partner_id), addresses=len(addresses))

    def _prepare_known_values(self, question, value, now):
        """Values of an answer that nobody gave yet; a hook to extend."""
        multiple = question.type == "multiple"
        keys = sorted(value.choices)
        return {
            "state": "answered",
            "source": "prefilled",
            "version": 1,
            "choice_id": keys[0] if keys and not multiple else False,
            "choice_ids": [Command.set(keys)] if multiple else [],
            "value_number": value.number or 0.0,
            "value_date": value.date or False,
            "value_text": value.text or False,
            "answered_on": now,
        }
