from odoo import api, fields, models
from odoo.exceptions import UserError


class RoadmapQuestionnaire(models.Model):
    """One version of a questionnaire; a published version is frozen."""

    _name = "roadmap.questionnaire"
    _description = "Questionnaire"
    _inherit = ["mail.thread"]
    _order = "family_code, version desc, id desc"

    name = fields.Char(required=True, translate=True)
    family_code = fields.Char(
        "Family",
        required=True,
        default="technology",
        help="Versions of one questionnaire share it, such as: technology.",
    )
    version = fields.Integer(default=1, required=True, copy=False, readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one("res.company", index=True)
    published_on = fields.Datetime(readonly=True, copy=False)
    section_ids = fields.One2many(
        "roadmap.questionnaire.section", "questionnaire_id", "Pages", copy=True
    )
    question_ids = fields.One2many("roadmap.question", "questionnaire_id", "Questions")
    assessment_ids = fields.One2many("roadmap.assessment", "questionnaire_id", "Runs")
    section_count = fields.Integer("Number of Pages", compute="_compute_counts")
    question_count = fields.Integer("Number of Questions", compute="_compute_counts")
    assessment_count = fields.Integer("Number of Runs", compute="_compute_counts")

    _version_uniq = models.UniqueIndex(
        "(family_code, version, COALESCE(company_id, 0))",
        "This questionnaire already has a version with that number.",
    )

    @api.depends("section_ids", "question_ids", "assessment_ids")
    def _compute_counts(self):
        for model, name in (
            ("roadmap.questionnaire.section", "section_count"),
            ("roadmap.question", "question_count"),
            ("roadmap.assessment", "assessment_count"),
        ):
            counts = dict(
                self.env[model]._read_group(
                    [("questionnaire_id", "in", self.ids)], ["questionnaire_id"], ["__count"]
                )
            )
            for questionnaire in self:
                questionnaire[name] = counts.get(questionnaire._origin, 0)

    @api.depends("name", "version", "state")
    def _compute_display_name(self):
        for questionnaire in self:
            label = self.env._("version %(number)s", number=questionnaire.version)
            questionnaire.display_name = f"{questionnaire.name} ({label})"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if "version" not in vals:
                vals["version"] = self._next_version(
                    vals.get("family_code", "technology"), vals.get("company_id")
                )
        return super().create(vals_list)

    def copy_data(self, default=None):
        default = dict(default or {})
        return [
            dict(vals, name=questionnaire.name)
            for questionnaire, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def write(self, vals):
        frozen = {"family_code", "company_id", "section_ids", "question_ids"} & set(vals)
        loading = self.env.su and self.env.context.get("install_module")
        if frozen and not loading:
            for questionnaire in self:
                if questionnaire.state != "draft":
                    raise UserError(
                        self.env._(
                            "%(questionnaire)s is published and can no longer be changed. Create"
                            " a new version instead.",
                            questionnaire=questionnaire.display_name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for questionnaire in self:
            if questionnaire.state != "draft":
                raise UserError(
                    self.env._(
                        "%(questionnaire)s was published. Archive it instead of deleting it.",
                        questionnaire=questionnaire.display_name,
                    )
                )

    def action_publish(self):
        """Check the version and freeze it; from then on it can be sent to clients.

        :raises UserError: with a list of what is wrong, page and question named
        """
        self.check_access("write")
        for questionnaire in self:
            if questionnaire.state == "published":
                continue
            questionnaire._check_publishable()
            questionnaire.write({"state": "published", "published_on": fields.Datetime.now()})
        self._forget_structures()

    def action_archive_version(self):
        """Offer the version for no new run; runs that use it go on."""
        self.check_access("write")
        self.write({"state": "archived"})

    def action_new_version(self):
        """Copy to the next draft version, with choices, conditions and suggested items.

        :return: an action that opens the draft
        """
        self.ensure_one()
        self.check_access("write")
        draft = self.search(
            [
                ("family_code", "=", self.family_code),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "draft"),
            ],
            limit=1,
        )
        draft = draft or self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "res_id": draft.id,
        }

    def action_open_assessments(self):
        """Open the runs that use this version."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_assessment_action"
        )
        return {**action, "domain": [("questionnaire_id", "=", self.id)], "context": {}}

    def action_open_questions(self):
        """Open all questions of this version in one list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_question_action"
        )
        return {
            **action,
            "domain": [("questionnaire_id", "=", self.id)],
            "context": {
                "roadmap_questionnaire_id": self.id,
                "create": self.state == "draft",
                "delete": self.state == "draft",
            },
        }

    @api.model
    def _next_version(self, family_code, company_id):
        last = self.search(
            [("family_code", "=", family_code), ("company_id", "=", company_id or False)],
            order="version desc",
            limit=1,
        )
        return last.version + 1

    @api.model
    def _current(self, family_code, company):
        """The newest published version of a family that the company may use, or none."""
        return self.search(
            [
                ("family_code", "=", family_code),
                ("state", "=", "published"),
                ("company_id", "in", [False, company.id]),
            ],
            order="version desc, id desc",
            limit=1,
        )
