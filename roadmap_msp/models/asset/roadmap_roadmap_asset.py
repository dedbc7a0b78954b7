from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, split_every

FINDING_BATCH = 100
# Without cover or fixes, these take the whole firm down with them.
CRITICAL_TYPES = ("server", "server_cluster_3_plus_nodes", "firewall", "nas", "backup_appliance")


class RoadmapRoadmap(models.Model):
    """The client's assets: planning all that is due, and the gaps they raise."""

    _inherit = "roadmap.roadmap"

    def action_plan_due_assets(self):
        """Plan the replacement of everything that is due or due soon and not planned yet."""
        self.check_access("write")
        assets = self.env["roadmap.asset"].search(
            [
                ("roadmap_id", "in", self.ids),
                ("lifecycle_status", "in", ["overdue", "due_soon"]),
                ("planned", "=", False),
            ]
        )
        if not assets:
            raise UserError(
                self.env._("Nothing is due: every asset is fine, unknown, or in the plan already.")
            )
        return assets.action_plan_replacement()

    def action_raise_asset_findings(self):
        """Look for ended warranties and ended support now, and open this client's findings."""
        self.check_access("write")
        self._raise_asset_findings()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Findings from Assets"),
            "res_model": "roadmap.finding",
            "view_mode": "list,form",
            "domain": [
                ("roadmap_id", "in", self.ids),
                ("source", "in", ["asset", "lifecycle", "notice"]),
            ],
        }

    @api.model
    def _cron_asset_findings(self):
        """Every night: the gaps that assets show, for all running clients."""
        roadmaps = self.search([("state", "in", ["onboarding", "running"])])
        cron = self.env["ir.cron"]
        left = len(roadmaps)
        cron._commit_progress(remaining=left)
        for ids in split_every(FINDING_BATCH, roadmaps.ids):
            self.browse(ids)._raise_asset_findings()
            left -= len(ids)
            if not cron._commit_progress(len(ids), remaining=left):
                break

    def _raise_asset_findings(self):
        """One finding per client and type without cover, and per client and ended release.

        A second run updates what is open, reopens what came back and resolves what is gone; what
        a person accepted or dismissed stays as it is.
        """
        wanted = {}
        for vals in (
            *self._uncovered_findings(),
            *self._unsupported_findings(),
            *self._notice_findings(),
        ):
            wanted[vals["roadmap_id"], vals["source_key"]] = vals
        Finding = self.env["roadmap.finding"].sudo()
        known = Finding.search(
            [
                ("roadmap_id", "in", self.ids),
                ("source", "in", ["asset", "lifecycle", "notice"]),
                ("source_key", "!=", False),
            ]
        )
        moved = known.filtered(
            lambda finding: finding._follow_assets(
                wanted.pop((finding.roadmap_id.id, finding.source_key), None)
            )
        )
        findings = Finding._raise_for_assets(list(wanted.values()))
        (findings | moved)._rank()
        return findings

    def _uncovered_findings(self):
        """Values of findings: a required warranty has ended, by type."""
        groups = self._asset_groups("type_id", [("warranty_status", "=", "expired")])
        return [
            {
                "name": self.env._(
                    "%(type)s: %(n)s without warranty", type=kind.name, n=len(assets)
                ),
                "description": assets._finding_lines("warranty_end"),
                "roadmap_id": roadmap.id,
                "source": "asset",
                "source_key": f"asset:warranty:{kind.id}",
                "risk": "high" if kind.code in CRITICAL_TYPES else "medium",
                "category_id": kind.category_id.id,
                "asset_id": assets.id if len(assets) == 1 else False,
            }
            for roadmap, kind, assets in groups
        ]

    def _unsupported_findings(self):
        """Values of findings: the maker's support has ended, by product release."""
        on = self.env["roadmap.asset"]._as_of()
        category = self.env.ref("roadmap_msp.category_lifecycle", raise_if_not_found=False)
        groups = self._asset_groups("lifecycle_id", [("support_end", "<", on)])
        return [
            {
                "name": self.env._(
                    "%(product)s: support ended on %(date)s, %(n)s in use",
                    product=lifecycle.name,
                    date=format_date(self.env, lifecycle.support_end, date_format="d MMM y"),
                    n=len(assets),
                ),
                "description": assets._finding_lines("support_end"),
                "roadmap_id": roadmap.id,
                "source": "lifecycle",
                "source_key": f"lifecycle:{lifecycle.id}",
                "risk": "medium" if lifecycle.sure == "c" else "high",
                "category_id": category.id if category else False,
                "lifecycle_id": lifecycle.id,
                "asset_id": assets.id if len(assets) == 1 else False,
            }
            for roadmap, lifecycle, assets in groups
        ]

    def _asset_groups(self, fname, domain):
        """(roadmap, value, assets in use) for every value of a field among these clients."""
        rows = (
            self.env["roadmap.asset"]
            .sudo()
            ._read_group(
                [("roadmap_id", "in", self.ids), ("state", "=", "in_use"), *domain],
                ["roadmap_id", fname],
                ["id:recordset"],
            )
        )
        return self._read_together([row for row in rows if row[1]])

    @api.model
    def _read_together(self, rows):
        """The rows, with the assets at the end of each read in one query for all rows."""
        ids = [asset_id for row in rows for asset_id in row[-1].ids]
        return [(*row[:-1], row[-1].with_prefetch(ids)) for row in rows]
