"""What rules of single records cannot see: records tied to others that the user may not touch."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestAccessTies(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create({"name": "Server", "list_price": 100})
        cls.own_item, cls.other_item = cls.env["roadmap.item"].create(
            [
                {
                    "name": "Server",
                    "roadmap_id": roadmap.id,
                    "line_ids": [(0, 0, {"name": "Server", "price_unit": 500})],
                }
                for roadmap in (cls.roadmap, cls.other_roadmap)
            ]
        )

    def _order(self, user, **values):
        order = self.env["sale.order"].with_user(user)
        return order.create({"partner_id": self.other_client.id, **values})

    # ------------------------------------------------------------- salesmen
    def test_a_salesman_ties_no_document_to_a_client_of_others(self):
        order = self._order(self.user_salesman)
        lead = self.env["crm.lead"].with_user(self.user_salesman).create({"name": "Mine"})
        for document in (order, lead):
            with self.assertRaises(AccessError):
                document.roadmap_id = self.other_roadmap.id
            with self.assertRaises(AccessError):
                document.create(
                    {
                        "name": "New",
                        "partner_id": self.other_client.id,
                        "roadmap_id": self.other_roadmap.id,
                    }
                )

    def test_a_salesman_puts_no_item_of_others_on_an_order(self):
        order = self._order(self.user_salesman)
        order.sudo().roadmap_id = self.other_roadmap
        line = order.order_line.create({"order_id": order.id, "product_id": self.product.id})
        for name, record in (
            ("roadmap_item_line_id", self.other_item.line_ids),
            ("roadmap_item_id", self.other_item),
        ):
            with self.assertRaises(AccessError):
                line[name] = record.id
            with self.assertRaises(AccessError):
                line.create({"order_id": order.id, "product_id": self.product.id, name: record.id})
        order.action_confirm()
        self.assertEqual(self.other_item.state, "idea")
        self.assertFalse(self.other_roadmap.contract_ids)

    def test_a_default_ties_no_more_than_a_value(self):
        order = self._order(self.user_salesman)
        lines = order.order_line.with_context(
            default_roadmap_item_line_id=self.other_item.line_ids.id
        )
        with self.assertRaises(AccessError):
            lines.create({"order_id": order.id, "product_id": self.product.id})
        defaults = self.env["ir.default"].with_user(self.user_salesman)
        for document in (order, self.env["crm.lead"].with_user(self.user_salesman)):
            defaults.set(document._name, "roadmap_id", self.other_roadmap.id, user_id=True)
            with self.assertRaises(AccessError):
                document.create({"name": "New", "partner_id": self.other_client.id})

    def test_an_order_holds_items_of_its_own_client_only(self):
        """Also for those who may change both, and for jobs."""
        order = self._order(self.env.user, roadmap_id=self.roadmap.id)
        line = order.order_line.create({"order_id": order.id, "product_id": self.product.id})
        with self.assertRaisesRegex(ValidationError, "no item of the client"):
            line.roadmap_item_line_id = self.other_item.line_ids
        line.roadmap_item_line_id = self.own_item.line_ids

    def test_the_team_with_sales_rights_ties_its_own(self):
        seller = new_test_user(
            self.env,
            "rm_seller",
            "roadmap_msp.group_roadmap_user,sales_team.group_sale_salesman",
        )
        self.other_roadmap.vcio_id = seller
        order = self._order(seller, roadmap_id=self.other_roadmap.id)
        line = order.order_line.create(
            {
                "order_id": order.id,
                "product_id": self.product.id,
                "roadmap_item_line_id": self.other_item.line_ids.id,
            }
        )
        self.assertEqual(line.roadmap_item_line_id, self.other_item.line_ids)
        lead = self.env["crm.lead"].with_user(seller)
        lead = lead.create({"name": "Ours", "roadmap_id": self.other_roadmap.id})
        self.assertFalse(lead.copy().roadmap_id)
        with self.assertRaises(AccessError):
            lead.roadmap_id = self.roadmap

    # ----------------------------------------------------------------- mails
    def _mail(self, **values):
        return {
            "roadmap_id": self.roadmap.id,
            "partner_id": self.contact_owner.id,
            "kind": "meeting",
            "name": "Hello",
            **values,
        }

    def test_a_mail_takes_nothing_that_its_author_may_not_read(self):
        mails = self.env["roadmap.outbox"].with_user(self.user_csm)
        secret = self.env["ir.attachment"].create(
            {
                "name": "secret.txt",
                "raw": b"secret",
                "res_model": "roadmap.roadmap",
                "res_id": self.other_roadmap.id,
            }
        )
        mail = mails.create(self._mail())
        for values in (
            {"attachment_ids": [(6, 0, secret.ids)]},
            {"res_model": "roadmap.roadmap", "res_id": self.other_roadmap.id},
            {"roadmap_id": self.other_roadmap.id},
        ):
            with self.assertRaises(AccessError):
                mail.write(values)
            with self.assertRaises(AccessError):
                mails.create(self._mail(**values))
        own = (
            self.env["ir.attachment"]
            .with_user(self.user_csm)
            .create({"name": "own.txt", "raw": b"own"})
        )
        mail.attachment_ids = own
        self.assertEqual(mail.attachment_ids, own)

    def test_a_personal_link_goes_to_its_own_contact(self):
        run = self.env["roadmap.assessment"].create(
            {
                "name": "Run",
                "roadmap_id": self.roadmap.id,
                "questionnaire_id": self.env["roadmap.questionnaire"].search([], limit=1).id,
            }
        )
        links = self.env["roadmap.link"].with_user(self.user_csm)
        link = links._issue(self.contact_owner, "answer", run)
        mails = self.env["roadmap.outbox"].with_user(self.user_csm)
        mail = mails.create(self._mail(link_id=link.id))
        with self.assertRaisesRegex(ValidationError, "not for this contact"):
            mail.partner_id = self.contact_office
        with self.assertRaises(AccessError):
            mail.with_user(self.user_other_csm).create(
                self._mail(roadmap_id=self.other_roadmap.id, link_id=link.id)
            )

    # --------------------------------------------------------------- wizards
    def test_dialogs_reckon_with_the_rights_of_whoever_opens_them(self):
        """A stored computed field is computed with all rights unless it says otherwise."""
        loud = {
            f"{name}.{field.name}"
            for name, model in self.env.registry.items()
            if name.startswith("roadmap.") and model._transient
            for field in model._fields.values()
            if field.compute and field.compute_sudo and not field.related
        }
        self.assertEqual(loud, set())

    def test_a_dialog_about_a_meeting_of_others_tells_nothing(self):
        meeting = self.env["roadmap.meeting"].create(
            {
                "name": "Theirs",
                "roadmap_id": self.other_roadmap.id,
                "due_date": "2030-01-05",
            }
        )
        with self.assertRaises(AccessError):
            self.env["roadmap.meeting.booking"].with_user(self.user_csm).create(
                {"meeting_id": meeting.id}
            )
        with self.assertRaises(AccessError):
            self.env["roadmap.questionnaire.send"].with_user(self.user_csm).create(
                {"roadmap_id": self.other_roadmap.id}
            )

    # ------------------------------------------------------------ activities
    def test_an_activity_elsewhere_acknowledges_no_alerts(self):
        asset = self.env["roadmap.asset"].create(
            {"name": "Laptop", "roadmap_id": self.other_roadmap.id}
        )
        alert = self.env["roadmap.asset.alert"].create(
            {
                "asset_id": asset.id,
                "roadmap_id": self.other_roadmap.id,
                "company_id": self.env.company.id,
                "end_date": "2030-01-05",
            }
        )
        # A record of another model has the same id as the client's roadmap.
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE roadmap_asset_alert DROP CONSTRAINT roadmap_asset_alert_roadmap_id_fkey"
        )
        self.env.cr.execute(
            "UPDATE roadmap_asset_alert SET roadmap_id = %s WHERE id = %s",
            [self.client.id, alert.id],
        )
        alert.invalidate_recordset()
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.client.id,
                "activity_type_id": self.env.ref("roadmap_msp.activity_type_warranty").id,
                "user_id": self.env.uid,
            }
        )
        activity.action_done()
        self.assertEqual(alert.state, "open")
