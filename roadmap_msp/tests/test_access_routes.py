"""Every route of the addon, asked for by everybody: it opens, it is not found, or it is a login.

``access_routes.csv`` holds one row a route; a route without a row fails the build. What a visitor
gets for the documents of the first client is one of: `ok`, `404` (the plain page), `login`, `home`
(sent back to the start page of the portal) or `refused` (an answer of JSON that says no).
"""

import csv
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .access_routes_common import MARK, AccessRoutesCommon

TABLE = "roadmap_msp/tests/access_routes.csv"
ACTORS = ("anonymous", "stranger", "contributor", "decision_maker", "other", "staff", "link")
NOT_THEIRS = ("anonymous", "other")
MISSING = 999_999_999


@tagged("post_install", "-at_install")
class TestAccessRoutes(AccessRoutesCommon):
    def table(self):
        with file_open(TABLE) as handle:
            return {(row["route"], row["methods"]): row for row in csv.DictReader(handle)}

    def test_every_route_is_in_the_table(self):
        table = self.table()
        routes = self.routes()
        self.assertEqual(set(routes), set(table))
        for key, endpoint in routes.items():
            routing, row = endpoint.routing, table[key]
            self.assertEqual((routing["type"], routing["auth"]), (row["type"], row["auth"]), key)
            self.assertIs(routing.get("csrf", True), True, f"{key} takes forged forms")
            if not row["type"] == "jsonrpc" and "POST" not in key[1]:
                self.assertIn("GET", (*key[1].split(), "GET"))

    @mute_logger("odoo.http")
    def test_who_gets_what(self):
        table, routes, wrong = self.table(), self.routes(), []
        for actor in ACTORS:
            self.enter(actor)
            for (route, methods), endpoint in sorted(routes.items()):
                if "/roadmap/link" in route:
                    self.enter(actor)  # each leaves its traces in the session
                got, text = self.ask(route, endpoint)
                expected = table.get((route, methods), {}).get(actor)
                if got != expected:
                    wrong.append(f"{route}|{methods}|{actor}|{got}|{expected}")
                # Whoever has a personal link reads on its first screen what it is about.
                if got != "ok" or (actor in NOT_THEIRS and "/roadmap/link" not in route):
                    self.assertNotIn(MARK, text, f"{route} as {actor}")
                if endpoint.routing["type"] != "jsonrpc":
                    self.assertNotIn("Traceback", text, f"{route} as {actor}")
        self.assertFalse(wrong, "\n".join(["route|methods|actor|got|expected", *wrong]))

    @mute_logger("odoo.http")
    def test_documents_of_others_that_are_missing_or_absurd(self):
        """The same answer for each of them, for the most powerful contact of another client."""
        names = [name for name in self.ids if name.endswith("_id")]
        for actor in ("other", "decision_maker"):
            self.enter(actor)
            for (route, methods), endpoint in sorted(self.routes().items()):
                for name in (name for name in names if f":{name}>" in route):
                    for value in (MISSING, 0, 2**31, 10**30):
                        got, text = self.ask(route, endpoint, **{name: value})
                        self.assertIn(got, ("404", "home", "refused"), (route, methods, value))
                        self.assertNotIn(MARK, text)

    @mute_logger("odoo.http")
    def test_withdrawn_and_expired_links_open_nothing(self):
        table = self.table()
        day = fields.Datetime.now() - timedelta(days=1)
        for values in ({"withdrawn_on": day}, {"expires_on": day}):
            self.enter("link")
            with self.env.cr.savepoint() as savepoint:
                self.links.write(values)
                self.env.flush_all()
                for (route, methods), endpoint in sorted(self.routes().items()):
                    got, text = self._ask(self.url_of(route), endpoint, {})
                    anonymous = table[route, methods]["anonymous"]
                    opens = "/roadmap/link" in route
                    self.assertEqual(got, "404" if opens else anonymous, (route, values))
                    self.assertNotIn(MARK, text)
                savepoint.rollback()
            self.env.invalidate_all()

    @mute_logger("odoo.http")
    def test_link_of_another_client_or_purpose(self):
        """A link opens its own document only, for its own purpose only."""
        table, routes = self.table(), self.routes()
        foreign = self.env["roadmap.meeting"].create(
            {"name": "x", "roadmap_id": self.other_roadmap.id, "due_date": "2026-04-01"}
        )
        Link = self.env["roadmap.link"].with_user(self.user_manager)
        wrong = Link._issue(self.other_contact, "slot", foreign)
        # As an attacker in the team might bend it, were it not refused: another's document.
        bent = Link._issue(self.other_contact, "answer", self._create_run(self.other_roadmap))
        bent.sudo().res_id = self.assessment.id
        for links in (wrong, bent):
            self.verify(self.authenticate(None, None), links)
            for (route, methods), endpoint in sorted(routes.items()):
                if "/roadmap/link" in route:
                    continue
                got, text = self.ask(route, endpoint)
                self.assertEqual(got, table[route, methods]["anonymous"], route)
                self.assertNotIn(MARK, text)
