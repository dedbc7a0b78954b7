from odoo import api, fields, models
from odoo.exceptions import UserError

from .roadmap_question_choice import RISKS

STATES = [
    ("open", "Open"),
    ("planned", "Planned"),
    ("accepted", "Risk accepted"),
    ("resolved", "Resolved"),
    ("dismissed", "Dismissed"),
]
SOURCES = [
    ("answer", "Answer"),
    ("asset", "Asset"),
    ("lifecycle", "End of support"),
    ("contradiction", "Contradiction"),
    ("topic", "Meeting topic"),
    ("contract", "Contract"),
    ("manual", "By hand"),
]


class RoadmapFinding(models.Model):
    """A gap that the client should close, or a check that we owe."""

    _name = "roadmap.finding"
    _description = "Finding"
    _inherit = ["roadmap.tied", "mail.thread", "mail.activity.mixin"]
    _order = "urgency desc, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    description = fields.Text()
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [("risk", "Gap"), ("check", "To check by us"), ("contradiction", "Contradiction")],
        default="risk",
        required=True,
    )
    source = fields.Selection(SOURCES, required=True, default="manual")
    state = fields.Selection(
        STATES, required=True, default="open", tracking=True, copy=False, readonly=True, index=True
    )
    risk = fields.Selection(RISKS, default="medium", required=True)
    urgency = fields.Float(
        help="Risk times weight times business dependence.", digits=(6, 1), readonly=True
    )
    proposed = fields.Boolean(
        help="Among the lines proposed for the year; else in the backlog.",
        copy=False,
        readonly=True,
    )
    covered = fields.Boolean(
        "Covered by the Agreement", copy=False, readonly=True,
        help="Its item is part of the client's tier: our own work, without a price.",
    )  # fmt: skip
    owner_only = fields.Boolean(help="Comes from a question that only the decision maker reads.")
    category_id = fields.Many2one(
        "roadmap.category", "Technology Area", index="btree_not_null", ondelete="restrict"
    )
    assessment_id = fields.Many2one(
        "roadmap.assessment", "Run", index="btree_not_null", ondelete="set null"
    )
    answer_id = fields.Many2one("roadmap.answer", index="btree_not_null", ondelete="set null")
    answer_value = fields.Char("Answer Given", related="answer_id.display_value")
    asset_id = fields.Many2one("roadmap.asset", index="btree_not_null", ondelete="set null")
    lifecycle_id = fields.Many2one("roadmap.lifecycle", index="btree_not_null", ondelete="set null")
    source_key = fields.Char(
        readonly=True, copy=False, help="What raised it, so that nothing is raised twice."
    )
    parent_id = fields.Many2one(
        "roadmap.finding", "Folded Into", index="btree_not_null", ondelete="set null", copy=False,
        readonly=True, help="The line that stands for all findings of the same item.",
    )  # fmt: skip
    child_ids = fields.One2many("roadmap.finding", "parent_id", "Same Item")
    child_count = fields.Integer("Folded", compute="_compute_child_count")
    template_ids = fields.Many2many("roadmap.item.template", string="Suggested Items")
    # Which items may be chosen is said in the form: with a domain here, Odoo would search for the
    # items at every change of a finding instead of taking them from here.
    item_ids = fields.Many2many("roadmap.item", "roadmap_finding_item_rel", string="Items")
    user_id = fields.Many2one("res.users", "Responsible")
    accepted_until = fields.Date(readonly=True, copy=False)
    accept_reason = fields.Char(readonly=True, copy=False)
    dismiss_reason = fields.Char(readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)

    _source_key_uniq = models.UniqueIndex("(roadmap_id, source_key) WHERE source_key IS NOT NULL")

    @api.depends("child_ids")
    def _compute_child_count(self):
        counts = dict(self._read_group([("parent_id", "in", self.ids)], ["parent_id"], ["__count"]))
        for finding in self:
            finding.child_count = counts.get(finding._origin, 0)

    def _with_folded(self):
        """The findings and those folded into them."""
        return self | self.child_ids

    def action_create_items(self):
        """Plan the findings: new items from the templates they suggest.

        One item per client and template; a finding without a suggestion becomes an item of its
        own name. What the agreement covers becomes our own action, without a price.

        :return: an action that opens the new items
        """
        self.check_access("write")
        self._check_open()
        items = self.env["roadmap.item"]
        for roadmap, findings in self._with_folded().grouped("roadmap_id").items():
            heads = findings.filtered(lambda f, chosen=self: f in chosen)
            if heads.template_ids:
                suggesting = findings.filtered("template_ids")
                items |= items._create_from_templates(roadmap, heads.template_ids, suggesting)
            for finding in heads.filtered(lambda f: not f.template_ids):
                items |= items.create(finding._prepare_item_values())
            findings.write({"state": "planned"})
        self._fold(self.roadmap_id)
        return self._open_items(items)

    def _link_items(self, items):
        """Plan the findings by existing items of the same client.

        :raises UserError: for an item of another client
        """
        self.check_access("write")
        for roadmap, findings in self._with_folded().grouped("roadmap_id").items():
            own = items.filtered(lambda item, roadmap=roadmap: item.roadmap_id == roadmap)
            if not own:
                raise UserError(
                    self.env._(
                        "The chosen items belong to another client than the finding %(name)s.",
                        name=findings[0].name,
                    )
                )
            for finding in findings:
                fitting = own.filtered(
                    lambda item, finding=finding: (
                        (item.template_id.newest_id or item.template_id) in finding.template_ids
                    )
                )
                finding.item_ids |= fitting or own
            findings.write({"state": "planned"})
        self._fold(self.roadmap_id)

    def _prepare_item_values(self):
        """Values of an item for a finding without a suggested template."""
        self.ensure_one()
        return {
            "name": self.name,
            "roadmap_id": self.roadmap_id.id,
            "category_id": self.category_id.id,
            "risk": self.risk,
            "summary": self.description,
            "finding_ids": [fields.Command.set(self.ids)],
            "asset_ids": [fields.Command.set(self.asset_id.ids)],
            "client_visible": not self.owner_only,
        }

    def _open_items(self, items):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Items"),
            "res_model": "roadmap.item",
            "view_mode": "list,form",
            "domain": [("id", "in", items.ids)],
        }
        if len(items) == 1:
            action.update(view_mode="form", res_id=items.id)
        return action

    def _check_open(self):
        for finding in self:
            if finding.state not in ("open", "accepted"):
                raise UserError(
                    self.env._(
                        "The finding %(name)s is no longer open. Reopen it first.",
                        name=finding.name,
                    )
                )

    def action_accept(self):
        """Let the client live with the risk until a date: opens a dialog."""
        return self._open_close_wizard("accepted", self.env._("Accept the Risk"))

    def action_dismiss(self):
        """Drop findings that are none, with a reason: opens a dialog."""
        return self._open_close_wizard("dismissed", self.env._("Dismiss"))

    def action_link(self):
        """Plan by an item that exists already: opens a dialog."""
        return self._open_close_wizard("planned", self.env._("Link to an Item"))

    def _open_close_wizard(self, decision, name):
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "roadmap.finding.close",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_decision": decision,
                "default_finding_ids": [fields.Command.set(self.ids)],
            },
        }

    def action_reopen(self):
        """Open findings again that were accepted, dismissed, resolved or planned."""
        self.check_access("write")
        self.write(
            {"state": "open", "accepted_until": False, "dismiss_reason": False, "closed_on": False}
        )
        self._fold(self.roadmap_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self.env["roadmap.decision"]._check_undecided("finding_id", self)
