from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...rules import import_match, import_rows
from ...rules.import_file import ROWS_LIMIT
from .roadmap_asset_due import MANUAL

BATCH = 5_000


@dataclass(slots=True)
class Judged:
    """A row and what the import makes of it; ``source`` is the tool that says so."""

    row: import_rows.Row
    verdict: import_match.Verdict
    source: str
    asset_id: int = None


@dataclass
class ImportRun:
    """What all batches of one import share.

    ``options``: see :meth:`_import`; ``clients``: {id: name}; ``titles``: {field: heading}.
    """

    source: str
    options: dict
    known: import_rows.Known
    fields: frozenset
    clients: dict
    seen: import_match.Seen = field(default_factory=import_match.Seen)
    titles: dict = field(default_factory=dict)


class RoadmapAsset(models.Model):
    """The engine of imports: judge rows in sets, store what is new or changed.

    The wizard and the RPC call both come here. A batch costs a constant number of statements,
    however many rows it has; see ``roadmap_asset_import_find.py`` and ``..._store.py``.
    """

    _inherit = "roadmap.asset"

    @api.model
    def _import(self, roadmap, rows, source, options=None):
        """Import rows of one source.

        :param roadmap: the client of all rows, or an empty recordset where the rows name theirs
        :param rows: list of {field: text} as in ``rules/import_columns.py``, or of (number, dict)
        :param str source: the tool that says so; empty for a list kept by hand
        :param dict options: ``mode``: "good" stores the good rows, "all" all or none;
            ``date_order``: "dmy", "mdy" or None; ``clear``: empty cells empty the field;
            ``any_type``: a type that nobody knows is left empty; ``dry_run``: only judge
        :return: list of Judged, in the order of the rows
        """
        return self._import_all(self._import_start(roadmap, source, options), rows)

    @api.model
    def _import_all(self, run, rows):
        """:meth:`_import` with what was read at its start."""
        if len(rows) > ROWS_LIMIT:
            raise UserError(self.env._("At most %s rows can be imported at once.", ROWS_LIMIT))
        numbered = rows if rows and isinstance(rows[0], tuple) else list(enumerate(rows, 1))
        self._import_bring(run, numbered)
        # Whether a row can be part of what another one brings is known when all are judged.
        at_once = not (run.known.brought or run.options.get("dry_run"))
        at_once = at_once and run.options.get("mode") != "all"
        judged = []
        for batch in split_every(BATCH, numbered, list):
            part = self._import_judge(run, batch)
            if at_once:
                self._import_settle(run, part)
                self._import_store(run, part)
            judged += part
        if at_once:
            return judged
        self._import_settle(run, judged)
        bad = any(one.verdict.kind in import_match.BAD for one in judged)
        if not run.options.get("dry_run") and not (bad and run.options.get("mode") == "all"):
            for batch in split_every(BATCH, judged, list):
                self._import_store(run, batch)
            self._import_link(judged)
        return judged

    @api.model
    def _import_start(self, roadmap, source, options=None):
        """Ask for the rights once and read what all rows refer to."""
        self.check_access("create")
        self.check_access("write")
        if roadmap:
            roadmap.with_env(self.env).check_access("read")
        options = options or {}
        names = self._import_clients()
        clients = {}
        for client_id, name in names.items():
            clients.setdefault(import_rows.client_key(name), []).append(client_id)
        known = import_rows.Known(
            clients,
            self._import_types(),
            roadmap_id=roadmap.id or None,
            order=options.get("date_order"),
            any_type=bool(options.get("any_type")),
            states=self._import_states(),
        )
        source = (source or "").strip() or MANUAL
        titles = options.get("titles") or {}
        return ImportRun(source, options, known, self._import_fields(), names, titles=titles)

    @api.model
    def _import_fields(self):
        """The fields of an import that one may write."""
        return frozenset(
            name
            for name in import_rows.BY_FIELD
            if name in self._fields and self._has_field_access(self._fields[name], "write")
        )

    @api.model
    def _import_judge(self, run, numbered):
        """Say of every row whether it is new, changed, unchanged or cannot be stored."""
        self._import_look_up(run, numbered)
        rows = [
            import_rows.clean(
                number,
                cells
                if cells.keys() <= run.fields
                else {name: cells[name] for name in cells if name in run.fields},
                run.known,
            )
            for number, cells in numbered
        ]
        judged = [Judged(row, None, row.values.get("import_source") or run.source) for row in rows]
        good = [one for one in judged if not one.row.problems]
        candidates = self._import_candidates(good) if good else {}
        for one in judged:
            if one.row.problems:
                one.verdict = import_match.Verdict("refused")
                continue
            one.verdict = import_match.find(one.row, candidates.get(one.row.number, ()))
            self._import_twin(run, one)
        self._import_compare(run, [one for one in good if one.verdict.kind == "changed"])
        return judged

    @api.model
    def _import_twin(self, run, one):
        if one.verdict.kind not in import_match.STORED:
            return
        twin = run.seen.twin(one.row, one.source, one.verdict.device)
        if twin is not None:
            one.verdict = import_match.Verdict(
                "conflict", one.verdict.device, "twin_row", str(twin)
            )

    @api.model
    def _import_compare(self, run, known):
        """Find what rows of known assets would change; who may not write them is refused."""
        if not known:
            return
        ids = {one.verdict.device.id for one in known}
        everything = self.with_context(active_test=False).browse(ids)
        allowed = set(everything._filtered_access("write")._ids)
        current = self._import_current(run, ids)
        for one in known:
            device = one.verdict.device
            if device.id not in allowed:
                one.verdict = import_match.Verdict("refused", reason="no_right")
                continue
            if one.row.values.get("parent_id") == device.id:
                one.verdict = import_match.Verdict("refused", device, "own_part")
                continue
            one.asset_id = device.id
            changes = self._import_changes(run, one, current)
            if not changes and not one.row.part_of:
                one.verdict.kind = "unchanged"
            elif device.gone:
                one.verdict.kind, one.verdict.reason = "archived", "gone"
                one.verdict.other = device.name
            one.verdict.changes = changes
