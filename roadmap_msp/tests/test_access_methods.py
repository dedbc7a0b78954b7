"""Public methods can be called by anyone who has a login: those that use sudo() ask first."""

import ast
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).parents[1]
ORM = {"create", "write", "unlink", "copy_data", "default_get"}
# Methods that reach sudo() without asking for the right to write themselves, and why that is well.
REVIEWED = {
    "RoadmapItem.message_new": "the mail gateway's: creating the item asks",
    "RoadmapItem.message_subscribe": "reads who is staff; Odoo's own method asks",
    "RoadmapAssessmentSection.get_client_scores": "reads for the team: asks for the right to read",
    "RoadmapAssessmentSection.get_heat_map": "reads for the team: asks for the right to read",
    "RoadmapQuestionnaire.get_answer_counts": "reads for the team: asks for the right to read",
    "RoadmapQuestionnaire.get_counted_answers": "reads for the team: asks for the right to read",
    "RoadmapRoadmap.get_program": "reads figures of own clients: asks for the right to read",
    "RoadmapRoadmap.get_team_day": "reads counts, for people who may see all clients",
    "RoadmapRoadmap.get_my_day": "only reads: asks for the right to read, shows the user's own",
    "RoadmapItem.action_create_quotation": "asks to read; _create_quotations asks to write",
    "RoadmapMeetingBooking.action_open_calendar": "reads who belongs to the client, no more",
    "RoadmapItemSpread.action_apply": "a wizard of the team; creating the items asks",
    "AccountMoveLine.action_roadmap_unlink": "_unlink_existing asks for the item",
    "SaleOrderLine.action_roadmap_unlink": "_unlink_existing asks for the item",
    "RoadmapOnboarding.action_apply": "a wizard of the team; creating the roadmaps asks",
}


def _called(node):
    """{name of a method: first line on which it is called}."""
    found = {}
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            name = part.func.attr
            found[name] = min(found.get(name, part.lineno), part.lineno)
    return found


def _asks_to_write(node):
    """The first line on which the right to write is asked for, or None."""
    lines = [
        part.lineno
        for part in ast.walk(node)
        if isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr == "check_access"
        and [ast.unparse(argument) for argument in part.args] == ["'write'"]
    ]
    return min(lines, default=None)


def _is_model(node):
    names = {
        target.id
        for part in node.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    return bool(names & {"_name", "_inherit"})


class Source:
    """The methods of all models as the source has them."""

    def __init__(self):
        self.methods = []
        self.by_name = {}
        for folder in ("models", "wizards"):
            for path in sorted((ROOT / folder).rglob("*.py")):
                for node in ast.parse(path.read_text()).body:
                    if isinstance(node, ast.ClassDef) and _is_model(node):
                        self._add(node)

    def _add(self, node):
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                self.methods.append((f"{node.name}.{part.name}", part))
                self.by_name.setdefault(part.name, []).append(part)

    def uses_sudo(self, name, seen):
        """Whether a private method uses sudo(), itself or by one that it calls."""
        if name in seen or not name.startswith("_"):
            return False
        seen.add(name)
        for method in self.by_name.get(name, ()):
            calls = _called(method)
            if "sudo" in calls or any(self.uses_sudo(other, seen) for other in calls):
                return True
        return False

    def first_sudo(self, method):
        """The first line of the method from which sudo() is reached, or None."""
        calls = _called(method)
        lines = [
            line for name, line in calls.items() if name == "sudo" or self.uses_sudo(name, set())
        ]
        return min(lines, default=None)


@tagged("post_install", "-at_install")
class TestAccessMethods(TransactionCase):
    def test_public_methods_ask_before_sudo(self):
        source = Source()
        bold, public = set(), 0
        for name, method in source.methods:
            short = name.rpartition(".")[2]
            if short.startswith("_") or short in ORM:
                continue
            public += 1
            sudo, asked = source.first_sudo(method), _asks_to_write(method)
            if sudo and (not asked or asked > sudo):
                bold.add(name)
        self.assertGreater(public, 50, "The source was read")
        self.assertEqual(bold, set(REVIEWED))

    def test_what_changes_for_the_client_has_a_private_core(self):
        """Deciding, signing, answering: never callable by RPC."""
        for model, names in {
            "roadmap.proposal": ("decide", "sign"),
            "roadmap.budget": ("approve", "sign"),
            "roadmap.assessment": ("save_answers", "submit"),
            "roadmap.meeting": ("book",),
            "roadmap.link": ("issue", "mint_token", "check_code", "send_code"),
        }.items():
            for name in names:
                self.assertFalse(hasattr(self.env[model], name), f"{model}.{name}")
                self.assertTrue(
                    hasattr(self.env[model], f"_{name}") or name == "sign", f"{model}._{name}"
                )
