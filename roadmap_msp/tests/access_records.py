"""One record of every model of the addon for a given client: what the access matrix looks at.

A key is a model's name; after a colon stands what is special about the record.
"""

from datetime import date, datetime

NATIVE = ("crm.lead", "sale.order", "sale.order.line")


def of_client(env, roadmap, contact, shared):
    """Records that belong to the client of this roadmap; ``shared`` is the configuration."""
    made = {
        "roadmap.roadmap": roadmap,
        "roadmap.stakeholder": roadmap.stakeholder_ids[:1],
    }

    def make(key, **values):
        made[key] = env[key.partition(":")[0]].create(values)
        return made[key]

    make("roadmap.goal", name="Matrix", roadmap_id=roadmap.id)
    _questionnaire(make, roadmap, shared)
    _plan(make, roadmap)
    _assets(make, roadmap, shared)
    _meetings(make, roadmap)
    _letters(make, env, roadmap, contact, made["roadmap.assessment"])
    _native(made, env, roadmap)
    made["roadmap.item.clock"] = env["roadmap.item.clock"].search(
        [("roadmap_id", "=", roadmap.id)], limit=1
    )
    env["roadmap.snapshot"]._cron_snapshot()
    made["roadmap.snapshot"] = env["roadmap.snapshot"].search(
        [("roadmap_id", "=", roadmap.id)], limit=1
    )
    return made


def _questionnaire(make, roadmap, shared):
    run = {
        "name": "Matrix",
        "questionnaire_id": shared["roadmap.questionnaire"].id,
        "roadmap_id": roadmap.id,
    }
    make("roadmap.assessment:draft", **run)
    given = make("roadmap.assessment:page_given", **run, state="sent")
    contributor = roadmap.stakeholder_ids.filtered(lambda row: row.role == "contributor")
    make(
        "roadmap.assessment.section:page_given",
        assessment_id=given.id,
        section_id=shared["roadmap.questionnaire.section"].id,
        respondent_ids=contributor.partner_id.ids,
    )
    make("roadmap.assessment:cancelled", **run, state="cancelled")
    assessment = make("roadmap.assessment", **run, state="sent")
    section = make(
        "roadmap.assessment.section",
        assessment_id=assessment.id,
        section_id=shared["roadmap.questionnaire.section"].id,
    )
    make(
        "roadmap.presence",
        section_id=section.id,
        partner_id=roadmap.stakeholder_ids[:1].partner_id.id,
        seen_on=datetime(2026, 1, 5),
    )
    for suffix in ("", ":owner_only"):
        answer = make(
            f"roadmap.answer{suffix}",
            assessment_id=assessment.id,
            assessment_section_id=section.id,
            question_id=shared[f"roadmap.question{suffix}"].id,
        )
        make(f"roadmap.answer.revision{suffix}", answer_id=answer.id)
        make(
            f"roadmap.finding{suffix}",
            name="Matrix",
            owner_only=bool(suffix),
            roadmap_id=roadmap.id,
        )


def _plan(make, roadmap):
    owner = {"roadmap_id": roadmap.id}
    item = make("roadmap.item", name="Matrix", target_date=date(2026, 6, 1), **owner)
    line = make("roadmap.item.line", item_id=item.id, name="Matrix", price_unit=100)
    proposal = {"currency_id": roadmap.currency_id.id, **owner}
    shown = {**proposal, "proposed_on": datetime(2026, 1, 5)}
    make("roadmap.proposal:not_shown", name="MATRIX1", **proposal)
    make("roadmap.proposal:withdrawn", name="MATRIX2", withdrawn_on=datetime(2026, 1, 6), **shown)
    proposed = make("roadmap.proposal", name="MATRIX3", **shown)
    make("roadmap.proposal.line", proposal_id=proposed.id, item_id=item.id, name="Matrix")
    make("roadmap.decision", item_id=item.id, decision="approved", **owner)
    make("roadmap.contract", name="Matrix", item_line_id=line.id, price=10, **owner)
    scenario = make("roadmap.scenario", name="Matrix", **owner)
    make("roadmap.scenario.line", scenario_id=scenario.id, rule="item", item_id=item.id)
    _budget(make, roadmap)


def _budget(make, roadmap):
    budget = {
        "roadmap_id": roadmap.id,
        "currency_id": roadmap.currency_id.id,
        "fiscal_year": 2026,
        "fiscal_year_start": "1",
    }
    make("roadmap.budget:draft", revision=1, **budget)
    shown = {**budget, "proposed_on": datetime(2026, 1, 5)}
    make("roadmap.budget:superseded", revision=2, state="superseded", **shown)
    proposed = make("roadmap.budget", revision=3, state="proposed", **shown)
    make("roadmap.book", roadmap_id=roadmap.id)
    make("roadmap.budget.line", budget_id=proposed.id, name="Matrix", fiscal_year=2026)


def _assets(make, roadmap, shared):
    asset = make(
        "roadmap.asset",
        name="Matrix",
        type_id=shared["roadmap.asset.type"].id,
        roadmap_id=roadmap.id,
    )
    make("roadmap.asset.policy", type_id=shared["roadmap.asset.type"].id, roadmap_id=roadmap.id)
    make(
        "roadmap.asset.alert",
        asset_id=asset.id,
        company_id=roadmap.company_id.id,
        end_date=date(2026, 1, 5),
        roadmap_id=roadmap.id,
    )
    make(
        "roadmap.asset.request",
        asset_id=asset.id,
        partner_id=roadmap.stakeholder_ids[:1].partner_id.id,
        kind="gone",
    )
    make(
        "roadmap.asset.lookup",
        asset_id=asset.id,
        maker="dell",
        state="unknown",
        checked_on=datetime(2026, 1, 5),
        next_on=datetime(2026, 2, 5),
    )
    make("roadmap.asset.ref", asset_id=asset.id, source="matrix", external_id="1")
    make(
        "roadmap.asset.date",
        asset_id=asset.id,
        source="matrix",
        kind="purchase",
        date=date(2025, 1, 5),
    )
    run = make("roadmap.import", source="matrix", roadmap_id=roadmap.id)
    make("roadmap.import.column", import_id=run.id, title="Name")
    make("roadmap.import.line", import_id=run.id, name="Matrix")
    make("roadmap.import.mapping", source="matrix", roadmap_id=roadmap.id)


def _meetings(make, roadmap):
    owner = {"roadmap_id": roadmap.id}
    make("roadmap.cadence", name="Matrix", **owner)
    cancelled = {"state": "cancelled", "due_date": date(2026, 6, 1)}
    make("roadmap.meeting:cancelled", name="Matrix", **cancelled, **owner)
    meeting = make("roadmap.meeting", name="Matrix", due_date=date(2026, 6, 1), **owner)
    make("roadmap.meeting.topic", name="Matrix", meeting_id=meeting.id, **owner)
    make("roadmap.meeting.move", meeting_id=meeting.id)
    make(
        "roadmap.action",
        name="Matrix",
        side="client",
        partner_id=roadmap.stakeholder_ids[:1].partner_id.id,
        due_date=date(2026, 6, 1),
        **owner,
    )


def _letters(make, env, roadmap, contact, assessment):
    owner = {"roadmap_id": roadmap.id, "partner_id": contact.id}
    make(
        "roadmap.link",
        purpose="answer",
        res_model=assessment._name,
        res_id=assessment.id,
        expires_on=datetime(2099, 1, 1),
        **owner,
    )
    make(
        "roadmap.outbox",
        user_id=env.ref("base.user_admin").id,
        kind="invitation",
        name="Matrix",
        **owner,
    )


def _native(made, env, roadmap):
    made["crm.lead"] = roadmap._ensure_opportunity()
    product = env["product.product"].create({"name": "Matrix", "list_price": 10})
    order = env["sale.order"].create(
        {
            "partner_id": roadmap.partner_id.id,
            "roadmap_id": roadmap.id,
            "order_line": [(0, 0, {"product_id": product.id})],
        }
    )
    made.update({"sale.order": order, "sale.order.line": order.order_line})
    env.flush_all()
    made["roadmap.forecast"] = env["roadmap.forecast"].search(
        [("roadmap_id", "=", roadmap.id)], limit=1
    )
