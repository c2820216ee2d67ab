"""Seeded catalogs of any size, with one of twenty kinds of errors in some of the datasets.

The same seed and size give the same file. A dataset has some 60 triples. Types of authority IRIs
and the subclasses of vcard:Kind stand in the data itself, for engines that know no vocabulary.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from harvester.namespaces import PREFIXES, RDF_TYPE, expand, shorten
from harvester.terms import RDF_LANG_STRING, Literal, Term, term_to_ntriples

BASE = "https://data.example.org/"
EU = "http://publications.europa.eu/resource/authority/"
Description = dict[str, list[Term]]

_WORDS = (
    "luftkvalitet",
    "badplatser",
    "cykelvägar",
    "detaljplaner",
    "förskolor",
    "vattennivåer",
    "hållplatser",
    "befolkning",
    "avfall",
    "energi",
    "lekplatser",
    "bygglov",
    "vägarbeten",
    "bibliotek",
    "biologisk",
    "mångfald",
)
_AUTHORITIES: dict[str, tuple[str, ...]] = {
    "skos:Concept": tuple(f"{EU}data-theme/{code}" for code in ("ENVI", "TRAN", "EDUC", "HEAL")),
    "dcterms:Frequency": tuple(f"{EU}frequency/{code}" for code in ("DAILY", "ANNUAL", "IRREG")),
    "dcterms:LinguisticSystem": (f"{EU}language/SWE", f"{EU}language/ENG"),
    "dcterms:MediaTypeOrExtent": tuple(f"{EU}file-type/{code}" for code in ("CSV", "JSON", "XML")),
    "dcterms:MediaType": ("http://www.iana.org/assignments/media-types/text/csv",),
    "dcterms:RightsStatement": (f"{EU}access-right/PUBLIC", f"{EU}access-right/RESTRICTED"),
    "dcterms:LicenseDocument": (
        "http://creativecommons.org/publicdomain/zero/1.0/",
        "http://creativecommons.org/licenses/by/4.0/",
    ),
    "dcterms:Location": ("http://sws.geonames.org/2661886/", "http://sws.geonames.org/2711537/"),
}


def _text(value: str, language: str = "sv") -> Literal:
    return Literal(value, RDF_LANG_STRING, language)


def _typed(value: str, name: str) -> Literal:
    return Literal(value, expand(f"xsd:{name}"))


def _set(name: str, *values: Term) -> Callable[[Description, Description], None]:
    def change(dataset: Description, _: Description) -> None:
        dataset[expand(name)] = list(values)

    return change


def _set_distribution(name: str, *values: Term) -> Callable[[Description, Description], None]:
    return lambda _, distribution: _set(name, *values)(distribution, {})


ERRORS: dict[str, Callable[[Description, Description], None]] = {
    "no title": _set("dcterms:title"),
    "no description": _set("dcterms:description"),
    "title is an IRI": _set("dcterms:title", BASE + "title"),
    "publisher is a text": _set("dcterms:publisher", Literal("Exempelkommun")),
    "two publishers": _set("dcterms:publisher", BASE + "org/0", BASE + "org/1"),
    "contact point is a text": _set("dcat:contactPoint", Literal("info@example.org")),
    "theme is a text": _set("dcat:theme", _text("Miljö")),
    "keyword is an IRI": _set("dcat:keyword", BASE + "keyword"),
    "date that does not exist": _set("dcterms:issued", _typed("2021-13-45", "date")),
    "date without type": _set("dcterms:issued", Literal("våren 2020")),
    "two dates of change": _set(
        "dcterms:modified", _typed("2024-01-01", "date"), _typed("2024-01-02", "date")
    ),
    "language is a code": _set("dcterms:language", Literal("sv")),
    "bad duration": _set("dcat:temporalResolution", _typed("1 dag", "duration")),
    "resolution is an integer": _set("dcat:spatialResolutionInMeters", _typed("10", "integer")),
    "landing page without type": _set("dcat:landingPage", BASE + "page"),
    "no access URL": _set_distribution("dcat:accessURL"),
    "access URL is a text": _set_distribution("dcat:accessURL", Literal("https://example.org/")),
    "byte size with a unit": _set_distribution(
        "dcat:byteSize", _typed("12 MB", "nonNegativeInteger")
    ),
    "byte size is a decimal": _set_distribution("dcat:byteSize", _typed("1234.0", "decimal")),
    "two licences": _set_distribution("dcterms:license", *_AUTHORITIES["dcterms:LicenseDocument"]),
}


def descriptions(
    datasets: int, *, seed: int = 1, faulty: float = 0.15, counts: Counter[str] | None = None
) -> Iterator[tuple[str, Description]]:
    """Yield (subject, predicate -> objects); ``counts`` is told which errors were put in."""
    rnd = random.Random(f"{seed}/{datasets}")
    publishers = max(2, datasets // 50)
    yield from _vocabulary()
    for number in range(publishers):
        yield f"{BASE}org/{number}", _agent(number)
    yield f"{BASE}catalog", _catalog(datasets)
    for number in range(datasets):
        dataset, contact = f"{BASE}dataset/{number}", f"_:c{number}"
        said = _dataset(rnd, number, publishers)
        files = [f"{dataset}/file/{at}" for at in range(rnd.randint(1, 4))]
        said[expand("dcat:distribution")] = list(files)
        said[expand("dcat:contactPoint")] = [contact]
        described = [_distribution(rnd, file) for file in files]
        if rnd.random() < faulty:
            error = rnd.choice(sorted(ERRORS))
            ERRORS[error](said, described[0])
            if counts is not None:
                counts[error] += 1
        yield dataset, said
        yield f"{BASE}page/{number}", {RDF_TYPE: [expand("foaf:Document")]}
        yield contact, _contact(rnd, number)
        yield from zip(files, described, strict=True)


def _named(**values: list[Term]) -> Description:
    return {expand(name.replace("__", ":")): found for name, found in values.items()}


def _vocabulary() -> Iterator[tuple[str, Description]]:
    for cls, terms in _AUTHORITIES.items():
        for term in terms:
            label: list[Term] = [_text(term.rstrip("/").rpartition("/")[2], "en")]
            yield term, {RDF_TYPE: [expand(cls)], expand("skos:prefLabel"): label}
    for name in ("Organization", "Individual"):
        yield expand(f"vcard:{name}"), _named(rdfs__subClassOf=[expand("vcard:Kind")])


def _agent(number: int) -> Description:
    return _named(
        rdf__type=[expand("foaf:Agent")],
        foaf__name=[_text(f"Exempelkommun {number}")],
        foaf__homepage=[f"https://org{number}.example.org/"],
    )


def _catalog(datasets: int) -> Description:
    return _named(
        rdf__type=[expand("dcat:Catalog")],
        dcterms__title=[_text("Öppna data"), _text("Open data", "en")],
        dcterms__description=[_text("Alla datamängder")],
        dcterms__publisher=[f"{BASE}org/0"],
        dcterms__language=[_AUTHORITIES["dcterms:LinguisticSystem"][0]],
        dcterms__issued=[_typed("2019-01-01", "date")],
        dcat__dataset=[f"{BASE}dataset/{number}" for number in range(datasets)],
    )


def _day(rnd: random.Random) -> str:
    return f"{rnd.randint(2010, 2025)}-{rnd.randint(1, 12):02}-{rnd.randint(1, 28):02}"


def _prose(rnd: random.Random, low: int, high: int) -> str:
    return " ".join(rnd.choices(_WORDS, k=rnd.randint(low, high))).capitalize()


def _pick(rnd: random.Random, cls: str) -> Term:
    return rnd.choice(_AUTHORITIES[cls])


def _dataset(rnd: random.Random, number: int, publishers: int) -> Description:
    return _named(
        rdf__type=[expand("dcat:Dataset")],
        dcterms__title=[_text(_prose(rnd, 2, 5)), _text(f"Dataset {number}", "en")],
        dcterms__description=[
            _text(f'Beskriver "{_prose(rnd, 15, 50)}".\nUppdateras löpande.'),
            _text(_prose(rnd, 15, 40), "en"),
        ],
        dcterms__publisher=[f"{BASE}org/{rnd.randrange(publishers)}"],
        dcterms__identifier=[Literal(f"{BASE}dataset/{number}")],
        dcterms__issued=[_typed(_day(rnd), "date")],
        dcterms__modified=[_typed(f"{_day(rnd)}T{rnd.randint(0, 23):02}:00:00Z", "dateTime")],
        dcterms__accrualPeriodicity=[_pick(rnd, "dcterms:Frequency")],
        dcterms__language=[_pick(rnd, "dcterms:LinguisticSystem")],
        dcterms__accessRights=[_pick(rnd, "dcterms:RightsStatement")],
        dcterms__spatial=[_pick(rnd, "dcterms:Location")],
        dcat__theme=[_pick(rnd, "skos:Concept")],
        dcat__keyword=[_text(word) for word in sorted(set(rnd.sample(_WORDS, 5)))],
        dcat__landingPage=[f"{BASE}page/{number}"],
        dcat__temporalResolution=[_typed("P1D", "duration")],
    )


def _contact(rnd: random.Random, number: int) -> Description:
    return _named(
        rdf__type=[expand(rnd.choice(["vcard:Organization", "vcard:Individual", "vcard:Kind"]))],
        vcard__fn=[Literal(f"Kontakt {number}")],
        vcard__hasEmail=[f"mailto:data{number}@example.org"],
    )


def _distribution(rnd: random.Random, file: str) -> Description:
    return _named(
        rdf__type=[expand("dcat:Distribution")],
        dcterms__title=[_text(f"Fil – {_prose(rnd, 1, 3)}")],
        dcterms__description=[_text(_prose(rnd, 5, 15))],
        dcat__accessURL=[f"{file}/page"],
        dcat__downloadURL=[f"{file}/data.csv"],
        dcterms__format=[_pick(rnd, "dcterms:MediaTypeOrExtent")],
        dcat__mediaType=[_pick(rnd, "dcterms:MediaType")],
        dcterms__license=[_pick(rnd, "dcterms:LicenseDocument")],
        dcat__byteSize=[_typed(str(rnd.randint(1, 10**9)), "nonNegativeInteger")],
        dcterms__issued=[_typed(_day(rnd), "date")],
        dcterms__modified=[_typed(_day(rnd), "date")],
    )


def write_turtle(path: Path, described: Iterable[tuple[str, Description]]) -> int:
    """Write Turtle with prefixes, one block a subject, and return the number of triples."""
    with path.open("w", encoding="utf-8") as out:
        for prefix, namespace in PREFIXES.items():
            out.write(f"@prefix {prefix}: <{namespace}> .\n")
        return sum(_write_block(out, subject, said) for subject, said in described)


def _write_block(out: TextIO, subject: str, said: Description) -> int:
    lines = [
        f"  {_short(predicate)} {', '.join(map(_turtle, values))}"
        for predicate, values in said.items()
        if values
    ]
    block = " ;\n".join(lines)
    out.write(f"{_turtle(subject)}\n{block} .\n")
    return sum(map(len, said.values()))


def _short(iri: str) -> str:
    name = shorten(iri)
    return name if name != iri and "/" not in name else f"<{iri}>"


def _turtle(term: Term) -> str:
    if isinstance(term, str):
        return term if term[:2] == "_:" else _short(term)
    return term_to_ntriples(term)
