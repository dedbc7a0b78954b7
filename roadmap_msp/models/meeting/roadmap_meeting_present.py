from odoo import fields, models


class RoadmapMeeting(models.Model):
    """Present mode: what stands on the screen while the client looks at it.

    Everything here is safe for the client's eyes; nothing else is fetched.
    """

    _inherit = "roadmap.meeting"

    def action_present(self):
        """One topic at a time, full screen."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("roadmap_msp.roadmap_present_action")
        return {
            **action,
            "params": {"meeting_id": self.id},
            "context": {"active_id": self.id, "active_model": self._name},
        }

    def get_presentation(self):
        """The whole meeting as the room may see it."""
        self.ensure_one()
        self.check_access("write")
        meeting = self.sudo()
        topics = meeting._client_topics()
        since = meeting._prepare_since_values()
        actions = meeting.action_ids._prepare_portal_values()
        for row in (*actions, *since["actions"]):
            del row["due_date"]
            row["done_on"] = meeting._day(row["done_on"])
        return {
            "id": meeting.id,
            "name": meeting.name,
            "client": meeting.roadmap_id.name,
            "when": meeting._when(),
            "state": meeting.state,
            "agenda": meeting.agenda_id._prepare_portal_values() if meeting.agenda_id else [],
            "topics": meeting._present_topics(topics),
            "since": {
                "held_on": meeting._day(since["held_on"]),
                "actions": since["actions"],
                "topics": [
                    {key: row[key] for key in ("name", "state", "state_label", "outcome", "today")}
                    for row in since["topics"]
                ],
            },
            "actions": actions,
            "people": meeting._present_people(),
            "decision_maker_present": meeting.decision_maker_present,
            "due": fields.Date.to_string(fields.Date.add(fields.Date.context_today(self), days=14)),
        }

    def _present_topics(self, topics):
        rows = topics._prepare_portal_values()
        for topic, row in zip(topics, rows, strict=True):
            row["id"] = topic.id
            row["review_on"] = self._day(row["review_on"]) if row["review_on"] else ""
            row["seconds"] = topic.seconds_spent
            row["quote_asked"] = bool(topic.item_id.quote_requested_on)
            row.update(topic._prepare_risk_values())
        return rows

    def _present_partners(self):
        """(client's people, ours) who may be here: roles, team and whoever was invited."""
        roadmap = self.roadmap_id
        invited = self.attendee_ids | self.event_id.partner_ids
        ours = roadmap.member_ids.partner_id | self.user_id.partner_id
        ours |= invited - self._client_contacts(invited)
        theirs = (roadmap.stakeholder_ids.partner_id | invited) - ours
        return theirs, ours

    def _present_people(self):
        theirs, ours = self._present_partners()
        deciders = self.roadmap_id._meeting_contacts(("decision_maker", "signer"))
        signers = self.roadmap_id._meeting_contacts(("signer",))
        return [
            {
                "id": partner.id,
                "name": partner.name or "",
                "ours": partner in ours,
                "decides": partner in deciders,
                "signs": partner in signers,
                "here": partner in self.attendee_ids,
            }
            for partner in (*theirs.sorted("name"), *ours.sorted("name"))
        ]


class RoadmapMeetingTopic(models.Model):
    _inherit = "roadmap.meeting.topic"

    seconds_spent = fields.Integer(
        "Time Spent (seconds)", readonly=True, copy=False, help="As present mode counted it."
    )
