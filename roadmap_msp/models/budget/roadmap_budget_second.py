from markupsafe import Markup

from odoo import fields, models

from ..client.roadmap_link_batch import Ask
from .roadmap_budget import STAFF

FIRST = ("first_signed_by", "first_partner_id", "first_signature", "first_signed_on")


class RoadmapBudget(models.Model):
    """Above one's own limit a budget wants two signatures, as proposals do."""

    _inherit = "roadmap.budget"

    first_signed_by = fields.Char("First Signature By", readonly=True, copy=False, groups=STAFF)
    first_partner_id = fields.Many2one(
        "res.partner",
        "First Signed As",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
    )
    first_signature = fields.Binary(attachment=True, readonly=True, copy=False, groups=STAFF)
    first_signed_on = fields.Datetime("First Signature On", readonly=True, copy=False, groups=STAFF)

    def _sign_alone_problem(self, partner):
        """Why this contact's signature is not enough, in words for it; False if it is.

        What counts is the first year, one-off and recurring. The signature of anybody else who
        signs for the client is enough as the second one.
        """
        limit = self.roadmap_id._sign_limit_of(partner)
        total = self.amount_one_off + self.amount_recurring
        if limit is None or self.currency_id.compare_amounts(total, limit) <= 0:
            return False
        if self._first_signer() - partner:
            return False
        return self.env._(
            "The first year comes to %(total)s (one-off and recurring), above the %(limit)s that"
            " you may sign alone.",
            total=self.roadmap_id._money(total),
            limit=self.roadmap_id._money(limit),
        )

    def _first_signer(self):
        """Who signed first and still signs for the client."""
        return self.first_partner_id & self.roadmap_id._plan_signers()

    def _take_first_signature(self, partner, signature, signed_by):
        """Keep the first signature and ask everybody else who signs for the client."""
        self.write(
            {
                "first_signed_by": signed_by,
                "first_partner_id": partner.id,
                "first_signature": signature,
                "first_signed_on": fields.Datetime.now(),
            }
        )
        others = self.roadmap_id._plan_signers() - partner
        mails = [self._prepare_second_mail(other) for other in others if other.email_normalized]
        mails = self.env["roadmap.link"]._linked("decide", mails)
        self.env["roadmap.outbox"].sudo()._prepare_batch(mails)
        self._post_as(
            partner,
            self.env._(
                "%(name)s signed the budget. It is above what one may sign alone: it waits for a"
                " second signature (%(others)s).",
                name=signed_by,
                others=", ".join(others.mapped("name")),
            ),
        )

    def _prepare_second_mail(self, partner):
        env = self.with_context(lang=partner.lang or self.env.lang).env
        body = Markup("<p>%s</p><p>%s</p>") % (
            env._(
                "%(contact)s signed the technology budget FY%(year)s. It is above what one of you"
                " signs alone, so it waits for your signature as well.",
                contact=self.first_partner_id.name,
                year=self.fiscal_year,
            ),
            env._("Signing it says “this is our plan”. It orders nothing."),
        )
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "proposal",
            "subject": env._("Your signature is the second one: budget FY%s", self.fiscal_year),
            "body": body,
            "record": self,
            "link": Ask(partner, self, self.user_id.partner_id),
            "user": self.user_id,
        }

    def _signed_by_text(self):
        """Everybody who signed, the first one first."""
        names = [self.first_signed_by, self.signed_by]
        return self.env._(" and ").join(dict.fromkeys(filter(None, names)))

    def _forget_first_signature(self):
        """It was for what was shown, and goes with it."""
        self.write(dict.fromkeys(FIRST, False))
