"""Values that must be written exactly so: licences, language tags, e-mail, vocabulary IRIs."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from harvester.model import Severity
from harvester.namespaces import DCTERMS, VCARD
from harvester.rules.portal.interface import (
    CATALOG,
    HARVESTING,
    RECOMMENDATIONS,
    Hit,
    PortalRule,
    Source,
    portal_rule,
)
from harvester.terms import Literal, Term, is_blank
from harvester.words import Text

CC0: Final = "http://creativecommons.org/publicdomain/zero/1.0/"
LANGUAGE_TAGS: Final[Mapping[str, str]] = MappingProxyType(
    {"se": "sv", "swe": "sv", "swedish": "sv", "svenska": "sv", "eng": "en", "gb": "en"}
)
HTTP_ONLY: Final = (
    "https://publications.europa.eu/resource/authority/",
    "https://data.europa.eu/bna/",
    "https://data.europa.eu/eli/",
    "https://data.europa.eu/r5r/",
    "https://purl.org/adms/",
    "https://purl.org/cld/",
    "https://inspire.ec.europa.eu/metadata-codelist/",
    "https://inspire.ec.europa.eu/theme/",
)

_LICENSE = DCTERMS + "license"
_EMAIL = VCARD + "hasEmail"
_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/"
    r"(?P<path>(?:licenses/[a-z-]+|publicdomain/[a-z]+)/[0-9.]+)(?P<rest>/.*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^@\s:]+@[^@\s]+\.[^@\s]+")


@lru_cache(maxsize=4096)
def exact_licence(iri: str) -> str:
    """Return the form in which the portal knows a Creative Commons licence; "" for others."""
    match = _CREATIVE_COMMONS.fullmatch(iri)
    return f"http://creativecommons.org/{match['path'].lower()}/" if match else ""


def licence_form(source: Source) -> Iterator[Hit]:
    """Creative Commons licences in a form that the portal does not know."""
    for subject, value in _values(source, _LICENSE):
        if isinstance(value, str):
            right = exact_licence(value)
            if right and right != value:
                yield Hit(subject, _LICENSE, value, words={"right": right})


def catalog_licence(source: Source) -> Iterator[Hit]:
    """Catalogs whose own licence is not CC0."""
    for catalog in source.catalogs:
        for value in source.graph.objects(catalog, _LICENSE):
            if not isinstance(value, str) or (exact_licence(value) or value) != CC0:
                yield Hit(catalog, _LICENSE, value, CATALOG, {"right": CC0})


def language_tags(source: Source) -> Iterator[Hit]:
    """Texts with a tag that names a country or is no tag, where a language is meant."""
    for subject, properties in source.graph.spo.items():
        for path, values in properties.items():
            for value in values:
                if isinstance(value, Literal) and value.language:
                    main, _, rest = value.language.replace("_", "-").partition("-")
                    right = LANGUAGE_TAGS.get(main.lower())
                    if right:
                        right += f"-{rest}" if rest else ""
                        words = {"tag": value.language, "right": right}
                        yield Hit(subject, path, value, words=words)


def email_address(source: Source) -> Iterator[Hit]:
    """E-mail IRIs that are not mailto: and an address.

    Literals are the shapes' business; a blank node has its address in vcard:hasValue.
    """
    for subject, value in _values(source, _EMAIL):
        if isinstance(value, str) and not is_blank(value):
            scheme, _, address = value.partition(":")
            if scheme.lower() != "mailto" or not _ADDRESS.fullmatch(address):
                yield Hit(subject, _EMAIL, value)


def vocabulary_scheme(source: Source) -> Iterator[Hit]:
    """Terms of authority tables written with https, where the term itself has http."""
    for subject, properties in source.graph.spo.items():
        for path, values in properties.items():
            for value in values:
                if type(value) is str and value.startswith(HTTP_ONLY):
                    right = "http" + value[5:]
                    yield Hit(subject, path, value, words={"right": right})


def _values(source: Source, path: str) -> Iterator[tuple[str, Term]]:
    for subject, properties in source.graph.spo.items():
        for value in properties.get(path, ()):
            yield subject, value


_CSV = "ex:badplatser-csv a dcat:Distribution ; dcterms:license"
_KONTAKT = "ex:kontakt a vcard:Organization ; vcard:hasEmail"
RULES: Final[tuple[PortalRule, ...]] = (
    portal_rule(
        "PT040",
        Severity.WARNING,
        language_tags,
        title=Text(sv="fel språktagg", en="wrong language tag"),
        message=Text(
            sv="Språktaggen ”{tag}” är troligen fel. Skriv ”{right}” om det är det språket.",
            en="The language tag “{tag}” is probably wrong. Write “{right}” if that is the "
            "language.",
        ),
        why=Text(
            sv="Taggen ska vara språkets kod enligt BCP 47. ”se” är nordsamiska; landskoden för "
            "Sverige är ingen språkkod.",
            en="The tag is the code of the language by BCP 47. “se” is Northern Sami; the country "
            "code of Sweden is no language code.",
        ),
        fix=Text(
            sv="Använd sv för svenska och en för engelska.",
            en="Use sv for Swedish and en for English.",
        ),
        section="https://www.rfc-editor.org/info/bcp47",
        wrong='ex:badplatser a dcat:Dataset ; dcterms:title "Badplatser"@se .',
        right='ex:badplatser a dcat:Dataset ; dcterms:title "Badplatser"@sv .',
    ),
    portal_rule(
        "PT041",
        Severity.WARNING,
        licence_form,
        title=Text(sv="licensens skrivsätt", en="the form of the licence"),
        message=Text(
            sv="Licensen är skriven {value}. Portalen känner den som {right}",
            en="The licence is written {value}. The portal knows it as {right}",
        ),
        why=Text(
            sv="En licens känns igen på sin IRI, tecken för tecken: http, utan www, och ett "
            "snedstreck sist.",
            en="A licence is recognised by its IRI, character by character: http, no www, and a "
            "slash at the end.",
        ),
        fix=Text(
            sv="Kopiera IRI:n ur meddelandet.",
            en="Copy the IRI from the message.",
        ),
        section=HARVESTING,
        wrong=f"{_CSV} <https://creativecommons.org/licenses/by/4.0> .",
        right=f"{_CSV} <http://creativecommons.org/licenses/by/4.0/> .",
    ),
    portal_rule(
        "PT042",
        Severity.WARNING,
        catalog_licence,
        title=Text(sv="katalogens licens", en="the catalog's licence"),
        message=Text(
            sv="Katalogens licens är {value}. Portalen vill att katalogen själv har CC0: {right}",
            en="The catalog's licence is {value}. The portal wants CC0 for the catalog: {right}",
        ),
        why=Text(
            sv="Katalogens licens gäller beskrivningarna, inte datat. Portalen och Europas "
            "dataportal ger dem vidare utan villkor.",
            en="The catalog's licence is about the descriptions, not the data. The portal and the "
            "European data portal pass them on without conditions.",
        ),
        fix=Text(
            sv="Sätt katalogens dcterms:license till CC0 och ange datats licens på varje "
            "distribution.",
            en="Set the catalog's dcterms:license to CC0 and state the licence of the data on each "
            "distribution.",
        ),
        section=HARVESTING,
        wrong="ex:katalog a dcat:Catalog ;\n"
        "  dcterms:license <http://creativecommons.org/licenses/by/4.0/> .",
        right=f"ex:katalog a dcat:Catalog ;\n  dcterms:license <{CC0}> .",
    ),
    portal_rule(
        "PT043",
        Severity.ERROR,
        email_address,
        title=Text(sv="kontaktuppgiftens e-post", en="the contact point's e-mail"),
        message=Text(
            sv="{value} är ingen e-postadress. Skriv mailto: och en hel adress, som en IRI.",
            en="{value} is no e-mail address. Write mailto: and a whole address, as an IRI.",
        ),
        why=Text(
            sv="Portalen gör en länk av värdet. Utan adress eller mailto: går den inte att "
            "använda.",
            en="The portal makes a link of the value. Without an address or mailto: it is no use.",
        ),
        fix=Text(
            sv="Skriv till exempel <mailto:data@exempel.se>. Ta bort egenskapen om adress saknas.",
            en="Write, say, <mailto:data@example.org>. Remove the property if there is no address.",
        ),
        section=RECOMMENDATIONS,
        wrong=f"{_KONTAKT} <mailto:> .",
        right=f"{_KONTAKT} <mailto:data@exempel.se> .",
    ),
    portal_rule(
        "PT044",
        Severity.WARNING,
        vocabulary_scheme,
        title=Text(sv="https i en term", en="https in a term"),
        message=Text(
            sv="{value} är inte termen. Den heter {right}",
            en="{value} is not the term. It is {right}",
        ),
        why=Text(
            sv="En term är sitt namn, tecken för tecken, också när webbläsaren visar den med "
            "https.",
            en="A term is its name, character by character, also when a browser shows it with "
            "https.",
        ),
        fix=Text(sv="Skriv http i termens IRI.", en="Write http in the IRI of the term."),
        section=HARVESTING,
        wrong="ex:badplatser a dcat:Dataset ;\n"
        "  dcat:theme <https://publications.europa.eu/resource/authority/data-theme/ENVI> .",
        right="ex:badplatser a dcat:Dataset ;\n"
        "  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> .",
    ),
)
