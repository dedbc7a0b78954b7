import json

from odoo import models

from .roadmap_answer import figure_in_words
from .roadmap_assessment import REVIEW_STATES


class RoadmapAssessment(models.Model):
    """Which values are kept beside the one that counts."""

    _inherit = "roadmap.assessment"

    def _keeps_revision(self, change, respondent, source):
        """Whether the value before is worth keeping: another person's or another source's."""
        row = change.row
        if change.competing:
            return True
        if row.value.empty or row.value == change.value:
            return False
        if self.state in REVIEW_STATES:
            return True
        return row.source != source or row.respondent != respondent.id

    def _prepare_revision(self, change, respondent, source):
        """Values of the earlier, competing or corrected value that is kept."""
        row = change.row
        kind = "earlier"
        if change.competing:
            kind = "competing"
        elif source == "staff" and self.state in REVIEW_STATES:
            kind = "corrected"
        kept = change.before()
        if change.competing:
            kept.value, kept.note = change.value, change.note
        return {
            "answer_id": row.id,
            "kind": kind,
            "value": json.loads(json.dumps({"value": kept.as_json(), "note": kept.note})),
            "display_value": self._plain_words(kept),
            "version": row.version,
            "partner_id": respondent.id if change.competing else row.respondent,
            "user_id": self.env.uid if source == "staff" else False,
            "reason": self.env.context.get("roadmap_reason"),
        }

    def _plain_words(self, row):
        """A value in a few words, by the codes of its choices."""
        value = row.value
        if value.choices:
            return ", ".join(c.code for c in row.question.choices if c.key in value.choices)
        if value.number is not None:
            money = row.question.type == "money" and self.roadmap_id.currency_id
            return figure_in_words(self.env, value.number, money)
        if value.files:
            return self.env._("%(count)s files", count=len(value.files))
        return str(value.date or value.text)[:500]
