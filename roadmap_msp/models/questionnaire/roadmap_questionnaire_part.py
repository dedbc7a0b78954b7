from odoo import api, models
from odoo.exceptions import UserError


class RoadmapQuestionnairePart(models.AbstractModel):
    """What belongs to a questionnaire version and is frozen once that version is published.

    Subclasses say where their questionnaire is (``_questionnaire_path``). Translations stay
    possible; loading the addon's own content is exempt.
    """

    _name = "roadmap.questionnaire.part"
    _description = "Part of a Questionnaire"

    _questionnaire_path = "questionnaire_id"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_not_frozen()
        return parts

    def write(self, vals):
        if not self._is_translation(vals):
            self._check_not_frozen()
        result = super().write(vals)
        if not self._is_translation(vals):
            self._check_not_frozen()
        self._forget_if_frozen()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen()

    def _is_translation(self, vals):
        """Whether only translatable texts change, in another language than the source's.

        The dialog for translations also writes the text that stands, to tell who depends on it.
        """
        if not all(self._fields[name].translate for name in vals if name in self._fields):
            return False
        return self.env.lang not in (None, "en_US") or all(
            part[name] == value for part in self for name, value in vals.items()
        )

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        if "en_US" in translations:
            self._check_not_frozen()
        result = super()._update_field_translations(field_name, translations, digest, source_lang)
        self._forget_if_frozen()
        return result

    def _frozen(self):
        """The published or archived questionnaires to which these parts belong."""
        return self.sudo().mapped(self._questionnaire_path).filtered(lambda q: q.state != "draft")

    def _forget_if_frozen(self):
        """Words of a published version are kept in memory; translations may still change them."""
        if self._frozen():
            self.env["roadmap.questionnaire"]._forget_structures()

    def _check_not_frozen(self):
        """Refuse a change of a published or archived version."""
        if self.env.su and self.env.context.get("install_module"):
            self.env["roadmap.questionnaire"]._forget_structures()
            return
        frozen = self._frozen()
        if frozen:
            raise UserError(
                self.env._(
                    "%(questionnaire)s is published: its pages, questions and choices are frozen,"
                    " because clients answered them as they stand. Create a new version and change"
                    " that one.",
                    questionnaire=frozen[0].display_name,
                )
            )
