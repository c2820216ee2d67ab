"""Links: an address that is written as a text becomes the IRI that it is.

``dcat:landingPage "https://exempel.se/"`` is a link that no program follows. Only where the
property links to a thing (DCAT 3, DCAT-AP 3.0.1: the range is no literal), and only a text that is
nothing but an absolute address. An empty text there links to nothing and is dropped.
"""

import re
from typing import Final

from harvester.namespaces import ADMS, DCAT, DCATAP, DCTERMS, FOAF, PROV, VCARD
from harvester.normalize.iri import mend
from harvester.normalize.step import Rewrite, ValueStep
from harvester.rdf.validity import iri_problem
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term

LINKS: Final = frozenset(
    {
        *(DCAT + name for name in ("accessURL", "downloadURL", "landingPage", "endpointURL")),
        *(DCAT + name for name in ("endpointDescription", "theme", "contactPoint", "record")),
        *(DCAT + name for name in ("dataset", "service", "catalog", "distribution", "inSeries")),
        *(DCAT + name for name in ("servesDataset", "accessService", "themeTaxonomy")),
        *(DCTERMS + name for name in ("license", "conformsTo", "publisher", "creator", "spatial")),
        *(DCTERMS + name for name in ("hasPart", "isPartOf", "references", "isReferencedBy")),
        *(DCTERMS + name for name in ("source", "relation", "rights", "provenance", "type")),
        *(DCTERMS + name for name in ("subject", "language", "accrualPeriodicity", "format")),
        *(DCTERMS + name for name in ("accessRights", "rightsHolder", "hasVersion", "isVersionOf")),
        *(FOAF + name for name in ("homepage", "page", "isPrimaryTopicOf", "primaryTopic")),
        *(VCARD + name for name in ("hasURL", "hasEmail", "hasTelephone")),
        *(DCATAP + name for name in ("applicableLegislation", "availability", "hvdCategory")),
        *(ADMS + name for name in ("sample", "status")),
        DCAT + "mediaType",
        PROV + "wasGeneratedBy",
    }
)
_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)


def address_in(value: Term) -> str | None:
    """The web address that a text wholly is, or ``None``; ``www.exempel.se`` may be anything.

    Characters that an IRI may not have, as in ``?page[1]``, are percent-encoded.
    """
    if not isinstance(value, Literal):
        return None
    text = value.value.strip(" \t\r\n")
    if not _ADDRESS.fullmatch(text):
        return None
    address = mend(text)
    return address if iri_problem(address) is None else None


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say a link as an IRI; drop an empty one."""
    address = address_in(value)
    if address is not None:
        return Rewrite(((predicate, address),))
    empty = (
        isinstance(value, Literal)
        and value.datatype in (XSD_STRING, RDF_LANG_STRING)
        and not value.value.strip()
    )
    return Rewrite(()) if empty else None


STEPS: Final = (ValueStep("links", LINKS.__contains__, rewrite),)
