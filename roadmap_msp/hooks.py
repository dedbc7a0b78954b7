"""What uninstalling does beside the data files."""


def uninstall_hook(env):
    """Take our records off native ones before the tables go, so that no reference blocks it.

    Opportunities, quotations, orders and calendar events stay: they are the MSP's own. Our booking
    activities go; so do ratings of meetings, whose records vanish with the tables.
    """
    reasons = env["crm.lost.reason"].browse()
    for name in ("crm_lost_reason_ended", "crm_lost_reason_year_over"):
        reasons |= env.ref(f"roadmap_msp.{name}", raise_if_not_found=False) or reasons
    everything = {"active_test": False, "tracking_disable": True}
    leads = env["crm.lead"].with_context(**everything)
    leads.search([("lost_reason_id", "in", reasons.ids)]).lost_reason_id = False
    types = env["ir.model.data"].search(
        [("module", "=", "roadmap_msp"), ("model", "=", "mail.activity.type")]
    )
    activities = env["mail.activity"].with_context(**everything)
    activities.search([("activity_type_id", "in", types.mapped("res_id"))]).unlink()
    env["rating.rating"].search([("res_model", "=like", "roadmap.%")]).unlink()
