from odoo import fields, models
from odoo.tools import SQL

from .roadmap_assessment_scope import Scope

# A login, while its own record rules let it read the run.
LOGIN = """SELECT u.partner_id, NULL::int4 AS link_id, '{}'::int4[] AS sections, false AS single
             FROM res_users u WHERE u.id = %s AND a.id IN %s"""
# Links to answer that are valid (as `roadmap.link._find_valid` says).
LINKS = """SELECT l.partner_id, l.id AS link_id,
                  ARRAY(SELECT roadmap_assessment_section_id
                          FROM roadmap_assessment_section_roadmap_link_rel
                         WHERE roadmap_link_id = l.id) AS sections,
                  EXISTS (SELECT FROM roadmap_link_roadmap_question_rel
                           WHERE roadmap_link_id = l.id) AS single
             FROM roadmap_link l JOIN res_partner p ON p.id = l.partner_id
            WHERE l.id = ANY(%s) AND l.purpose = 'answer' AND l.res_model = 'roadmap.assessment'
              AND l.res_id = a.id AND l.roadmap_id = a.roadmap_id AND p.active
              AND l.withdrawn_on IS NULL AND l.expires_on > %s"""
DOOR = """SELECT who.partner_id, who.link_id, who.sections, who.single,
                 ARRAY(SELECT t.role FROM roadmap_stakeholder t
                        WHERE t.roadmap_id = r.id AND t.partner_id = who.partner_id) AS roles,
                 ARRAY(SELECT s.id FROM roadmap_assessment_section s
                        WHERE s.assessment_id = a.id AND s.provider_fills IS NOT TRUE) AS pages
            FROM roadmap_assessment a
            JOIN roadmap_roadmap r ON r.id = a.roadmap_id
            CROSS JOIN LATERAL (%s) who
           WHERE a.id = %s AND a.state NOT IN ('draft', 'cancelled')
             AND r.active AND r.state != 'ended'"""


class RoadmapAssessment(models.Model):
    """The short way to an autosave, for decision makers and holders of whole pages."""

    _inherit = "roadmap.assessment"

    def _open_for_login(self, user):
        """`(contact, Scope)` of a portal login that may answer the run, looked up in one query.

        :return: None is no refusal: the checks of the portal's pages then look closer
        """
        self.ensure_one()
        if not self.browse().with_user(user).has_access("read"):
            return None
        readable = self.with_user(user)._search([("id", "=", self.id)], active_test=False)
        return self._open_door(SQL(LOGIN, user.id, readable.subselect()), login=True)

    def _open_for_links(self, link_ids):
        """`(contact, Scope)` of the first of these links that opens the run, as for a login.

        :param link_ids: links whose code was given, in their order
        """
        self.ensure_one()
        return self._open_door(SQL(LINKS, list(link_ids), fields.Datetime.now()), link_ids)

    def _open_door(self, who, link_ids=(), login=False):
        found = self.env.execute_query_dict(SQL(DOOR, who, self.id))
        if not found:
            return None
        row = min(found, key=lambda data: 0 if login else link_ids.index(data["link_id"]))
        decides = "decision_maker" in row["roles"]
        if row["single"] or (not row["sections"] and not decides):
            return None
        pages = set(row["pages"])
        if row["sections"]:
            pages &= set(row["sections"])
        pages = self.env["roadmap.assessment.section"].sudo().browse(sorted(pages))
        partner = self.env["res.partner"].sudo().browse(row["partner_id"])
        return partner, Scope(pages, roles=frozenset(row["roles"]))
