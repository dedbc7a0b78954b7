import base64
import io

from dateutil.relativedelta import relativedelta
from PIL import Image, ImageDraw, ImageFont

from odoo import api, fields, models
from odoo.tools import file_path

PEN = "web/static/fonts/sign/LaBelleAurore-Regular.ttf"


class RoadmapRoadmap(models.Model):
    """Budgets of the demo: one signed and revised since, one that waits for its signature."""

    _inherit = "roadmap.roadmap"

    @api.model
    def _load_demo_budgets(self):
        """After the contracts: two clients have budgets, one a scenario and a book to be made."""
        harbor = self.env.ref("roadmap_msp.roadmap_harbor")
        ridge = self.env.ref("roadmap_msp.roadmap_ridge")
        harbor.contingency_percent = 5
        self._demo_contracts(harbor, ((32, 62), (32, 14.5)))
        self._demo_contracts(ridge, ((18, 58), (18, 12)))
        self._demo_signed_budget(harbor)
        self._demo_scenario(harbor)
        self._demo_book(harbor)
        proposed = self.env["roadmap.budget"].with_user(ridge.account_manager_id)._make(ridge)
        proposed.note = self.env._("As discussed: the warehouse first, the office next year.")
        proposed.action_propose()

    @api.model
    def _demo_contracts(self, roadmap, seats_and_prices):
        names = (self.env._("Managed workplaces"), self.env._("Office licences"))
        today = fields.Date.context_today(self)
        self.env["roadmap.contract"].create(
            [
                {
                    "name": name,
                    "roadmap_id": roadmap.id,
                    "category_id": self.env.ref("roadmap_msp.category_licensing").id,
                    "seats": seats,
                    "price": price,
                    "period": "month",
                    "date_start": today + relativedelta(months=-14, day=1),
                    "increase_percent": 3,
                }
                for name, (seats, price) in zip(names, seats_and_prices, strict=True)
            ]
        )

    @api.model
    def _demo_signed_budget(self, roadmap):
        """Signed two months ago; the contracts grew since, which a revision shows."""
        csm = roadmap.account_manager_id
        budget = self.env["roadmap.budget"].with_user(csm)._make(roadmap)
        budget.note = self.env._("Fewer surprises: what is old is replaced year by year.")
        budget.action_propose()
        signed = budget.sudo()
        owner = roadmap._plan_signers()[:1]
        signed._take_signature(owner, self._demo_signature(owner.name), owner.name)
        then = fields.Datetime.now() - relativedelta(months=2)
        signed.write({"proposed_on": then - relativedelta(days=6), "approved_on": then})
        signed.content_hash = signed._fingerprint()
        self.env["roadmap.outbox"].search([("roadmap_id", "=", roadmap.id)]).action_cancel()
        self.env["roadmap.contract"].search(
            [("roadmap_id", "=", roadmap.id), ("item_line_id", "=", False)]
        ).seats = 40
        self.env.flush_all()
        draft = self.env["roadmap.budget"].with_user(csm)._make(roadmap)
        draft.note = self.env._("Eight more people work with you: licences and workplaces grow.")

    @api.model
    def _demo_signature(self, name):
        """A name as if written by hand, as base64."""
        picture = Image.new("RGBA", (520, 130), (255, 255, 255, 0))
        pen = ImageFont.truetype(file_path(PEN), 64)
        ImageDraw.Draw(picture).text((12, 18), name, font=pen, fill=(20, 35, 95, 255))
        file = io.BytesIO()
        picture.save(file, "PNG")
        return base64.b64encode(file.getvalue()).decode()

    @api.model
    def _demo_scenario(self, roadmap):
        kind = (
            self.env["roadmap.asset"]
            .search([("roadmap_id", "=", roadmap.id), ("type_id", "!=", False)], limit=1)
            .type_id
        )
        self.env["roadmap.scenario"].create(
            {
                "name": self.env._("A quarter each year"),
                "roadmap_id": roadmap.id,
                "line_ids": [(0, 0, {"rule": "share", "type_id": kind.id, "share_percent": 25})]
                if kind
                else [],
            }
        )

    @api.model
    def _demo_book(self, roadmap):
        """Ready to be made: its PDF needs the running server."""
        self.env["roadmap.book"].with_user(roadmap.account_manager_id).create(
            {
                "roadmap_id": roadmap.id,
                "kind": "full",
                "partner_ids": [(6, 0, roadmap._plan_signers().ids)],
                "note": self.env._("What we agreed, and what comes next."),
            }
        )
