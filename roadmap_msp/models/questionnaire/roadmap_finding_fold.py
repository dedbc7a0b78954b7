from odoo import api, fields, models

PROPOSED_LIMIT = 10


class RoadmapFinding(models.Model):
    _inherit = "roadmap.finding"

    @api.model
    def _fold(self, roadmaps):
        """One line per item, the ten most urgent lines of each client proposed, the rest in the
        backlog.

        Checks and contradictions stand beside the ten; what the agreement covers is ours.
        """
        findings = self.sudo().search(
            [("roadmap_id", "in", roadmaps.ids), ("state", "=", "open"), ("kind", "=", "risk")],
            order="urgency desc, id",
        )
        proposed = self.browse().union(
            *[own._fold_client() for own in findings.grouped("roadmap_id").values()]
        )
        (proposed.filtered(lambda finding: not finding.proposed)).proposed = True
        (findings - proposed).filtered("proposed").proposed = False

    def _fold_client(self):
        """:meth:`_fold` for all open findings of one client, the most urgent first.

        :return: what is to be proposed
        """
        covered = self.roadmap_id.sudo().tier_id.covered_template_ids
        heads, lines = {}, []
        for finding in self:
            template = finding.template_ids[:1]
            head = heads.setdefault(template, finding) if template else finding
            parent = head if head != finding else self.browse()
            is_covered = bool(template and template in covered)
            if finding.parent_id != parent:
                finding.parent_id = parent
            if finding.covered != is_covered:
                finding.covered = is_covered
            if not parent and not is_covered:
                lines.append(finding)
        return self.browse([finding.id for finding in lines[:PROPOSED_LIMIT]])

    @api.model
    def _cron_accepted_until(self):
        """Open the findings again whose accepted risk has run out."""
        today = fields.Date.context_today(self)
        ended = self.search([("state", "=", "accepted"), ("accepted_until", "<", today)])
        ended.action_reopen()
        for finding in ended:
            finding.message_post(body=self.env._("The accepted period has ended: open again."))
