import base64
import csv
import io

from ..models.asset import roadmap_import_batch
from .common import RoadmapCommon

HEAD = {
    "roadmap_id": "Client",
    "name": "Name",
    "type_id": "Type",
    "maker": "Maker",
    "model": "Model",
    "serial": "Serial Number",
    "operating_system": "Operating System",
    "purchase_date": "Purchase Date",
    "warranty_end": "Warranty Expiry",
    "import_ref": "Device ID",
}


class ImportCommon(RoadmapCommon):
    """Rows as a tool exports them; ``cls.Asset`` is the technician's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.name = "Example Client"
        cls.other_client.name = "Other Client"
        cls.Asset = cls.env["roadmap.asset"].with_user(cls.user_technician)

    def row(self, **cells):
        """A good row; cells on top."""
        return {
            "name": "LAP-1",
            "type_id": "Laptop",
            "maker": "Dell Inc.",
            "model": "Latitude 5440",
            "serial": "7XK-21Q3",
            "operating_system": "Windows 11 Pro 24H2",
            "purchase_date": "2024-03-04",
            "warranty_end": "2027-03-04",
            "import_ref": "R1",
            **cells,
        }

    def load(self, *rows, source="rmm", roadmap=None, user=None, **options):
        """Import rows; returns the verdicts. Problems stay in ``self.judged``."""
        model = self.Asset.with_user(user) if user else self.Asset
        roadmap = self.roadmap if roadmap is None else roadmap
        self.judged = model._import(roadmap, list(rows), source, options)
        self.env.flush_all()
        return [one.verdict.kind for one in self.judged]

    def assets(self, roadmap=None):
        roadmap = roadmap or self.roadmap
        return self.env["roadmap.asset"].search([("roadmap_id", "=", roadmap.id)], order="id")

    def csv(self, rows, head=HEAD, separator=",", encoding="utf-8"):
        """The bytes of a file with these rows (dicts)."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=separator)
        writer.writerow(head.values())
        writer.writerows([[row.get(name, "") for name in head] for row in rows])
        return buffer.getvalue().encode(encoding)

    def wizard(self, content, user=None, filename="export.csv", **vals):
        vals.setdefault("source", "rmm")
        return (
            self.env["roadmap.import"]
            .with_user(user or self.user_technician)
            .create({"file": base64.b64encode(content), "filename": filename, **vals})
        )

    def finish(self, run):
        """Press "Import", and let the batches run as the screen does."""
        run.action_import()
        while run.action_run_batch()["state"] == "running":
            pass
        return run

    def patch_batch(self, size, name="RUN_BATCH"):
        """So few rows at a time."""
        self.patch(roadmap_import_batch, name, size)
