import logging
import re

import requests

from odoo import api, fields, models
from odoo.tools import str2bool

from ...rules import endoflife, matching
from .roadmap_lifecycle import SURE

_logger = logging.getLogger(__name__)
BASE = "https://endoflife.date/api/v1"
URL_PARAM = "roadmap_msp.endoflife_url"
AUTO_PARAM = "roadmap_msp.endoflife_auto"
PRODUCT = re.compile(r"endoflife\.date/([a-z0-9.-]+)")
TIMEOUT = 30
DATES = ("release_on", "mainstream_end", "support_end")


class RoadmapLifecycleChange(models.Model):
    """A difference between our lifecycles and a source, to be applied or refused by a person."""

    _name = "roadmap.lifecycle.change"
    _description = "Proposed Lifecycle Change"
    _order = "kind desc, name, id"

    lifecycle_id = fields.Many2one("roadmap.lifecycle", index=True, ondelete="cascade")
    name = fields.Char("Product", required=True)
    kind = fields.Selection([("changed", "Changed"), ("new", "New")], required=True)
    state = fields.Selection(
        [("proposed", "Proposed"), ("applied", "Applied"), ("refused", "Refused")],
        default="proposed",
        required=True,
        index=True,
    )
    release_on = fields.Date("Released")
    mainstream_end = fields.Date("Mainstream Until")
    support_end = fields.Date("Support Until")
    old_support_end = fields.Date("Support Until (Now)", readonly=True)
    old_sure = fields.Selection(SURE, "How Sure (Now)", readonly=True)
    asset_count = fields.Integer("Assets", compute="_compute_asset_count")
    origin = fields.Char("Says", readonly=True)

    @api.depends("lifecycle_id")
    def _compute_asset_count(self):
        for change in self:
            change.asset_count = change.lifecycle_id.asset_count

    @api.model
    def _propose(self, releases, origin, new_from=None):
        """Compare releases with ours; keep the differences as proposals.

        A proposal that waits for the same release is replaced; one that was refused with the same
        date is not made again.

        :param releases: of `rules.endoflife`
        :param new_from: propose releases that we do not have, too, whose support ends on this day
            or later; None: none of them
        :return: {"new", "changed", "unchanged"}: numbers
        """
        keys = self.env["roadmap.lifecycle"]._keys()
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        wanted = {}
        for release in filter(lambda row: row.names, releases):
            ids = [keys.get(matching.system_key(name)) for name in release.names]
            lifecycle = self.env["roadmap.lifecycle"].browse(next(filter(None, ids), ()))
            kind = self._kind(lifecycle, release)
            if kind == "new" and (not new_from or release.support_end < new_from):
                continue
            counts[kind or "unchanged"] += 1
            if kind:
                wanted[lifecycle.id or release.names[0]] = self._prepare(
                    lifecycle, release, kind, origin
                )
        self._replace_waiting(wanted)
        return counts

    @api.model
    def _kind(self, lifecycle, release):
        if not lifecycle:
            return "new" if release.support_end else None
        if release.support_end and release.support_end != lifecycle.support_end:
            return "changed"
        return None

    @api.model
    def _prepare(self, lifecycle, release, kind, origin):
        mainstream = release.mainstream_end
        if mainstream and release.support_end and mainstream > release.support_end:
            mainstream = None
        return {
            "lifecycle_id": lifecycle.id,
            "name": lifecycle.name or release.names[0],
            "kind": kind,
            "release_on": release.release_on,
            "mainstream_end": mainstream,
            "support_end": release.support_end,
            "old_support_end": lifecycle.support_end,
            "old_sure": lifecycle.sure,
            "origin": origin,
        }

    @api.model
    def _replace_waiting(self, wanted):
        known = self.search([("state", "in", ["proposed", "refused"])])
        for change in known:
            key = change.lifecycle_id.id or change.name
            vals = wanted.get(key)
            if vals and change.state == "refused" and change.support_end == vals["support_end"]:
                del wanted[key]
        known.filtered(
            lambda row: row.state == "proposed" and (row.lifecycle_id.id or row.name) in wanted
        ).unlink()
        self.create(list(wanted.values()))

    def action_apply(self):
        """Take the dates over; assets, due dates and findings follow."""
        self.check_access("write")
        waiting = self.filtered(lambda row: row.state == "proposed")
        for change in waiting:
            vals = {name: change[name] for name in DATES if change[name]}
            vals |= {"source": change.origin, "sure": "b"}
            if change.lifecycle_id:
                old = change.lifecycle_id.mainstream_end
                if not change.mainstream_end and old and old > change.support_end:
                    vals["mainstream_end"] = False
                change.lifecycle_id.write(vals)
            else:
                change.lifecycle_id = change.lifecycle_id.create({"name": change.name, **vals})
        waiting.state = "applied"

    def action_refuse(self):
        """Leave ours as it is; the same date is not proposed again."""
        self.check_access("write")
        self.filtered(lambda row: row.state == "proposed").state = "refused"

    @api.model
    def _products(self):
        """The products of endoflife.date that our lifecycles come from or belong to."""
        found = set()
        for lifecycle in self.env["roadmap.lifecycle"].search([("name", "!=", False)]):
            named = PRODUCT.search(lifecycle.source or "")
            found.add(named.group(1) if named else endoflife.product_of(lifecycle.name))
        return sorted(found - {None, "api"})

    @api.model
    def _fetch(self):
        """Ask endoflife.date for every product that we follow, its new releases included.

        What it lists of releases whose support is long over, back to the first one, is no news.

        :return: (counts of :meth:`_propose`, names of products that could not be read)
        """
        base = self.env["ir.config_parameter"].sudo().get_param(URL_PARAM) or BASE
        total, failed = {"new": 0, "changed": 0, "unchanged": 0}, []
        today = fields.Date.context_today(self)
        for product in self._products():
            try:
                answer = requests.get(f"{base}/products/{product}", timeout=TIMEOUT)
                answer.raise_for_status()
                releases = endoflife.from_answer(answer.json())
            except (requests.RequestException, ValueError) as error:
                _logger.warning("endoflife.date, %s: %s", product, type(error).__name__)
                failed.append(product)
                continue
            origin = f"https://endoflife.date/{product}"
            for kind, count in self._propose(releases, origin, new_from=today).items():
                total[kind] += count
        return total, failed

    @api.model
    def _cron_look_for_updates(self):
        """Look for updates where that is switched on; a person decides about what is found."""
        if str2bool(self.env["ir.config_parameter"].sudo().get_param(AUTO_PARAM) or "", False):
            self._fetch()
