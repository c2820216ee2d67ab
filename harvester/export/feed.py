"""An export as a feed of changes for a plain file server: LDES, TREE and SEMIC's DCAT-AP Feeds.

    FOLDER/index.trig                             the feed's view: which fragments there are
    FOLDER/20261122T020000000Z-1f0c9a27.trig ...  fragments: activities and what they say
    FOLDER/SHA256SUMS                             checksums, for sha256sum --check

What was said before is read from the fragments themselves, so the feed needs no memory besides
itself: whoever has followed it knows what it knows, and a store that was restored from a backup
is told as the changes that it means for them. A fragment never changes once it is there; renaming
the new index over the old one publishes what is new. Fragments that the index names no more are
kept until the next time, for readers under way. A night without changes writes nothing.

An activity is called ``index.trig#<published>-<kind>-<digest>``, wherever it stands. What it says
is in the named graph of that name; the graphs come after all activities of a fragment, so that
reading these again costs little.
"""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from harvester.errors import ExportError
from harvester.export.atomic import replacing, sync_folder
from harvester.export.chosen import Chosen, Piece
from harvester.export.feed_log import Activity, Plan, Verb, plan, state_of
from harvester.export.folder import owned_folder, part_of, remove
from harvester.export.shrink import Check, unguarded
from harvester.export.sums import SUMS, read_sums, whole, write_sums
from harvester.export.written import Address, LeftOuts, sha256_of, write_verified
from harvester.model import Kind, LeftOut, Syntax
from harvester.namespaces import DCTERMS, PREFIXES, RDF_TYPE, XSD
from harvester.rdf.write import Description
from harvester.terms import Literal, Triple
from harvester.words import Text

LDES: Final = "https://w3id.org/ldes#"
TREE: Final = "https://w3id.org/tree#"
AS: Final = "https://www.w3.org/ns/activitystreams#"
SHAPE: Final = "https://semiceu.github.io/LDES-DCAT-AP-feeds/shape.ttl#ActivityShape"
INDEX: Final = "index.trig"
_PREFIXES: Final = {**PREFIXES, "as": AS, "ldes": LDES, "tree": TREE}
_OURS: Final = re.compile(r"index\.trig|\d{8}T\d{9}Z-[0-9a-f]{8}\.trig")
_BEFORE: Final = "https://feed.invalid/"  # what relative addresses are read against


@dataclass(frozen=True, slots=True)
class Fed:
    """A feed after an export: how many activities were added, by verb, and its fragments."""

    index: Path
    added: Mapping[str, int]
    fragments: int
    left_out: tuple[LeftOut, ...]


def write_feed(
    folder: Path,
    descriptions: Iterable[Description],
    *,
    now: datetime,
    keep: timedelta = timedelta(days=400),
    base: str = "",
    title: str = "DCAT-AP feed",
    check: Check = unguarded,
) -> Fed:
    """Add to the feed in ``folder`` what has changed since it was last written.

    ``now`` is the moment of the state that is published, ``keep`` how long every activity stays
    (see ``feed_log.plan``); ``base`` the web address of the folder, with a slash at its end.
    ``check`` is told how many datasets the feed has now and would have, before anything is
    published, and may raise.

    Raises :class:`UsageError` for a folder that is not the export's own; :class:`ExportError` when
    the feed there is damaged or what was written does not read back; :class:`DiskFullError`. What
    was published before is then untouched.
    """
    left_out = LeftOuts()
    with (
        owned_folder(folder, _OURS),
        Chosen(folder, descriptions, left_out.report) as chosen,
    ):
        told = read_feed(folder)
        said = {iri: _digest(pieces) for iri, pieces in _by_iri(chosen.pieces).items()}
        before = state_of(one for activities in told.values() for one in activities)
        check(
            lambda: _datasets(one.kind for one in before.values()),
            _datasets(kind for kind, _ in said.values()),
        )
        planned = plan(told, said, now=now, keep=keep)
        news = planned is not None or not (folder / INDEX).exists()
        if not news and whole(folder):
            return Fed(folder / INDEX, {}, len(told), tuple(left_out.listed()))
        writer = _Writer(folder, chosen, base, left_out)
        planned = planned or Plan(tuple(told), (), ())  # an empty feed can be followed too
        fragments = writer.write(planned, told)
        writer.write_index(fragments, title=title, keep=keep)
        for path in folder.iterdir():
            if news and _OURS.fullmatch(path.name) and path.name not in {INDEX, *told, *fragments}:
                remove(path)
        write_sums(folder, [INDEX, *fragments])
    verbs = Counter(str(one.verb) for activities in planned.new for one in activities)
    return Fed(folder / INDEX, verbs, len(fragments), tuple(left_out.listed()))


def read_feed(folder: Path) -> dict[str, list[Activity]]:
    """The activities of each fragment that the index names, oldest first; empty without index.

    Raises :class:`ExportError` when the index or a fragment cannot be read, or a fragment is not
    what its checksum says.
    """
    index = folder / INDEX
    if not index.exists():
        return {}
    sums = read_sums(folder / SUMS)
    found: dict[str, list[Activity]] = {}
    try:
        quads = ox.parse(path=index, format=ox.RdfFormat.TRIG, base_iri=_BEFORE)
        names = sorted(
            {
                str(quad.object.value).rpartition("/")[2]
                for quad in quads
                if quad.predicate.value == TREE + "node" and isinstance(quad.object, ox.NamedNode)
            }
        )
        for name in names:
            if not _OURS.fullmatch(name):
                raise ValueError(f"{name!r} is not the name of a fragment")
            if sums.get(name, "") not in ("", sha256_of(folder / name)):
                raise ValueError(f"{name} is not what its checksum says")
            found[name] = sorted(_activities(folder / name))
    except (OSError, SyntaxError, ValueError, KeyError) as error:
        raise ExportError(
            Text(
                f"flödet i {folder} är skadat: {error}. Lägg tillbaka det från en kopia; eller ta"
                " bort mappen, och säg till dem som följer det att börja om",
                f"the feed in {folder} is damaged: {error}. Restore it from a copy; or remove the"
                " folder, and tell those who follow it to begin anew",
            )
        ) from error
    return dict(sorted(found.items(), key=lambda item: item[1][0]))


def _activities(path: Path) -> Iterator[Activity]:
    """Read the head of a fragment: all before the first named graph."""
    said: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG, base_iri=_BEFORE):
        if isinstance(quad.graph_name, ox.NamedNode):
            break
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            properties = said.setdefault(quad.subject.value, {})
            properties[quad.predicate.value] = quad.object.value
    for name, properties in said.items():
        if AS + "object" in properties:
            _, kind, digest = name.rpartition("#")[2].split("-")
            yield Activity(
                properties[AS + "published"],
                Verb(properties[RDF_TYPE].removeprefix(AS)),
                Kind(kind),
                properties[AS + "object"],
                digest,
            )


class _Writer:
    """Writes the fragments and the index of one feed."""

    def __init__(self, folder: Path, chosen: Chosen, base: str, left_out: LeftOuts) -> None:
        self._folder = folder
        self._chosen = chosen
        self._pieces = _by_iri(chosen.pieces)
        # Follows from what is published, so no publisher can have written it there.
        self._stem = "" if base else f"https://{chosen.digest()[:32]}.invalid/"
        self._base = base or self._stem
        self._left_out = left_out

    def write(
        self, planned: Plan, told: Mapping[str, Sequence[Activity]]
    ) -> dict[str, Sequence[Activity]]:
        """Write the fragments that are not there yet; all of them by name, oldest first."""
        fragments = {name: told[name] for name in planned.kept}
        for activities in (*planned.rewritten, *planned.new):
            fragments[self._fragment(activities)] = activities
        sync_folder(self._folder)  # before an index can name them
        return dict(sorted(fragments.items(), key=lambda item: item[1][0]))

    def write_index(
        self, fragments: Mapping[str, Sequence[Activity]], *, title: str, keep: timedelta
    ) -> None:
        """Replace the index: from now on these are the feed."""
        path = self._folder / INDEX
        triples = list(self._view(fragments, title, keep))
        with replacing(path) as (file, part):
            self._put(file, part, INDEX, [Description(self._base + INDEX, triples)])

    def _fragment(self, activities: Sequence[Activity]) -> str:
        marks = "".join(self._name(one) for one in activities)
        mark = hashlib.sha256(f"{self._base} {marks}".encode()).hexdigest()[:8]
        name = f"{_compact(activities[0].published)}-{mark}.trig"
        with ExitStack() as stack:
            part = part_of(self._folder, name)
            stack.callback(part.unlink, missing_ok=True)
            with part.open("xb") as file:
                self._put(file, part, name, self._said(name, activities))
                os.fsync(file.fileno())
            part.replace(self._folder / name)
        return name

    def _put(
        self, file: BinaryIO, part: Path, name: str, descriptions: Iterable[Description]
    ) -> None:
        try:
            write_verified(
                file,
                part,
                Syntax.TRIG,
                descriptions,
                self._left_out.report,
                prefixes=_PREFIXES,
                address=Address(self._base + name, self._stem),
            )
        except ExportError as error:
            raise ExportError(
                Text(f"{name} publicerades inte: ", f"{name} was not published: ") + error.text
            ) from error

    def _said(self, name: str, activities: Sequence[Activity]) -> Iterator[Description]:
        here, feed = self._base + name, f"{self._base}{INDEX}#feed"
        head: list[Triple] = [
            (feed, RDF_TYPE, LDES + "EventStream"),
            (feed, TREE + "view", self._base + INDEX),
            (here, RDF_TYPE, TREE + "Node"),
            (here, LDES + "immutable", Literal("true", XSD + "boolean")),
        ]
        for one in activities:
            node = self._base + self._name(one)
            head += [
                (feed, TREE + "member", node),
                (node, RDF_TYPE, AS + one.verb),
                (node, AS + "object", one.iri),
                (node, AS + "published", Literal(one.published, XSD + "dateTime")),
            ]
        yield Description(here, head)
        for one in activities:
            if one.verb is not Verb.DELETE:
                triples = dict.fromkeys(
                    triple for piece in self._pieces[one.iri] for triple in self._chosen.read(piece)
                )
                yield Description(one.iri, list(triples), self._base + self._name(one))

    def _view(
        self, fragments: Mapping[str, Sequence[Activity]], title: str, keep: timedelta
    ) -> Iterator[Triple]:
        view = self._base + INDEX
        feed = view + "#feed"
        days = Literal(f"P{keep.days}D", XSD + "duration")
        yield from (
            (feed, RDF_TYPE, LDES + "EventStream"),
            (feed, DCTERMS + "title", Literal(title)),
            (feed, LDES + "timestampPath", AS + "published"),
            (feed, LDES + "versionOfPath", AS + "object"),
            (feed, LDES + "versionCreateObject", AS + Verb.CREATE),
            (feed, LDES + "versionUpdateObject", AS + Verb.UPDATE),
            (feed, LDES + "versionDeleteObject", AS + Verb.DELETE),
            (feed, LDES + "pollingInterval", Literal("P1D", XSD + "duration")),
            (feed, TREE + "shape", SHAPE),
            (feed, TREE + "view", view),
            (view, RDF_TYPE, TREE + "Node"),
            (view, TREE + "viewDescription", "_:view"),
            ("_:view", LDES + "retentionPolicy", "_:policy"),
            ("_:policy", RDF_TYPE, LDES + "RetentionPolicy"),
            ("_:policy", LDES + "fullLogDuration", days),
            ("_:policy", LDES + "versionAmount", Literal("1", XSD + "integer")),
            ("_:policy", LDES + "versionDeleteDuration", days),
        )
        number = 0
        for name, activities in fragments.items():
            bounds = (
                ("GreaterThanOrEqualTo", activities[0].published),
                ("LessThanOrEqualTo", activities[-1].published),
            )
            for relation, moment in bounds:
                node = f"_:r{number}"
                number += 1
                yield view, TREE + "relation", node
                yield node, RDF_TYPE, f"{TREE}{relation}Relation"
                yield node, TREE + "path", AS + "published"
                yield node, TREE + "value", Literal(moment, XSD + "dateTime")
                yield node, TREE + "node", self._base + name

    def _name(self, one: Activity) -> str:
        return f"{INDEX}#{_compact(one.published)}-{one.kind}-{one.digest}"


def _compact(moment: str) -> str:
    return moment.translate({ord(mark): None for mark in "-:."})


def _by_iri(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.iri, []).append(piece)
    return found


def _digest(pieces: Sequence[Piece]) -> tuple[Kind, str]:
    if len(pieces) == 1:
        return pieces[0].kind, pieces[0].digest
    joined = " ".join(sorted(piece.digest for piece in pieces))
    return pieces[0].kind, hashlib.sha256(joined.encode()).hexdigest()[:32]


def _datasets(kinds: Iterable[Kind]) -> int:
    return sum(kind is Kind.DATASET for kind in kinds)
