from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import split_every

from ...rules import health as rules

BATCH = 500
HEALTH_BANDS = [("thriving", "Thriving"), ("watch", "Watch"), ("at_risk", "At risk")]


class RoadmapRoadmap(models.Model):
    """How a client stands, refreshed each night, with the parts that it is made of."""

    _inherit = "roadmap.roadmap"

    health = fields.Integer(
        readonly=True, copy=False, aggregator="avg", groups="roadmap_msp.group_roadmap_user",
        help="0 to 100, from the parts below, as of last night. Weights stand in the settings.",
    )  # fmt: skip
    health_band = fields.Selection(
        HEALTH_BANDS, "Health Is", readonly=True, copy=False,
        groups="roadmap_msp.group_roadmap_user",
    )  # fmt: skip
    health_facts = fields.Json(
        readonly=True, copy=False, groups="roadmap_msp.group_roadmap_user",
        export_string_translation=False,
    )  # fmt: skip
    health_peak = fields.Integer(
        readonly=True, copy=False, groups="roadmap_msp.group_roadmap_user",
        help="The highest health since the last alert: a drop is measured from here.",
    )  # fmt: skip
    health_detail = fields.Html(
        "What It Is Made Of", compute="_compute_health_detail", sanitize=False,
        groups="roadmap_msp.group_roadmap_user",
    )  # fmt: skip

    @api.depends("health_facts")
    @api.depends_context("lang")
    def _compute_health_detail(self):
        titles, row = self._health_titles(), self._health_row
        for roadmap in self:
            if not roadmap.health_facts:
                roadmap.health_detail = False
                continue
            facts = rules.Facts(**roadmap.health_facts)
            weights = roadmap.company_id.sudo()._roadmap_health_weights()
            rows = [
                row(titles[part.key], part, roadmap._health_reason(part.key, facts))
                for part in rules.parts(facts, weights)
                if part.weight
            ]
            roadmap.health_detail = Markup(
                "<table class='table table-sm mb-0 o_roadmap_health'>%s</table>"
            ) % Markup().join(rows)

    def _health_titles(self):
        return {
            "meetings": self.env._("Meetings"),
            "invoices": self.env._("Invoices"),
            "risks": self.env._("Refused risks"),
            "forms": self.env._("Questionnaires"),
            "ratings": self.env._("Ratings"),
            "findings": self.env._("Critical findings"),
        }

    def _health_row(self, title, part, reason):
        """One part as a row: its name, why, its score, how much it weighs."""
        score = "–" if part.score is None else part.score
        return Markup(
            "<tr><th scope='row'>%s</th><td class='text-muted'>%s</td>"
            "<td class='text-end fw-bold'>%s</td><td class='text-end text-muted'>× %s</td></tr>"
        ) % (title, reason, score, part.weight)

    def _health_reason(self, key, facts):
        """Why a part has its score, in words."""
        if key == "meetings":
            if facts.untapped:
                return self.env._("no meeting with a decision maker for a long time")
            if facts.slips:
                return self.env._("%s moves or misses in a row", facts.slips)
            return self.env._("on track")
        if key == "ratings":
            if facts.rating is None:
                return self.env._("nobody rated yet")
            return self.env._("%s of 5 on average", facts.rating)
        number, text, good = {
            "invoices": (
                facts.days_overdue,
                self.env._("oldest is %s days overdue", facts.days_overdue),
                self.env._("nothing overdue"),
            ),
            "risks": (
                facts.refused_risks,
                self.env._("%s critical ones refused", facts.refused_risks),
                self.env._("none refused"),
            ),
            "forms": (
                facts.days_form_late,
                self.env._("%s days past the deadline", facts.days_form_late),
                self.env._("nothing late"),
            ),
            "findings": (
                facts.critical_findings,
                self.env._("%s open", facts.critical_findings),
                self.env._("none open"),
            ),
        }[key]
        return text if number else good

    # -- every night -----------------------------------------------------------------------------

    @api.model
    def _cron_health(self):
        """Refresh the health of every running client and tell of drops; safe to repeat."""
        roadmaps = self.search([("state", "=", "running")])
        cron, left = self.env["ir.cron"], len(roadmaps)
        cron._commit_progress(remaining=left)
        for ids in split_every(BATCH, roadmaps.ids):
            self.browse(ids)._refresh_health()
            left -= len(ids)
            if not cron._commit_progress(len(ids), remaining=left):
                break

    def _refresh_health(self):
        """Store health, parts and peak where they changed; one activity per drop.

        Clients that stand alike are written together. Returns the clients whose health fell.
        """
        facts = self._health_facts()
        silent = self.with_context(tracking_disable=True)
        fallen, alike = self.browse(), defaultdict(list)
        for company, roadmaps in silent.grouped("company_id").items():
            weights = company.sudo()._roadmap_health_weights()
            drop = company.sudo().roadmap_health_drop
            for roadmap in roadmaps:
                known = facts[roadmap.id]
                value = rules.health(rules.parts(known, weights))
                if value is None:
                    continue
                peak = roadmap.health_peak if roadmap.health_facts else None
                if rules.fell(peak, value, drop):
                    fallen |= roadmap
                    peak = value
                alike[known, value, max(value, peak or 0)].append(roadmap.id)
        for (known, value, peak), ids in alike.items():
            silent.browse(ids)._store_health(known, value, peak)
        fallen._schedule_health_call()
        return fallen

    def _store_health(self, known, value, peak):
        """Write what is new for some of these clients, which all stand alike."""
        values = {
            "health": value,
            "health_band": rules.band(value),
            "health_peak": peak,
            "health_facts": known._asdict(),
        }
        changed = self.filtered(lambda row: any(row[name] != new for name, new in values.items()))
        if changed:
            changed.write(values)

    def _schedule_health_call(self):
        """A call for the service manager of each client whose health fell."""
        kind = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": kind.id if kind else False,
                    "res_model_id": model_id,
                    "res_id": roadmap.id,
                    "user_id": roadmap._service_user().id,
                    "summary": self.env._("Health fell to %s: ask how they are", roadmap.health),
                    "note": roadmap.health_detail,
                    "date_deadline": fields.Date.context_today(roadmap),
                }
                for roadmap in self
            ]
        )
