"""Records that several cases need."""


def client(env, name="Bench Client"):
    """A running roadmap with a decision maker and, as after activation, this year's opportunity."""
    return clients(env, 1, name)[0]


def clients(env, number, name="Bench Client"):
    """So many of them, made in one go: `[(roadmap, contact)]`."""
    names = [f"{name} {n}" if number > 1 else name for n in range(number)]
    partners = env["res.partner"].create([{"name": name, "is_company": True} for name in names])
    contacts = env["res.partner"].create(
        [
            {"name": f"{row.name} owner", "email": "owner@bench.example", "parent_id": row.id}
            for row in partners
        ]
    )
    roadmaps = env["roadmap.roadmap"].create(
        [{"partner_id": row.id, "state": "running"} for row in partners]
    )
    roadmaps._ensure_opportunity()
    env["roadmap.stakeholder"].create(
        [
            {"roadmap_id": roadmap.id, "partner_id": contact.id, "role": "decision_maker"}
            for roadmap, contact in zip(roadmaps, contacts, strict=True)
        ]
    )
    return list(zip(roadmaps, contacts, strict=True))


def product(env, name="Bench Product", **values):
    return env["product.product"].create({"name": name, "list_price": 100.0, **values})
