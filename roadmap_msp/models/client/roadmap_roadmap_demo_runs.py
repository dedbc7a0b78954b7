from datetime import timedelta

from odoo import api, models

# Client, days since it was sent, length, how well it stands (0 to 1), what became of it.
RUNS = (
    ("harbor", 372, "business", 0.35, "closed"),
    ("bay", 340, "business", 0.3, "closed"),
    ("ridge", 306, "business", 0.5, "closed"),
    ("maple", 280, "business", 0.4, "closed"),
    ("harbor", 186, "business", 0.6, "closed"),
    ("maple", 93, "full", 0.7, "closed"),
    ("harbor", 20, "full", 0.8, "submitted"),
    ("ridge", 9, "start", 0.6, "in_progress"),
    ("cedar", 16, "start", 0.5, "sent"),
)
DEADLINE_DAYS = 14
FILLED_IN_DAYS = 6


class RoadmapRoadmap(models.Model):
    """The demo's questionnaires: earlier runs for the score map and the trend, and open ones."""

    _inherit = "roadmap.roadmap"

    @api.model
    def _demo_runs(self, clients):
        runs = self.env["roadmap.assessment"]
        for name, days, length, level, state in RUNS:
            roadmap = clients[name]
            sent = self._demo_days_ago(days)
            run = runs.create(
                {
                    "roadmap_id": roadmap.id,
                    "length": length,
                    "previous_id": roadmap.assessment_ids.sorted("id")[-1:].id,
                    "user_id": roadmap.vcio_id.id,
                    "deadline": sent.date() + timedelta(DEADLINE_DAYS),
                }
            )
            run.action_send()
            if state != "sent":
                self._demo_answer(run, level, half=state == "in_progress")
                self.env["roadmap.outbox"].search(
                    [("res_model", "=", run._name), ("res_id", "=", run.id)]
                ).unlink()
            if state in ("submitted", "closed"):
                run._submit(roadmap._meeting_contacts(("decision_maker",))[:1], force=True)
            if state == "closed":
                run.action_close()
                run.section_ids.action_publish()
            self._demo_stamp_run(run, sent)

    @api.model
    def _demo_answer(self, run, level, half=False):
        """Tick the choices that fit the level; every fifth question is better or worse by turns."""
        values = {}
        answers = run.answer_ids.sorted("id")
        for number, answer in enumerate(answers[: len(answers) // 2] if half else answers):
            choices = answer.question_id.choice_ids.filtered("scored").sorted("score")
            if choices and answer.question_id.question_type in ("single", "yes_no"):
                shifted = level + (number % 5 - 2) * 0.15
                place = round(min(1, max(0, shifted)) * (len(choices) - 1))
                values[answer.question_id.id] = {"value": choices[place].id}
        contact = run.roadmap_id._meeting_contacts(("decision_maker",))[:1]
        run._save_answers(values, respondent=contact, source="client")

    @api.model
    def _demo_stamp_run(self, run, sent):
        """Sent and answered in the past; open findings are as old as their questionnaire."""
        filled = sent + timedelta(FILLED_IN_DAYS)
        run.name = f"{run.roadmap_id.name}: {run.questionnaire_id.name} {sent:%m/%Y}"
        self._demo_stamp(run, create_date=sent, sent_on=sent)
        if run.submitted_on:
            self._demo_stamp(run, submitted_on=filled)
            self._demo_stamp(run.finding_ids, create_date=filled)
        if run.closed_on:
            self._demo_stamp(run, closed_on=filled + timedelta(8))
