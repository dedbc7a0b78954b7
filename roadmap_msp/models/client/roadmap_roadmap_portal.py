from odoo import fields, models

from .roadmap_stakeholder import ASSET_ROLES, PLAN_ROLES

TODO_AREAS = ("meeting", "plan", "quotation", "budget", "questionnaire", "asset")


class RoadmapRoadmap(models.Model):
    """What the client's contacts see of a roadmap: plain values, safe for their eyes."""

    _inherit = "roadmap.roadmap"

    def _portal_title(self):
        self.ensure_one()
        return self.partner_id.name

    def _portal_doors(self, roles):
        """The doors that a contact with these roles has: key, title, icon and address."""
        self.ensure_one()
        url = f"/my/roadmap/{self.id}"
        doors = [
            {"key": "todo", "title": self.env._("To do"), "icon": "fa-check-square-o", "url": url}
        ]
        if roles & PLAN_ROLES:
            title = self.env._("Our plan")
            doors.append({"key": "plan", "title": title, "icon": "fa-road", "url": f"{url}/plan"})
        if roles & ASSET_ROLES:
            title = self.env._("What we own")
            doors.append(
                {"key": "assets", "title": title, "icon": "fa-laptop", "url": f"{url}/assets"}
            )
        return doors

    def _prepare_todo_values(self, partner):
        """Values of the To do page of a contact: next meeting, entries, our person to call."""
        self.ensure_one()
        roles = self._roles_of(partner)
        entries = []
        for area in TODO_AREAS:
            collect = getattr(self, f"_portal_todo_{area}", None)
            entries += collect(partner, roles) if collect else []
        entries.sort(key=lambda entry: (entry["done"], entry["sequence"]))
        manager = self.account_manager_id.partner_id
        return {
            "entries": entries,
            "open_count": sum(not entry["done"] for entry in entries),
            "meeting": self._portal_next_meeting(partner, roles),
            "may_take_all": "decision_maker" in roles,
            "manager": {
                "name": manager.name or self.company_id.name,
                "email": manager.email or self.company_id.email,
                "phone": manager.phone or self.company_id.phone,
            },
        }

    def _portal_next_meeting(self, partner, roles):
        """The next booked meeting that the contact may know of, as a dict, or None.

        Whoever only fills questionnaire pages sees the meetings to which they are invited.
        """
        self.ensure_one()
        domain = [
            ("roadmap_id", "=", self.id),
            ("state", "=", "booked"),
            ("stop", ">=", fields.Datetime.now()),
        ]
        if not roles & ASSET_ROLES:
            domain.append(("event_id.partner_ids", "in", partner.ids))
        meeting = self.env["roadmap.meeting"].sudo().search(domain, order="start", limit=1)
        if not meeting:
            return None
        event, zone = meeting.event_id, partner.tz or self.company_id.partner_id.tz
        url = f"/my/roadmap/meeting/{meeting.id}" if roles & PLAN_ROLES else False
        return {
            "name": meeting.name,
            "start": meeting.start,
            "tz": zone or "UTC",
            # Who cannot open the meeting's page joins by the address of the call.
            "location": meeting._place() if url else event.location or event.videocall_location,
            # The meeting's own page, with agenda and minutes, is for those who see the plan.
            "url": url,
            "move_url": url and meeting._may_choose() and f"{url}/times",
        }
