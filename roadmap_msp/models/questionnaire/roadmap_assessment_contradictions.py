from collections import defaultdict

from odoo import fields, models
from odoo.tools import format_date

from ...rules import scoring
from ...rules.prefill import COMPUTERS, SERVERS

# Question, the answer that claims full cover, and the types of device that it speaks of.
COVER_CLAIMS = (
    ("SRV-3", "Yes, fully", SERVERS),
    ("WKS-3", "100 %", COMPUTERS),
)
ON_TOP = 1000.0


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _contradictions(self, rows, factor):
        """Findings where an answer claims what the asset register denies, by source key."""
        claims = [
            (row, types)
            for row in rows.values()
            for code, claim, types in COVER_CLAIMS
            if row.question.code == code
            and not row.hidden
            and any(c.code == claim for c in row.question.choices if c.key in row.value.choices)
        ]
        if not claims:
            return {}
        ended = self._uncovered_assets([code for _row, types in claims for code in types])
        wanted = {}
        for row, types in claims:
            assets = [asset for code in types for asset in ended[code]]
            if assets:
                vals = self._prepare_contradiction(row, assets, factor)
                wanted[vals["source_key"]] = vals
        return wanted

    def _uncovered_assets(self, codes):
        """Devices in use whose warranty has ended, by the code of their type."""
        assets = (
            self.env["roadmap.asset"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "=", self.roadmap_id.id),
                    ("state", "=", "in_use"),
                    ("type_id.code", "in", codes),
                    ("warranty_end", "<", fields.Date.context_today(self)),
                ],
                order="warranty_end, id",
            )
        )
        by_code = defaultdict(list)
        for asset in assets:
            by_code[asset.type_id.code].append(asset)
        return by_code

    def _prepare_contradiction(self, row, assets, factor):
        """Values of the finding; it stands above all gaps until somebody has looked."""
        question = self.env["roadmap.question"].browse(row.question.id)
        first = assets[0]
        name = self.env._(
            "%(question)s %(answer)s; but the warranty of %(asset)s ended %(date)s",
            question=question.name,
            answer=self._plain_words(row),
            asset=first.name,
            date=format_date(self.env, first.warranty_end),
        )
        if len(assets) > 1:
            name += " " + self.env._("(and %(count)s more)", count=len(assets) - 1)
        return {
            "name": name[:250],
            "description": self.env._(
                "Answer and asset register contradict each other. Ask, then correct one of them."
            ),
            "roadmap_id": self.roadmap_id.id,
            "assessment_id": self.id,
            "answer_id": row.id,
            "asset_id": first.id,
            "kind": "contradiction",
            "source": "contradiction",
            "source_key": f"contradiction:{question.code}",
            "risk": "high",
            "urgency": ON_TOP + scoring.urgency("high", question.weight, factor),
            "owner_only": question.audience == "owner",
            "category_id": question.section_id.category_id.id,
            "template_ids": [fields.Command.set(question.template_ids.ids)],
        }
