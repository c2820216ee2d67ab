"""The plain description: lines about one IRI without blank nodes, which most of an export are.

Nothing of it is written inside anything else, so a writer can lay it out without reading its terms.
They are not checked: whoever gives a writer lines reads back what was written.
"""

from typing import Final

from harvester.rdf.lines import Lines, has_controls

SHORT: Final = 100
"""Longer terms hardly ever come again, and are not worth remembering."""


def plain_node(lines: Lines) -> tuple[str, dict[str, list[str]]] | None:
    """The IRI that all lines are about, and property -> values, each as it stands in the lines.

    ``None`` where there are several, a blank node, or a control character.
    """
    told = lines.lines
    if not told:
        return None
    text = lines.text
    head = told[0].partition(" ")[0]
    if "_:" in text or has_controls(text) or text.count(f"\n{head} ") < len(told) - 1:
        return None
    at = len(head) + 1
    properties: dict[str, list[str]] = {}
    last, values = "", []
    for line in told:
        space = line.find(" ", at)
        predicate = line[at:space]
        if predicate != last:
            last, values = predicate, properties.setdefault(predicate, [])
        values.append(line[space + 1 : -2])
    return head, properties
