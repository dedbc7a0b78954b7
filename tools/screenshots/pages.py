"""Opening the demo's pages and preparing what they show; used by take.py."""

from pathlib import Path

DESK = (1280, 800)
PHONE = (390, 844)


class Pages:
    """What a step of the guide does in the browser; each call leaves the page that it names."""

    def __init__(self, browser, folder):
        self.browser = browser
        self.folder = Path(folder)

    def picture(self, name):
        # OdooBot greets each user once, in a window that covers a part of the page.
        self.browser.run(
            """document.head.insertAdjacentHTML(
                "beforeend", "<style>.o-mail-ChatHub { display: none !important; }</style>"
            )"""
        )
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

    def stat(self, button):
        """Press a stat button of the open form, under "More" if it is hidden there."""
        name = f"button[name='{button}']"
        if not self.browser.run(f'Boolean(document.querySelector("{name}"))'):
            self.browser.click(".o_button_more")
        self.browser.click(name)

    def open_groups(self):
        """Open the first group of a list, and the first within it, until records show."""
        closed = ".o_group_header:not(.o_group_open)"
        while not self.browser.run("Boolean(document.querySelector('.o_data_row'))"):
            groups = self.browser.run("document.querySelectorAll('.o_group_header').length")
            opened = self.browser.run("document.querySelectorAll('.o_group_open').length")
            self.browser.run(
                f"[...document.querySelectorAll('.o_group_header')][{opened}].click()"
                if opened
                else f"document.querySelector('{closed}').click()"
            )
            rows = "document.querySelectorAll('.o_group_header, .o_data_row').length"
            self.browser.wait(f"{rows} > {groups}", "the group opens")

    def fill_plan(self, name):
        """The client's due devices and suggesting findings become items, as by the two buttons."""
        mine = [["roadmap_id.name", "=", name]]
        if self.browser.call("roadmap.item", "search_count", [mine]):
            return
        self.browser.call("roadmap.roadmap", "action_plan_due_assets", [[self.client(name)]])
        wanted = [*mine, ["state", "=", "open"], ["template_ids", "!=", False]]
        findings = self.browser.call("roadmap.finding", "search", [wanted], limit=5)
        if findings:
            self.browser.call("roadmap.finding", "action_create_items", [findings])

    def budget(self):
        """The client's budget, proposed."""
        mine = [["roadmap_id.name", "=", "Orchard Law"], ["state", "=", "proposed"]]
        found = self.browser.call("roadmap.budget", "search", [mine], limit=1)
        if not found:
            self.browser.call(
                "roadmap.roadmap", "action_create_budget", [[self.client("Orchard Law")]]
            )
            found = [self.first("roadmap.budget", ["roadmap_id.name", "=", "Orchard Law"])]
            self.browser.call("roadmap.budget", "action_propose", [found])
        return found[0]
