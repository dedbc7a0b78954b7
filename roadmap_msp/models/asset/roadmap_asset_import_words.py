from odoo import api, models
from odoo.tools import format_date

from ...rules.import_columns import BY_FIELD

REFERENCES = (
    *("client", "client_twice", "no_client", "other_client", "type", "no_identity", "state"),
    *("vendor", "vendor_twice", "contact", "contact_twice", "parent", "parent_twice"),
)
SHOWN = 60
"""Characters of a value that a message shows."""


class RoadmapAsset(models.Model):
    """Why a row is refused, in words: column, value and what to do about it."""

    _inherit = "roadmap.asset"

    @api.model
    def _import_reason(self, run, one):
        """The reasons of one judged row as text; empty where it is stored or unchanged."""
        if one.row.problems:
            return " ".join(self._import_problem(run, problem) for problem in one.row.problems)
        verdict = one.verdict
        if not verdict.reason:
            return ""
        return self._import_verdict(verdict)

    @api.model
    def _import_verdict(self, verdict):
        name = verdict.device.name if verdict.device else ""
        other = verdict.other
        if verdict.reason == "two_devices":
            return self.env._(
                'The serial number belongs to "%(name)s", the source\'s id to "%(other)s". Correct '
                "one of the two in the file, or merge the two assets.",
                name=name,
                other=other,
            )
        texts = {
            "serial_twice": self.env._(
                'Several assets of the client have this serial number, "%s" is one. Add the maker '
                "to the row.",
                other,
            ),
            "name_twice": self.env._(
                'Several assets of the client are called "%s". Add the serial number or the '
                "source's id to the row.",
                other,
            ),
            "twin_row": self.env._(
                "The same device stands in row %s already. Delete one of the two rows.", other
            ),
            "gone": self.env._(
                '"%s" was retired or archived here, yet this row would change it. Bring that '
                "asset back into use first, or delete the row.",
                other,
            ),
            "no_name": self.env._(
                "This is a new asset, and column Name is empty. Give it a name, or correct its "
                "serial number if you expected it to be known."
            ),
            "parent_loop": self.env._(
                "This device would be part of itself, by way of the one that it is part of. "
                "Correct column Part Of, or empty the cell."
            ),
            "parent_row": self.env._(
                "Row %s brings the device that this one is part of, and is not imported. Correct "
                "that row first.",
                other,
            ),
            "own_part": self.env._(
                '"%s" cannot be part of itself. Correct column Part Of, or empty the cell.', name
            ),
            "no_right": self.env._(
                "You may not change this asset. Ask a colleague of the client's team."
            ),
        }
        return texts[verdict.reason]

    @api.model
    def _import_title(self, run, fname):
        """The column's heading in the file, else the field's name."""
        return run.titles.get(fname) or self._fields[fname]._description_string(self.env) or fname

    @api.model
    def _import_problem(self, run, problem):
        value = problem.value
        shown = " ".join(value.split())
        shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
        text = self._import_problem_text(run, problem, value)
        title = self._import_title(run, problem.field)
        if not shown:
            return self.env._("Column %(column)s: %(text)s", column=title, text=text)
        return self.env._(
            'Column %(column)s, value "%(value)s": %(text)s', column=title, value=shown, text=text
        )

    @api.model
    def _import_problem_text(self, run, problem, value):
        key = problem.key
        if key in ("no_order", "wrong_order", "impossible", "no_real_date", "not_a_date"):
            return self._import_date_text(run, key)
        if key in REFERENCES:
            return self._import_reference_text(key)
        return self._import_value_text(problem, value)

    @api.model
    def _import_date_text(self, run, key):
        first = self.env._("month first") if run.known.order == "mdy" else self.env._("day first")
        return {
            "no_order": self.env._(
                "may be read day first or month first. Choose the order of dates."
            ),
            "wrong_order": self.env._(
                "is no date when read %s, as chosen. Correct it, or choose the other order.", first
            ),
            "impossible": self.env._(
                "this day does not exist. Correct the date, or empty the cell."
            ),
            "no_real_date": self.env._(
                "tools write this where they know no date. Empty the cell, or give the real date."
            ),
            "not_a_date": self.env._("is no date. Write it like 2026-03-31, or empty the cell."),
        }[key]

    @api.model
    def _import_reference_text(self, key):
        return {
            "client": self.env._(
                "no client of yours has this name. Correct it, or create the client first."
            ),
            "client_twice": self.env._(
                "several clients have this name. Import this client on its own."
            ),
            "no_client": self.env._(
                "is empty. Name the client, or choose one client for the whole file."
            ),
            "other_client": self.env._(
                "is not the client chosen for this import. Delete the row, or import it alone."
            ),
            "type": self.env._(
                "no asset type has this name. Correct it, have it added to a type's other names, "
                'or choose "Leave unknown types empty".'
            ),
            "state": self.env._("is no state. Write In use, Spare or Retired, or empty the cell."),
            "vendor": self.env._(
                "no contact has this name. Correct it, or create the vendor first."
            ),
            "vendor_twice": self.env._(
                "several contacts have this name. Empty the cell and choose one on the asset."
            ),
            "contact": self.env._(
                "the client has no contact of this name. Correct it, or create the contact first."
            ),
            "contact_twice": self.env._(
                "the client has several contacts of this name. Empty the cell and choose one on "
                "the asset."
            ),
            "parent": self.env._(
                "neither the client nor this file has an asset of this name. Correct it, or import "
                "that asset first."
            ),
            "parent_twice": self.env._(
                "the client or this file has several assets of this name. Empty the cell and "
                "choose one on the asset."
            ),
            "no_identity": self.env._(
                "no name, serial number or id: nothing says which device this is. Add one."
            ),
        }[key]

    @api.model
    def _import_value_text(self, problem, value):
        if problem.key == "too_long":
            return self.env._(
                "has %(length)s characters, at most %(limit)s are stored. Shorten it.",
                length=len(value),
                limit=BY_FIELD[problem.field].limit,
            )
        return {
            "formula": self.env._("the cell is a formula. Paste its value instead."),
            "lines": self.env._(
                "has more than one line. Write it in one; in a text file look for a quotation mark "
                "that is not closed."
            ),
            "control": self.env._("has characters that cannot be stored. Type the value anew."),
            "own": self.env._("is no id that our export wrote. Empty the cell."),
            "memory": self.env._("is no size of memory. Write it in gigabytes, like 16."),
            "disk": self.env._("is no kind of disk. Write SSD or HDD, or empty the cell."),
            "money": self.env._("is no amount. Write it like 1234.50."),
            "negative": self.env._("an amount cannot be negative. Correct it, or empty the cell."),
            "before_purchase": self.env._(
                "the warranty ends before the purchase. Correct one of the two dates."
            ),
        }[problem.key]

    @api.model
    def _import_read_shown(self, judged):
        """Read the names of all records that these rows' changes show, once for all."""
        ids = {}
        for one in judged:
            for name, values in one.verdict.changes.items():
                if self._fields[name].type == "many2one":
                    ids.setdefault(self._fields[name].comodel_name, set()).update(values)
        for model, found in ids.items():
            self.env[model].browse(found - {None, False}).mapped("display_name")

    @api.model
    def _import_change_text(self, one):
        """What a row changes: "Site: Main office → Branch; ..."."""
        parts = []
        for name, (old, new) in one.verdict.changes.items():
            title = self._fields[name]._description_string(self.env)
            shown = [self._import_shown(name, value) for value in (old, new)]
            parts.append(
                f"{title}: {shown[0]} → {shown[1]}" if shown[0] else f"{title}: {shown[1]}"
            )
        if one.row.part_of and one.verdict.kind == "changed":
            title = self._fields["parent_id"]._description_string(self.env)
            parts.append(f"{title}: {one.row.part_of[1]}")
        return "; ".join(parts)

    @api.model
    def _import_shown(self, name, value):
        if value in (None, False, ""):
            return self.env._("(empty)") if value is None else ""
        kind = self._fields[name].type
        if kind == "date":
            return format_date(self.env, value)
        if kind == "many2one":
            return self.env[self._fields[name].comodel_name].browse(value).display_name
        if kind == "selection":
            return dict(self._fields[name]._description_selection(self.env)).get(value, value)
        text = str(value)
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
