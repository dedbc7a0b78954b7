"""What changed between two versions of a questionnaire. No ORM.

A version is ``{code: Part}`` in the order of the questions. Parts are compared by code, which is
stable for ever; choices likewise by theirs.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """A question: page, texts and settings by name, choices ``{code: {name: value}}``."""

    page: str
    name: str
    values: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One change: ``kind`` is added, removed, moved, changed, choice_added, choice_removed or
    choice_changed; ``what`` the name of the setting or the code of the choice."""

    kind: str
    code: str
    name: str
    page: str
    what: str = ""
    old: object = None
    new: object = None


def compare(old, new):
    """The differences from the old to the new version, in the order of the new one."""
    found = []
    for code, part in new.items():
        if code not in old:
            found.append(Difference("added", code, part.name, part.page))
            continue
        found += _compare_parts(code, old[code], part)
    removed = [code for code in old if code not in new]
    return found + [Difference("removed", c, old[c].name, old[c].page) for c in removed]


def _compare_parts(code, old, new):
    def difference(kind, what, before, after):
        return Difference(kind, code, new.name, new.page, what, before, after)

    if old.page != new.page:
        yield difference("moved", "page", old.page, new.page)
    for name in new.values:
        if old.values.get(name) != new.values[name]:
            yield difference("changed", name, old.values.get(name), new.values[name])
    for choice, values in new.choices.items():
        if choice not in old.choices:
            yield difference("choice_added", choice, None, values.get("name"))
        elif old.choices[choice] != values:
            was, now = _only_changed(old.choices[choice], values)
            yield difference("choice_changed", choice, was, now)
    for choice, values in old.choices.items():
        if choice not in new.choices:
            yield difference("choice_removed", choice, values.get("name"), None)


def _only_changed(old, new):
    names = [name for name in new if old.get(name) != new[name]]
    return {name: old.get(name) for name in names}, {name: new[name] for name in names}


def keeps_answer(old_type, new_type, taken, offered):
    """Whether an answer still fits: the same type, and one of its choices is still offered.

    :param taken: codes of the choices taken; none for a figure, a date or a text
    :param offered: codes of the choices of the new version
    """
    return old_type == new_type and (not taken or bool(set(taken) & set(offered)))
