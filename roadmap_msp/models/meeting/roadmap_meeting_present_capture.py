from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

#: Nobody talks longer about one topic: a screen that was left open counts no further.
MOST_SECONDS = 4 * 3600


class RoadmapMeeting(models.Model):
    """What is captured in the room; each method answers with the screen as it is now."""

    _inherit = "roadmap.meeting"

    def _present_topic(self, topic_id):
        """The topic, if it is one that stands on the screen."""
        topic = self._client_topics().filtered(lambda row: row.id == topic_id)
        if not topic or self.state in ("closed", "cancelled", "no_show"):
            raise UserError(
                self.env._("This topic cannot be changed any more. Load the page again.")
            )
        return topic.with_env(self.env)

    def present_settle(self, topic_id, state, outcome="", waits_for="", review_on=False):
        """Decide, defer or drop a topic, or open it again.

        :raises UserError: a deferral without a reason and without what it waits for
        """
        self.ensure_one()
        self.check_access("write")
        topic = self._present_topic(topic_id)
        if state == "deferred" and not (outcome or waits_for or topic.waits_for_ids):
            raise UserError(
                self.env._("Say why '%s' is put off, or what it waits for.", topic.name)
            )
        values = {
            "state": state,
            "outcome": outcome or False,
            "waits_for": waits_for or False,
            "review_on": review_on or False,
        }
        topic.write(values if state != "open" else {"state": "open"})
        return self.get_presentation()

    def present_accept_risk(self, topic_id, reason, until, partner_id, signature=None, name=None):
        """One of the client's people lives with the risk until a day; then the topic is back.

        It is stored as a decision; see `roadmap.meeting.topic._accept_risk`.

        :param signature: the image as a data URL, for a great risk; `name` is who signed
        :raises UserError: without a reason, a day in the future, somebody who may, or a signature
        """
        self.ensure_one()
        self.check_access("write")
        topic = self._present_topic(topic_id)
        theirs, _ours = self.sudo()._present_partners()
        partner = theirs.filtered(lambda row: row.id == partner_id)
        until, reason = fields.Date.to_date(until), (reason or "").strip()
        image = (signature or "").rpartition(",")[2]
        topic._accept_risk(partner, reason, until, image, (name or "").strip() or partner.name)
        text = self.env._(
            "Risk accepted by %(who)s until %(day)s: %(why)s",
            who=partner.name,
            day=self._day(until),
            why=reason,
        )
        return self.present_settle(topic_id, "deferred", text, "", until)

    def present_promise(self, name, partner_id, due_date, topic_id=False):
        """Something that one of the people promised; whose side it is follows from the person."""
        self.ensure_one()
        self.check_access("write")
        theirs, ours = self.sudo()._present_partners()
        partner = (theirs | ours).filtered(lambda row: row.id == partner_id)
        if not partner or not (name or "").strip() or not due_date:
            raise UserError(self.env._("Say what is promised, by whom and until when."))
        user = partner.user_ids.filtered(lambda row: row._is_internal())[:1]
        self.env["roadmap.action"].create(
            {
                "name": name.strip(),
                "meeting_id": self.id,
                "topic_id": self._present_topic(topic_id).id if topic_id else False,
                "side": "ours" if user else "client",
                "user_id": user.id,
                "partner_id": partner.id if not user else False,
                "due_date": due_date,
            }
        )
        return self.get_presentation()

    def present_action_state(self, action_id, state):
        """Mark a promise as done, dropped or open again."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["roadmap.action"].search(
            [("id", "=", action_id), ("roadmap_id", "=", self.roadmap_id.id)]
        )
        if action.state != state:
            action.write({"state": state})
        return self.get_presentation()

    def present_new_topic(self, name, quote=False):
        """Something that came up; `quote` asks for a price of it at once."""
        self.ensure_one()
        self.check_access("write")
        if not (name or "").strip():
            raise UserError(self.env._("Give the topic a name."))
        last = max(self.topic_ids.mapped("sequence"), default=0)
        topic = self.env["roadmap.meeting.topic"].create(
            {"name": name.strip(), "meeting_id": self.id, "sequence": last + 1}
        )
        if quote:
            topic.action_request_quote()
        return self.get_presentation()

    def present_quote(self, topic_id):
        """Ask for a quotation of the topic's item."""
        self.ensure_one()
        self.check_access("write")
        self._present_topic(topic_id).action_request_quote()
        return self.get_presentation()

    def present_here(self, partner_ids):
        """Who is in the room."""
        self.ensure_one()
        self.check_access("write")
        theirs, ours = self.sudo()._present_partners()
        here = (theirs | ours).filtered(lambda partner: partner.id in partner_ids)
        self.sudo().attendee_ids = [Command.set(here.ids)]
        return self.get_presentation()

    def present_time(self, seconds):
        """Add the seconds spent on topics: `{topic id: seconds}`."""
        self.ensure_one()
        self.check_access("write")
        for topic in self.sudo()._client_topics():
            spent = int(seconds.get(str(topic.id)) or 0)
            if spent > 0:
                topic.seconds_spent += min(spent, MOST_SECONDS)
        return True

    def present_finish(self, seconds=0):
        """The meeting is over: held, with who was here; minutes drafted; the time spent kept."""
        self.ensure_one()
        self.check_access("write")
        here, spent = self.attendee_ids, max(int(seconds), 0)
        if self.state in ("to_book", "booked"):
            self.action_hold()
            self.attendee_ids = [Command.set(here.ids)]
            # A page that was loaded anew counts from zero; what the topics took is kept.
            spent = max(spent, sum(self.sudo().topic_ids.mapped("seconds_spent")))
        if self.state == "held":
            spent = min(spent, 2 * MOST_SECONDS)
            ours = here - self.sudo()._client_contacts(here)
            self.hours_meeting += spent / 3600 * max(len(ours), 1)
            if not self.minutes:
                self.action_draft_minutes()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }
