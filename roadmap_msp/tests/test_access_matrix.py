"""Every role x every model x read, write, create, delete, for an own and a foreign record.

The expected table is ``access_matrix.csv``; a model without rows fails the build. An operation is
a letter: r, w, c, d; "-" is refused. A model may stand there several times: what follows its name
after a colon says what is special about the record (``roadmap.answer:owner_only``).
"""

import csv

from odoo.tests import new_test_user, tagged
from odoo.tools import file_open

from . import access_configuration, access_records
from .common import RoadmapCommon

OPERATIONS = {"read": "r", "write": "w", "create": "c", "unlink": "d"}
TABLE = "roadmap_msp/tests/access_matrix.csv"


@tagged("post_install", "-at_install")
class TestAccessMatrix(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shared = access_configuration.configuration(cls.env)
        own = access_records.of_client(cls.env, cls.roadmap, cls.contact_owner, shared)
        other = access_records.of_client(cls.env, cls.other_roadmap, cls.other_contact, shared)
        cls.records = {
            model: (own.get(model, shared.get(model)), other.get(model, shared.get(model)))
            for model in {**shared, **own}
        }
        cls.env.flush_all()
        cls.roles = {
            "technician": cls.user_technician,
            "user": cls.user_csm,
            "user_all": cls.user_all,
            "manager": cls.user_manager,
            "salesman": cls.user_salesman,
            "portal_decision_maker": cls.portal_owner,
            "portal_signer": cls._contact_with("signer"),
            "portal_finance": cls._contact_with("finance"),
            "portal_technical": cls._contact_with("technical"),
            "portal_contributor": cls.portal_office,
            "portal_stranger": cls.portal_stranger,
            "public": cls.env.ref("base.public_user"),
        }

    @classmethod
    def _contact_with(cls, role):
        """A portal login of the client with that role only."""
        user = new_test_user(
            cls.env,
            f"rm_{role}",
            "base.group_portal",
            email=f"rm_{role}@client.example.com",
            parent_id=cls.client.id,
        )
        cls.env["roadmap.stakeholder"].create(
            {"roadmap_id": cls.roadmap.id, "partner_id": user.partner_id.id, "role": role}
        )
        return user

    def _allowed(self, record, user):
        record = record.with_user(user)
        return "".join(
            letter if record.has_access(operation) else "-"
            for operation, letter in OPERATIONS.items()
        )

    def test_every_model_has_records_here(self):
        models = self.env["ir.model"].search([("model", "=like", "roadmap.%")])
        persistent = {
            name
            for name in models.mapped("model")
            if not self.env[name]._transient and not self.env[name]._abstract
        }
        seen = {name.partition(":")[0] for name in self.records}
        self.assertEqual(persistent, seen - set(access_records.NATIVE))
        empty = [name for name, pair in self.records.items() if not all(pair)]
        self.assertFalse(empty, "No record to look at")

    def test_matrix(self):
        with file_open(TABLE) as handle:
            rows = list(csv.DictReader(handle))
        expected = {(row["model"], row["role"]): (row["own"], row["other"]) for row in rows}
        actual = {
            (model, role): tuple(self._allowed(record, user) for record in pair)
            for model, pair in self.records.items()
            for role, user in self.roles.items()
        }
        wrong = [
            f"{model} as {role}: own/other is {allowed}, expected {expected.get((model, role))}"
            for (model, role), allowed in sorted(actual.items())
            if expected.get((model, role)) != allowed
        ]
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertFalse(set(expected) - set(actual), "The table has rows of models that are gone")

    def test_no_wizard_for_outsiders(self):
        """Wizards are for staff: nobody without a roadmap group may even make one."""
        models = self.env["ir.model"].search([("model", "=like", "roadmap.%")])
        for name in models.mapped("model"):
            model = self.env[name]
            if model._transient:
                for role in ("salesman", "portal_decision_maker", "public"):
                    self.assertFalse(
                        model.with_user(self.roles[role]).has_access("create"), f"{name} as {role}"
                    )
