"""The shape of the file: catalogs and sub-catalogs."""

from collections.abc import Iterator
from typing import Final

from harvester.model import Severity
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.rules.portal.interface import (
    CATALOG,
    DATASET,
    Hit,
    PortalRule,
    Source,
    portal_rule,
)
from harvester.terms import is_blank
from harvester.words import Text

_HAS_PART = DCTERMS + "hasPart"
_RECORD = DCAT + "CatalogRecord"


def no_catalog(source: Source) -> Iterator[Hit]:
    """A file that describes no catalog."""
    if not source.catalogs:
        yield Hit("", RDF_TYPE, cls=CATALOG)


def no_dataset(source: Source) -> Iterator[Hit]:
    """A file that describes no dataset, though it is no pointer to sub-catalogs either."""
    if not source.datasets and not source.sub_catalogs:
        yield Hit("", RDF_TYPE, cls=DATASET)


def several_tops(source: Source) -> Iterator[Hit]:
    """Catalogs beside the first one that no other catalog contains."""
    parts = {part for found in source.sub_catalogs.values() for part in found}
    tops = [catalog for catalog in source.catalogs if catalog not in parts]
    for catalog in tops[1:]:
        yield Hit(catalog, _HAS_PART, cls=CATALOG, words={"main": tops[0]})


def too_deep(source: Source) -> Iterator[Hit]:
    """Sub-catalogs that have sub-catalogs."""
    parents: dict[str, list[str]] = {}
    for catalog, found in source.sub_catalogs.items():
        for part in found:
            parents.setdefault(part, []).append(catalog)
    for catalog, found in source.sub_catalogs.items():
        if any(parent != catalog for parent in parents.get(catalog, ())):
            for part in found:
                if part not in _ancestors(catalog, parents):
                    yield Hit(catalog, _HAS_PART, part, cls=CATALOG)


def cycles(source: Source) -> Iterator[Hit]:
    """Catalogs that contain themselves, at once or by way of others."""
    parents: dict[str, list[str]] = {}
    for catalog, found in source.sub_catalogs.items():
        for part in found:
            parents.setdefault(part, []).append(catalog)
    for catalog, found in source.sub_catalogs.items():
        above = _ancestors(catalog, parents)
        for part in found:
            if part in above:
                yield Hit(catalog, _HAS_PART, part, cls=CATALOG)


def _ancestors(node: str, parents: dict[str, list[str]]) -> set[str]:
    """``node`` and every catalog above it."""
    found = {node}
    waiting = [node]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def untyped_parts(source: Source) -> Iterator[Hit]:
    """Sub-catalogs that the file does not call dcat:Catalog."""
    for catalog, found in source.sub_catalogs.items():
        for part in found:
            if CATALOG not in source.graph.types(part):
                yield Hit(catalog, _HAS_PART, part, cls=CATALOG)


def remote_parts(source: Source) -> Iterator[Hit]:
    """Sub-catalogs with nothing but a type, which the portal fetches from their own IRI."""
    for catalog, found in source.sub_catalogs.items():
        for part in found:
            properties = source.graph.spo.get(part, {})
            if not is_blank(part) and properties.keys() == {RDF_TYPE}:
                yield Hit(catalog, _HAS_PART, part, cls=CATALOG)


def records(source: Source) -> Iterator[Hit]:
    """Catalog records."""
    for record in source.graph.instances(_RECORD):
        yield Hit(record, cls=_RECORD)


_CATALOG = "ex:katalog a dcat:Catalog"
RULES: Final[tuple[PortalRule, ...]] = (
    portal_rule(
        "PT010",
        Severity.ERROR,
        no_catalog,
        title=Text(sv="ingen katalog", en="no catalog"),
        message=Text(
            sv="Filen beskriver ingen katalog (dcat:Catalog). Portalen har inget att skörda.",
            en="The file describes no catalog (dcat:Catalog). The portal has nothing to harvest.",
        ),
        why=Text(
            sv="Katalogen är det portalen skördar; datamängderna räknas upp i den.",
            en="The catalog is what the portal harvests; the datasets are listed in it.",
        ),
        fix=Text(
            sv="Beskriv katalogen och räkna upp datamängderna med dcat:dataset.",
            en="Describe the catalog and list the datasets with dcat:dataset.",
        ),
        wrong="ex:badplatser a dcat:Dataset .",
        right=f"{_CATALOG} ; dcat:dataset ex:badplatser .\nex:badplatser a dcat:Dataset .",
        rejects=True,
    ),
    portal_rule(
        "PT011",
        Severity.ERROR,
        no_dataset,
        title=Text(sv="ingen datamängd", en="no dataset"),
        message=Text(
            sv="Filen beskriver ingen datamängd (dcat:Dataset).",
            en="The file describes no dataset (dcat:Dataset).",
        ),
        why=Text(
            sv="Portalens verktygslåda räknar en fil utan datamängd som fel. En tom katalog tar "
            "också bort det som skördades förra gången.",
            en="The portal's toolkit counts a file without a dataset as wrong. An empty catalog "
            "also removes what was harvested the time before.",
        ),
        fix=Text(
            sv="Kontrollera att exporten tog med datamängderna och att de har typen dcat:Dataset.",
            en="Check that the export included the datasets and that their type is dcat:Dataset.",
        ),
        wrong=f"{_CATALOG} .",
        right=f"{_CATALOG} ; dcat:dataset ex:badplatser .\nex:badplatser a dcat:Dataset .",
    ),
    portal_rule(
        "PT012",
        Severity.WARNING,
        several_tops,
        title=Text(sv="flera huvudkataloger", en="several main catalogs"),
        message=Text(
            sv="Katalogen hör inte till någon annan katalog, och {main} är redan huvudkatalog. "
            "Koppla den med dcterms:hasPart.",
            en="No other catalog contains this catalog, and {main} is the main one already. "
            "Link it with dcterms:hasPart.",
        ),
        why=Text(
            sv="Portalen slår ihop katalogerna till en och behåller bara uppgifterna om "
            "huvudkatalogen. Utan dcterms:hasPart är det inte givet vilken det är.",
            en="The portal merges the catalogs into one and keeps the data of the main one only. "
            "Without dcterms:hasPart it is not given which one that is.",
        ),
        fix=Text(
            sv="Låt huvudkatalogen peka på de andra med dcterms:hasPart.",
            en="Let the main catalog point at the others with dcterms:hasPart.",
        ),
        wrong=f"{_CATALOG} .\nex:museet a dcat:Catalog .",
        right=f"{_CATALOG} ; dcterms:hasPart ex:museet .\n"
        'ex:museet a dcat:Catalog ; dcterms:title "Museet"@sv .',
    ),
    portal_rule(
        "PT013",
        Severity.ERROR,
        too_deep,
        title=Text(sv="delkatalog i delkatalog", en="sub-catalog within a sub-catalog"),
        message=Text(
            sv="Delkatalogen har i sin tur delkatalogen {value}. Portalen tillåter en nivå.",
            en="The sub-catalog itself has the sub-catalog {value}. The portal allows one level.",
        ),
        why=Text(
            sv="Portalen flyttar delkatalogernas datamängder till huvudkatalogen och går bara en "
            "nivå ned.",
            en="The portal moves the datasets of the sub-catalogs to the main catalog and goes "
            "down one level only.",
        ),
        fix=Text(
            sv="Låt huvudkatalogen peka direkt på varje delkatalog.",
            en="Let the main catalog point at each sub-catalog itself.",
        ),
        wrong=f"{_CATALOG} ; dcterms:hasPart ex:kultur .\n"
        "ex:kultur a dcat:Catalog ; dcterms:hasPart ex:museet .\n"
        'ex:museet a dcat:Catalog ; dcterms:title "Museet"@sv .',
        right=f"{_CATALOG} ; dcterms:hasPart ex:kultur, ex:museet .\n"
        'ex:kultur a dcat:Catalog ; dcterms:title "Kultur"@sv .\n'
        'ex:museet a dcat:Catalog ; dcterms:title "Museet"@sv .',
        rejects=True,
    ),
    portal_rule(
        "PT014",
        Severity.ERROR,
        cycles,
        title=Text(sv="kataloger i cirkel", en="catalogs in a circle"),
        message=Text(
            sv="Katalogen har {value} som del, och den innehåller i sin tur katalogen.",
            en="The catalog has {value} as a part, and that one contains the catalog.",
        ),
        why=Text(
            sv="En cirkel har ingen huvudkatalog och inget slut. Portalen avbryter skörden.",
            en="A circle has no main catalog and no end. The portal stops the harvest.",
        ),
        fix=Text(
            sv="Ta bort den dcterms:hasPart som pekar uppåt.",
            en="Remove the dcterms:hasPart that points upwards.",
        ),
        wrong=f"{_CATALOG} ; dcterms:hasPart ex:museet .\n"
        "ex:museet a dcat:Catalog ; dcterms:hasPart ex:katalog .",
        right=f"{_CATALOG} ; dcterms:hasPart ex:museet .\n"
        'ex:museet a dcat:Catalog ; dcterms:title "Museet"@sv .',
        rejects=True,
    ),
    portal_rule(
        "PT015",
        Severity.ERROR,
        untyped_parts,
        title=Text(sv="delkatalog utan typ", en="sub-catalog without a type"),
        message=Text(
            sv="Delkatalogen {value} har inte typen dcat:Catalog i filen.",
            en="The sub-catalog {value} is not typed dcat:Catalog in the file.",
        ),
        why=Text(
            sv="Alla kataloger måste ha typen dcat:Catalog i huvudkatalogens fil, också de som "
            "hämtas från en egen adress.",
            en="Every catalog must be typed dcat:Catalog in the main catalog's file, those "
            "fetched from an address of their own as well.",
        ),
        fix=Text(
            sv="Lägg till typen. Pekar dcterms:hasPart på en datamängd: använd dcat:dataset.",
            en="Add the type. Where dcterms:hasPart points at a dataset: use dcat:dataset.",
        ),
        wrong=f"{_CATALOG} ; dcterms:hasPart ex:museet .",
        right=f"{_CATALOG} ; dcterms:hasPart ex:museet .\n"
        'ex:museet a dcat:Catalog ; dcterms:title "Museet"@sv .',
        rejects=True,
    ),
    portal_rule(
        "PT016",
        Severity.INFO,
        remote_parts,
        title=Text(sv="delkatalog på annan adress", en="sub-catalog at another address"),
        message=Text(
            sv="Delkatalogen {value} har bara en typ och hämtas därför från sin egen adress. Går "
            "det inte misslyckas hela skörden.",
            en="The sub-catalog {value} has a type only and is therefore fetched from its own "
            "address. If that fails, the whole harvest fails.",
        ),
        why=Text(
            sv="Portalen hämtar en delkatalog utan uppgifter från dess IRI. Ett enda fel avbryter "
            "skörden för hela organisationen.",
            en="The portal fetches a sub-catalog without data from its IRI. A single failure stops "
            "the harvest of the whole organisation.",
        ),
        fix=Text(
            sv="Är det meningen: se till att adressen alltid svarar. Annars: beskriv delkatalogen "
            "i samma fil.",
            en="If it is meant: see to it that the address always answers. If not: describe the "
            "sub-catalog in the same file.",
        ),
        wrong=f"{_CATALOG} ; dcterms:hasPart ex:museet .\nex:museet a dcat:Catalog .",
        right=f"{_CATALOG} ; dcterms:hasPart ex:museet .\n"
        'ex:museet a dcat:Catalog ; dcterms:title "Museet"@sv .',
    ),
    portal_rule(
        "PT017",
        Severity.ERROR,
        records,
        title=Text(sv="katalogpost", en="catalog record"),
        message=Text(
            sv="Filen har en katalogpost (dcat:CatalogRecord). Portalen tillåter inte sådana.",
            en="The file has a catalog record (dcat:CatalogRecord). The portal allows none.",
        ),
        why=Text(
            sv="Portalen skriver själv katalogposterna: när en beskrivning skördades och ändrades.",
            en="The portal writes the catalog records itself: when a description was harvested "
            "and changed.",
        ),
        fix=Text(
            sv="Ta bort katalogposterna och dcat:record.",
            en="Remove the catalog records and dcat:record.",
        ),
        wrong="ex:post a dcat:CatalogRecord ; foaf:primaryTopic ex:badplatser .",
        right="ex:badplatser a dcat:Dataset .",
    ),
)
