"""Rows that are part of another device: which of them cannot be. No ORM."""

from dataclasses import dataclass


@dataclass(slots=True)
class Part:
    """A row of an import, as its place in the tree of devices is judged.

    ``node``: the asset that it is about, by its id, or minus its number where it is new;
    ``parent``: the id of the known asset that it names; ``row``: the number of the row that brings
    the one it names.
    """

    number: int
    node: int
    parent: int = None
    row: int = None
    bad: bool = False


def refused(parts, above):
    """{row number: (reason, other row)} of rows that cannot be part of what they name.

    :param parts: a Part of each row; those that are refused already are bad
    :param above: {asset id: its parent's id}, as it stands
    """
    nodes = {part.number: part.node for part in parts}
    links, said = dict(above), []
    for part in parts:
        parent = nodes.get(part.row, -part.row) if part.row else part.parent
        if parent and not part.bad:
            links[part.node] = parent
            said.append(part)
    round_again = _in_circles(links)
    found = {part.number: ("parent_loop", None) for part in said if part.node in round_again}
    children = {}
    for part in said:
        if part.row:
            children.setdefault(part.row, []).append(part.number)
    todo = [*found, *(part.number for part in parts if part.bad)]
    for number in todo:  # grows by those that depend on what was found
        for child in children.get(number, ()):
            if child not in found:
                found[child] = ("parent_row", number)
                todo.append(child)
    return found


def _in_circles(links):
    """The nodes from which the way up comes back to them."""
    begun, circles = {}, set()
    for start in links:
        path, node = [], start
        while node in links and node not in begun:
            begun[node] = start
            path.append(node)
            node = links[node]
        if begun.get(node) == start and node in path:
            circles.update(path[path.index(node) :])
    return circles
