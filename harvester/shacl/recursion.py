"""Which shapes refer to themselves."""

from collections.abc import Mapping

from harvester.shacl.shapes import Shape


def recursive(shapes: Mapping[str, Shape]) -> frozenset[str]:
    """Find the shapes on a cycle, or between two.

    They are left when shapes whose references are all settled are taken away from the bottom, and
    shapes whose users are all settled from the top.
    """
    up = {node: set(shape.references()) & shapes.keys() for node, shape in shapes.items()}
    down: dict[str, set[str]] = {node: set() for node in shapes}
    for node, others in up.items():
        for other in others:
            down[other].add(node)
    left = set(shapes)
    for edges, back in ((up, down), (down, up)):
        degree = {node: len(edges[node] & left) for node in left}
        todo = [node for node in left if not degree[node]]
        while todo:
            node = todo.pop()
            left.discard(node)
            for user in back[node] & left:
                degree[user] -= 1
                if not degree[user]:
                    todo.append(user)
    return frozenset(left)
