from datetime import timedelta

from odoo import api, fields, models


class RoadmapLink(models.Model):
    """Links for many mails at once."""

    _inherit = "roadmap.link"

    @api.model
    def _issue_many(self, purpose, asks, days=30):
        """As `_issue` for whole documents of one model: the links in the order of `asks`.

        :param asks: [(contact, record, sender)]
        :raise UserError: the first contact that can hold no such link, by its name
        """
        if not asks:
            return []
        for partner, record, _sender in asks:
            self._check_contact(partner, purpose, record.roadmap_id)
        model = asks[0][1]._name
        now = fields.Datetime.now()
        expires_on = now + timedelta(days=days)
        links = self.sudo()
        known = links.search(
            [
                ("purpose", "=", purpose),
                ("res_model", "=", model),
                ("res_id", "in", [record.id for _partner, record, _sender in asks]),
                ("partner_id", "in", [partner.id for partner, _record, _sender in asks]),
                ("withdrawn_on", "=", False),
                ("expires_on", ">", now),
                ("section_ids", "=", False),
                ("question_ids", "=", False),
            ],
            order="id",
        )
        found = {(row.partner_id.id, row.res_id, row.sender_id.id): row for row in known}
        keys = [(partner.id, record.id, sender.id) for partner, record, sender in asks]
        again = links.union(*(found[key] for key in keys if key in found))
        again.filtered(lambda link: link.expires_on < expires_on).expires_on = expires_on
        missing = {
            key: {
                "roadmap_id": record.roadmap_id.id,
                "partner_id": partner.id,
                "sender_id": sender.id,
                "purpose": purpose,
                "res_model": model,
                "res_id": record.id,
                "expires_on": expires_on,
            }
            for key, (partner, record, sender) in zip(keys, asks, strict=True)
            if key not in found
        }
        made = links.create(list(missing.values()))
        found.update(zip(missing, made, strict=True))
        return [found[key].sudo(self.env.su) for key in keys]
