"""Runs in Odoo's shell: the records of a company that used Odoo before it met the addon."""

env = globals()["env"]
parent = env["res.partner"].create({"name": "Harbour Freight Ltd", "is_company": True})
contact = env["res.partner"].create(
    {"name": "Ann Lee", "parent_id": parent.id, "email": "ann@x.example"}
)
product = env["product.product"].create(
    {"name": "Support hour", "list_price": 90.0, "type": "service"}
)
lead = env["crm.lead"].create(
    {
        "name": "New server",
        "type": "opportunity",
        "partner_id": contact.id,
        "expected_revenue": 900.0,
    }
)
orders = env["sale.order"].create(
    [
        {
            "partner_id": parent.id,
            "opportunity_id": lead.id,
            "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": quantity})],
        }
        for quantity in (1, 10)
    ]
)
orders[0].action_confirm()
env["calendar.event"].create(
    {
        "name": "Review",
        "start": "2024-01-10 10:00:00",
        "stop": "2024-01-10 11:00:00",
        "opportunity_id": lead.id,
        "partner_ids": [(6, 0, contact.ids)],
    }
)
lead.activity_schedule("mail.mail_activity_data_call", summary="Call back")
env.cr.commit()
