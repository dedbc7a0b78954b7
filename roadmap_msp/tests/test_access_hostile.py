"""Every argument of every route, with what no page sends: refused or ignored, never an error."""

import inspect
import json

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_routes_common import AccessRoutesCommon

#: No text of the database holds the first, no column the second, no digit is the third, and a
#: calendar ends at the fourth.
TEXTS = ("a\x00b", "9" * 30, "²", "9999-12-31", "-1")
#: What only JSON can send.
SHAPES = ("half \ud800", None, [], {}, [None], {"a": []}, 10**30, 1.5, True)
#: Arguments that are read from the form instead of being named by the route.
FORM = ("ask", "then", "note", "text", "partner_id", "question", "file", "give")
#: Odoo's own code ends here before ours is asked, with any quotation.
NOT_OURS = ("/my/orders/<int:order_id>/update_line_dict",)
#: What is said to whoever may not, or has sent something wrong.
REFUSALS = ("werkzeug.exceptions.", "odoo.exceptions.")


@tagged("post_install", "-at_install")
class TestAccessHostile(AccessRoutesCommon):
    def arguments_of(self, route, endpoint):
        """What the route takes besides its address; `**_kw` says that the rest is dropped."""
        named = inspect.signature(endpoint.original_endpoint).parameters.values()
        wanted = [row.name for row in named if row.kind is not row.VAR_KEYWORD]
        reads_more = any(row.kind is row.VAR_KEYWORD and row.name[0] != "_" for row in named)
        wanted += FORM if reads_more else ()
        return [name for name in wanted if name != "self" and f":{name}>" not in route]

    def request_of(self, route, endpoint, data):
        """What went wrong with one request, or None; undone afterwards."""
        with self.env.cr.savepoint() as savepoint:
            url = self.url_of(route)
            if endpoint.routing["type"] == "jsonrpc":
                params = {**self.rpc_values(), **data}
                response = self.url_open(
                    url,
                    data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                    headers={"Content-Type": "application/json"},
                )
                error = response.json().get("error", {}).get("data", {}).get("name", "")
                bad = error if error and not error.startswith(REFUSALS) else None
            else:
                if "POST" in (endpoint.routing.get("methods") or ()):
                    data = {"csrf_token": Request.csrf_token(self), **data}
                    response = self.url_open(url, data=data)
                else:
                    response = self.url_open(url, params=data)
                bad = response.status_code if response.status_code >= 500 else None
            savepoint.rollback()
        self.env.invalidate_all()
        return bad

    def who_opens(self, route):
        if route.startswith("/my/"):
            return "decision_maker"
        return "link" if "/roadmap/link" in route else "staff"

    def test_strange_arguments(self):
        wrong, asked = [], 0
        with mute_logger("odoo.http", "odoo.sql_db"):
            for (route, _methods), endpoint in sorted(self.routes().items()):
                if route in NOT_OURS:
                    continue
                self.enter(self.who_opens(route))
                of_json = endpoint.routing["type"] == "jsonrpc"
                for name in self.arguments_of(route, endpoint):
                    for value in (*TEXTS, *(SHAPES if of_json else ())):
                        asked += 1
                        if bad := self.request_of(route, endpoint, {name: value}):
                            wrong.append(f"{route} {name}={value!r}: {bad}")
        self.assertGreater(asked, 300)
        self.assertFalse(wrong, "\n".join(wrong))
