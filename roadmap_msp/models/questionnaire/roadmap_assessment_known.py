from odoo import fields, models
from odoo.fields import Command

from ...rules import facts, prefill
from ...rules.prefill import Asset

TYPES = (*prefill.COMPUTERS, *prefill.SERVERS, *prefill.FIREWALLS)


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
        open_questions = [question for question in asked if question.prefill == "assets"]
        if not open_questions:
            return known
        assets = self._known_assets()
        for question in open_questions:
            value = prefill.answer(question, assets, today)
            if value:
                known[question.code] = self._prepare_known_values(question, value, now)
        return known

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
        """The client's devices in use that questions ask about, as plain values."""
        assets = self.env["roadmap.asset"].sudo()
        rows = assets.search_fetch(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "=", "in_use"),
                ("type_id.code", "in", TYPES),
            ],
            ["type_id", "state", "purchase_date", "warranty_end", "maker", "model", "serial",
             "memory_gb", "disk_type"],
            order="id",
        )  # fmt: skip
        return [
            Asset(
                type=row.type_id.code,
                state=row.state,
                purchase=row.purchase_date or None,
                warranty_end=row.warranty_end or None,
                maker=row.maker or "",
                model=row.model or "",
                serial=row.serial or "",
                memory=row.memory_gb,
                disk=row.disk_type or "",
            )
            for row in rows
        ]

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
