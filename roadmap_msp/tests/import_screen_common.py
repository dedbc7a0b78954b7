import csv
import io

from .common import RoadmapCommon

HEAD = ["Client", "Name", "Type", "Serial Number", "Purchased", "Warranty End", "Source", "Id"]
FIELDS = [
    "roadmap_id",
    "name",
    "type_id",
    "serial",
    "purchase_date",
    "warranty_end",
    "import_source",
    "import_ref",
]


class ScreenCommon(RoadmapCommon):
    """Odoo's own import screen, as the technician uses it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.name = "Example Client"
        cls.Asset = cls.env["roadmap.asset"].with_user(cls.user_technician)

    def _import(self, rows, encoding="utf-8", separator=",", date_format="%Y-%m-%d", **options):
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=separator).writerows([HEAD, *rows])
        wizard = (
            self.env["base_import.import"]
            .with_user(self.user_technician)
            .create(
                {
                    "res_model": "roadmap.asset",
                    "file": buffer.getvalue().encode(encoding),
                    "file_name": "assets.csv",
                    "file_type": "text/csv",
                }
            )
        )
        options = {
            "has_headers": True,
            "quoting": '"',
            "encoding": encoding,
            "separator": separator,
            "date_format": date_format,
            **options,
        }
        return wizard.with_context(tracking_disable=True).execute_import(FIELDS, HEAD, options)

    def _assets(self):
        return self.Asset.search([("roadmap_id", "=", self.roadmap.id)], order="id")
