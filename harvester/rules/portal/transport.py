"""How the file reaches the portal: syntax, redirects, encoding, pages."""

from collections.abc import Iterator
from typing import Final

from harvester.model import Severity, Syntax
from harvester.rules.portal.interface import Hit, PortalRule, Source, portal_rule
from harvester.terms import Literal
from harvester.words import Text

REDIRECTS: Final = frozenset({301, 303, 307, 308})
_NAMES: Final = {
    Syntax.TURTLE: "Turtle",
    Syntax.NTRIPLES: "N-Triples",
    Syntax.NQUADS: "N-Quads",
    Syntax.TRIG: "TriG",
    Syntax.JSONLD: "JSON-LD",
}


def not_rdfxml(source: Source) -> Iterator[Hit]:
    """Documents in another syntax than RDF/XML."""
    for reading in source.context.readings:
        if reading.syntax is not Syntax.RDFXML:
            name = _NAMES[reading.syntax]
            yield Hit("", value=Literal(reading.url), words={"syntax": name})


def redirects(source: Source) -> Iterator[Hit]:
    """Redirects with a status that the portal does not follow."""
    for document in source.context.documents:
        for step in document.redirects:
            if step.status not in REDIRECTS:
                words = {"status": str(step.status), "url": step.url}
                yield Hit("", value=Literal(step.url), words=words)


def encodings(source: Source) -> Iterator[Hit]:
    """Documents in another encoding than UTF-8."""
    for reading in source.context.readings:
        if reading.encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "utf-8-sig", ""):
            words = {"encoding": reading.encoding}
            yield Hit("", value=Literal(reading.url), words=words)


def pages(source: Source) -> Iterator[Hit]:
    """Documents that go on at another address."""
    for reading in source.context.readings:
        if reading.next_url:
            yield Hit("", value=Literal(reading.next_url), words={"next": reading.next_url})


RULES: Final[tuple[PortalRule, ...]] = (
    portal_rule(
        "PT050",
        Severity.WARNING,
        not_rdfxml,
        title=Text(sv="annan syntax än RDF/XML", en="another syntax than RDF/XML"),
        message=Text(
            sv="Filen är skriven i {syntax}. Portalen skördar bara RDF/XML.",
            en="The file is written in {syntax}. The portal harvests RDF/XML only.",
        ),
        why=Text(
            sv="Portalen ber om application/rdf+xml och läser svaret som RDF/XML.",
            en="The portal asks for application/rdf+xml and reads the answer as RDF/XML.",
        ),
        fix=Text(
            sv="Publicera katalogen som RDF/XML på den adress som skördas.",
            en="Publish the catalog as RDF/XML at the address that is harvested.",
        ),
        example=Text(
            sv="Fel: https://exempel.se/katalog.ttl. Rätt: https://exempel.se/katalog.rdf som "
            "serveras med Content-Type: application/rdf+xml.",
            en="Wrong: https://example.org/catalog.ttl. Right: https://example.org/catalog.rdf, "
            "served with Content-Type: application/rdf+xml.",
        ),
    ),
    portal_rule(
        "PT051",
        Severity.ERROR,
        redirects,
        title=Text(sv="omdirigering som inte följs", en="redirect that is not followed"),
        message=Text(
            sv="{url} svarar med omdirigering {status}. Portalen följer bara 301, 303, 307 "
            "och 308.",
            en="{url} answers with redirect {status}. The portal follows 301, 303, 307 and 308 "
            "only.",
        ),
        why=Text(
            sv="En vanlig 302 räknas inte som en hänvisning till katalogen, och skörden "
            "misslyckas.",
            en="An ordinary 302 does not count as a reference to the catalog, and the harvest "
            "fails.",
        ),
        fix=Text(
            sv="Anmäl katalogens slutliga adress, eller svara 301, 303, 307 eller 308.",
            en="Register the catalog's final address, or answer 301, 303, 307 or 308.",
        ),
        example=Text(
            sv="Fel: HTTP/1.1 302 Found. Rätt: HTTP/1.1 308 Permanent Redirect.",
            en="Wrong: HTTP/1.1 302 Found. Right: HTTP/1.1 308 Permanent Redirect.",
        ),
        rejects=True,
    ),
    portal_rule(
        "PT052",
        Severity.WARNING,
        encodings,
        title=Text(sv="annan teckenkodning än UTF-8", en="another encoding than UTF-8"),
        message=Text(
            sv="Filen är kodad i {encoding}. Spara den i UTF-8.",
            en="The file is encoded in {encoding}. Save it as UTF-8.",
        ),
        why=Text(
            sv="Det är inte säkert att portalen läser annat än UTF-8; å, ä och ö blir då fel "
            "tecken.",
            en="It is not certain that the portal reads anything but UTF-8; å, ä and ö then turn "
            "into other characters.",
        ),
        fix=Text(
            sv='Spara filen i UTF-8 och ange <?xml version="1.0" encoding="UTF-8"?>.',
            en='Save the file as UTF-8 and state <?xml version="1.0" encoding="UTF-8"?>.',
        ),
        example=Text(
            sv='Fel: <?xml version="1.0" encoding="ISO-8859-1"?>. Rätt: '
            '<?xml version="1.0" encoding="UTF-8"?>.',
            en='Wrong: <?xml version="1.0" encoding="ISO-8859-1"?>. Right: '
            '<?xml version="1.0" encoding="UTF-8"?>.',
        ),
    ),
    portal_rule(
        "PT053",
        Severity.WARNING,
        pages,
        title=Text(sv="katalogen är delad i sidor", en="the catalog is split into pages"),
        message=Text(
            sv="Katalogen fortsätter på {next}. Portalen läser en enda adress.",
            en="The catalog goes on at {next}. The portal reads one address only.",
        ),
        why=Text(
            sv="Portalen följer inte Hydra-sidor; det som står på nästa sida kommer inte med.",
            en="The portal does not follow Hydra pages; what the next page says is left out.",
        ),
        fix=Text(
            sv="Publicera hela katalogen i en fil, eller dela upp den i delkataloger.",
            en="Publish the whole catalog in one file, or divide it into sub-catalogs.",
        ),
        example=Text(
            sv="Fel: hydra:next <https://exempel.se/katalog?page=2>. Rätt: en fil med allt.",
            en="Wrong: hydra:next <https://example.org/catalog?page=2>. Right: one file with all.",
        ),
    ),
)
