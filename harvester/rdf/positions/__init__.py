"""Where in a document each subject and value stands: line, column.

Parsers give triples without places, so the text is scanned a second time, and only when there are
findings. A scan only finds places; what a document means is what the parser said.
"""

from harvester.rdf.positions.find import Aim
from harvester.rdf.positions.lines import Lines, decoded
from harvester.rdf.positions.place import Page, Place, find_places, place, place_among

__all__ = [
    "Aim",
    "Lines",
    "Page",
    "Place",
    "decoded",
    "find_places",
    "place",
    "place_among",
]
