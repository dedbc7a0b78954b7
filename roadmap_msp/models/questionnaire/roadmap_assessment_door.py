from odoo import fields, models
from odoo.tools import SQL

from .roadmap_assessment_scope import Scope

# A login; its own record rules are asked afterwards.
LOGIN = """SELECT u.partner_id, NULL::int4 AS link_id, '{}'::int4[] AS sections, false AS single
             FROM res_users u WHERE u.id = %s"""
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
# All that saving, and the rules of the portal, read of the run.
KNOWN = ("roadmap_id", "company_id", "questionnaire_id", "state")
DOOR = """SELECT a.roadmap_id, a.company_id, a.questionnaire_id, a.state,
                 who.partner_id, who.link_id, who.sections, who.single,
                 ARRAY(SELECT json_build_array(t.id, t.partner_id, t.role)
                         FROM roadmap_stakeholder t WHERE t.roadmap_id = r.id) AS people,
                 ARRAY(SELECT s.id FROM roadmap_assessment_section s
                        WHERE s.assessment_id = a.id AND s.provider_fills IS NOT TRUE) AS pages,
                 ARRAY(SELECT s.id FROM roadmap_assessment_section s
                         JOIN roadmap_assessment_section_respondent_rel own
                           ON own.section_id = s.id AND own.partner_id = who.partner_id
                        WHERE s.assessment_id = a.id AND s.provider_fills IS NOT TRUE) AS own,
                 ARRAY(SELECT json_build_array(s.id, q.id)
                         FROM roadmap_link l
                         JOIN res_partner p ON p.id = l.partner_id AND p.active
                         JOIN roadmap_assessment_section_roadmap_link_rel ls
                           ON ls.roadmap_link_id = l.id
                         JOIN roadmap_assessment_section s
                           ON s.id = ls.roadmap_assessment_section_id AND s.assessment_id = a.id
                          AND s.provider_fills IS NOT TRUE
                         JOIN roadmap_link_roadmap_question_rel lq ON lq.roadmap_link_id = l.id
                         JOIN roadmap_question q
                           ON q.id = lq.roadmap_question_id AND q.section_id = s.section_id
                        WHERE l.res_model = 'roadmap.assessment' AND l.res_id = a.id
                          AND l.purpose = 'answer' AND l.withdrawn_on IS NULL
                          AND l.expires_on > %s AND l.partner_id = who.partner_id
                          AND (who.link_id IS NULL OR l.id = who.link_id)) AS given
            FROM roadmap_assessment a
            JOIN roadmap_roadmap r ON r.id = a.roadmap_id
            CROSS JOIN LATERAL (%s) who
           WHERE a.id = %s AND a.state NOT IN ('draft', 'cancelled')
             AND r.active AND r.state != 'ended'"""


class RoadmapAssessment(models.Model):
    """The short way to an autosave: who may answer what, in one query."""

    _inherit = "roadmap.assessment"

    def _open_for_login(self, user):
        """`(contact, Scope)` of a portal login that may answer the run, looked up in one query.

        :return: None is no refusal: the checks of the portal's pages then look closer
        """
        self.ensure_one()
        opened = self._open_door(SQL(LOGIN, user.id), login=True)
        if not opened:
            return None
        run = self.with_user(user)
        if "decision_maker" in opened[1].roles:
            # The rules find what they ask for in memory.
            return opened if run.has_access("read") else None
        # For others they ask for the pages, in one query.
        return opened if run.search_count([("id", "=", self.id)]) else None

    def _open_for_links(self, link_ids):
        """`(contact, Scope)` of the first of these links that opens the run, as for a login.

        :param link_ids: links whose code was given, in their order
        """
        self.ensure_one()
        return self._open_door(SQL(LINKS, list(link_ids), fields.Datetime.now()), link_ids)

    def _open_door(self, who, link_ids=(), login=False):
        found = self.env.execute_query_dict(SQL(DOOR, fields.Datetime.now(), who, self.id))
        if not found:
            return None
        row = min(found, key=lambda data: 0 if login else link_ids.index(data["link_id"]))
        self._know(row)
        roles = frozenset(role for _id, who, role in row["people"] if who == row["partner_id"])
        if login and not roles:
            return None
        pages, given = self._behind_door(row, roles)
        pages = self.env["roadmap.assessment.section"].sudo().browse(sorted(pages))
        partner = self.env["res.partner"].sudo().browse(row["partner_id"])
        return partner, Scope(pages, given, roles)

    @staticmethod
    def _behind_door(row, roles):
        """`(page ids, {page id: question ids})` that the person may answer, as `_scope_of`."""
        given = {}
        for page, question in row["given"]:
            given[page] = given.get(page, frozenset()) | {question}
        if row["sections"]:
            if row["single"]:
                return set(given), given
            return set(row["pages"]) & set(row["sections"]), {}
        if "decision_maker" in roles:
            return set(row["pages"]), {}
        own = set(row["own"])
        if row["link_id"]:
            return own, {}
        given = {page: ids for page, ids in given.items() if page not in own}
        return own | set(given), given

    def _know(self, row):
        """Keep in the record cache what was read of the run and of the people around it."""
        for name in KNOWN:
            self._fields[name]._insert_cache(self, [row[name]])
        ids, partners, roles = zip(*row["people"], strict=True) if row["people"] else ((), (), ())
        people = self.env["roadmap.stakeholder"].browse(ids)
        people._fields["partner_id"]._insert_cache(people, partners)
        people._fields["role"]._insert_cache(people, roles)
        roadmap = self.env["roadmap.roadmap"].browse(row["roadmap_id"])
        roadmap._fields["stakeholder_ids"]._insert_cache(roadmap, [ids])
