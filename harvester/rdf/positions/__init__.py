"""Where in a document each subject and value stands: line, column, and an excerpt.

Parsers give triples without places, so the text is scanned a second time, and only when there are
findings. A scan only finds places; what a document means is what the parser said.
"""

from harvester.rdf.positions.find import Aim
from harvester.rdf.positions.lines import Excerpt, Lines, decoded, excerpt
from harvester.rdf.positions.place import Page, Placed, find_places, place, place_among

__all__ = [
    "Aim",
    "Excerpt",
    "Lines",
    "Page",
    "Placed",
    "decoded",
    "excerpt",
    "find_places",
    "place",
    "place_among",
]
