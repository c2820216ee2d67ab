"""The whole night in ratios to bare parsing: the first, one with nothing new, one with 1 % new.

Run as ``python -m tests.benchmarks.night [FOLDER]``. An invented national portal is served with
entity tags from loopback and harvested as a user would, each night in a process of its own. CPU is
user and system time of the harvest and all its children; the server's is not in it.
"""

import argparse
import hashlib
import os
import shutil
import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph as ox

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix cc0: <http://creativecommons.org/publicdomain/zero/1.0/> .
"""
CATALOG = """
<{base}/katalog> a dcat:Catalog ;
    dcterms:title "Öppna data från {name}"@sv, "Open data of {name}"@en ;
    dcterms:description "Allt som {name} delar."@sv ;
    dcterms:publisher <{base}/org> ; dcterms:license cc0: ;
    dcterms:language <http://publications.europa.eu/resource/authority/language/SWE> ;
    dcat:dataset {datasets} .
<{base}/org> a foaf:Agent ; foaf:name "{name}"@sv ;
    dcterms:type <http://purl.org/adms/publishertype/LocalAuthority> .
<{base}/kontakt> a vcard:Organization ; vcard:fn "Öppna data, {name}" ;
    vcard:hasEmail <mailto:data@exempel.se> .
"""
DATASET = """
<{iri}> a dcat:Dataset ;
    dcterms:title "Mätvärden nummer {number}"@sv, "Measurements number {number}"@en ;
    dcterms:description "Luftens kvalitet på plats {number}, mätt varje timme. {news}"@sv,
        "The quality of the air at place {number}, measured every hour."@en ;
    dcterms:publisher <{base}/org> ; dcat:contactPoint <{base}/kontakt> ;
    dcterms:identifier "{iri}" ; dcat:keyword "luft"@sv, "plats {number}"@sv, "air"@en ;
    dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
    dcterms:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/DAILY> ;
    dcterms:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
    dcterms:issued "2024-02-03"^^xsd:date ; dcterms:modified "2026-04-05"^^xsd:date ;
    dcterms:spatial <http://sws.geonames.org/2661886/> ;
    dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate "2020-01-01"^^xsd:date ] ;
    dcat:landingPage <{iri}/sida> ; dcat:distribution <{iri}/csv>, <{iri}/json> .
<{iri}/csv> a dcat:Distribution ; dcterms:title "Som tabell"@sv, "As a table"@en ;
    dcat:accessURL <{iri}.csv> ; dcat:downloadURL <{iri}.csv> ; dcterms:format "text/csv" ;
    dcterms:license cc0: ; dcat:byteSize "{number}"^^xsd:nonNegativeInteger .
<{iri}/json> a dcat:Distribution ; dcterms:title "Som JSON"@sv, "As JSON"@en ;
    dcat:accessURL <{iri}.json> ; dcterms:format "application/json" ; dcterms:license cc0: .
"""
CONFIG = """[harvester]
store = "harvester.db"
user_agent = "harvester-benchmark"
[export.se]
path = "se.rdf"
[catalog]
iri = "https://exempel.se/katalog"
title = {{ sv = "Alla", en = "All" }}
description = {{ sv = "Allt.", en = "All." }}
publisher = "https://exempel.se/org"
license = "http://creativecommons.org/publicdomain/zero/1.0/"
"""
SOURCE = """[[source]]
id = "source-{number}"
url = "http://127.0.0.1:{port}/{number}.ttl"
allow_private = ["127.0.0.0/8"]
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall in seconds, the peak of the largest process in MiB."""

    cpu: float
    wall: float
    peak: float
    code: int


def catalog(source: int, numbers: range, *, changed: int = 0) -> bytes:
    """One publisher's Turtle; each dataset whose number ``changed`` divides tells news."""
    base = f"https://kommun{source}.exempel.se"
    text = [PREFIXES]
    iris = ", ".join(f"<{base}/data/{number}>" for number in numbers)
    text.append(CATALOG.format(base=base, name=f"Exempelkommun {source}", datasets=iris))
    for number in numbers:
        news = "Nu med fler mätare." if changed and number % changed == 0 else ""
        iri = f"{base}/data/{number}"
        text.append(DATASET.format(base=base, iri=iri, number=number, news=news))
    return "".join(text).encode()


class Portal(ThreadingHTTPServer):
    """Serves the catalogs of ``bodies`` by path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.bodies: dict[str, bytes] = {}


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        body = self.server.bodies[self.path]
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = self.headers.get("If-None-Match") == tag
        self.send_response(304 if known else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "text/turtle")
        if not known:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not known:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def portal(datasets: int, sources: int, *, changed: int = 0) -> dict[str, bytes]:
    """All catalogs by path; sizes grow from source to source, as municipalities' do."""
    weights = [number + 1 for number in range(sources)]
    bodies: dict[str, bytes] = {}
    start = 0
    for source, weight in enumerate(weights):
        end = start + max(1, round(datasets * weight / sum(weights)))
        bodies[f"/{source}.ttl"] = catalog(source, range(start, end), changed=changed)
        start = end
    return bodies


def bare(bodies: dict[str, bytes]) -> float:
    """CPU seconds of nothing but pyoxigraph's parser; the median of three."""
    seconds = []
    for _ in range(3):
        begun = time.process_time()
        for body in bodies.values():
            for _ in ox.parse(body, ox.RdfFormat.TURTLE):
                pass
        seconds.append(time.process_time() - begun)
    return sorted(seconds)[1]


def harvest(folder: Path) -> Cost:
    """One night in a process of its own."""
    begun = time.monotonic()
    command = [sys.executable, "-P", "-m", "harvester", "harvest"]
    log = os.open(folder / "night.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    pid = os.posix_spawn(
        sys.executable,
        [
            sys.executable,
            "-c",
            f"import os,sys;os.chdir({str(folder)!r});os.execv({command[0]!r},{command!r})",
        ],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, log, 1), (os.POSIX_SPAWN_DUP2, log, 2)],
    )
    _, status, used = os.wait4(pid, 0)
    os.close(log)
    wall = time.monotonic() - begun
    code = os.waitstatus_to_exitcode(status)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, code)


def main() -> None:
    """Three nights and a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/night"))
    parser.add_argument("--datasets", type=int, default=2_400)
    parser.add_argument("--sources", type=int, default=66)
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    first = portal(asked.datasets, asked.sources)
    floor = bare(first)
    print(f"{asked.datasets} datasets, {asked.sources} sources; bare parsing {floor:.3f} s CPU")
    print(f"{'night':10}{'CPU s':>8}{'ratio':>8}{'goal':>8}{'wall s':>8}{'MiB':>6}{'exit':>6}")
    with Portal() as server:
        port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        entries = (SOURCE.format(number=n, port=port) for n in range(asked.sources))
        (folder / "harvester.toml").write_text(CONFIG.format() + "".join(entries), "utf-8")
        nights = (
            ("first", first, 8.0),
            ("unchanged", first, 0.05 * 8),
            ("1 % new", portal(asked.datasets, asked.sources, changed=100), 0.10 * 8),
        )
        for name, bodies, goal in nights:
            server.bodies = bodies
            cost = harvest(folder)
            print(
                f"{name:10}{cost.cpu:8.2f}{cost.cpu / floor:8.1f}{goal:8.1f}{cost.wall:8.1f}"
                f"{cost.peak:6.0f}{cost.code:6}",
                flush=True,
            )
        server.shutdown()


if __name__ == "__main__":
    main()
