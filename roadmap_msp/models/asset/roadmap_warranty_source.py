import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lookups import LOOKUPS
from ...lookups.base import KeysRefused, LookupFailed, RateLimited

_logger = logging.getLogger(__name__)
MAKERS = [("dell", "Dell"), ("hp", "HP"), ("lenovo", "Lenovo")]
MANAGER = "roadmap_msp.group_roadmap_manager"
MAX_PAUSE_HOURS = 7 * 24


class RoadmapWarrantySource(models.Model):
    """A maker's warranty service with the keys that the MSP got from it, and how it goes.

    Without keys nothing calls out. A failure pauses the service, longer each time, and is shown;
    refused keys pause it until they are changed.
    """

    _name = "roadmap.warranty.source"
    _description = "Warranty Look-up"
    _order = "company_id, maker"
    _rec_name = "maker"

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    maker = fields.Selection(MAKERS, required=True)
    key = fields.Char(
        "Client Id or Key", groups=MANAGER, copy=False, help="From the maker's developer programme."
    )
    secret = fields.Char(groups=MANAGER, copy=False, help="Lenovo has none.")
    # Our server calls it, with the keys: for whoever administers the server.
    url = fields.Char(
        "Address",
        groups="base.group_system",
        help="Empty: the maker's own; another one for a test system.",
    )
    is_ready = fields.Boolean("Has Keys", compute="_compute_is_ready", compute_sudo=True)
    failures = fields.Integer("Failures in a Row", readonly=True, copy=False)
    paused_until = fields.Datetime(readonly=True, copy=False)
    refused = fields.Boolean("Keys Refused", readonly=True, copy=False)
    last_error = fields.Char(readonly=True, copy=False)
    last_answer_on = fields.Datetime("Last Answer", readonly=True, copy=False)
    found_count = fields.Integer("Found", compute="_compute_counts", compute_sudo=True)
    unknown_count = fields.Integer(
        "Not Known to the Maker", compute="_compute_counts", compute_sudo=True
    )
    failed_count = fields.Integer("Failed", compute="_compute_counts", compute_sudo=True)

    _one_each = models.UniqueIndex(
        "(company_id, maker)", "This company already has this maker's look-up."
    )

    @api.depends("key", "secret", "maker")
    def _compute_is_ready(self):
        for source in self:
            lookup = LOOKUPS.get(source.maker)
            source.is_ready = bool(lookup) and lookup.is_ready(source.key, source.secret)

    def _compute_counts(self):
        rows = self.env["roadmap.asset.lookup"]._read_group(
            [("company_id", "in", self.company_id.ids)],
            ["company_id", "maker", "state"],
            ["__count"],
        )
        counts = {(company, maker, state): count for company, maker, state, count in rows}
        for source in self:
            for state in ("found", "unknown", "failed"):
                source[f"{state}_count"] = counts.get((source.company_id, source.maker, state), 0)

    def write(self, vals):
        if {"key", "secret", "url"} & vals.keys():
            vals = {**vals, "refused": False, "failures": 0, "paused_until": False}
        return super().write(vals)

    def action_look_up(self):
        """Ask the maker now for the next batch, whatever pause there was."""
        self.check_access("write")
        for source in self:
            if not source.is_ready:
                raise UserError(self.env._("Enter the keys that the maker gave you first."))
            source.write({"paused_until": False, "refused": False})
            source.sudo()._look_up()
        return True

    def action_open_assets(self):
        """What the look-ups said, asset by asset."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Warranty Look-ups"),
            "res_model": "roadmap.asset.lookup",
            "view_mode": "list",
            "domain": [("company_id", "=", self.company_id.id), ("maker", "=", self.maker)],
        }

    @api.model
    def _cron_look_up(self):
        """Ask every service that has keys and no pause, batch by batch, while time is left."""
        now = fields.Datetime.now()
        sources = self.sudo().search(
            [
                ("refused", "=", False),
                "|",
                ("paused_until", "=", False),
                ("paused_until", "<=", now),
            ]
        )
        cron = self.env["ir.cron"]
        for source in sources.filtered("is_ready"):
            while source._look_up():
                if not cron._commit_progress(1):
                    return

    def _look_up(self):
        """Ask for one batch; True when it was answered and there may be more."""
        self.ensure_one()
        lookup = LOOKUPS[self.maker](self.key, self.secret, self.url or None)
        assets = self._due_assets(lookup)
        if not assets:
            return False
        by_serial = {asset.serial_key: asset for asset in assets}
        try:
            answer = lookup.fetch(sorted(by_serial))
        except LookupFailed as error:
            self._pause(error)
            return False
        self.write({"failures": 0, "last_error": False, "last_answer_on": fields.Datetime.now()})
        self.env["roadmap.asset.lookup"]._keep(self, by_serial, answer)
        return True

    def _due_assets(self, lookup):
        """The next assets to ask for: never asked first, then those whose time has come."""
        now = fields.Datetime.now()
        due = ["|", ("lookup_ids", "=", False), ("lookup_ids.next_on", "<=", now)]
        return self.env["roadmap.asset"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("maker_key", "in", lookup.makers),
                ("serial_key", "!=", False),
                ("state", "!=", "retired"),
                *due,
            ],
            order="id",
            limit=lookup.batch,
        )

    def _pause(self, error):
        """Back off: twice as long with every failure, as long as the maker says, or for good."""
        failures = self.failures + 1
        wait = timedelta(hours=min(2 ** min(failures - 1, 10), MAX_PAUSE_HOURS))
        if isinstance(error, RateLimited):
            wait = timedelta(seconds=error.wait)
        _logger.warning("Warranty look-up %s: %s", self.maker, error)
        self.write(
            {
                "failures": failures,
                "last_error": str(error),
                "paused_until": fields.Datetime.now() + wait,
                "refused": isinstance(error, KeysRefused),
            }
        )
