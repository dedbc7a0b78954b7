from odoo import api, fields, models

from ...rules import versions
from .roadmap_assessment import STAFF
from .roadmap_assessment_send import QUIET

MOVABLE = ("sent", "in_progress")


class RoadmapAssessment(models.Model):
    """An open run moves to a newer version of its questionnaire, on request only.

    Rows of questions that go on are kept with their thread, files and earlier values; only what
    they point at changes. So nothing is carried twice and nobody answers anew.
    """

    _inherit = "roadmap.assessment"

    newer_id = fields.Many2one(
        "roadmap.questionnaire", "Newer Version", compute="_compute_newer_id", groups=STAFF
    )

    @api.depends("questionnaire_id", "state")
    def _compute_newer_id(self):
        for run in self:
            run.newer_id = run._newer_version() if run.state in MOVABLE else False

    def _newer_version(self):
        """The newest published version that the run could move to, or none."""
        self.ensure_one()
        newest = self.env["roadmap.questionnaire"]._current(
            self.questionnaire_id.family_code, self.company_id
        )
        return newest if newest.version > self.questionnaire_id.version else newest.browse()

    def action_move(self):
        """Show what would become of the answers in the newer version: opens a dialog."""
        self.ensure_one()
        self.check_access("write")
        self._check_state(*MOVABLE)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move to the New Version"),
            "res_model": "roadmap.assessment.move",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_assessment_id": self.id,
                "default_questionnaire_id": self._newer_version().id,
            },
        }

    def _plan_move(self, target):
        """What a move would do, without doing it.

        :return: dict of lists: kept (answer, question), lost (answers whose value fits no more),
            dropped (answers of questions that are gone), added (questions)
        """
        self.ensure_one()
        asked = {question.code: question for question in self._asked_of(target)}
        plan = {"kept": [], "lost": [], "dropped": [], "added": []}
        for answer in self.sudo().answer_ids:
            question = asked.pop(answer.question_id.code, None)
            if not question:
                plan["dropped"].append(answer)
                continue
            fits = answer.state == "unanswered" or versions.keeps_answer(
                answer.question_id.question_type,
                question.type,
                (answer.choice_id | answer.choice_ids).mapped("code"),
                [choice.code for choice in question.choices],
            )
            plan["kept" if fits else "lost"].append((answer, question))
        plan["added"] = list(asked.values())
        return plan

    def _asked_of(self, target):
        """The questions that this run would ask of another version."""
        run = self.new(
            {"roadmap_id": self.roadmap_id.id, "questionnaire_id": target.id, "length": self.length}
        )
        return run._asked_questions()

    def _move(self, target):
        """Move the run; values that fit no more are kept as earlier values or in a note."""
        self.ensure_one()
        self._check_state(*MOVABLE)
        run = self.sudo()
        plan = run._plan_move(target)
        old_pages = {page.code: page for page in run.section_ids}
        asked = [q for _answer, q in plan["kept"] + plan["lost"]] + plan["added"]
        gone = run._note_dropped(plan["dropped"])
        self.env["roadmap.answer"].browse([row.id for row in plan["dropped"]]).sudo().unlink()
        run.questionnaire_id = target
        sections = run._move_sections(asked, old_pages)
        for answer, question in plan["kept"]:
            answer.write(run._prepare_moved(answer, question, sections))
        run._clear_lost(plan["lost"], sections)
        self.env["roadmap.answer"].sudo().with_context(**QUIET).create(
            [
                {
                    "assessment_id": run.id,
                    "assessment_section_id": sections[question.section].id,
                    "question_id": question.id,
                }
                for question in plan["added"]
            ]
        )
        run._move_links(asked, sections)
        used = set(sections.values())
        run._drop_sections(run.section_ids.filtered(lambda page: page not in used))
        self.env.flush_all()
        run._finish_rows()
        run.message_post(
            body=self.env._(
                "Moved to %(version)s: %(kept)s answers kept, %(added)s new questions. %(gone)s",
                version=target.display_name,
                kept=sum(answer.state != "unanswered" for answer, _q in plan["kept"]),
                added=len(plan["added"]),
                gone=gone,
            )
        )

    def _move_links(self, asked, sections):
        """Links to single questions lead to the same ones of the new version, by their code."""
        by_code = {question.code: question for question in asked}
        for link in self._links().filtered("question_ids"):
            codes = link.question_ids.mapped("code")
            kept = [by_code[code] for code in codes if code in by_code]
            if not kept:
                link._withdraw()
                continue
            pages = {sections[question.section].id for question in kept}
            link.write(
                {
                    "question_ids": [fields.Command.set([question.id for question in kept])],
                    "section_ids": [fields.Command.set(list(pages))],
                }
            )

    def _drop_sections(self, gone):
        """Remove pages; a link that opened nothing else is withdrawn, never widened."""
        links = self._links().filtered(lambda link: link.section_ids and link.section_ids <= gone)
        links._withdraw()
        gone.unlink()

    def _move_sections(self, asked, old_pages):
        """The run's pages by page of the new version: known ones re-pointed, others created."""
        pages = self.env["roadmap.questionnaire.section"].browse(
            dict.fromkeys(question.section for question in asked)
        )
        known = {page: old_pages[page.code] for page in pages if page.code in old_pages}
        for page, section in known.items():
            section.section_id = page
        new = [question for question in asked if question.section not in {p.id for p in known}]
        sections = {page.id: section for page, section in known.items()}
        if new:
            sections.update(self._create_sections(new))
        return sections

    def _prepare_moved(self, answer, question, sections):
        """What an answer that goes on points at in the new version."""
        keys = {choice.code: choice.key for choice in question.choices}
        return {
            "question_id": question.id,
            "assessment_section_id": sections[question.section].id,
            "choice_id": keys.get(answer.choice_id.code, False),
            "choice_ids": [
                fields.Command.set(
                    [keys[code] for code in answer.choice_ids.mapped("code") if code in keys]
                )
            ],
        }

    def _clear_lost(self, lost, sections):
        """Empty the answers that fit no more; their value stays among the earlier ones."""
        self.env["roadmap.answer.revision"].sudo().create(
            [
                {
                    "answer_id": answer.id,
                    "kind": "earlier",
                    "display_value": answer.display_value,
                    "version": answer.version,
                    "partner_id": answer.respondent_id.id,
                    "reason": self.env._("It did not fit the new version of the question."),
                }
                for answer, _question in lost
            ]
        )
        for answer, question in lost:
            answer.write(
                {
                    **self._prepare_moved(answer, question, sections),
                    "choice_id": False,
                    "choice_ids": [fields.Command.clear()],
                    "value_number": 0,
                    "value_date": False,
                    "value_text": False,
                    "attachment_ids": [fields.Command.clear()],
                    "special": False,
                    "state": "unanswered",
                    "source": False,
                    "version": answer.version + 1,
                }
            )

    def _note_dropped(self, answers):
        """Values of the questions that are gone, for a note; owner-only ones without the value."""
        given = [answer for answer in answers if answer.state != "unanswered"]
        if not given:
            return ""
        parts = [
            f"{answer.question_id.code}"
            + ("" if answer.audience == "owner" else f" {answer.display_value}")
            for answer in given
        ]
        return self.env._("No longer asked: %(answers)s", answers="; ".join(parts))
