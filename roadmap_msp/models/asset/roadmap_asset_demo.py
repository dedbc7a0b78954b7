import csv
import io
from datetime import datetime

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import file_open

# The day on which the exports "were made"; the demo moves their dates to the day of its loading.
EXPORTED_ON = "2026-11-23"
FOREVER = 2099
SHAPES = (
    {
        "file": "rmm_devices",
        "source": "RMM",
        "encoding": "utf-8",
        "separator": ",",
        "date_format": "%Y-%m-%d",
        "columns": {
            "Device ID": "import_ref",
            "Client": "roadmap_id",
            "Device Name": "name",
            "Device Class": "type_id",
            "Manufacturer": "maker",
            "Model": "model",
            "Serial Number": "serial",
            "Operating System": "operating_system",
            "Last Logged In User": "user_name",
            "Site": "site",
            "Purchase Date": "purchase_date",
            "Warranty Expiry": "warranty_end",
            "Vendor Warranty End": "maker_warranty_end",
        },
    },
    {
        "file": "psa_configurations",
        "source": "PSA",
        "encoding": "cp1252",
        "separator": ";",
        "date_format": "%d/%m/%Y",
        "columns": {
            "Configuration Id": "import_ref",
            "Company": "roadmap_id",
            "Configuration Name": "name",
            "Configuration Type": "type_id",
            "Manufacturer": "maker",
            "Model Number": "model",
            "Serial Number": "serial",
            "OS Type": "operating_system",
            "Contact": "user_name",
            "Location": "site",
            "Date Purchased": "purchase_date",
            "Warranty Expires": "warranty_end",
        },
    },
    {
        "file": "network_inventory",
        "source": "Network tool",
        "encoding": "utf-16",
        "separator": "\t",
        "date_format": "%m/%d/%Y",
        "columns": {
            "Customer": "roadmap_id",
            "Name": "name",
            "Device Type": "type_id",
            "Vendor": "maker",
            "Product": "model",
            "S/N": "serial",
            "Firmware": "operating_system",
            "Location": "site",
            "Installed": "purchase_date",
            "Support Until": "warranty_end",
            "Asset Tag": "import_ref",
        },
    },
)
DATE_FIELDS = ("purchase_date", "warranty_end", "maker_warranty_end")


class RoadmapAsset(models.Model):
    """The demo's assets: exports of three tools, loaded through Odoo's own import."""

    _inherit = "roadmap.asset"

    @api.model
    def _load_demo_exports(self):
        """Load the three files as a person would on the import screen; note what was refused."""
        for shape in SHAPES:
            name = f"{shape['file']}_{EXPORTED_ON}.csv"
            with file_open(f"roadmap_msp/demo/assets/{name}", "rb") as file:
                text = file.read().decode(shape["encoding"])
            head, *rows = csv.reader(io.StringIO(text), delimiter=shape["separator"])
            self._move_dates(shape, head, rows)
            refused = self._import_good_rows(shape, name, head, rows)
            self._note_refused(name, shape, head, refused)

    @api.model
    def _move_dates(self, shape, head, rows):
        """Move every date by the days since the export; a warranty "for life" stays for life."""
        shift = fields.Date.context_today(self) - fields.Date.to_date(EXPORTED_ON)
        form = shape["date_format"]
        places = [n for n, title in enumerate(head) if shape["columns"].get(title) in DATE_FIELDS]
        for row in rows:
            for place in places:
                day = datetime.strptime(row[place], form) if row[place] else None
                if day and day.year < FOREVER:
                    row[place] = (day + shift).strftime(form)

    @api.model
    def _import_good_rows(self, shape, name, head, rows):
        """Import; where rows are refused, leave them out and import the others.

        :return: list of (row, reason)
        """
        refused = []
        mapping = [shape["columns"].get(title, False) for title in head]
        while rows:
            errors = self._import_once(shape, name, head, mapping, rows)
            if not errors:
                break
            bad = {}
            for message in errors:
                span = message.get("rows") or {"from": 0, "to": len(rows) - 1}
                for number in range(span["from"], span["to"] + 1):
                    bad.setdefault(number, message["message"])
            refused += [(rows[number], reason) for number, reason in sorted(bad.items())]
            rows = [row for number, row in enumerate(rows) if number not in bad]
        return refused

    @api.model
    def _import_once(self, shape, name, head, mapping, rows):
        """One run of Odoo's import; all rows or none. Returns its errors."""
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=shape["separator"]).writerows([head, *rows])
        wizard = self.env["base_import.import"].create(
            {
                "res_model": self._name,
                "file": buffer.getvalue().encode(shape["encoding"]),
                "file_name": name,
                "file_type": "text/csv",
            }
        )
        options = {
            "has_headers": True,
            "quoting": '"',
            "encoding": shape["encoding"],
            "separator": shape["separator"],
            "date_format": shape["date_format"],
            "float_thousand_separator": ",",
            "float_decimal_separator": ".",
        }
        context = {"default_import_source": shape["source"], "tracking_disable": True}
        result = wizard.with_context(**context).execute_import(mapping, head, options)
        return [message for message in result["messages"] if message["type"] == "error"]

    @api.model
    def _note_refused(self, name, shape, head, refused):
        """Write every refused row into the client's log, or into our own where it has none."""
        clients = {roadmap.name: roadmap for roadmap in self.env["roadmap.roadmap"].search([])}
        titles = {field: title for title, field in shape["columns"].items()}
        who, what = head.index(titles["roadmap_id"]), head.index(titles["name"])
        by_record = {}
        for row, reason in refused:
            record = clients.get(row[who], self.env.company.partner_id)
            by_record.setdefault(record, []).append((row[what], reason))
        for record, lines in by_record.items():
            items = Markup().join(Markup("<li>%s: %s</li>") % line for line in lines)
            title = self.env._("Rows of %s that were not imported:", name)
            record.message_post(body=Markup("<p>%s</p><ul>%s</ul>") % (title, items))
