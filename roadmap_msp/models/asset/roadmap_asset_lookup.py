from datetime import timedelta

from odoo import api, fields, models

from .roadmap_warranty_source import MAKERS

STATES = [("found", "Found"), ("unknown", "Not known to the maker"), ("failed", "Failed")]
AGAIN_DAYS = 30
MAX_FAILED_HOURS = 14 * 24


class RoadmapAssetLookup(models.Model):
    """What a maker's look-up said about an asset, how often it failed, when to ask again."""

    _name = "roadmap.asset.lookup"
    _description = "Warranty Look-up of an Asset"
    _inherit = "roadmap.tied"
    _order = "checked_on desc, id desc"
    _rec_name = "asset_id"

    asset_id = fields.Many2one("roadmap.asset", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="asset_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    maker = fields.Selection(MAKERS, required=True)
    state = fields.Selection(STATES, required=True)
    message = fields.Char()
    failures = fields.Integer("Failures in a Row")
    checked_on = fields.Datetime(required=True)
    next_on = fields.Datetime("Next", required=True, index=True)

    _asset_uniq = models.UniqueIndex("(asset_id)", "An asset has one look-up.")

    @api.model
    def _keep(self, source, by_serial, answer):
        """Store an answer: dates under the maker's name, and the state of every asset asked for.

        :param by_serial: {serial number: asset} of the whole batch
        """
        now = fields.Datetime.now()
        known = {row.asset_id: row for row in self.search([("asset_id", "in", [
            asset.id for asset in by_serial.values()
        ])])}  # fmt: skip
        fresh, said, told = [], [], self.env["roadmap.asset"]
        for serial, asset in by_serial.items():
            row = known.get(asset)
            vals = self._said(serial, answer, row.failures if row else 0, now)
            vals |= {"maker": source.maker, "checked_on": now}
            found = answer.found.get(serial)
            if found:
                told += asset
                said.append(self._dates(source.maker, found))
            if row:
                row.write(vals)
            else:
                fresh.append({"asset_id": asset.id, **vals})
        self.create(fresh)
        told._track_discard()
        told._store_said(said)

    @api.model
    def _said(self, serial, answer, failures, now):
        if serial in answer.found:
            end = answer.found[serial].warranty_end
            message = False if end else self.env._("The maker names no end of warranty.")
            state = "found"
        elif serial in answer.unknown:
            state, message = "unknown", self.env._("The maker does not know this serial number.")
        else:
            message = answer.failed.get(serial) or self.env._("Left out of the maker's answer.")
            hours = min(24 * 2 ** min(failures, 6), MAX_FAILED_HOURS)
            return {
                "state": "failed",
                "message": message,
                "failures": failures + 1,
                "next_on": now + timedelta(hours=hours),
            }
        again = now + timedelta(days=AGAIN_DAYS)
        return {"state": state, "message": message, "failures": 0, "next_on": again}

    @api.model
    def _dates(self, maker, found):
        """What `roadmap.asset._store_said()` takes."""
        days = (("purchase", found.purchase), ("warranty_end", found.warranty_end))
        return {
            "import_source": maker,
            "dates": [(kind, maker, day) for kind, day in days if day],
        }

    def action_ask_again(self):
        """Ask the maker at the next occasion."""
        self.check_access("write")
        self.write({"next_on": fields.Datetime.now(), "failures": 0})
