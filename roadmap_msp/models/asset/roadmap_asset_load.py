from odoo import api, models
from odoo.exceptions import ValidationError

from ...rules import import_match, import_rows, import_tidy, matching
from .roadmap_asset_import import ImportRun, Judged


class RowRefused(Exception):
    """Some row of a batch was refused."""


class RoadmapAsset(models.Model):
    """Odoo's own import screen: the template file, and rows that we know already.

    A row that names its source is looked up first, by the engine's own rules (see
    ``rules/import_match.py``). What is found is updated; empty cells leave values alone. A row that
    points at two devices or at a retired one is refused. Everything else is created, also what the
    source knows under another id, so a device that stands twice in a file is refused with its row.
    What says nothing is left out, and impossible values are refused, as the engine does it.
    """

    _inherit = "roadmap.asset"

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Assets"),
                "template": "/roadmap_msp/static/xls/asset_import_template.xlsx",
            }
        ]

    @api.model
    def _tidy_values(self, vals):
        """The values as the engine would take them: placeholders left out.

        :raises ValidationError: with the engine's words for what it refuses
        """
        row = import_tidy.tidy(vals)
        if row.problems:
            run = ImportRun("", {}, import_rows.Known({}, {}), frozenset(), {})
            raise ValidationError(
                " ".join(self._import_problem(run, problem) for problem in row.problems)
            )
        return row.values

    @api.model
    def _load_records(self, data_list, update=False):
        known = not update and not any(data.get("xml_id") for data in data_list)
        if known:
            source = self.env.context.get("default_import_source")
            for data in data_list if source else ():
                data["values"].setdefault("import_source", source)
        try:
            for data in data_list:
                data["values"] = self._tidy_values(data["values"])
            if known:
                self._match_rows(data_list)
            return super()._load_records(data_list, update)
        except ValidationError as error:
            if len(data_list) > 1:
                # Odoo would name the first row of the batch. After any other error it goes row
                # by row and names the right one.
                raise RowRefused from error
            raise

    @api.model
    def _match_rows(self, data_list):
        """Give the id of the known asset to every row that names its source."""
        rows = [
            data["values"]
            for data in data_list
            if not data.get("xml_id")
            and not data["values"].get("id")
            and data["values"].get("import_source")
            and data["values"].get("roadmap_id")
        ]
        if not rows:
            return
        judged = [
            Judged(self._load_row(number, vals), None, vals["import_source"])
            for number, vals in enumerate(rows)
        ]
        candidates = self._import_candidates(judged)
        for one, vals in zip(judged, rows, strict=True):
            devices = candidates.get(one.row.number, ())
            verdict = import_match.find(one.row, devices)
            device = verdict.device
            if verdict.kind == "changed" and vals.get("import_ref") and device.other_ref:
                if not any(d.id == device.id and d.how == "ref" for d in devices):
                    # Odoo hands over row by row: the other id may be of a row above in this file.
                    continue
            if device and device.gone:
                verdict = import_match.Verdict("archived", device, "gone", device.name)
            if verdict.kind in ("conflict", "archived"):
                raise ValidationError(self._import_verdict(verdict))
            if device:
                for name in [name for name, value in vals.items() if value in (False, None, "")]:
                    del vals[name]
                vals["id"] = device.id

    @api.model
    def _load_row(self, number, vals):
        """What the matching looks at, in the form of the engine."""
        texts = {name: vals[name] for name in ("name", "import_ref") if vals.get(name)}
        return import_rows.Row(
            number,
            {"roadmap_id": vals["roadmap_id"], **texts},
            serial_key=matching.serial_key(vals.get("serial")),
            maker_key=matching.maker_key(vals.get("maker")),
        )
