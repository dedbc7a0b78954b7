"""Records that several cases need."""


def client(env, name="Bench Client"):
    """A running roadmap with a decision maker and, as after activation, this year's opportunity."""
    partner = env["res.partner"].create({"name": name, "is_company": True})
    contact = env["res.partner"].create(
        {"name": f"{name} owner", "email": "owner@bench.example", "parent_id": partner.id}
    )
    roadmap = env["roadmap.roadmap"].create({"partner_id": partner.id, "state": "running"})
    roadmap._ensure_opportunity()
    env["roadmap.stakeholder"].create(
        {"roadmap_id": roadmap.id, "partner_id": contact.id, "role": "decision_maker"}
    )
    return roadmap, contact


def product(env, name="Bench Product", **values):
    return env["product.product"].create({"name": name, "list_price": 100.0, **values})
