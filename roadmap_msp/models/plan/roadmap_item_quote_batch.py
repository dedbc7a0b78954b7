from odoo import api, fields, models
from odoo.exceptions import UserError


class RoadmapItem(models.Model):
    """Quotations for many clients in the background."""

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
        """Leave the quotations of these items to the job, on behalf of this user."""
        self._mark_for_batch("quote_batch_user_id", "roadmap_msp.ir_cron_quote_batch")

    @api.model
    def _cron_quote_batch(self):
        """Make the quotations of some clients, commit, go on; a restart repeats nothing."""
        self._work_off("quote_batch_user_id", lambda items: items._quote_batch())

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
                group._alone(
                    lambda items: items._create_quotations(),
                    lambda item, reason: item._note_not_quoted(reason),
                )

    def _note_not_quoted(self, reason):
        self.sudo()._message_log(body=self.env._("Not quoted in the batch: %s", reason))
