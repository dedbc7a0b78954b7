from . import client, questionnaire, plan, asset, budget, meeting, native
