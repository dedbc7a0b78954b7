from odoo import api, models
from odoo.exceptions import ValidationError

# What a mail takes along, whom it goes to and where it is noted.
CARRIED = {"roadmap_id", "partner_id", "link_id", "attachment_ids", "res_model", "res_id"}


class RoadmapOutbox(models.Model):
    """What a mail may take along: it leaves with all rights, whoever wrote it."""

    _inherit = "roadmap.outbox"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        mails._check_carried()
        return mails

    def write(self, vals):
        result = super().write(vals)
        if CARRIED & vals.keys():
            self._check_carried()
        return result

    def _check_carried(self):
        """A mail leaves with all rights: whoever writes it must be allowed to read what it takes.

        :raises AccessError: a client, file, link or record that the user may not read
        :raises ValidationError: the personal link of somebody else
        """
        if self.env.su:
            return
        self.check_access("write")
        mails = self.sudo()
        mails.attachment_ids.sudo(False).check_access("read")
        mails.link_id.sudo(False).check_access("read")
        for mail in mails:
            if mail.res_model and mail.res_id:
                if mail.res_model not in self.env:
                    raise ValidationError(self.env._("This mail is about nothing that exists."))
                record = self.env[mail.res_model].browse(mail.res_id).exists()
                record.check_access("read")
            link = mail.link_id
            if link and (link.partner_id, link.roadmap_id) != (mail.partner_id, mail.roadmap_id):
                raise ValidationError(
                    self.env._(
                        "The personal link in a mail to %(contact)s is not for this contact.",
                        contact=mail.partner_id.display_name,
                    )
                )
