"""The pictures of the user guide, from a fresh demo: python take.py URL CHROMIUM FOLDER [STEP].

Each method of `Guide` named in STEPS is one step of the guide and takes its pictures; what a step
needs to have happened it does by the same clicks as a person.
"""

import base64
import sys

from browser import Browser
from pages import Pages

OWNER = "owner@orchardlaw.example"
# Not the yearly question, which a job may have sent meanwhile.
TECHNOLOGY = ["questionnaire_id.family_code", "=", "technology"]
# What a monitoring tool exports: new devices, one without a maker's number, a wrong date.
EXPORT = """Device Name,Serial Number,Device Type,Manufacturer,Model,Purchase Date,Warranty End
OL-RECEPTION-02,PF4K81ZT,Laptop,Lenovo,ThinkPad T14 Gen 4,2025-03-14,2028-03-13
OL-PARTNER-07,5CG4127KQX,Laptop,HP,EliteBook 840 G10,2024-04-02,2027-04-01
OL-FW-02,FGT60FTK22,Firewall,Fortinet,FortiGate 60F,2023-09-18,2026-09-17
OL-SCAN-01,,Printer,Brother,ADS-4700W,2022-01-20,2023-01-19
OL-NAS-02,2150SBR7KD,Storage,Synology,DS923+,2025-02-30,2028-02-28
"""


class Guide(Pages):
    """One method a step, in the order of STEPS."""

    def my_day(self):
        self.at_desk("csm")
        self.action("roadmap_my_day_action", ".o_my_day")
        self.picture("my_day")
        self.at_desk("manager")
        self.action("roadmap_my_day_action", ".o_my_day_team")
        self.browser.click(".o_my_day_team")
        self.browser.see(".o_my_day_people td")
        self.picture("team_day")

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
        wanted = [["roadmap_id.name", "=", "Orchard Law"], TECHNOLOGY, ["state", "!=", "cancelled"]]
        if not self.browser.call("roadmap.assessment", "search_count", [wanted]):
            self.browser.click(".modal button[name='action_send']")
            self.browser.see(".o_statusbar_status [data-value='sent'].o_arrow_button_current")
        mail = self.first(
            "roadmap.outbox", ["roadmap_id.name", "=", "Orchard Law"], ["kind", "=", "invitation"]
        )
        self.action("roadmap_outbox_action", ".o_field_widget[name='preview'] p", mail)
        self.picture("outbox")
        run = self.first("roadmap.assessment", ["roadmap_id.name", "=", "Orchard Law"], TECHNOLOGY)
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
        run = self.first("roadmap.assessment", ["roadmap_id.name", "=", "Bay Dental"], TECHNOLOGY)
        self.action(
            "roadmap_assessment_action", ".o_field_widget[name='section_ids'] .o_data_row", run
        )
        self.picture("review")
        self.browser.click("button[name='action_open_findings']")
        self.browser.see(".o_list_view .o_data_row")
        self.picture("findings")

    def plan(self):
        self.at_desk("vcio")
        self.action("roadmap_asset_due_action", ".o_group_header")
        self.open_groups()
        self.picture("assets_due")
        self.fill_plan("Bay Dental")
        self.open_client("Bay Dental")
        self.browser.click("button[name='action_open_items']")
        self.browser.see(".o_kanban_record")
        self.picture("board")
        item = self.first("roadmap.item", ["roadmap_id.name", "=", "Ridge Supply"])
        self.action("roadmap_item_action", ".o_field_widget[name='line_ids'] .o_data_row", item)
        self.picture("item")

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
        self.stat("action_open_forecast")
        self.browser.see(".o_pivot tbody td")
        self.picture("forecast")
        meeting = self.first(
            "roadmap.meeting",
            ["roadmap_id.name", "=", "Harbor Freight Forwarding"],
            ["state", "in", ["held", "closed"]],
        )
        self.action("roadmap_meeting_action", ".o_field_widget[name='topic_ids']", meeting)
        self.picture("meeting")

    def money(self):
        self.at_desk("vcio")
        self.fill_plan("Bay Dental")
        self.fill_plan("Orchard Law")
        self.open_client("Bay Dental")
        self.stat("action_open_timeline")
        self.browser.see(".o_plan_timeline .o_chip")
        self.picture("timeline")
        self.open_client("Orchard Law")
        self.stat("action_open_five_years")
        self.browser.see(".o_five_years_table td")
        self.picture("five_years")
        budget = self.budget()
        self.on_phone(OWNER)
        self.browser.open(f"/my/roadmap/budget/{budget}", ".o_roadmap_budget")
        self.picture("portal_budget")

    def meetings(self):
        self.at_desk("csm")
        booked = self.first(
            "roadmap.meeting", ["roadmap_id.name", "=", "Ridge Supply"], ["state", "=", "booked"]
        )
        prepare = "button[name='action_open_preparation']"
        self.action("roadmap_meeting_action", prepare, booked)
        self.browser.click(prepare)
        self.browser.click("button[name='action_collect_decisions']")
        self.browser.see(".o_field_widget[name='preparation'] *")
        self.picture("prepare")
        self.browser.click("button[name='action_present']")
        self.browser.see(".o_present_next")
        self.browser.click(".o_present_steps button:nth-child(3)")
        self.picture("present")
        self.action("roadmap_year_grid_action", ".o_action table td")
        self.picture("year")
        meeting = self.first(
            "roadmap.meeting", ["roadmap_id.name", "=", "Orchard Law"], ["state", "=", "to_book"]
        )
        self.on_phone(OWNER)
        self.browser.open(f"/my/roadmap/meeting/{meeting}/times", ".o_roadmap form")
        self.picture("portal_times")

    def program(self):
        self.at_desk("manager")
        self.action("roadmap_program_action", ".o_program_figures article")
        self.picture("program")
        self.at_desk("vcio")
        self.action("roadmap_score_map_action", ".o_score_table button")
        self.picture("score_map")

    def loading(self):
        self.at_desk("csm")
        values = {
            "file": base64.b64encode(EXPORT.encode()).decode(),
            "filename": "devices.csv",
            "source": "RMM",
            "roadmap_id": self.client("Orchard Law"),
        }
        number = self.browser.call("roadmap.import", "create", [[values]])[0]
        self.browser.call("roadmap.import", "action_read", [[number]])
        self.action("roadmap_import_action", ".o_field_widget[name='column_ids'] tr", number)
        self.browser.click("button[name='action_preview']")
        self.browser.see(".o_roadmap_import_counts button")
        self.picture("import_preview")

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
    "money",
    "meetings",
    "program",
    "loading",
    "first_steps",
)


def main(base_url, binary, folder, *steps):
    browser = Browser(binary, base_url)
    try:
        guide = Guide(browser, folder)
        # The first log-in of an administrator tells Odoo its address, for the logo in mails.
        browser.log_in("admin")
        for step in steps or STEPS:
            getattr(guide, step)()
    finally:
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
