"""Readers of what is published that share nothing with this program: rdflib and urllib."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import rdflib
from rdflib import RDF, Namespace, URIRef

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
TREE = Namespace("https://w3id.org/tree#")
LDES = Namespace("https://w3id.org/ldes#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
# What a reader of each form of each target has: (target, form) -> what.
Served = dict[tuple[str, str], object]
FORMATS = {"rdf": "xml", "ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}


def get(url: str) -> bytes:
    with urlopen(url) as answer:
        body: bytes = answer.read()
        return body


def pages(url: str, follow: str) -> list[rdflib.Graph]:
    """Each page, as a graph; ``follow`` is the property that leads to the next one."""
    found = []
    following: str | None = url
    while following:
        page = rdflib.Graph()
        suffix = following.rpartition(".")[2]
        page.parse(data=get(following), format=FORMATS[suffix], publicID=following)
        found.append(page)
        next_page = page.value(URIRef(following), HYDRA[follow])
        following = None if next_page is None else str(next_page)
    return found


def follow_pages(url: str, follow: str) -> rdflib.Graph:
    """All pages as one graph, without what controls the paging."""
    together = rdflib.Graph()
    for page in pages(url, follow):
        for triple in page:
            if not any(str(term).startswith(str(HYDRA)) for term in triple[1:]):
                together.add(triple)
    return together


@dataclass
class Feed:
    """What someone who follows a feed has: the state, by IRI, and what was read of it."""

    state: dict[str, rdflib.Graph] = field(default_factory=dict)
    activities: list[tuple[str, str, str]] = field(default_factory=list)
    fragments: int = 0
    last: str = ""


def follow_feed(url: str, feed: Feed | None = None) -> Feed:
    """Bring ``feed`` up to date, by the hypermedia alone: TREE's relations and members."""
    feed = feed or Feed()
    index = rdflib.Dataset()
    index.parse(data=get(url), format="trig", publicID=url)
    view = URIRef(url)
    (stream,) = index.subjects(TREE.view, view)
    assert index.value(stream, LDES.timestampPath) == AS.published
    assert index.value(stream, LDES.versionOfPath) == AS.object
    nodes = set()
    for relation in index.objects(view, TREE.relation):
        assert index.value(relation, TREE.path) == AS.published
        if (relation, RDF.type, TREE.LessThanOrEqualToRelation) in index and str(
            index.value(relation, TREE.value)
        ) > feed.last:
            nodes.add(str(index.value(relation, TREE.node)))
    members: list[tuple[str, str, str, rdflib.Graph]] = []
    for node in sorted(nodes):
        feed.fragments += 1
        fragment = rdflib.Dataset()
        fragment.parse(data=get(node), format="trig", publicID=node)
        for member in fragment.objects(stream, TREE.member):
            at = str(fragment.value(member, AS.published))
            verb = str(fragment.value(member, RDF.type)).removeprefix(str(AS))
            said = rdflib.Graph()
            for triple in fragment.graph(member):
                said.add(triple)
            members.append((at, verb, str(fragment.value(member, AS.object)), said))
    for at, verb, iri, said in sorted(members, key=lambda member: member[0]):
        if at <= feed.last:
            continue
        feed.last = at
        feed.activities.append((at, verb, iri))
        if verb == "Delete":
            feed.state.pop(iri, None)
        else:
            feed.state[iri] = said
    return feed


def served(folder: Path, targets: Sequence[str]) -> Served:
    """What readers have who follow what they find: files, pages, feed, and what describes them."""
    found: Served = {}
    for target in targets:
        pages = follow_pages((folder / f"{target}-pages" / "index.rdf").as_uri(), "next")
        feed = follow_feed((folder / f"{target}-feed" / "index.trig").as_uri())
        said = (triple for graph in feed.state.values() for triple in graph)
        found[target, "pages"] = frozenset(map(_text, pages))
        found[target, "feed"] = frozenset(map(_text, said))
        for suffix in ("rdf", "rdf.sha256", "void.ttl"):
            found[target, suffix] = (folder / f"{target}.{suffix}").read_bytes()
    return found


def _text(triple: tuple[rdflib.term.Node, ...]) -> str:
    return " ".join("_:" if isinstance(term, rdflib.BNode) else term.n3() for term in triple)
