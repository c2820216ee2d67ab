"""Misspelt and obsolete terms, with the right one named."""

from collections.abc import Iterator
from typing import Final

from harvester.model import Severity
from harvester.namespaces import RDF_TYPE, shorten
from harvester.rules.portal.interface import Hit, PortalRule, Source, portal_rule
from harvester.rules.portal.vocabulary import replacement
from harvester.words import Text

_W3C_DCAT = "https://www.w3.org/TR/vocab-dcat-3/"


def obsolete_terms(source: Source) -> Iterator[Hit]:
    """Properties and classes that have been replaced, per resource."""
    for focus, path, term, right in _wrong_terms(source, obsolete=True):
        words = {"term": shorten(term), "right": shorten(right)}
        yield Hit(focus, path, term if path == RDF_TYPE else None, words=words)


def unknown_terms(source: Source) -> Iterator[Hit]:
    """Properties and classes that their vocabulary does not have, per resource."""
    for focus, path, term, right in _wrong_terms(source, obsolete=False):
        words = {
            "term": shorten(term),
            "sv": f" Menas {shorten(right)}?" if right else "",
            "en": f" Is {shorten(right)} meant?" if right else "",
        }
        yield Hit(focus, path, term if path == RDF_TYPE else None, words=words)


def _wrong_terms(source: Source, *, obsolete: bool) -> Iterator[tuple[str, str, str, str]]:
    for subject, properties in source.graph.spo.items():
        for predicate, values in properties.items():
            terms = values if predicate == RDF_TYPE else (predicate,)
            for term in terms:
                found = replacement(term) if isinstance(term, str) else None
                if found is not None and found[1] is obsolete:
                    yield subject, predicate, str(term), found[0]


RULES: Final[tuple[PortalRule, ...]] = (
    portal_rule(
        "PT030",
        Severity.WARNING,
        obsolete_terms,
        title=Text(sv="föråldrat namn", en="obsolete term"),
        message=Text(
            sv="{term} är föråldrat eller felskrivet. Använd {right}.",
            en="{term} is obsolete or misspelt. Use {right}.",
        ),
        why=Text(
            sv="Portalen läser bara de namn som gäller nu. Det som står i en gammal egenskap syns "
            "inte för besökaren.",
            en="The portal reads the terms in force only. A visitor does not see what an old "
            "property says.",
        ),
        fix=Text(
            sv="Byt till det namn som meddelandet anger och kontrollera att värdet passar där.",
            en="Change to the term that the message names and check that the value fits there.",
        ),
        section=_W3C_DCAT,
        wrong="ex:badplatser a dcat:Dataset ; adms:contactPoint ex:kontakt .",
        right="ex:badplatser a dcat:Dataset ; dcat:contactPoint ex:kontakt .",
    ),
    portal_rule(
        "PT031",
        Severity.WARNING,
        unknown_terms,
        title=Text(sv="okänt namn", en="unknown term"),
        message=Text(
            sv="{term} finns inte i vokabulären.{sv}",
            en="{term} does not exist in its vocabulary.{en}",
        ),
        why=Text(
            sv="Ett namn som inte finns förstår ingen mottagare. Oftast är det ett skrivfel, och "
            "då saknas uppgiften i portalen.",
            en="No receiver understands a term that does not exist. Mostly it is a slip, and then "
            "the portal lacks the information.",
        ),
        fix=Text(
            sv="Rätta stavningen, stora och små bokstäver och prefixet.",
            en="Mend the spelling, the capitals and the prefix.",
        ),
        section=_W3C_DCAT,
        wrong="ex:badplatser-csv a dcat:Distribution ; "
        "dcat:downloadUrl <https://exempel.se/bad.csv> .",
        right="ex:badplatser-csv a dcat:Distribution ; "
        "dcat:downloadURL <https://exempel.se/bad.csv> .",
    ),
)
