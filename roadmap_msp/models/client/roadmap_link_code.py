import secrets
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL, consteq, hmac

CODE_MINUTES = 30
MAX_TRIES = 5
MAX_SENDS = 5  # within SENDS_HOURS
SENDS_HOURS = 24


class RoadmapLink(models.Model):
    """The code that proves that whoever holds the link also reads the contact's mail."""

    _inherit = "roadmap.link"

    def _hash_code(self, code):
        self.ensure_one()
        return hmac(self.sudo().env, "roadmap_msp-link-code", (self.id, code))

    def _send_code(self):
        """Mail a fresh code; return None, or why not: `too_many` or `no_mail`.

        This mail does not wait in the outbox: it answers the recipient's own click on a link that
        a person released (or whose kind a person switched on), and holds nothing but the code.
        """
        self.ensure_one()
        link = self.sudo()
        if not link.partner_id.email_normalized:
            return "no_mail"
        code = f"{secrets.randbelow(10**6):06d}"
        if not link._store_code(code):
            return "too_many"
        link._mail_code(code)
        return None

    def _store_code(self, code):
        """Replace the code, unless too many were sent; one statement, so that requests count."""
        now = fields.Datetime.now()
        window = now - timedelta(hours=SENDS_HOURS)
        fresh = SQL("(code_first_sent_on IS NULL OR code_first_sent_on < %s)", window)
        statement = SQL(
            """
            UPDATE roadmap_link
               SET code_hash = %(code)s, code_tries = 0, code_expires_on = %(until)s,
                   code_sends = CASE WHEN %(fresh)s THEN 1 ELSE COALESCE(code_sends, 0) + 1 END,
                   code_first_sent_on = CASE WHEN %(fresh)s THEN %(now)s
                                             ELSE code_first_sent_on END
             WHERE id = %(id)s AND (%(fresh)s OR COALESCE(code_sends, 0) < %(limit)s)
         RETURNING id
            """,
            code=self._hash_code(code),
            until=now + timedelta(minutes=CODE_MINUTES),
            fresh=fresh,
            now=now,
            id=self.id,
            limit=MAX_SENDS,
        )
        self.flush_recordset()
        stored = self.env.execute_query(statement)
        self.invalidate_recordset()
        return bool(stored)

    def _check_code(self, code):
        """Count a try; return None when the code is right, else `dead` or `wrong`.

        The count goes up in the same statement that reads the code: two requests at once are two
        tries (the second waits, is refused by the database and repeated by the server).
        """
        self.ensure_one()
        now = fields.Datetime.now()
        statement = SQL(
            """
            UPDATE roadmap_link SET code_tries = COALESCE(code_tries, 0) + 1
             WHERE id = %s AND code_hash IS NOT NULL AND code_expires_on > %s
               AND COALESCE(code_tries, 0) < %s
         RETURNING code_hash, code_tries
            """,
            self.id,
            now,
            MAX_TRIES,
        )
        self.flush_recordset()
        rows = self.env.execute_query(statement)
        self.invalidate_recordset()
        if not rows:
            return "dead"
        expected, tries = rows[0]
        if not consteq(self._hash_code(str(code).strip().replace(" ", "")), expected):
            return "dead" if tries >= MAX_TRIES else "wrong"
        link = self.sudo()
        link.write(
            {
                "code_hash": False,
                "used_on": link.used_on or now,
                "open_count": link.open_count + 1,
            }
        )
        return None

    def _mail_code(self, code):
        link = self.with_context(lang=self.partner_id.lang or self.env.lang)
        user = link.roadmap_id.account_manager_id
        sender = user.email_formatted or link.company_id.email_formatted
        values = {
            "company": link.company_id,
            "code": f"{code[:3]} {code[3:]}",
            "minutes": CODE_MINUTES,
            "base_url": link.get_base_url(),
        }
        body = link.env["ir.qweb"]._render("roadmap_msp.link_code_mail", values)
        mail = link.env["mail.mail"].create(
            {
                "subject": link.env._("Your code: %(code)s", code=values["code"]),
                "body_html": body,
                "email_from": sender,
                "reply_to": sender,
                "author_id": user.partner_id.id,
                "recipient_ids": [fields.Command.link(link.partner_id.id)],
                "auto_delete": True,
            }
        )
        mail.send()

    def _prepare_landing_values(self):
        """What the first screen says: who asks, for which MSP, what for. No token, no address."""
        self.ensure_one()
        link = self.sudo()
        own = link.sender_id.commercial_partner_id == link.roadmap_id.partner_id
        name, _at, domain = (link.partner_id.email_normalized or "").partition("@")
        return {
            "contact": link.partner_id.name,
            "sender": link.sender_id.name or link.company_id.name,
            "sender_company": link.roadmap_id.partner_id.name if own else link.company_id.name,
            "msp_name": link.company_id.name,
            "client": link.roadmap_id.partner_id.name,
            "purpose": link.purpose,
            "subject": self.env[link.res_model].sudo().browse(link.res_id).display_name,
            "pages": (link.question_ids or link.section_ids).mapped("name"),
            "note": link.note,
            "masked_email": f"{name[:1]}***@{domain}" if domain else "",
            "expires_on": link.expires_on,
            "minutes": CODE_MINUTES,
        }
