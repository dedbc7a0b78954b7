from odoo import api, fields, models
from odoo.tools import format_date, split_every

ALERT_BATCH = 250
ALERT_ACTIONS = [
    ("alert", "Tell the account manager"),
    ("item", "Prepare a renewal item and tell"),
    ("none", "Nothing"),
]


class RoadmapRoadmap(models.Model):
    """What happens when warranties of a client near their end: one activity, however many."""

    _inherit = "roadmap.roadmap"

    warranty_action = fields.Selection(
        ALERT_ACTIONS,
        "When Warranties End",
        default="alert",
        required=True,
        help="What happens when a warranty comes within the alert's days of its end.",
    )

    @api.model
    def _cron_warranty_alerts(self):
        """Every night; a batch of clients at a time, so that it can stop and go on."""
        roadmaps = self.search(
            [("state", "in", ["onboarding", "running"]), ("warranty_action", "!=", "none")]
        )
        cron = self.env["ir.cron"]
        left = len(roadmaps)
        cron._commit_progress(remaining=left)
        for ids in split_every(ALERT_BATCH, roadmaps.ids):
            self.browse(ids)._raise_warranty_alerts()
            left -= len(ids)
            if not cron._commit_progress(len(ids), remaining=left):
                break

    def _raise_warranty_alerts(self):
        """Tell what is new; a second run on the same day tells nothing."""
        Alert = self.env["roadmap.asset.alert"].sudo()
        fresh = self.browse(Alert._raise(self))
        preparing = fresh.filtered(lambda roadmap: roadmap.warranty_action == "item")
        if preparing:
            Alert.search(
                [("roadmap_id", "in", preparing.ids), ("state", "=", "open")]
            )._plan_renewal()
        self._refresh_alert_activities(fresh, prepared=preparing)

    def _alert_summaries(self):
        """{roadmap: (words, deadline)} of the clients with open alerts."""
        today = fields.Date.context_today(self)
        rows = (
            self.env["roadmap.asset.alert"]
            .sudo()
            ._read_group(
                [("roadmap_id", "in", self.ids), ("state", "=", "open")],
                ["roadmap_id"],
                ["__count", "end_date:min", "end_date:max"],
            )
        )
        return {
            roadmap: (
                self.env._(
                    "Warranties of %(count)s devices end or ended, %(first)s to %(last)s",
                    count=count,
                    first=format_date(self.env, first, date_format="d MMM y"),
                    last=format_date(self.env, last, date_format="d MMM y"),
                ),
                max(first, today),
            )
            for roadmap, count, first, last in rows
        }

    def _refresh_alert_activities(self, fresh=None, prepared=None):
        """One open activity per client that says how many ends wait; gone when none is left.

        :param fresh: clients with news: only they get a new activity
        :param prepared: of these, the clients whose renewals were prepared as items
        """
        kind = self.env.ref("roadmap_msp.activity_type_warranty")
        Activity = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        known = Activity.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", kind.id),
            ]
        )
        waiting = {roadmap.id: said for roadmap, said in self._alert_summaries().items()}
        today = fields.Date.context_today(self)
        for roadmap in prepared or ():
            waiting.setdefault(roadmap.id, (self.env._("Warranty renewals are prepared"), today))
        # Renewals that were prepared leave no open alert: their activity is a person's to close.
        kept = {*waiting, *self.filtered(lambda row: row.warranty_action == "item").ids}
        done = known.filtered(lambda row: row.res_id not in kept)
        done.unlink()
        by_client, news = {row.res_id: row for row in known - done}, set(fresh.ids if fresh else ())
        values = []
        for roadmap in self.sudo().with_prefetch().filtered(lambda row: row.id in waiting):
            (words, deadline), activity = waiting[roadmap.id], by_client.get(roadmap.id)
            if activity:
                if activity.summary != words:
                    activity.write({"summary": words})
            elif roadmap.id in news:
                values.append(roadmap._prepare_alert_activity(kind, words, deadline))
        Activity.create(values)

    def _prepare_alert_activity(self, kind, words, deadline):
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": kind.id,
            "summary": words,
            "user_id": self.account_manager_id.id or self.env.uid,
            "date_deadline": min(deadline, fields.Date.add(fields.Date.today(), days=7)),
        }
