from odoo import models
from odoo.fields import Domain

from ...rules.item_state import DECIDED


class RoadmapBook(models.Model):
    """What the client decided, what it put off, and the risks that it chose to live with."""

    _inherit = "roadmap.book"

    def _decision_values(self):
        """{"decided", "deferred", "accepted"}: each subject stands in one of them, once."""
        risks = self._decisions(self.env["roadmap.decision"]._open_risk_domain())
        rows = {"decided": [], "deferred": []}
        subjects = {subject for risk in risks for subject in self._subjects(risk)}
        for row in self._decisions([("decision", "in", DECIDED)]):
            mine = self._subjects(row)
            if not mine & subjects:
                part = "decided" if row.decision == "approved" else "deferred"
                rows[part].append(self._decision_row(row))
            subjects |= mine
        for topic in self._settled_topics():
            mine = self._subjects(topic)
            if not mine & subjects:
                rows[topic.state].append(self._topic_row(topic))
            subjects |= mine
        return {**rows, "accepted": [self._decision_row(risk) for risk in risks]}

    def _decisions(self, domain):
        """Decisions that this book may tell, the newest first."""
        return self.env["roadmap.decision"].search(
            self._told("", "topic_id.") & Domain(domain), order="decided_on desc, id desc"
        )

    def _told(self, *paths):
        """Of this client, and neither of a hidden item nor, but for the owner, in confidence."""
        told = Domain("roadmap_id", "=", self.roadmap_id.id)
        for path in paths:
            told &= ~Domain(f"{path}item_id.client_visible", "=", False)
            if not self.owner_copy:
                told &= ~Domain(f"{path}finding_id.owner_only", "=", True)
        return told

    def _settled_topics(self):
        """Topics that were decided or put off, of meetings whose minutes the client got."""
        settled = [
            ("state", "in", ("decided", "deferred")),
            ("meeting_id.state", "=", "closed"),
            ("next_ids", "=", False),
        ]
        return self.env["roadmap.meeting.topic"].search(
            self._told("") & Domain(settled), order="id desc"
        )

    @staticmethod
    def _subjects(row):
        """What a decision or a topic is about; a topic stands for its item and its finding."""
        topic = row if row._name == "roadmap.meeting.topic" else row.topic_id
        records = row.item_id, row.finding_id, topic, topic.item_id, topic.finding_id
        # One that comes back in every meeting is told as it was settled last.
        return {subject for subject in (*records, topic.name) if subject}

    def _decision_row(self, row):
        words = dict(row._fields["decision"]._description_selection(self.env))
        money = self.roadmap_id._money
        amounts = []
        if row.amount_one_off:
            amounts.append(money(row.amount_one_off))
        if row.amount_recurring:
            amounts.append(self.env._("%s per month", money(row.amount_recurring)))
        return {
            "name": row._subject_name(),
            "decision": words[row.decision],
            "option": row.option_text or "",
            "amount": " + ".join(amounts),
            "on": self._day(row.decided_on),
            "by": row.signed_by or row.partner_id.name or "",
            "until": self._day(row.until),
            "reason": row._told_reason(),
        }

    def _topic_row(self, topic):
        words = dict(topic._fields["state"]._description_selection(self.env))
        waits = [topic.waits_for, *topic.waits_for_ids.mapped("name")]
        return {
            "name": topic.name,
            "decision": words[topic.state],
            "option": "",
            "amount": "",
            "on": self._day(topic.meeting_id.held_on or topic.meeting_id.start),
            "by": self.env._("in the meeting"),
            "until": self._day(topic.review_on),
            "reason": topic.outcome or ", ".join(filter(None, waits)),
        }
