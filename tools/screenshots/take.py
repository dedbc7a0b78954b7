"""The pictures of the user guide, from a fresh demo: python take.py URL CHROMIUM FOLDER [STEP].

Each method of `Guide` named in STEPS is one step of the guide and takes its pictures; what a step
needs to have happened it does by the same clicks as a person.
"""

import sys
from pathlib import Path

from browser import Browser

DESK = (1280, 800)
PHONE = (390, 844)
OWNER = "owner@orchardlaw.example"


class Guide:
    def __init__(self, browser, folder):
        self.browser = browser
        self.folder = Path(folder)

    # ------------------------------------------------------------------ tools
    def picture(self, name):
        self.browser.shoot(self.folder / f"{name}.png")
        print(f"{name}.png", flush=True)

    def at_desk(self, login):
        self.browser.size(*DESK)
        self.browser.log_in(login)

    def on_phone(self, login):
        self.browser.size(*PHONE)
        self.browser.log_in(login)

    def action(self, name, selector, record=None):
        tail = f"/{record}" if record else ""
        self.browser.open(f"/odoo/action-roadmap_msp.{name}{tail}", selector)

    def first(self, model, *domain):
        """Id of the newest record of these conditions."""
        ids = self.browser.call(model, "search", [list(domain)], limit=1, order="id desc")
        if not ids:
            raise LookupError(f"the demo has no {model} with {domain}")
        return ids[0]

    def client(self, name):
        return self.first("roadmap.roadmap", ["name", "=", name])

    def open_client(self, name):
        self.action("roadmap_action", ".o_form_view .o_statusbar_status", self.client(name))

    # ------------------------------------------------------------------ steps
    def my_day(self):
        self.at_desk("csm")
        self.action("roadmap_my_day_action", ".o_roadmap_my_day, .o_action")
        self.picture("my_day")

    def start(self):
        self.at_desk("csm")
        self.open_client("Orchard Law")
        self.picture("client")
        meeting = self.first("roadmap.meeting", ["roadmap_id.name", "=", "Orchard Law"])
        self.action(
            "roadmap_meeting_action", ".o_statusbar_buttons button[name='action_book']", meeting
        )
        self.browser.click(".o_statusbar_buttons button[name='action_book']")
        self.browser.see(".modal button[name='action_confirm']")
        self.picture("booking")

    def questionnaire(self):
        self.at_desk("csm")
        self.open_client("Orchard Law")
        self.browser.click("button[name='action_send_questionnaire']")
        self.browser.see(".modal .o_field_widget[name='preview'] p")
        self.picture("send_questionnaire")
        wanted = [["roadmap_id.name", "=", "Orchard Law"], ["state", "!=", "cancelled"]]
        if not self.browser.call("roadmap.assessment", "search_count", [wanted]):
            self.browser.click(".modal button[name='action_send']")
            self.browser.see(".o_statusbar_status [data-value='sent'].o_arrow_button_current")
        mail = self.first(
            "roadmap.outbox", ["roadmap_id.name", "=", "Orchard Law"], ["kind", "=", "invitation"]
        )
        self.action("roadmap_outbox_action", ".o_field_widget[name='preview'] p", mail)
        self.picture("outbox")
        run = self.first("roadmap.assessment", ["roadmap_id.name", "=", "Orchard Law"])
        self.answer(run)

    def answer(self, run):
        self.on_phone(OWNER)
        self.browser.open("/my/roadmap", ".o_roadmap")
        self.picture("portal_todo")
        base = f"/my/roadmap/questionnaire/{run}"
        self.browser.open(f"{base}/BUS", ".o_roadmap_no_script.d-none")
        self.browser.click(".o_roadmap_question .o_roadmap_choice input")
        self.browser.wait(
            "document.querySelector('.o_roadmap_saved').textContent.includes('saved')", "saved"
        )
        self.picture("portal_question")
        self.browser.open(base, ".list-group-item-action")
        self.picture("portal_questionnaire")

    def review(self):
        self.at_desk("vcio")
        run = self.first("roadmap.assessment", ["roadmap_id.name", "=", "Bay Dental"])
        self.action(
            "roadmap_assessment_action", ".o_field_widget[name='section_ids'] .o_data_row", run
        )
        self.picture("review")
        self.browser.click("button[name='action_open_findings']")
        self.browser.see(".o_list_view .o_data_row")
        self.picture("findings")

    def plan(self):
        self.at_desk("vcio")
        self.open_client("Ridge Supply")
        self.browser.click("button[name='action_open_items']")
        self.browser.see(".o_kanban_record")
        self.picture("board")
        item = self.first("roadmap.item", ["roadmap_id.name", "=", "Ridge Supply"])
        self.action("roadmap_item_action", ".o_field_widget[name='line_ids'] .o_data_row", item)
        self.picture("item")
        self.action("roadmap_asset_due_action", ".o_group_header")
        self.browser.click(".o_group_header")
        self.browser.click(".o_group_header + .o_group_header:not(.o_group_open)")
        self.browser.see(".o_data_row")
        self.picture("assets_due")

    def decide(self):
        self.at_desk("csm")
        proposal = self.first("roadmap.proposal", ["roadmap_id.name", "=", "Ridge Supply"])
        self.on_phone("owner@ridgesupply.example")
        self.browser.open(f"/my/roadmap/proposal/{proposal}", ".o_roadmap_point")
        self.browser.run(
            "[...document.querySelectorAll('.o_roadmap_point')].at(-1).scrollIntoView()"
        )
        self.picture("portal_decide")

    def order(self):
        self.at_desk("csm")
        order = self.first("sale.order", ["roadmap_id.name", "=", "Harbor Freight Forwarding"])
        self.browser.open(f"/odoo/action-sale.action_orders/{order}", ".o_is_line_section")
        self.picture("quotation")
        self.on_phone("owner@harborfreightforwarding.example")
        self.browser.open(f"/my/orders/{order}", "#quote_content")
        self.browser.run("document.querySelector('#sales_order_table').scrollIntoView()")
        self.picture("portal_order")

    def ahead(self):
        self.at_desk("csm")
        self.open_client("Harbor Freight Forwarding")
        self.browser.click(".o_button_more")
        self.browser.click("button[name='action_open_forecast']")
        self.browser.see(".o_pivot tbody td")
        self.picture("forecast")
        meeting = self.first(
            "roadmap.meeting",
            ["roadmap_id.name", "=", "Harbor Freight Forwarding"],
            ["state", "in", ["held", "closed"]],
        )
        self.action("roadmap_meeting_action", ".o_field_widget[name='topic_ids']", meeting)
        self.picture("meeting")

    def first_steps(self):
        self.at_desk("manager")
        self.action("roadmap_item_template_line_action", ".o_data_row, .o_group_header")
        self.picture("mapping")
        self.action("roadmap_onboarding_action", ".modal .o_form_view")
        self.picture("onboarding")
        self.action("roadmap_asset_action", ".o_data_row, .o_group_header")
        self.picture("assets")


STEPS = (
    "my_day",
    "start",
    "questionnaire",
    "review",
    "plan",
    "decide",
    "order",
    "ahead",
    "first_steps",
)


def main(base_url, binary, folder, *steps):
    browser = Browser(binary, base_url)
    try:
        guide = Guide(browser, folder)
        for step in steps or STEPS:
            getattr(guide, step)()
    finally:
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
