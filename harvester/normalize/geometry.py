"""Geometries: one geosparql:wktLiteral for what is said in WKT, GeoJSON, GML and as four numbers.

Longitude first, as GeoSPARQL 1.1 (section 8.5.1) and RFC 7946 have it. What is written in EPSG 4326
has latitude first and is turned; so is a position whose second number is no latitude.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from harvester.namespaces import DCAT, DCTERMS, GEOSPARQL, LOCN, RDF_TYPE
from harvester.normalize.step import Edit, ResourceStep
from harvester.normalize.tables import ASSUMED, EXACT
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, term_to_ntriples

WKT: Final = GEOSPARQL + "wktLiteral"
SPATIAL: Final = DCTERMS + "spatial"
BBOX: Final = DCAT + "bbox"
GEOMETRY: Final = LOCN + "geometry"
GEOMETRIES: Final = frozenset({GEOMETRY, BBOX, DCAT + "centroid"})
_NUMBER: Final = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_DECIMAL: Final = re.compile(rf"{_NUMBER}(?:[eE][+-]?[0-9]+)?")
_WKT: Final = re.compile(
    r"\s*(?:<(?P<crs>[^>]*)>\s*)?(?P<kind>POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING"
    r"|MULTIPOLYGON)\s*(?P<body>\([-+0-9.eE,\s()]*\))\s*",
    re.IGNORECASE,
)
_PAIR: Final = re.compile(rf"({_NUMBER})\s+({_NUMBER})(?=\s*[,)])")
_FOUR: Final = re.compile(
    rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*,\s*({_NUMBER})\s*,\s*({_NUMBER})\s*"
)
_ENVELOPE: Final = re.compile(
    rf"\s*<gml:Envelope[^>]*srsName=\"(?P<crs>[^\"]*)\"[^>]*>\s*"
    rf"<gml:lowerCorner>\s*({_NUMBER})\s+({_NUMBER})\s*</gml:lowerCorner>\s*"
    rf"<gml:upperCorner>\s*({_NUMBER})\s+({_NUMBER})\s*</gml:upperCorner>\s*</gml:Envelope>\s*"
)
_LATITUDE_FIRST: Final = re.compile(r"(?:EPSG[/:]+(?:[0-9.]*[/:])?4326)\Z", re.IGNORECASE)
_DEPTHS: Final = {"Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2}
_DEPTHS_OF_MANY: Final = {"MultiLineString": 2, "MultiPolygon": 3}


def to_wkt(text: str) -> str:
    """The geometry that a text says, as WKT with longitude first; "" for what is none."""
    if match := _WKT.fullmatch(text):
        return _from_wkt(match)
    if text.lstrip().startswith("{"):
        return _from_geojson(text)
    if match := _ENVELOPE.fullmatch(text):
        first, second, third, fourth = match.groups()[1:]
        if match["crs"].endswith("CRS84"):
            return _box(first, second, third, fourth)
        if _LATITUDE_FIRST.search(match["crs"]):
            return _box(second, first, fourth, third)
    return ""


def _from_wkt(match: re.Match[str]) -> str:
    crs, body = match["crs"] or "", match["body"]
    turned = bool(_LATITUDE_FIRST.search(crs))
    if crs and not turned and not crs.endswith("CRS84"):
        return ""
    pairs = [(float(x), float(y)) for x, y in _PAIR.findall(body)]
    # a second number over 90 can be no latitude: the axes are the other way round
    if any(abs(y) > 90 for _, y in pairs) and all(abs(x) <= 90 for x, _ in pairs):
        turned = not turned
    if turned:
        body = _PAIR.sub(r"\2 \1", body)
    body = re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", body)).replace(",", ", ")
    return f"{match['kind'].upper()}{body}"


def _from_geojson(text: str) -> str:
    if len(text) > 1_000_000:
        return ""
    try:
        found = json.loads(text, parse_float=str, parse_int=str)
        if found.get("type") == "Feature":
            found = found["geometry"]
        kind = found["type"]
        depth = (_DEPTHS | _DEPTHS_OF_MANY).get(kind)
        if depth is None or "crs" in found:
            return ""
        body = _positions(found["coordinates"], depth)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
    return "" if "()" in body else f"{kind.upper()}{body if depth else f'({body})'}"


def _positions(value: Any, depth: int) -> str:
    if depth:
        return "(" + ", ".join(_positions(one, depth - 1) for one in value) + ")"
    x, y = value[0], value[1]
    if not _DECIMAL.fullmatch(x) or not _DECIMAL.fullmatch(y):
        raise ValueError("NaN and infinity are no positions")
    return f"{x} {y}"


def _box(west: str, south: str, east: str, north: str) -> str:
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return "POLYGON((" + ", ".join(f"{x} {y}" for x, y in corners) + "))"


def _same(wkt: str) -> object:
    """What two ways to write one geometry have in common: the corners of a box, else all of it."""
    corners = [(float(x), float(y)) for x, y in _PAIR.findall(wkt)]
    sides = ({x for x, _ in corners}, {y for _, y in corners})
    if wkt.startswith("POLYGON((") and len(corners) == 5 and all(len(s) == 2 for s in sides):
        return frozenset(corners) if len(set(corners)) == 4 else wkt
    return wkt


def edits(graph: Graph) -> Iterator[Edit]:
    """Say each geometry once and in WKT; give the one on dcterms:spatial a place of its own."""
    labels = (f"_:place{number}" for number in range(10**9))
    taken = {term for s, _, o in graph for term in (s, o) if isinstance(term, str)}
    for subject, properties in graph.spo.items():
        for predicate in GEOMETRIES & properties.keys():
            said: dict[object, Literal] = {}
            for value in sorted(properties[predicate], key=_in_wkt_first):
                wkt = to_wkt(value.value) if isinstance(value, Literal) else ""
                if wkt:
                    right = said.setdefault(_same(wkt), Literal(wkt, WKT))
                    if value != right:
                        yield Edit(((subject, predicate, value),), ((subject, predicate, right),))
        for value in properties.get(SPATIAL, ()):
            predicate, wkt, certainty = _of_place(value)
            if wkt:
                node = next(label for label in labels if label not in taken)
                yield Edit(
                    ((subject, SPATIAL, value),),
                    (
                        (subject, SPATIAL, node),
                        (node, RDF_TYPE, DCTERMS + "Location"),
                        (node, predicate, Literal(wkt, WKT)),
                    ),
                    certainty,
                )


def _of_place(value: Term) -> tuple[str, str, str]:
    """A literal of dcterms:spatial: (property of its place, WKT, certainty)."""
    if not isinstance(value, Literal):
        return "", "", EXACT
    if match := _FOUR.fullmatch(value.value):
        west, south, east, north = match.groups()
        if -180 <= float(west) <= float(east) <= 180 and -90 <= float(south) <= float(north) <= 90:
            return BBOX, _box(west, south, east, north), ASSUMED
    return GEOMETRY, to_wkt(value.value), EXACT


def _in_wkt_first(value: Term) -> tuple[bool, str]:
    return not (isinstance(value, Literal) and value.datatype == WKT), term_to_ntriples(value)


def _wants(predicate: str, value: Term) -> bool:
    if not isinstance(value, Literal):
        return False
    if predicate == SPATIAL:
        return bool(_of_place(value)[1])
    wkt = to_wkt(value.value)
    return bool(wkt) and value != Literal(wkt, WKT)


STEPS: Final = (ResourceStep("geometry", (GEOMETRIES | {SPATIAL}).__contains__, _wants, edits),)
