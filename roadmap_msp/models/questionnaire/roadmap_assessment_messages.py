from odoo import models


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _refusal_message(self, key, **details):
        """What a person reads beside an answer that was not stored."""
        messages = {
            "unknown": self.env._("This question is not part of your pages. Reload the page."),
            "draft": self.env._("This questionnaire has not been sent yet."),
            "closed": self.env._(
                "This questionnaire is closed. Its answers can no longer be changed."
            ),
            "submitted": self.env._(
                "This questionnaire was submitted. Only answers that came back to you can change."
            ),
            "type": self.env._("This kind of answer does not fit the question."),
            "choice": self.env._("This is not one of the choices of the question."),
            "exclusive": self.env._(
                '"%(choice)s" cannot be combined with another choice.',
                choice=details.get("choice", ""),
            ),
            "special": self.env._("This question does not offer that answer."),
            "number": self.env._("Please enter a number, such as 12 or 12.5."),
            "range": self.env._(
                "Please enter a number from %(low)s to %(high)s.",
                low=details.get("low", 0),
                high=details.get("high", 0),
            ),
            "date": self.env._("Please enter a date that exists, as year-month-day."),
            "side": self.env._("This date is on the wrong side of today for the question."),
            "long": self.env._(
                "This text is too long: at most %(limit)s characters.",
                limit=details.get("limit", 0),
            ),
            "files": self.env._("At most %(limit)s files fit here.", limit=details.get("limit", 0)),
            "file": self.env._("A file is missing. Please attach it again."),
        }
        return messages[key]
