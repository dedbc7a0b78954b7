"""Requests to Odoo's own WSGI application, in this process: all of a request but the network."""

import json

ENVIRON = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8069"}


class Browser:
    """A person who is logged in, or who opened a personal link."""

    def __init__(self, env, user=None, link=None):
        from werkzeug.test import Client

        from odoo import http

        store = http.root.session_store
        session = store.new()
        # A device is noted once an hour and not at each request.
        session.update(http.get_default_session(), db=env.cr.dbname, _trace_disable=True)
        if user:
            self._log_in(env, user, session)
        if link:
            from odoo.addons.roadmap_msp.controllers.portal import VERIFIED

            session[VERIFIED] = {str(link.id): 4e9}
        store.save(session)
        self.client = Client(http.root, use_cookies=False)
        self.environ = {**ENVIRON, "HTTP_COOKIE": f"session_id={session.sid}"}

    def _log_in(self, env, user, session):
        from odoo.service import security

        session.update(uid=user.id, login=user.login)
        session.session_token = security.compute_session_token(session, env(user=user.id))
        session.context = dict(env(user=user.id)["res.users"].context_get())

    def get(self, path):
        """The text of a page.

        :raise RuntimeError: it was not found, or anything else than shown
        """
        answer = self.client.get(path, environ_base=self.environ)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.get_data(as_text=True)

    def call(self, path, **params):
        """The result of a JSON route.

        :raise RuntimeError: it answered with an error
        """
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        data = self.client.post(path, json=body, environ_base=self.environ).get_data()
        data = json.loads(data)
        if "error" in data:
            raise RuntimeError(str(data["error"].get("data") or data["error"])[:300])
        return data["result"]
