from odoo.tests import HttpCase, tagged

from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestImportTour(ImportCommon, HttpCase):
    def test_from_the_file_to_the_refused_rows(self):
        """In a browser: upload, columns, preview, import, file of refused rows."""
        user = self.user_technician
        user.password = user.login
        url = f"/odoo/roadmap.roadmap/{self.roadmap.id}"
        self.start_tour(url, "roadmap_asset_import", login=user.login, timeout=120)
        run = self.env["roadmap.import"].search([("roadmap_id", "=", self.roadmap.id)], limit=1)
        self.assertEqual((run.state, run.stored_count, run.refused_count), ("done", 2, 1))
        self.assertEqual(self.assets().mapped("serial"), ["TOURA1", "TOURA3"])
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "roadmap.import"),
                ("res_id", "=", run.id),
                ("res_field", "=", False),
            ]
        )
        self.assertEqual(file.name, "devices - refused.xlsx")
