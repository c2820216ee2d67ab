"""Who is who: IRIs, blank nodes, publishers, contact points and identifiers."""

import re
from collections.abc import Iterator
from typing import Final

from harvester.model import Severity
from harvester.namespaces import DCAT, DCTERMS, FOAF, VCARD
from harvester.rules.portal.interface import (
    AGENT,
    CATALOG,
    DATASET,
    DISTRIBUTION,
    Hit,
    PortalRule,
    Source,
    portal_rule,
)
from harvester.terms import Literal, is_blank
from harvester.words import Text

UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
PUBLISHER_IRI: Final = re.compile(r"http://dataportal\.se/organisation/SE[0-9]{10}(-.+)?")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_IDENTIFIER = DCTERMS + "identifier"
_NAMED: Final = (
    (CATALOG, DCAT + "catalog", "katalogen", "the catalog"),
    (DATASET, DCAT + "dataset", "datamängden", "the dataset"),
    (DISTRIBUTION, DCAT + "distribution", "distributionen", "the distribution"),
    (AGENT, DCTERMS + "publisher", "utgivaren", "the publisher"),
    (VCARD + "Kind", DCAT + "contactPoint", "kontaktuppgiften", "the contact point"),
)


def relative_iris(source: Source) -> Iterator[Hit]:
    """IRIs without a scheme, each once, where they first stand."""
    seen: set[str] = set()
    for subject, properties in source.graph.spo.items():
        if subject not in seen:
            seen.add(subject)
            if not _absolute(subject):
                yield Hit(subject, "", subject)
        for path, values in properties.items():
            for value in values:
                if type(value) is str and value not in seen:
                    seen.add(value)
                    if not _absolute(value):
                        yield Hit(subject, path, value)


def _absolute(node: str) -> bool:
    return node[:4] == "http" or node[:2] == "_:" or _SCHEME.match(node) is not None


def blank_nodes(source: Source) -> Iterator[Hit]:
    """Blank nodes where one of the five classes must have an IRI, each once."""
    seen: set[str] = set()
    lists = (
        source.catalogs,
        source.datasets,
        source.distributions,
        source.publishers,
        source.contact_points,
    )
    for (cls, path, sv, en), nodes in zip(_NAMED, lists, strict=True):
        for node in nodes:
            if is_blank(node) and node not in seen:
                seen.add(node)
                about = _label(source, node)
                words = {"sv": sv + about, "en": en + about}
                yield Hit(node, path, cls=cls, words=words)


def _label(source: Source, node: str) -> str:
    for name in (DCTERMS + "title", FOAF + "name", VCARD + "fn"):
        value = source.graph.value(node, name)
        if isinstance(value, Literal):
            return f" ”{value.value[:60]}”"
    return ""


def publisher_pattern(source: Source) -> Iterator[Hit]:
    """Publishers whose IRI is not the one the portal gives to an organisation number."""
    for publisher in source.publishers:
        if not is_blank(publisher) and not PUBLISHER_IRI.fullmatch(publisher):
            yield Hit(publisher, DCTERMS + "publisher", publisher, cls=AGENT)


def shared_iri(source: Source) -> Iterator[Hit]:
    """Nodes that are publisher and contact point at once."""
    publishers = set(source.publishers)
    for node in source.contact_points:
        if node in publishers:
            yield Hit(node, DCAT + "contactPoint", node, cls=VCARD + "Kind")


def repeated_identifiers(source: Source) -> Iterator[Hit]:
    """Datasets whose identifier an earlier dataset has."""
    first: dict[str, str] = {}
    for dataset in source.datasets:
        for value in source.graph.objects(dataset, _IDENTIFIER):
            text = value.value if isinstance(value, Literal) else value
            other = first.setdefault(text, dataset)
            if other != dataset:
                yield Hit(dataset, _IDENTIFIER, value, DATASET, {"other": other})


def several_uuids(source: Source) -> Iterator[Hit]:
    """Datasets with more than one identifier of UUID form."""
    for dataset in source.datasets:
        uuids = [
            value
            for value in source.graph.objects(dataset, _IDENTIFIER)
            if isinstance(value, Literal) and UUID.fullmatch(value.value)
        ]
        if len(uuids) > 1:
            count = str(len(uuids))
            yield Hit(dataset, _IDENTIFIER, cls=DATASET, words={"count": count})


RULES: Final[tuple[PortalRule, ...]] = (
    portal_rule(
        "PT001",
        Severity.ERROR,
        relative_iris,
        title=Text(sv="relativ IRI", en="relative IRI"),
        message=Text(
            sv="<{value}> är ingen fullständig IRI. Skriv hela adressen, med http:// eller https://.",
            en="<{value}> is not a full IRI. Write the whole address, with http:// or https://.",
        ),
        why=Text(
            sv="Portalen hämtar filen utan att veta vad en relativ adress ska utgå från och kan "
            "därför inte läsa den. IRI:n är också resursens namn i hela Europa.",
            en="The portal fetches the file without knowing what a relative address starts from, "
            "and so cannot read it. The IRI is also the resource's name in all of Europe.",
        ),
        fix=Text(
            sv="Skriv ut hela IRI:n överallt, också i rdf:about och rdf:resource.",
            en="Write the whole IRI everywhere, in rdf:about and rdf:resource as well.",
        ),
        example=Text(
            sv='Fel: rdf:about="datamangd/1". Rätt: rdf:about="https://exempel.se/datamangd/1".',
            en='Wrong: rdf:about="dataset/1". Right: rdf:about="https://exempel.se/dataset/1".',
        ),
        rejects=True,
    ),
    portal_rule(
        "PT002",
        Severity.ERROR,
        blank_nodes,
        title=Text(sv="blank nod där en IRI krävs", en="blank node where an IRI is required"),
        message=Text(
            sv="Här är {sv} en blank nod. Portalen kräver att den har en egen IRI.",
            en="Here {en} is a blank node. The portal requires that it has an IRI of its own.",
        ),
        why=Text(
            sv="Katalog, datamängd, distribution, utgivare och kontaktuppgift måste ha en IRI. En "
            "blank nod har inget namn som går att känna igen vid nästa skörd.",
            en="Catalog, dataset, distribution, publisher and contact point must have an IRI. A "
            "blank node has no name that can be recognised at the next harvest.",
        ),
        fix=Text(
            sv="Ge resursen en fullständig IRI som inte ändras, i RDF/XML med rdf:about.",
            en="Give the resource a full IRI that does not change, in RDF/XML with rdf:about.",
        ),
        wrong='ex:badplatser dcat:distribution [ a dcat:Distribution ; dcterms:title "CSV"@sv ] .',
        right="ex:badplatser dcat:distribution ex:badplatser-csv .\n"
        'ex:badplatser-csv a dcat:Distribution ; dcterms:title "CSV"@sv .',
        rejects=True,
    ),
    portal_rule(
        "PT003",
        Severity.WARNING,
        publisher_pattern,
        title=Text(sv="utgivarens IRI", en="the publisher's IRI"),
        message=Text(
            sv="Utgivarens IRI är {value}. Portalen vill ha "
            "http://dataportal.se/organisation/SE följt av organisationsnumrets tio siffror.",
            en="The publisher's IRI is {value}. The portal wants "
            "http://dataportal.se/organisation/SE followed by the ten digits of the "
            "organisation number.",
        ),
        why=Text(
            sv="Samma organisation ska ha samma IRI i alla kataloger. Annars visar portalen den "
            "som flera utgivare.",
            en="One organisation has one IRI in all catalogs. Otherwise the portal shows it as "
            "several publishers.",
        ),
        fix=Text(
            sv="Använd http://dataportal.se/organisation/SE och organisationsnumret utan "
            "bindestreck. En enhet kan skiljas ut med ett tillägg, som -parkforvaltningen.",
            en="Use http://dataportal.se/organisation/SE and the organisation number without a "
            "hyphen. A unit can be told apart by a suffix such as -parks.",
        ),
        wrong="ex:badplatser dcterms:publisher ex:kommunen .",
        right="ex:badplatser dcterms:publisher <http://dataportal.se/organisation/SE2120000000> .",
    ),
    portal_rule(
        "PT004",
        Severity.ERROR,
        shared_iri,
        title=Text(
            sv="utgivare och kontaktuppgift har samma IRI",
            en="publisher and contact point share an IRI",
        ),
        message=Text(
            sv="{value} är både utgivare och kontaktuppgift. Ge kontaktuppgiften en egen IRI.",
            en="{value} is both publisher and contact point. Give the contact point its own IRI.",
        ),
        why=Text(
            sv="Utgivaren är en organisation, kontaktuppgiften ett visitkort. Med en gemensam IRI "
            "skriver portalen den enas uppgifter över den andras.",
            en="The publisher is an organisation, the contact point a business card. With one IRI "
            "the portal writes the data of one over that of the other.",
        ),
        fix=Text(
            sv="Ge kontaktuppgiften en IRI som slutar på till exempel #kontakt.",
            en="Give the contact point an IRI that ends in, say, #contact.",
        ),
        wrong="ex:badplatser dcterms:publisher <http://dataportal.se/organisation/SE2120000000> ;\n"
        "  dcat:contactPoint <http://dataportal.se/organisation/SE2120000000> .",
        right="ex:badplatser dcterms:publisher <http://dataportal.se/organisation/SE2120000000> ;\n"
        "  dcat:contactPoint ex:kontakt .",
    ),
    portal_rule(
        "PT005",
        Severity.ERROR,
        repeated_identifiers,
        title=Text(sv="upprepad identifierare", en="repeated identifier"),
        message=Text(
            sv="Identifieraren {value} har redan datamängden {other}. En identifierare får bara "
            "höra till en datamängd i katalogen.",
            en="The dataset {other} already has the identifier {value}. An identifier belongs to "
            "one dataset in the catalog only.",
        ),
        why=Text(
            sv="Portalen använder identifieraren för att hitta dubbletter. Två datamängder med "
            "samma identifierare kan bli en, och den andra försvinner.",
            en="The portal uses the identifier to find duplicates. Two datasets with one "
            "identifier can become one, and the other disappears.",
        ),
        fix=Text(
            sv="Ge varje datamängd en egen identifierare, helst ett nytt UUID.",
            en="Give each dataset an identifier of its own, preferably a new UUID.",
        ),
        wrong='ex:badplatser a dcat:Dataset ; dcterms:identifier "17" .\n'
        'ex:lekplatser a dcat:Dataset ; dcterms:identifier "17" .',
        right='ex:badplatser a dcat:Dataset ; dcterms:identifier "17" .\n'
        'ex:lekplatser a dcat:Dataset ; dcterms:identifier "18" .',
    ),
    portal_rule(
        "PT006",
        Severity.WARNING,
        several_uuids,
        title=Text(sv="flera UUID", en="several UUIDs"),
        message=Text(
            sv="Datamängden har {count} identifierare som är UUID. Behåll en.",
            en="The dataset has {count} identifiers that are UUIDs. Keep one.",
        ),
        why=Text(
            sv="Portalen avgör med hjälp av UUID:t om två kataloger beskriver samma datamängd. Med "
            "flera är det inte givet vilket som gäller.",
            en="The portal tells by the UUID whether two catalogs describe the same dataset. With "
            "several it is not given which one counts.",
        ),
        fix=Text(
            sv="Behåll det UUID som datamängden hade först; lägg de andra i adms:identifier.",
            en="Keep the UUID that the dataset had first; put the others in adms:identifier.",
        ),
        wrong="ex:badplatser a dcat:Dataset ;\n"
        '  dcterms:identifier "1f2d3c4b-0000-4000-8000-000000000001",\n'
        '    "1f2d3c4b-0000-4000-8000-000000000002" .',
        right="ex:badplatser a dcat:Dataset ;\n"
        '  dcterms:identifier "1f2d3c4b-0000-4000-8000-000000000001" .',
    ),
)
