from odoo import models

from ...rules import versions
from ...rules.versions import Part

COMPARED = (
    "name", "why", "help", "question_type", "weight", "required", "audience", "length",
    "condition", "count_scored", "prefill", "fact",
)  # fmt: skip
CHOICE_COMPARED = ("name", "kind", "special", "scored", "score", "risk", "exclusive")


class RoadmapQuestionnaire(models.Model):
    """What changed between two versions of a questionnaire."""

    _inherit = "roadmap.questionnaire"

    def _version_before(self):
        """The version that clients answered before this one, or none."""
        self.ensure_one()
        return self.search(
            [
                ("family_code", "=", self.family_code),
                ("company_id", "=", self.company_id.id),
                ("version", "<", self.version),
            ],
            order="version desc",
            limit=1,
        )

    def _parts(self):
        """The questions as the comparison of versions needs them, by code."""
        self.ensure_one()
        return {
            question.code: Part(
                page=question.section_id.code,
                name=question.name,
                values={
                    **{name: question[name] for name in COMPARED},
                    "template_ids": ", ".join(question.template_ids.mapped("name")),
                },
                choices={
                    choice.code: {
                        **{name: choice[name] for name in CHOICE_COMPARED},
                        "template_ids": ", ".join(choice.template_ids.mapped("name")),
                    }
                    for choice in question.choice_ids
                },
            )
            for question in self.question_ids
        }

    def _differences_from(self, before):
        """The differences from another version, for people.

        :return: list of dicts: kind, code, name, page, what, old, new
        """
        self.ensure_one()
        return [
            self._difference_in_words(row)
            for row in versions.compare(before._parts(), self._parts())
        ]

    def _difference_in_words(self, row):
        labels = {
            "added": self.env._("New question"),
            "removed": self.env._("Removed question"),
            "moved": self.env._("Moved to another page"),
            "changed": self.env._("Changed"),
            "choice_added": self.env._("New choice"),
            "choice_removed": self.env._("Removed choice"),
            "choice_changed": self.env._("Changed choice"),
        }
        model = self.env["roadmap.question"]
        choice_model = self.env["roadmap.question.choice"]

        def word(value, owner, name):
            field = owner._fields.get(name)
            if field is not None and field.type == "selection" and value:
                return dict(field._description_selection(self.env)).get(value, value)
            if isinstance(value, bool) and field is not None and field.type == "boolean":
                return self.env._("yes") if value else self.env._("no")
            return "" if value in (None, False) else str(value)

        def words(value):
            if isinstance(value, dict):
                return ", ".join(
                    f"{choice_model._fields[name]._description_string(self.env)}: "
                    + (word(part, choice_model, name) or "–")
                    for name, part in value.items()
                )
            return word(value, model, row.what)

        what = row.what
        if row.kind == "changed":
            what = model._fields[what]._description_string(self.env)
        elif row.kind == "moved":
            what = ""
        return {
            "kind": row.kind,
            "label": labels[row.kind],
            "code": row.code,
            "name": row.name,
            "page": row.page,
            "what": what,
            "old": words(row.old),
            "new": words(row.new),
        }

    def action_compare(self):
        """Show what changed since the version before: opens a dialog."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Changed"),
            "res_model": "roadmap.questionnaire.compare",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_questionnaire_id": self.id,
                "default_before_id": self._version_before().id,
            },
        }
