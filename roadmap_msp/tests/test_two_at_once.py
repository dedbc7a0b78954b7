from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

KEEPS_MESSAGES = (
    "crm.lead",
    "roadmap.answer",
    "roadmap.assessment",
    "roadmap.item",
    "roadmap.proposal",
    "sale.order",
)


@tagged("post_install", "-at_install")
class TestTwoAtOnce(TransactionCase):
    """Two people on two connections, with committed data that is removed at the end.

    The second one has looked (its snapshot is taken) before the first one commits. Where the
    database then says "start over", Odoo runs the request again; so do these tests.
    """

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self.ids = self._create(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._remove)
        self.one, self.two = self._connection(), self._connection()

    def _connection(self):
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, SUPERUSER_ID, {})

    def _create(self, env):
        """A client with two signers, a proposed item that can be quoted, and a run."""
        client = env["res.partner"].create({"name": "Twice Ltd", "is_company": True})
        people = env["res.partner"].create(
            [
                {
                    "name": name,
                    "parent_id": client.id,
                    "email": f"{name[:3].lower()}@twice.example.com",
                }
                for name in ("Ann Twice", "Bob Twice")
            ]
        )
        stakeholders = [
            Command.create({"partner_id": person.id, "role": role})
            for person in people
            for role in ("signer", "decision_maker")
        ]
        roadmap = env["roadmap.roadmap"].create(
            {"partner_id": client.id, "state": "running", "stakeholder_ids": stakeholders}
        )
        product = env["product.product"].create({"name": "Twice box", "taxes_id": False})
        line = {"name": "Box", "product_id": product.id, "price_unit": 5}
        item = env["roadmap.item"].create(
            {"name": "Twice", "roadmap_id": roadmap.id, "line_ids": [Command.create(line)]}
        )
        proposal = env["roadmap.proposal"].browse(item.action_propose()["res_id"])
        run = env["roadmap.assessment"].create(
            {
                "roadmap_id": roadmap.id,
                "questionnaire_id": env.ref("roadmap_msp.questionnaire_technology_1").id,
                "length": "start",
            }
        )
        run.action_send()
        links = [env["roadmap.link"]._issue(person, "decide", proposal).id for person in people]
        meeting = env["roadmap.meeting"].create(
            {
                "name": "Twice",
                "roadmap_id": roadmap.id,
                "due_date": fields.Date.today(),
                "topic_ids": [Command.create({"name": "Old phones"})],
            }
        )
        return {
            "roadmap.roadmap": roadmap.ids,
            "roadmap.meeting.topic": meeting.topic_ids.ids,
            "roadmap.item": item.ids,
            "roadmap.proposal": proposal.ids,
            "roadmap.assessment": run.ids,
            "roadmap.link": links,
            "product.product": product.ids,
            "res.partner": (people | client).ids,
        }

    def _remove(self):
        """Everything that hangs on the client, then the client."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            roadmap = self._records(env, "roadmap.roadmap")
            for model in KEEPS_MESSAGES:
                records = env[model].search([("roadmap_id", "in", roadmap.ids)])
                about = [("model", "=", model), ("res_id", "in", records.ids)]
                env["mail.message"].search(about).unlink()
                about = [("res_model", "=", model), ("res_id", "in", records.ids)]
                env["mail.activity"].search(about).unlink()
            for model in ("sale.order", "crm.lead", "roadmap.decision", "roadmap.proposal"):
                env[model].search([("roadmap_id", "in", roadmap.ids)]).unlink()
            roadmap.unlink()
            self._records(env, "product.product").product_tmpl_id.unlink()
            self._records(env, "res.partner").unlink()

    def _records(self, env, model):
        return env[model].browse(self.ids[model]).exists()

    def _start_over(self):
        """What Odoo does with the second request after the database refused it."""
        self.two.cr.rollback()
        self.two.invalidate_all()

    # ------------------------------------------------------------------ quotations
    def test_two_quote_the_same_item(self):
        """While one works the other is told to wait; afterwards there is one quotation."""
        first, second = (self._records(env, "roadmap.item") for env in (self.one, self.two))
        self.assertEqual(second.state, "proposed")
        order = first._create_quotations()
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(UserError, "at this moment"):
            second._create_quotations()
        self.one.cr.commit()
        self._start_over()
        with self.assertRaisesRegex(UserError, order.name):
            second._create_quotations()
        self._start_over()
        second.action_create_quotation()
        self.assertEqual(self._orders(), order.ids)

    def test_a_quotation_made_in_between(self):
        """The second one pressed the button on a page that did not show the quotation yet."""
        first, second = (self._records(env, "roadmap.item") for env in (self.one, self.two))
        self.assertEqual(second.state, "proposed")
        order = first._create_quotations()
        self.one.cr.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            second._create_quotations()
        self._start_over()
        second.action_create_quotation()
        self.assertEqual(self._orders(), order.ids)

    def test_two_propose_the_same_item(self):
        """The second one starts over and finds what the first one made: nothing is shown twice."""
        first, second = (self._records(env, "roadmap.item") for env in (self.one, self.two))
        first.name = "Twice as good"
        self.one.cr.commit()
        self._start_over()
        self.assertEqual(len(second.proposal_line_ids.filtered("is_open")), 1)
        made = first.action_propose()["res_id"]
        self.one.cr.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            second.action_propose()
            self.two.flush_all()
        self._start_over()
        self.assertEqual(second.action_propose()["res_id"], made)
        self.two.cr.commit()
        self.assertEqual(len(second.proposal_line_ids), 2)
        self.assertEqual(len(second.proposal_line_ids.filtered("is_open")), 1)

    def _orders(self):
        domain = [("roadmap_id", "in", self.ids["roadmap.roadmap"])]
        return self.two["sale.order"].search(domain).ids

    # ------------------------------------------------------------------ decisions
    def test_two_decide_the_same_line(self):
        """Both answers are kept in the order in which they were stored; the later one counts."""
        first, second = (self._records(env, "roadmap.proposal") for env in (self.one, self.two))
        ann, _bob = self._records(self.one, "roadmap.link")
        _ann, bob = self._records(self.two, "roadmap.link")
        self.assertFalse(second.line_ids.answer_id)
        first._decide(first.line_ids, "approved", ann)
        self.one.cr.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            second._decide(second.line_ids, "talk", bob, reason="First a word")
        self._start_over()
        second._decide(second.line_ids, "talk", bob, reason="First a word")
        self.two.cr.commit()
        kept = self.two["roadmap.decision"].search(
            [("proposal_line_id", "in", second.line_ids.ids)], order="id"
        )
        self.assertEqual(kept.mapped("decision"), ["approved", "talk"])
        self.assertEqual(kept.mapped("partner_id.name"), ["Ann Twice", "Bob Twice"])
        self.assertEqual(second.line_ids.answer_id, kept[1])

    def test_two_clicks_accept_a_risk(self):
        """The second click waits, starts over, and finds the decision of the first one."""
        model = "roadmap.meeting.topic"
        first, second = (self._records(env, model) for env in (self.one, self.two))
        ann, _bob = second.roadmap_id.stakeholder_ids.partner_id.sorted("name")
        until = fields.Date.add(fields.Date.today(), months=6)
        args = (ann.id, "Too dear", fields.Date.to_string(until))
        self._accept(first, *args)
        self.one.cr.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            self._accept(second, *args)
        self._start_over()
        self._accept(second, *args)
        self.two.cr.commit()
        about = [("topic_id", "=", second.id)]
        self.assertEqual(self.two["roadmap.decision"].search_count(about), 1)

    def _accept(self, topic, partner_id, reason, until):
        topic.meeting_id.present_accept_risk(topic.id, reason, until, partner_id)

    # ------------------------------------------------------------------ everything as one file
    def test_two_clicks_ask_for_everything(self):
        """The second click waits, and starts over to find the file of the first one."""
        first, second = (self._records(env, "roadmap.roadmap") for env in (self.one, self.two))
        ann = second.stakeholder_ids.partner_id.sorted("name")[0]
        first._lock_pack()
        self.one.cr.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            second._client_pack(ann)

    # ------------------------------------------------------------------ answers
    def test_two_save_the_same_answer(self):
        """One is stored, the other one is shown the conflict and keeps its value beside it."""
        first, second = (self._records(env, "roadmap.assessment") for env in (self.one, self.two))
        ann, bob = second.roadmap_id.stakeholder_ids.partner_id.sorted("name")
        answer = second.answer_ids.filtered(lambda row: row.question_type == "single")[0]
        question = answer.question_id
        mine, yours = question.choice_ids.filtered(lambda choice: choice.kind == "option")[:2]
        self._save(first, question, mine, ann.with_env(self.one))
        self.one.cr.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            self._save(second, question, yours, bob)
        self._start_over()
        result = self._save(second, question, yours, bob)
        self.assertEqual(result["conflict"]["value"], mine.id)
        self.assertEqual(result["conflict"]["by"], ann.name)
        self.assertEqual(answer.choice_id, mine)
        competing = answer.revision_ids
        self.assertEqual(len(competing), 1)
        self.assertIn(yours.name, competing.display_value)

    def test_two_give_the_first_answer(self):
        """Both move the run on; the second one need not start over."""
        first, second = (self._records(env, "roadmap.assessment") for env in (self.one, self.two))
        ann, bob = second.roadmap_id.stakeholder_ids.partner_id.sorted("name")
        rows = second.answer_ids.filtered(
            lambda row: row.question_type == "single" and not row.question_id.condition
        )
        mine, yours = rows.question_id[:2]
        self.assertEqual(second.state, "sent")
        self._save(first, mine, mine.choice_ids[0], ann.with_env(self.one))
        self.one.cr.commit()
        result = self._save(second, yours, yours.choice_ids[0], bob)
        self.assertEqual((result["error"], result["version"]), (None, 1))
        self.two.cr.commit()
        self.two.invalidate_all()
        self.assertEqual(second.state, "in_progress")
        self.assertEqual(rows.filtered(lambda row: row.version).question_id, mine | yours)

    def _save(self, run, question, choice, person):
        value = {question.id: {"value": choice.id, "version": 0}}
        return run._save_answers(value, respondent=person, source="client")[question.id]
