"""Places: IRIs of GeoNames and of the NUTS regions in the form that their owners publish.

``https://sws.geonames.org/2673722/`` (GeoNames ontology) and
``http://data.europa.eu/nuts/code/SE110`` (Eurostat). The code of a Swedish county or municipality
as a text is read as the place, which is an assumption: four digits may be a year.
"""

import re
from typing import Final

from harvester.namespaces import DCTERMS
from harvester.normalize.step import Rewrite, ValueStep
from harvester.normalize.tables import ASSUMED, places, rows
from harvester.terms import Literal, Term

SPATIAL: Final = DCTERMS + "spatial"
_GEONAMES: Final = re.compile(
    r"https?://(?:www\.|sws\.)?geonames\.org/([1-9][0-9]{0,8})(?:/[^/?#]*)?(?:/|/about\.rdf)?"
)
_NUTS: Final = re.compile(
    r"(?:https?://(?:data\.europa\.eu/nuts/(?:code/)?|nuts\.geovocab\.org/id/"
    r"|ec\.europa\.eu/eurostat/ramon/rdfdata/nuts2008/))?([A-Z]{2}[A-Z0-9]{0,3})/?",
)


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say a place by the IRI that its owner gives it."""
    if isinstance(value, Literal):
        return _code(predicate, value.value.strip())
    iri = value
    if match := _GEONAMES.fullmatch(value):
        iri = geonames(match[1])
    elif "nuts" in value and (match := _NUTS.fullmatch(value)):
        iri = f"http://data.europa.eu/nuts/code/{match[1]}"
    return None if iri == value else Rewrite(((predicate, iri),))


def geonames(number: str) -> str:
    """The IRI of a place in GeoNames."""
    return f"https://sws.geonames.org/{number}/"


def _code(predicate: str, text: str) -> Rewrite | None:
    if text in {nuts for _, _, nuts, _, _ in rows("place") if nuts}:
        return Rewrite(((predicate, f"http://data.europa.eu/nuts/code/{text}"),))
    number = places("municipality").get(text) or places("county").get(text)
    return Rewrite(((predicate, geonames(number)),), ASSUMED) if number else None


STEPS: Final = (ValueStep("place", SPATIAL.__eq__, rewrite),)
