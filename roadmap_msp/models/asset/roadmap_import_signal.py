from odoo import models
from odoo.tools import SQL

STOP = 0
_SPACE = 0x524D
_NUMBERS = 1 << 24


class ImportStopped(Exception):
    """Somebody asked an import of all rows or none to stop: nothing of it may stay."""


class RoadmapImport(models.Model):
    """What an import of all rows or none and other requests tell each other while it runs.

    Its rows are stored together at the end, so nobody sees what it writes before, and it sees
    nothing that others write. PostgreSQL shows advisory locks at once and drops them with their
    transaction: the lock of number 0 asks to stop, any other says how many rows are ready.
    """

    _inherit = "roadmap.import"

    def _signal(self, number):
        keys = [run._signal_key() * _NUMBERS + number for run in self]
        self.env.cr.execute(
            SQL("SELECT pg_try_advisory_xact_lock_shared(key) FROM unnest(%s::bigint[]) key", keys)
        )

    def _signals(self):
        """The numbers that any request signals for this import just now."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT said.key %% %(numbers)s
                  FROM pg_locks, LATERAL (SELECT (classid::bigint << 32) | objid::bigint) said (key)
                 WHERE locktype = 'advisory' AND objsubid = 1 AND said.key / %(numbers)s = %(key)s
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """,
                numbers=_NUMBERS,
                key=self._signal_key(),
            )
        )
        return {row[0] for row in rows}

    def _signal_key(self):
        self.ensure_one()
        return _SPACE * _NUMBERS + self.id

    def get_progress(self):
        """How many rows of a running import are imported, or ready to be stored together."""
        self.ensure_one()
        self.check_access("read")
        return max({self.stored_count, *self._signals()})
