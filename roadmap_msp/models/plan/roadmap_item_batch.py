from odoo import api, models
from odoo.exceptions import UserError

# Clients whose items are worked on between two commits.
CLIENTS_AT_ONCE = 25


class RoadmapItem(models.Model):
    """Work on items of many clients in the background; what is not done yet is still marked.

    Each kind of work has a field of its own that holds on whose behalf an item is marked.
    """

    _inherit = "roadmap.item"

    def _mark_for_batch(self, mark, job):
        """Leave these items to a job, which goes on where it was stopped.

        :param mark: name of the field that marks them
        :param job: external id of the job that calls ``_work_off``
        """
        self.check_access("write")
        self[mark] = self.env.user
        self.env.ref(job).sudo()._trigger()

    @api.model
    def _work_off(self, mark, work):
        """Work on the marked items of some clients, commit, go on; a restart repeats nothing.

        :param work: called with the items of each user who marked some, as that user
        """
        marked = self.search([(mark, "!=", False)], order="roadmap_id, id")
        roadmaps = marked.roadmap_id[:CLIENTS_AT_ONCE]
        items = marked.filtered(lambda item: item.roadmap_id in roadmaps)
        for user, group in items.grouped(mark).items():
            work(group.with_user(user))
        items[mark] = False
        self.env["ir.cron"]._commit_progress(len(items), remaining=len(marked) - len(items))

    def _is_for_background(self):
        """Whether these are the items of more clients than somebody waits for."""
        return len(self.roadmap_id) > CLIENTS_AT_ONCE

    def _alone(self, work, note):
        """Work on one client's items: its problem is not everybody's, and stands on each item.

        :param note: what tells an item why not
        """
        try:
            with self.env.cr.savepoint():
                work(self)
        except UserError as error:
            for item in self:
                note(item, str(error))
