"""What the file describes and nothing in it points at."""

from collections.abc import Iterator
from typing import Final

from harvester.model import Severity
from harvester.namespaces import DCAT
from harvester.rules.portal.interface import (
    CATALOG,
    DATASET,
    DISTRIBUTION,
    SERIES,
    SERVICE,
    Hit,
    PortalRule,
    Source,
    portal_rule,
)
from harvester.words import Text


def loose_datasets(source: Source) -> Iterator[Hit]:
    """Datasets that no catalog lists, where there is a catalog."""
    if not source.catalogs:
        return
    listed = _listed(source, DCAT + "dataset")
    for dataset in source.datasets:
        types = source.graph.types(dataset)
        if dataset not in listed and CATALOG not in types and SERIES not in types:
            yield Hit(dataset, DCAT + "dataset", cls=DATASET)


def loose_services(source: Source) -> Iterator[Hit]:
    """Data services that neither a catalog nor a distribution names."""
    if not source.catalogs:
        return
    listed = _listed(source, DCAT + "service") | _listed(source, DCAT + "accessService")
    for service in source.graph.instances(SERVICE):
        if service not in listed:
            yield Hit(service, DCAT + "service", cls=SERVICE)


def loose_distributions(source: Source) -> Iterator[Hit]:
    """Distributions that no dataset has."""
    listed = _listed(source, DCAT + "distribution")
    for distribution in source.distributions:
        if distribution not in listed:
            yield Hit(distribution, DCAT + "distribution", cls=DISTRIBUTION)


def _listed(source: Source, predicate: str) -> set[str]:
    return {
        value
        for properties in source.graph.spo.values()
        for value in properties.get(predicate, ())
        if isinstance(value, str)
    }


_CATALOG = "ex:katalog a dcat:Catalog"
RULES: Final[tuple[PortalRule, ...]] = (
    portal_rule(
        "PT018",
        Severity.WARNING,
        loose_datasets,
        title=Text(sv="datamängd utanför katalogen", en="dataset outside the catalog"),
        message=Text(
            sv="Ingen katalog i filen räknar upp datamängden med dcat:dataset.",
            en="No catalog in the file lists the dataset with dcat:dataset.",
        ),
        why=Text(
            sv="Den som läser katalogen hittar datamängden genom dcat:dataset; utan den hör "
            "datamängden inte till katalogen.",
            en="Who reads the catalog finds the dataset by dcat:dataset; without it the dataset "
            "does not belong to the catalog.",
        ),
        fix=Text(
            sv="Lägg till dcat:dataset i katalogen, eller ta bort datamängden ur filen.",
            en="Add dcat:dataset to the catalog, or remove the dataset from the file.",
        ),
        wrong=f"{_CATALOG} .\nex:badplatser a dcat:Dataset .",
        right=f"{_CATALOG} ; dcat:dataset ex:badplatser .\nex:badplatser a dcat:Dataset .",
    ),
    portal_rule(
        "PT019",
        Severity.WARNING,
        loose_distributions,
        title=Text(sv="distribution utan datamängd", en="distribution without a dataset"),
        message=Text(
            sv="Ingen datamängd i filen har distributionen (dcat:distribution).",
            en="No dataset in the file has the distribution (dcat:distribution).",
        ),
        why=Text(
            sv="En distribution visas bara på sin datamängds sida.",
            en="A distribution is shown on its dataset's page only.",
        ),
        fix=Text(
            sv="Lägg till dcat:distribution i datamängden, med distributionens IRI skriven exakt "
            "likadant.",
            en="Add dcat:distribution to the dataset, with the distribution's IRI written exactly "
            "the same.",
        ),
        wrong="ex:badplatser a dcat:Dataset .\nex:badplatser-csv a dcat:Distribution .",
        right="ex:badplatser a dcat:Dataset ; dcat:distribution ex:badplatser-csv .\n"
        "ex:badplatser-csv a dcat:Distribution .",
    ),
    portal_rule(
        "PT020",
        Severity.WARNING,
        loose_services,
        title=Text(sv="datatjänst utanför katalogen", en="data service outside the catalog"),
        message=Text(
            sv="Varken en katalog (dcat:service) eller en distribution (dcat:accessService) i "
            "filen pekar på datatjänsten.",
            en="Neither a catalog (dcat:service) nor a distribution (dcat:accessService) in the "
            "file points at the data service.",
        ),
        why=Text(
            sv="Den som läser katalogen hittar datatjänsten genom någon av de två egenskaperna.",
            en="Who reads the catalog finds the data service by one of the two properties.",
        ),
        fix=Text(
            sv="Lägg till dcat:service i katalogen, eller dcat:accessService i distributionen.",
            en="Add dcat:service to the catalog, or dcat:accessService to the distribution.",
        ),
        wrong=f"{_CATALOG} .\nex:api a dcat:DataService .",
        right=f"{_CATALOG} ; dcat:service ex:api .\nex:api a dcat:DataService .",
    ),
)
