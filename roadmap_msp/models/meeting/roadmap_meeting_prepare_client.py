from odoo import fields, models

GOAL_DAYS = 365


class RoadmapMeeting(models.Model):
    """Parts of the preparation: promises, topics, decisions wanted, score, goals, ratings."""

    _inherit = "roadmap.meeting"

    def _prepare_part_actions(self, for_client):
        """What became of what was promised; late ones first."""
        since = self._prepare_since_values()
        title = self.env._("Since last time")
        if since["held_on"]:
            title = self.env._("Since last time (%s)", self._day(since["held_on"]))
        rows = []
        for action in sorted(
            since["actions"], key=lambda a: (a["state"] != "open", not a["late"], a["due_date"])
        ):
            due = self.env._("by %s", self._day(action["due_date"]))
            state = due if action["state"] == "open" else action["state_label"]
            rows.append(
                {
                    "text": action["name"],
                    "detail": ", ".join(filter(None, [action["owner"], state, action["result"]])),
                    "late": action["late"],
                    "url": f"/odoo/roadmap.action/{action['id']}",
                }
            )
        for topic in since["topics"]:
            words = [topic["state_label"], topic["outcome"], topic["today"]]
            rows.append({"text": topic["name"], "detail": ", ".join(filter(None, words))})
        return {"title": title, "fresh": self._fresh(None), "rows": rows}

    def _prepare_part_topics(self, for_client):
        topics = self._client_topics() if for_client else self.topic_ids
        rows = [
            {
                "text": topic.name,
                "detail": topic.situation or "",
                "internal": topic.advice or "",
            }
            for topic in topics
            if topic.state == "open"
        ]
        return {"title": self.env._("To settle today"), "fresh": self._fresh(None), "rows": rows}

    def _prepare_part_decisions(self, for_client):
        """What the client was shown and has not answered."""
        lines = self.roadmap_id.proposal_ids._waiting_lines()
        money = self.roadmap_id._money
        rows = []
        for line in lines.sorted(lambda line: line.proposal_id.proposed_on or line.create_date):
            amounts = [
                money(line.amount_one_off) if line.amount_one_off else "",
                self.env._("%s per month", money(line.amount_recurring))
                if line.amount_recurring
                else "",
            ]
            shown = line.proposal_id.proposed_on
            rows.append(
                {
                    "text": line.name,
                    "detail": " + ".join(filter(None, amounts)),
                    "internal": self.env._("shown %s", self._day(shown)) if shown else "",
                    "url": self._url(line.item_id),
                }
            )
        return {"title": self.env._("Decisions wanted"), "fresh": self._fresh(None), "rows": rows}

    def action_collect_decisions(self):
        """Make a topic of each decision that the client still owes, to settle it in the room."""
        self.ensure_one()
        self.check_access("write")
        known = self.topic_ids.item_id
        last = max(self.topic_ids.mapped("sequence"), default=0)
        money = self.roadmap_id._money
        values = []
        for line in self.sudo().roadmap_id.proposal_ids._waiting_lines():
            if line.item_id in known:
                continue
            known |= line.item_id
            costs = []
            if line.amount_one_off:
                costs.append(money(line.amount_one_off))
            if line.amount_recurring:
                costs.append(self.env._("%s per month", money(line.amount_recurring)))
            values.append(
                {
                    "name": line.name,
                    "sequence": last + len(values) + 1,
                    "meeting_id": self.id,
                    "item_id": line.item_id.id,
                    "situation": line.item_id.summary,
                    "options": " + ".join(costs) or False,
                }
            )
        self.env["roadmap.meeting.topic"].create(values)
        return True

    def _prepare_part_score(self, for_client):
        """The score beside the one before, and the findings that came and went since we met.

        The client reads only what was published, and of that nothing that owner-only answers tell.
        """
        runs = self.env["roadmap.assessment"].search(
            [("roadmap_id", "=", self.roadmap_id.id), ("is_scored", "=", True)],
            order="id desc",
            limit=2,
        )
        run, before = runs[:1], runs[1:]
        rows = []
        score, earlier = (self._score_for(each, for_client) for each in (run, before))
        if score is not None:
            detail = ""
            if earlier is not None:
                change = round(score) - round(earlier)
                detail = self.env._("%+d since the run before", change)
            text = self.env._("Score %(score)s of 100", score=round(score))
            rows.append({"text": text, "detail": detail, "url": self._url(run)})
        if not for_client:
            rows += self._prepare_finding_rows()
        return {
            "title": self.env._("Score and findings"),
            "fresh": self._fresh(run.submitted_on or False),
            "rows": rows,
        }

    @staticmethod
    def _score_for(run, for_client):
        """The score of a run for us, or for any of their people; None without one."""
        if not for_client:
            return run.score if run else None
        scored = run.sudo().section_ids.filtered("is_scored")
        published = scored and all(scored.mapped("published_on"))
        return run.sudo().section_ids._total_shown_to(owner=False) if published else None

    def _prepare_finding_rows(self):
        since = self._previous_meeting().held_on or fields.Date.subtract(
            fields.Date.context_today(self), months=3
        )
        findings = self.env["roadmap.finding"].search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("kind", "!=", "check"),
                "|",
                ("create_date", ">=", since),
                ("closed_on", ">=", since),
            ],
            order="id desc",
        )
        states = dict(findings._fields["state"]._description_selection(self.env))
        risks = dict(findings._fields["risk"]._description_selection(self.env))
        return [
            {
                "text": finding.name,
                "detail": f"{states[finding.state]}, {risks[finding.risk]}",
                "late": finding.state == "open" and finding.risk == "critical",
                "url": self._url(finding),
            }
            for finding in findings
        ]

    def _prepare_part_goals(self, for_client):
        """The client's goals; those that nobody looked at for a year are to be reviewed."""
        today = fields.Date.context_today(self)
        goals = self.roadmap_id.goal_ids.filtered(lambda goal: not goal.reached_on)
        if for_client:
            goals = goals.filtered(lambda goal: not goal.owner_only)
        labels = dict(goals._fields["horizon"]._description_selection(self.env))
        rows = []
        for goal in goals:
            seen = goal.reviewed_on or goal.create_date.date()
            due = (today - seen).days >= GOAL_DAYS
            rows.append(
                {
                    "text": goal.name,
                    "detail": labels[goal.horizon],
                    "internal": self.env._("review it: last looked at %s", self._day(seen))
                    if due
                    else "",
                    "late": due and not for_client,
                    "url": self._url(goal),
                }
            )
        return {"title": self.env._("Their goals"), "fresh": self._fresh(None), "rows": rows}

    def _prepare_part_ratings(self, for_client):
        ratings = self.env["rating.rating"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.roadmap_id.meeting_ids.ids),
                ("consumed", "=", True),
            ],
            order="write_date desc, id desc",
            limit=3,
        )
        rows = [
            {
                "text": self.env._("%(rate)s of 5", rate=round(rating.rating)),
                "detail": ", ".join(
                    filter(
                        None,
                        [rating.partner_id.name, self._day(rating.write_date), rating.feedback],
                    )
                ),
                "late": rating.rating < 3,
            }
            for rating in ratings
        ]
        title = self.env._("Last ratings")
        return {"title": title, "fresh": self._fresh(None), "rows": rows, "internal": True}
