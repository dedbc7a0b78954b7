from odoo import api, fields, models

from ...rules import facts
from .roadmap_assessment import STAFF

WITH_FACTS = ("submitted", "in_review", "closed")


class RoadmapAnswer(models.Model):
    _inherit = "roadmap.answer"

    fact_version = fields.Integer(
        readonly=True, copy=False, help="The version of the answer whose fact was decided on."
    )


class RoadmapAssessment(models.Model):
    """Answers that are facts: offered to a person, who takes them over or refuses them."""

    _inherit = "roadmap.assessment"

    fact_count = fields.Integer("Facts to Take Over", compute="_compute_fact_count", groups=STAFF)

    @api.depends("answer_ids.version", "answer_ids.fact_version", "state")
    def _compute_fact_count(self):
        for run in self:
            run.fact_count = len(run._open_facts()) if run.state in WITH_FACTS else 0

    def _open_facts(self):
        """Facts that differ from what is known and that nobody has decided on.

        :return: list of dicts: answer, target, known, value, problem
        """
        self.ensure_one()
        answers = self.env["roadmap.answer"].search(
            [
                ("assessment_id", "in", self.ids),
                ("question_id.fact", "!=", False),
                ("state", "in", ("answered", "verified")),
                ("hidden", "=", False),
            ]
        )
        return [entry for answer in answers if (entry := self._open_fact(answer))]

    def _open_fact(self, answer):
        """The entry of one answer, or None where there is nothing to decide."""
        target = answer.question_id.fact
        value = facts.read(target, answer._plain_value())
        known = self.roadmap_id._fact(target)
        if value is None or answer.fact_version == answer.version or self._same(value, known):
            return None
        problem = False
        if target == "decision_maker" and not self.roadmap_id._contact_by_name(value):
            problem = self.env._(
                "%(client)s has no contact of this name. Add the contact first.",
                client=self.roadmap_id.name,
            )
        return {
            "answer": answer,
            "target": target,
            "known": known,
            "value": value,
            "problem": problem,
        }

    @staticmethod
    def _same(value, known):
        if isinstance(value, str) and isinstance(known, str):
            return value.casefold() == known.casefold()
        return value == known

    def action_open_facts(self):
        """Show what the answers would change about the client: opens a dialog."""
        self.ensure_one()
        roadmap = self.roadmap_id
        wizard = self.env["roadmap.assessment.facts"].create(
            {
                "assessment_id": self.id,
                "line_ids": [
                    fields.Command.create(
                        {
                            "answer_id": entry["answer"].id,
                            "target": entry["target"],
                            "known": roadmap._fact_in_words(entry["target"], entry["known"]),
                            "new": roadmap._fact_in_words(entry["target"], entry["value"]),
                            "problem": entry["problem"],
                            "decision": "later" if entry["problem"] else "accept",
                        }
                    )
                    for entry in self._open_facts()
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take Over to the Client"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _apply_facts(self, answers):
        """Write the facts of these answers to the client, and note what was changed.

        What only the decision maker may read is named in the note without its value.
        """
        self.ensure_one()
        roadmap, notes = self.roadmap_id, []
        roadmap.check_access("write")
        for entry in self._open_facts():
            if entry["answer"] not in answers or entry["problem"]:
                continue
            target, value = entry["target"], entry["value"]
            roadmap._apply_fact(target, value)
            question = entry["answer"].question_id
            note = dict(question._fields["fact"]._description_selection(self.env))[target]
            if question.audience != "owner":
                known = roadmap._fact_in_words(target, entry["known"])
                note += f": {known} → {roadmap._fact_in_words(target, value)}"
            notes.append(f"{note} ({question.code})")
        if notes:
            roadmap.message_post(
                body=self.env._(
                    "Taken over from %(run)s: %(facts)s", run=self.name, facts="; ".join(notes)
                )
            )
