from odoo import fields, models
from odoo.tools import format_date

from ...rules import contradictions, scoring

# Above all gaps, until somebody has looked: only what is a high risk.
ON_TOP = 1000.0
NAME_LIMIT = 250


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _contradictions(self, rows, factor):
        """Findings where an answer claims what is known to be otherwise, by source key."""
        asked = [
            row
            for row in rows.values()
            if not row.hidden
            and not row.value.empty
            and (row.question.code in contradictions.CODES or row.question.fact)
        ]
        if not asked:
            return {}
        known = self._known_otherwise(rows)
        found = [(row, contradictions.find(row.question, row.value, known)) for row in asked]
        wanted = {}
        for row, contradiction in found:
            if contradiction:
                vals = self._prepare_contradiction(row, contradiction, factor)
                wanted[vals["source_key"]] = vals
        return wanted

    def _known_otherwise(self, rows):
        """What is known beside the answers of this run, as plain values."""
        run = self.sudo()
        roadmap = run.roadmap_id
        deciding = (
            self.env["roadmap.stakeholder"]
            .sudo()
            ._search([("roadmap_id", "=", roadmap.id), ("role", "=", "decision_maker")])
        )
        people = self.env["res.partner"].sudo()
        people = people.search_fetch([("id", "in", deciding.subselect("partner_id"))], ["name"])
        earlier = run.previous_id.answer_ids.filtered_domain(
            [("question_id.code", "in", contradictions.EARLIER), ("state", "!=", "unanswered")]
        )
        return contradictions.Known(
            today=fields.Date.context_today(self),
            assets=tuple(run._known_assets()),
            contracts=tuple(run._known_contracts()),
            decision_makers=tuple(people.mapped("name")),
            insurance_renewal=roadmap.insurance_renewal or None,
            answers={row.question.code: row.value for row in rows.values() if not row.hidden},
            earlier={row.question_id.code: row._plain_value() for row in earlier},
        )

    def _prepare_contradiction(self, row, contradiction, factor):
        """Values of the finding."""
        question = self.env["roadmap.question"].browse(row.question.id)
        assets = contradiction.assets
        name = self.env._(
            "%(question)s %(answer)s; but %(fact)s",
            question=question.name,
            answer=self._plain_words(row),
            fact=self._contradiction_words(contradiction),
        )
        high = contradiction.risk == "high"
        urgency = scoring.urgency(contradiction.risk, question.weight, factor)
        return {
            "name": name[:NAME_LIMIT],
            "description": self.env._(
                "The answer and what we have on file contradict each other. Ask, then correct one"
                " of them."
            ),
            "roadmap_id": self.roadmap_id.id,
            "assessment_id": self.id,
            "answer_id": row.id,
            "asset_id": assets[0].id if assets else False,
            "kind": "contradiction",
            "source": "contradiction",
            "source_key": f"contradiction:{question.code}",
            "risk": contradiction.risk,
            "urgency": urgency + ON_TOP if high else urgency,
            "owner_only": question.audience == "owner",
            "category_id": question.section_id.category_id.id,
            "template_ids": [fields.Command.set(question.template_ids.ids if high else [])],
        }

    def _contradiction_words(self, contradiction):
        """What is known instead, as the second half of a sentence."""
        details = dict(contradiction.details)
        if details.get("date"):
            details["date"] = format_date(self.env, details["date"])
        assets = contradiction.assets
        if assets:
            details.update(asset=assets[0].name, devices=len(assets))
        words = self._contradiction_sentences()[contradiction.reason] % details
        together = contradiction.reason not in ("count", "undated", "overdue")
        if len(assets) > 1 and together:
            words += " " + self.env._("(and %(count)s more)", count=len(assets) - 1)
        return words

    def _contradiction_sentences(self):
        """The sentences by reason; `%` fills in what the rule found."""
        env = self.env
        return {
            "uncovered": env._("the warranty of %(asset)s ended %(date)s"),
            "unsupported": env._("the support of %(asset)s ended %(date)s"),
            "count": env._("the register has %(count)s"),
            "age": env._("%(asset)s was bought %(date)s"),
            "exists": env._("the register has %(asset)s"),
            "users": env._("the register names %(count)s people who use a device"),
            "sites": env._("the register names %(count)s sites"),
            "undated": env._("%(devices)s of %(total)s devices have neither date"),
            "overdue": env._("%(devices)s of %(total)s computers are past their day"),
            "spare": env._("the register has no spare computer"),
            "logins": env._("only %(count)s people work here"),
            "decision_maker": env._("on file as decision maker is %(name)s"),
            "nobody": env._("nobody is on file as decision maker"),
            "renewal_past": env._("the insurance was to renew %(date)s"),
            "contract_end": env._("the contract on file ends %(date)s"),
            "renewals": env._("%(count)s contracts on file renew within six months"),
            "proven": env._("last time the answer was %(date)s"),
        }
