from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

PROPOSED_LIMIT = 10
REOPEN_BATCH = 250


class RoadmapFinding(models.Model):
    """One line per item, and which lines are proposed for the year."""

    _inherit = "roadmap.finding"

    place = fields.Selection(
        [("proposed", "Proposed for the year"), ("backlog", "Backlog")],
        "Chosen by Hand",
        copy=False,
        readonly=True,
        help="Where somebody put the line: it stays there while the finding is open.",
    )

    def write(self, vals):
        """What is no longer open is proposed no more, and its place is chosen anew."""
        if vals.get("state", "open") != "open":
            vals = {**vals, "proposed": False, "place": False}
        return super().write(vals)

    def action_propose(self):
        """Take lines into those proposed for the year, or back into the backlog, to stay there.

        :raises UserError: for more lines than a year takes
        """
        self.check_access("write")
        self._check_open()
        lines = self.parent_id | self.filtered(lambda finding: not finding.parent_id)
        into = lines.filtered(lambda finding: not finding.proposed)
        into.write({"proposed": True, "place": "proposed"})
        (lines - into).write({"proposed": False, "place": "backlog"})
        chosen = self._read_group(
            [
                ("roadmap_id", "in", into.roadmap_id.ids),
                ("state", "=", "open"),
                ("kind", "=", "risk"),
                ("covered", "=", False),
                ("place", "=", "proposed"),
            ],
            ["roadmap_id"],
            having=[("__count", ">", PROPOSED_LIMIT)],
        )
        if chosen:
            raise UserError(
                self.env._(
                    "%(limit)s lines of %(client)s were proposed by hand already: put one of them"
                    " back into the backlog first.",
                    limit=PROPOSED_LIMIT,
                    client=chosen[0][0].display_name,
                )
            )
        self._fold(lines.roadmap_id)

    @api.model
    def _fold(self, roadmaps):
        """One line per item, the ten most urgent lines proposed, the rest in the backlog.

        Checks and contradictions stand beside the ten; what the agreement covers is ours. What
        somebody proposed is among the ten, what somebody put into the backlog is not.
        """
        findings = self.sudo().search(
            [("roadmap_id", "in", roadmaps.ids), ("state", "=", "open"), ("kind", "=", "risk")],
            order="urgency desc, id",
        )
        proposed = self.sudo().browse()
        for roadmap, own in findings.grouped("roadmap_id").items():
            proposed += own._fold_lines(roadmap.tier_id.covered_template_ids)[:PROPOSED_LIMIT]
        (proposed.filtered(lambda finding: not finding.proposed)).proposed = True
        (findings - proposed).filtered("proposed").proposed = False

    def _fold_lines(self, covered):
        """Fold one client's findings by item; the lines in the order in which they are proposed."""
        heads, lines = {}, self.browse()
        for finding in self:
            template = finding.template_ids[:1]
            head = heads.setdefault(template, finding) if template else finding
            parent = head if head != finding else self.browse()
            is_covered = bool(template and template in covered)
            if finding.parent_id != parent:
                finding.parent_id = parent
            if finding.covered != is_covered:
                finding.covered = is_covered
            if parent and finding.place:
                # The line stays where it was put, whichever of its findings leads it now.
                parent.place = parent.place or finding.place
                finding.place = False
            if not parent and not is_covered:
                lines += finding
        lines = lines.filtered(lambda finding: finding.place != "backlog")
        return lines.sorted(lambda finding: finding.place != "proposed")

    @api.model
    def _cron_accepted_until(self):
        """Open the findings again whose accepted risk has run out."""
        today = fields.Date.context_today(self)
        ended = self.search([("state", "=", "accepted"), ("accepted_until", "<", today)])
        cron = self.env["ir.cron"]
        left = len(ended)
        cron._commit_progress(remaining=left)
        for ids in split_every(REOPEN_BATCH, ended.ids):
            findings = self.browse(ids)
            # The note says it all: no second message about the state.
            findings.with_context(mail_notrack=True).action_reopen()
            text = self.env._("The accepted period has ended: open again.")
            findings._message_log_batch(bodies=dict.fromkeys(ids, text))
            left -= len(ids)
            if not cron._commit_progress(len(ids), remaining=left):
                break
