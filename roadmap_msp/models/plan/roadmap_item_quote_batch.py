from odoo import api, fields, models
from odoo.exceptions import UserError

# Clients whose quotations are made between two commits.
CLIENTS_AT_ONCE = 25


class RoadmapItem(models.Model):
    """Quotations for many clients in the background; what is not done yet is still marked."""

    _inherit = "roadmap.item"

    quote_batch_user_id = fields.Many2one(
        "res.users",
        "Being Quoted For",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Marked for the next batch of quotations, on behalf of this user.",
    )

    def _queue_for_batch(self):
        """Mark the items; the job quotes them, as this user, and goes on where it stopped."""
        self.check_access("write")
        self.quote_batch_user_id = self.env.user
        self.env.ref("roadmap_msp.ir_cron_quote_batch").sudo()._trigger()

    @api.model
    def _cron_quote_batch(self):
        """Make the quotations of some clients, commit, go on; a restart repeats nothing."""
        marked = self.search([("quote_batch_user_id", "!=", False)], order="roadmap_id, id")
        roadmaps = marked.roadmap_id[:CLIENTS_AT_ONCE]
        items = marked.filtered(lambda item: item.roadmap_id in roadmaps)
        for user, group in items.grouped("quote_batch_user_id").items():
            group.with_user(user)._quote_batch()
        items.quote_batch_user_id = False
        self.env["ir.cron"]._commit_progress(len(items), remaining=len(marked) - len(items))

    def _quote_batch(self):
        """Quote what can be quoted, all clients in one go; the rest is told why not."""
        ready = self.browse()
        for item in self:
            problems = item.sudo()._quotation_problems()
            if problems:
                item._note_not_quoted("\n".join(problems))
            else:
                ready |= item
        if not ready:
            return
        try:
            with self.env.cr.savepoint():
                ready._create_quotations()
        except UserError:
            for group in ready.grouped("roadmap_id").values():
                group._quote_alone()

    def _quote_alone(self):
        """The quotation of one client: its problem is not everybody's."""
        try:
            with self.env.cr.savepoint():
                self._create_quotations()
        except UserError as error:
            for item in self:
                item._note_not_quoted(str(error))

    def _note_not_quoted(self, reason):
        self.sudo()._message_log(body=self.env._("Not quoted in the batch: %s", reason))
