"""A user of one company sees nothing of another's clients, nor of its configuration."""

from odoo.tests import new_test_user, tagged

from . import access_configuration, access_records
from .common import RoadmapCommon

# Knowledge that all companies of the MSP share.
SHARED = {
    "roadmap.category",
    "roadmap.asset.type",
    "roadmap.lifecycle",
    "roadmap.lifecycle.change",
    "roadmap.notice",
}
# Rows that only our own code reads, whatever the role.
UNREAD = {"roadmap.presence"}
CONFIGURATION = (
    "roadmap.tier",
    "roadmap.questionnaire",
    "roadmap.item.template",
    "roadmap.agenda",
)


@tagged("post_install", "-at_install")
class TestAccessCompanies(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = access_configuration.configuration(cls.env)
        for model in CONFIGURATION:
            cls.shared[model].company_id = cls.env.company
        cls.own = access_records.of_client(cls.env, cls.roadmap, cls.contact_owner, cls.shared)
        cls.company = cls.env["res.company"].create({"name": "Our Second Firm"})
        cls.stranger = new_test_user(
            cls.env,
            "rm_second",
            "roadmap_msp.group_roadmap_manager,sales_team.group_sale_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.env.flush_all()

    def test_nothing_of_the_other_company(self):
        for key, record in {**self.shared, **self.own}.items():
            if record._name in SHARED:
                continue
            foreign = record.with_user(self.stranger).with_company(self.company)
            self.assertFalse(foreign.has_access("read"), key)
            if record._name in UNREAD:
                continue
            self.assertFalse(foreign.search([("id", "in", record.ids)]), key)

    def test_both_companies_for_those_who_have_both(self):
        self.stranger.company_ids |= self.env.company
        for key, record in {**self.shared, **self.own}.items():
            if record._name in UNREAD:
                continue
            seen = record.with_user(self.stranger).with_context(
                allowed_company_ids=(self.company | self.env.company).ids
            )
            self.assertTrue(seen.has_access("read"), key)

    def test_every_model_with_a_company_has_its_rule(self):
        rules = self.env["ir.rule"].search(
            [("model_id.model", "=like", "roadmap.%"), ("global", "=", True)]
        )
        guarded = {rule.model_id.model for rule in rules if "company_ids" in rule.domain_force}
        models = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("roadmap.")
            and "company_id" in model._fields
            and not model._abstract
            and not model._transient
        }
        self.assertTrue(models)
        self.assertFalse(models - guarded)

    def test_own_clients_hold_within_the_company(self):
        """A member of the team reads its own clients, and nobody else's."""
        for key, record in self.own.items():
            if record._name == "roadmap.forecast" or record._name in UNREAD:
                continue
            self.assertTrue(record.with_user(self.user_csm).has_access("read"), key)
            self.assertFalse(record.with_user(self.user_other_csm).has_access("read"), key)
