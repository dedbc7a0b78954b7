import logging
from datetime import timedelta

import pytz
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import groupby

from ...rules.sending import next_allowed, office_hours

_logger = logging.getLogger(__name__)

LOOK_AHEAD_DAYS = 7
# The editor and the sanitizer may write the placeholder of an address in percent form.
PLACEHOLDERS = ("{{link}}", "%7B%7Blink%7D%7D", "%7b%7blink%7d%7d")


class RoadmapOutbox(models.Model):
    """Sending: bundled per contact, in business hours, from a person, once."""

    _inherit = "roadmap.outbox"

    @api.model
    def _domain_due(self, now):
        return [
            ("state", "=", "released"),
            "|",
            ("send_on", "=", False),
            ("send_on", "<=", now),
            ("roadmap_id.active", "=", True),
            ("roadmap_id.state", "!=", "ended"),
        ]

    @api.model
    def _cron_send(self):
        """Hourly job: send what is released and allowed now; one commit a mail."""
        now = fields.Datetime.now()
        bundles = self._allowed_bundles(now)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(bundles))
        for bundle in bundles:
            try:
                bundle._send_bundle(now)
            except Exception:
                # Whatever is wrong with one mail must not stop the others; it is tried again.
                self.env.cr.rollback()
                _logger.exception("Outbox rows %s could not be sent", bundle.ids)
            if not cron._commit_progress(1):
                break

    @api.model
    def _send(self, now):
        """Send what is released and may leave at `now` (naive UTC); return the number of mails."""
        return sum(bundle._send_bundle(now) for bundle in self._allowed_bundles(now))

    def _bundles(self):
        """The rows by company and contact, each a recordset in the order of their making."""
        rows = self.sorted("id")
        keys = groupby(rows, lambda row: (row.company_id, row.partner_id))
        return [self.browse([row.id for row in group]) for _key, group in keys]

    @api.model
    def _allowed_bundles(self, now):
        """The due bundles whose company works now and whose contact had no mail today."""
        due = self.search(self._domain_due(now))
        last_sent = {
            (company, partner): sent_on
            for company, partner, sent_on in self._read_group(
                [
                    ("partner_id", "in", due.partner_id.ids),
                    ("sent_on", ">=", now - timedelta(days=2)),
                ],
                ["company_id", "partner_id"],
                ["sent_on:max"],
            )
        }
        hours = {company: self._working_hours(company, now) for company in due.company_id}
        allowed = []
        for bundle in due._bundles():
            local_now, intervals = hours[bundle.company_id]
            sent_on = last_sent.get((bundle.company_id, bundle.partner_id))
            last_day = sent_on and pytz.utc.localize(sent_on).astimezone(local_now.tzinfo).date()
            if next_allowed(local_now, intervals, last_day or None) == local_now:
                allowed.append(bundle)
        return allowed

    @api.model
    def _working_hours(self, company, now):
        """`(now, intervals)` in the time zone of the company's working hours."""
        calendar = company.resource_calendar_id
        zone = pytz.timezone(calendar.tz or company.partner_id.tz or "UTC")
        local_now = pytz.utc.localize(now).astimezone(zone)
        if not calendar or calendar.flexible_hours:
            return local_now, office_hours(local_now, LOOK_AHEAD_DAYS)
        until = local_now + timedelta(days=LOOK_AHEAD_DAYS)
        start = local_now.replace(hour=0, minute=0, second=0, microsecond=0)
        intervals = calendar._work_intervals_batch(start, until, tz=zone)[False]
        return local_now, [(begin, end) for begin, end, _meta in intervals]

    # ------------------------------------------------------------- one bundle
    def _send_bundle(self, now):
        """Send the rows of one contact as one mail; return whether a mail left.

        Rows are locked first. Another worker that holds any of them sends this contact's mail.
        """
        bundle = self.sudo()
        locked = bundle.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset(["state"])
        if locked != bundle or any(row.state != "released" for row in locked):
            return False
        ready = bundle.browse()
        for row in bundle:
            error = row._sending_error()
            if error:
                row.write({"state": "failed", "error": error})
            else:
                ready |= row
        return bool(ready) and ready._send_mail(now)

    def _sending_error(self):
        """Why this row cannot be sent, in words for the person who released it; or None."""
        self.ensure_one()
        contact = self.partner_id
        if not contact.active or not contact.email_normalized:
            return self.env._(
                "%(contact)s has no valid mail address. Correct the contact and release again.",
                contact=contact.display_name,
            )
        if not self.user_id.email_normalized:
            return self.env._(
                "%(user)s has no mail address to send from. Set one, or choose another sender.",
                user=self.user_id.name,
            )
        if self.link_id and self.link_id.state != "valid":
            return self.env._("The personal link in it was withdrawn or has expired.")
        if not self.link_id and any(text in (self.body or "") for text in PLACEHOLDERS):
            return self.env._("The text asks for a personal link, but the mail has none.")
        return None

    def _send_mail(self, now):
        links = {row: row.link_id._landing_url(token) for row, token in self._mint_tokens()}
        first = self[0]
        sender = first.user_id
        attachments = self.attachment_ids
        mail = self.env["mail.mail"].create(
            {
                "subject": self._mail_subject(),
                "body_html": self._render_mail(links),
                "email_from": sender.email_formatted,
                "reply_to": sender.email_formatted,
                "author_id": sender.partner_id.id,
                "recipient_ids": [fields.Command.link(first.partner_id.id)],
                "attachment_ids": [fields.Command.set(attachments.ids)],
                "auto_delete": True,
            }
        )
        mail.send()
        failure = mail.exists() and mail.state == "exception" and (mail.failure_reason or "?")
        if failure:
            mail.unlink()
            self.write({"state": "failed", "error": failure})
            return False
        self.write({"state": "sent", "sent_on": now, "error": False})
        self._log_sent()
        return True

    def _mint_tokens(self):
        """Pairs of (row, raw token): one token a link, however many rows carry it."""
        tokens = {link: link._mint_token() for link in self.link_id}
        return [(row, tokens[row.link_id]) for row in self if row.link_id]

    def _mail_subject(self):
        company = self.company_id
        if len(self) == 1:
            return self.name
        return self.with_context(lang=self.partner_id.lang).env._(
            "%(count)s things from %(company)s", count=len(self), company=company.name
        )

    def _render_mail(self, urls):
        """The mail's HTML: the rows as parts of one letter. `urls`: personal address by row."""
        company = self.company_id
        parts = []
        for row in self:
            body, url = str(row.body or ""), urls.get(row)
            inline = any(text in body for text in PLACEHOLDERS)
            for text in PLACEHOLDERS if url else ():
                body = body.replace(text, url)
            parts.append(
                {
                    "title": row.name,
                    "body": Markup(body),  # sanitized by the field
                    "personal": bool(row.link_id),
                    "url": url if row.link_id and not inline else None,
                }
            )
        mails = self.with_context(lang=self.partner_id.lang or self.env.lang)
        values = {
            "parts": parts,
            "company": company,
            "sender": self[:1].user_id,
            "contact": self.partner_id,
            "base_url": self[:1].get_base_url(),
        }
        return mails.env["ir.qweb"].sudo()._render("roadmap_msp.outbox_mail", values)

    def _log_sent(self):
        """An internal note on the record (else the roadmap) that a mail left, without its text."""
        for row in self:
            record = row.roadmap_id
            if row.res_model and row.res_id:
                target = self.env[row.res_model].browse(row.res_id).exists()
                record = target if target and hasattr(target, "message_post") else record
            record.message_post(
                body=self.env._(
                    "Mail sent to %(contact)s: %(subject)s",
                    contact=row.partner_id.display_name,
                    subject=row.name,
                ),
                author_id=row.user_id.partner_id.id,
                subtype_xmlid="mail.mt_note",
            )
