from odoo import models
from odoo.exceptions import UserError


class RoadmapMeetingTopic(models.Model):
    """A price that was asked for in the meeting."""

    _inherit = "roadmap.meeting.topic"

    def action_request_quote(self):
        """Queue the topics' items for a quotation; a topic without an item gets one.

        :raises UserError: naming what needs no quotation any more
        """
        self.check_access("write")
        for topic in self.filtered(lambda topic: not topic.item_id):
            topic.item_id = self.env["roadmap.item"].create(
                {
                    "name": topic.name,
                    "summary": topic.situation,
                    "roadmap_id": topic.roadmap_id.id,
                }
            )
        items = self.item_id
        late = items.filtered(lambda item: item.state not in ("idea", "proposed", "approved"))
        if late:
            raise UserError(
                self.env._(
                    "No quotation was asked for: %s is quoted, ordered or closed already.",
                    ", ".join(late.mapped("name")),
                )
            )
        items._request_quote("topic")
        return True
