from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, format_date

from ...rules import scoring

SCORED_STATES = ("submitted", "in_review", "closed")
FAMILY = "technology"
# Fewer others than that could be recognised.
LEAST_OTHERS = 5


class RoadmapAssessmentSection(models.Model):
    """Scores over clients and over runs: each picture from one grouped query."""

    _inherit = "roadmap.assessment.section"

    # --------------------------------------------------------------- heat map
    @api.model
    @api.readonly
    def get_heat_map(self, family_code=FAMILY):
        """Pages x clients, the last score of each, worst client first.

        :return: dict of pages (code, name) and clients (id, name, tier, total, band,
            scores: {code: [score, band, page id]})
        """
        self._check_team()
        pages = self._scored_pages(family_code)
        rows = self.env.execute_query(
            SQL(
                """SELECT r.id, r.name, t.name->>'en_US', l.total, l.scores
                     FROM (SELECT roadmap_id,
                                  sum(weight * score) / nullif(sum(weight), 0) AS total,
                                  json_object_agg(code, json_build_array(score, id)) AS scores
                             FROM (%s) last GROUP BY roadmap_id) l
                     JOIN roadmap_roadmap r ON r.id = l.roadmap_id
                LEFT JOIN roadmap_tier t ON t.id = r.tier_id
                 ORDER BY l.total, r.name""",
                self._last_scores([("roadmap_id.active", "=", True)], family_code),
            )
        )
        clients = [
            {
                "id": key,
                "name": name,
                "tier": tier or "",
                "total": total,
                "band": scoring.band(total),
                "scores": {
                    code: [round(score), scoring.band(score), page]
                    for code, (score, page) in scores.items()
                },
            }
            for key, name, tier, total, scores in rows
        ]
        average = self._averages(pages, clients)
        pages = [page for page in pages if page["code"] in average]
        return {"pages": pages, "clients": clients, "average": average}

    @staticmethod
    def _averages(pages, clients):
        """``{code: [average, band]}`` over the clients of the map."""
        averages = {}
        for page in pages:
            values = [
                row["scores"][page["code"]][0] for row in clients if page["code"] in row["scores"]
            ]
            if values:
                average = sum(values) / len(values)
                averages[page["code"]] = [round(average), scoring.band(average)]
        return averages

    def _last_scores(self, domain, family_code):
        """SQL of the last score of each page of each client: roadmap_id, code, score, weight, id.

        Record rules apply, unless the caller is in superuser mode.
        """
        self.env["roadmap.assessment"].flush_model(["state", "submitted_on"])
        self.flush_model(["assessment_id", "section_id", "score", "code"])
        # Joined by hand: one pass over the rows instead of one for each part of a domain. What a
        # page weighs is looked up for the last scores only.
        query = self._search([*domain, ("is_scored", "=", True)])
        run = query.join(query.table, "assessment_id", "roadmap_assessment", "id", "run")
        query.add_where(SQL("%s IN %s", SQL.identifier(run, "state"), SCORED_STATES))
        query.add_where(
            SQL(
                "%s IN (SELECT id FROM roadmap_questionnaire WHERE family_code = %s)",
                SQL.identifier(run, "questionnaire_id"),
                family_code,
            )
        )
        roadmap, code, key = (
            SQL.identifier(query.table, name) for name in ("roadmap_id", "code", "id")
        )
        submitted = SQL.identifier(run, "submitted_on")
        query.order = SQL("%s, %s, %s DESC NULLS LAST, %s DESC", roadmap, code, submitted, key)
        last = query.select(
            SQL("DISTINCT ON (%s, %s) %s, %s", roadmap, code, roadmap, code),
            SQL.identifier(query.table, "score"),
            SQL.identifier(query.table, "section_id"),
            key,
        )
        return SQL(
            """SELECT last.roadmap_id, last.code, last.score, page.weight, last.id
                 FROM (%s) last
                 JOIN roadmap_questionnaire_section page ON page.id = last.section_id""",
            last,
        )

    def _scored_pages(self, family_code):
        """The pages that count, in the order of the version in use."""
        version = self.env["roadmap.questionnaire"]._current(family_code, self.env.company)
        pages = self.env["roadmap.questionnaire.section"].search_fetch(
            [("questionnaire_id", "=", version.id), ("weight", ">", 0)], ["code", "name"]
        )
        return [{"code": page.code, "name": page.name} for page in pages]

    def _check_team(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("roadmap_msp.group_roadmap_user"):
            raise AccessError(self.env._("Scores are for the client's team."))

    # ----------------------------------------------------------------- client
    @api.model
    @api.readonly
    def get_client_scores(self, roadmap_id, family_code=FAMILY):
        """One client: last and earlier score of each page, the others of its tier, the trend.

        :return: dict of client, total, band, others (figure, clients or None), pages, trend
        """
        self._check_team()
        roadmap = self.env["roadmap.roadmap"].browse(roadmap_id)
        roadmap.check_access("read")
        others = self._benchmark(roadmap, family_code)
        history = self._score_history(roadmap, family_code)
        pages = [
            {**page, **history[page["code"]], "others": others["pages"].get(page["code"])}
            for page in self._scored_pages(family_code)
            if page["code"] in history
        ]
        weighted = [(row["weight"], row["score"]) for row in pages]
        total = scoring.run_score(weighted)
        return {
            "id": roadmap.id,
            "client": roadmap.name,
            "tier": roadmap.tier_id.name or "",
            "total": total,
            "band": scoring.band(total),
            "others": others["total"],
            "others_count": others["count"],
            "pages": pages,
            "trend": self._trend(roadmap, family_code),
        }

    def _score_history(self, roadmap, family_code):
        """``{code: score, band, earlier, weight, id}`` of the last two runs that hold the page."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT s.code, array_agg(s.score ORDER BY a.submitted_on DESC, s.id DESC),
                          (array_agg(p.weight ORDER BY a.submitted_on DESC, s.id DESC))[1],
                          (array_agg(s.id ORDER BY a.submitted_on DESC, s.id DESC))[1]
                     FROM roadmap_assessment_section s
                     JOIN roadmap_assessment a ON a.id = s.assessment_id
                     JOIN roadmap_questionnaire_section p ON p.id = s.section_id
                     JOIN roadmap_questionnaire q ON q.id = p.questionnaire_id
                    WHERE s.roadmap_id = %s AND s.is_scored AND a.state IN %s
                      AND q.family_code = %s
                 GROUP BY s.code""",
                roadmap.id,
                SCORED_STATES,
                family_code,
            )
        )
        return {
            code: {
                "score": scores[0],
                "band": scoring.band(scores[0]),
                "earlier": scores[1] if len(scores) > 1 else None,
                "weight": weight,
                "page_id": page,
            }
            for code, scores, weight, page in rows
        }

    def _trend(self, roadmap, family_code):
        """The total of each scored run of the client, oldest first."""
        runs = self.env["roadmap.assessment"].search(
            [
                ("roadmap_id", "=", roadmap.id),
                ("is_scored", "=", True),
                ("state", "in", SCORED_STATES),
                ("questionnaire_id.family_code", "=", family_code),
            ],
            order="submitted_on, id",
        )
        return [
            {
                "id": run.id,
                "name": run.name,
                "date": format_date(self.env, run.submitted_on),
                "score": run.score,
                "band": run.band,
            }
            for run in runs
        ]

    # -------------------------------------------------------------- benchmark
    @api.model
    def _benchmark(self, roadmap, family_code=FAMILY):
        """The average of all other clients of the same tier and company, by page and in total.

        Nobody can be told from it: with fewer than five others a figure is left out.

        :return: dict of pages {code: average}, total (or None), count (clients behind the total)
        """
        nothing = {"pages": {}, "total": None, "count": 0}
        if not roadmap.tier_id:
            return nothing
        domain = [
            ("roadmap_id.tier_id", "=", roadmap.tier_id.id),
            ("company_id", "=", roadmap.company_id.id),
            ("roadmap_id", "!=", roadmap.id),
            ("roadmap_id.active", "=", True),
        ]
        rows = self.env.execute_query(
            SQL(
                """SELECT code, avg(score), count(*),
                          sum(weight * score) / nullif(sum(weight), 0)
                     FROM (%s) last GROUP BY GROUPING SETS ((code), ()) HAVING count(*) >= %s""",
                self.sudo()._last_scores(domain, family_code),
                LEAST_OTHERS,
            )
        )
        pages = {code: round(float(score), 1) for code, score, _count, _all in rows if code}
        if not pages:
            return nothing
        total = next((float(value) for code, _s, _c, value in rows if not code and value), None)
        return {
            "pages": pages,
            "total": total and round(total, 1),
            "count": max(count for code, _s, count, _all in rows if code),
        }
