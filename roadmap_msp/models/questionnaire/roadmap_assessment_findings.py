from odoo import fields, models
from odoo.tools import float_compare

from ...rules import scoring
from .roadmap_assessment_send import QUIET

BUSINESS_DEPENDENCE = "BUS-6"
HEADS_NOW = "GRO-1"
GROWTH = (("GRO-2", 1), ("GRO-10", 3))
MANY_QUESTIONNAIRES = ("CMP-6", 3, ("R-602", "R-314"), 1.25)
# What a known finding takes over from the newest run, always and when it opens again.
RENEWED = ("name", "kind", "risk", "urgency", "answer_id", "assessment_id")
REOPENED = ("state", "closed_on", "dismiss_reason", "template_ids")
# A gap that becomes a check, or the reverse, finds its place among the lines anew.
PLACED = {"proposed": False, "place": False, "parent_id": False, "covered": False}


def _differs(finding, name, value):
    """Whether a write of the value would change the finding."""
    field = finding._fields[name]
    if field.type == "float":
        digits = field.get_digits(finding.env)[1]
        return float_compare(finding[name], value, precision_digits=digits) != 0
    if field.type == "many2many":
        return bool(value) and set(finding[name].ids) != set(value[0][2])
    return field.convert_to_write(finding[name], finding) != value


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _update_findings(self, rows=None):
        """Raise, renew and resolve the findings that follow from the answers.

        A question raises one finding per client, whatever the number of runs: answered well again
        resolves it while it is open, answered badly in a later run opens it again.
        """
        self.ensure_one()
        run = self.sudo()
        rows = rows if rows is not None else run._read_answer_rows()
        wanted = run._wanted_findings(rows)
        finding_model = self.env["roadmap.finding"].sudo().with_context(**QUIET)
        found = finding_model.search_fetch(
            [("roadmap_id", "=", run.roadmap_id.id), ("source_key", "!=", False)],
            # With the items in the cache, no change has to look up whose priority it touches.
            [*RENEWED, *REOPENED, *PLACED, "source_key", "item_ids"],
        )
        known = {finding.source_key: finding for finding in found}
        finding_model.create([vals for key, vals in wanted.items() if key not in known])
        run._renew_findings([(known[key], vals) for key, vals in wanted.items() if key in known])
        run._resolve_findings(rows, known, wanted)
        finding_model._fold(run.roadmap_id)

    def _wanted_findings(self, rows):
        """Values of every finding that the answers ask for, by source key."""
        factor = self._dependence_factor(rows)
        bad, unknown = [], []
        for row in rows.values():
            if row.hidden or row.value.empty:
                continue
            if row.value.special == "unknown":
                unknown.append(row)
            elif row.is_scored and row.question.section_weight:
                if scoring.needs_finding(row.score, row.risk):
                    bad.append(row)
        questions = self.env["roadmap.question"].browse(
            [row.question.id for row in bad + unknown + self._growth_rows(rows)]
        )
        questions.choice_ids.fetch(["template_ids"])  # in one query, not one a question
        by_id = {question.id: question for question in questions}
        wanted = {}
        for kind, some in (("risk", bad), ("check", unknown)):
            for row in some:
                vals = self._prepare_finding(row, by_id[row.question.id], kind, factor)
                wanted[vals["source_key"]] = vals
        for row in self._growth_rows(rows):
            vals = self._prepare_growth_finding(row, by_id[row.question.id], factor)
            wanted.setdefault(vals["source_key"], vals)
        self._raise_urgency(rows, wanted)
        wanted.update(self._contradictions(rows, factor))
        return wanted

    def _dependence_factor(self, rows):
        """How dependent the business is, from this run's answer or an earlier one."""
        row = next((r for r in rows.values() if r.question.code == BUSINESS_DEPENDENCE), None)
        if row and not row.value.empty:
            taken = [c.code for c in row.question.choices if c.key in row.value.choices]
            return scoring.dependence(taken[0] if taken else None)
        return self.roadmap_id._business_dependence()

    def _prepare_finding(self, row, question, kind, factor):
        """Values of the finding that one answer raises."""
        taken = question.choice_ids.filtered(lambda choice: choice.id in row.value.choices)
        risk = (row.risk or "medium") if kind == "risk" else "low"
        answer = self._plain_words(row)
        templates = question.template_ids | taken.template_ids
        return {
            "name": f"{question.name} {answer}"[:250],
            "description": question.why,
            "roadmap_id": self.roadmap_id.id,
            "assessment_id": self.id,
            "answer_id": row.id,
            "kind": kind,
            "source": "answer",
            "source_key": f"answer:{question.code}",
            "risk": risk,
            "urgency": scoring.urgency(risk, question.weight, factor),
            "owner_only": question.audience == "owner",
            "category_id": question.section_id.category_id.id,
            "template_ids": [fields.Command.set(templates.ids)] if kind == "risk" else [],
        }

    def _growth_rows(self, rows):
        """Head counts to come that are more than 10 % a year above today's."""
        figures = {
            row.question.code: row
            for row in rows.values()
            if not row.hidden and row.value.number is not None
        }
        now = figures.get(HEADS_NOW)
        if not now:
            return []
        return [
            figures[code]
            for code, years in GROWTH
            if code in figures
            and scoring.grows_fast(now.value.number, figures[code].value.number, years)
        ][:1]

    def _prepare_growth_finding(self, row, question, factor):
        """Values of the capacity review that fast growth suggests."""
        return {
            **self._prepare_finding(row, question, "risk", factor),
            "name": self.env._(
                "The firm grows by more than 10 % a year: is everything sized for it?"
            ),
            "source_key": "growth",
            "risk": "medium",
        }

    def _raise_urgency(self, rows, wanted):
        """More than three questionnaires from customers a year make their items more urgent."""
        code, limit, templates, factor = MANY_QUESTIONNAIRES
        row = next((r for r in rows.values() if r.question.code == code), None)
        if not row or row.hidden or (row.value.number or 0) <= limit:
            return
        wanted_ids = set(self.env["roadmap.item.template"].search([("code", "in", templates)]).ids)
        for vals in wanted.values():
            ids = vals["template_ids"][0][2] if vals["template_ids"] else ()
            if wanted_ids & set(ids):
                vals["urgency"] *= factor

    def _renew_findings(self, pairs):
        """Bring known findings up to date: one write for each value that several of them take.

        :param pairs: findings with the values that the answers ask for
        """
        takers = {}
        for finding, vals in pairs:
            for name, value in self._renewed_values(finding, vals).items():
                if _differs(finding, name, value):
                    key = tuple(value[0][2]) if name == "template_ids" else value
                    takers.setdefault((name, key), (value, []))[1].append(finding.id)
        findings = self.env["roadmap.finding"].sudo().with_context(**QUIET)
        for (name, _key), (value, ids) in takers.items():
            findings.browse(ids).write({name: value})

    def _renewed_values(self, finding, vals):
        """What a known finding shall be; what was treated stays so within the same run."""
        later_run = finding.assessment_id.id != self.id
        reopens = finding.state == "resolved" or (finding.state == "dismissed" and later_run)
        fresh = {name: vals[name] for name in RENEWED}
        if reopens:
            fresh.update(state="open", closed_on=False, dismiss_reason=False)
        changes_kind = finding.kind != vals["kind"]
        if reopens or (finding.state == "open" and changes_kind):
            fresh["template_ids"] = vals["template_ids"]
        if changes_kind:
            fresh.update(PLACED)
        return fresh

    def _resolve_findings(self, rows, known, wanted):
        """Close the open findings of questions that are answered well now, or no longer asked.

        What a run does not ask at all, such as the yearly question, it says nothing about.
        """
        done = self.env["roadmap.finding"]
        codes = {row.question.code for row in rows.values()}
        for row in rows.values():
            key = f"answer:{row.question.code}"
            finding = known.get(key)
            answered_well = row.hidden or not row.value.empty
            if finding and finding.state == "open" and key not in wanted and answered_well:
                done |= finding
        raised = {"growth": HEADS_NOW in codes, **{f"contradiction:{code}": True for code in codes}}
        for key, finding in known.items():
            if raised.get(key) and key not in wanted and finding.state == "open":
                done |= finding
        done.sudo().with_context(**QUIET).write(
            {"state": "resolved", "closed_on": fields.Datetime.now()}
        )
