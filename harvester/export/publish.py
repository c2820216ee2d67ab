"""Write one export: chosen, written, read back, and only then put in its place."""

import gzip
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from harvester.dedupe import Decision
from harvester.errors import ExportError, UsageError
from harvester.export.atomic import replacing
from harvester.export.entry import Published, Spool
from harvester.export.target import TARGETS, select
from harvester.export.verify import Tally, verify
from harvester.model import Exported, LeftOut, Syntax
from harvester.rdf.write import WRITERS, Amendment, Description
from harvester.settings import Choice, NationalCatalog
from harvester.words import Text

EVERYTHING: Final = Choice()

SUFFIXES: Final[Mapping[str, Syntax]] = MappingProxyType(
    {
        ".rdf": Syntax.RDFXML,
        ".xml": Syntax.RDFXML,
        ".ttl": Syntax.TURTLE,
        ".nt": Syntax.NTRIPLES,
        ".nq": Syntax.NQUADS,
        ".jsonld": Syntax.JSONLD,
    }
)


def export(
    target: str,
    path: Path,
    resources: Iterable[Published],
    *,
    decisions: Iterable[Decision] = (),
    excluded: frozenset[tuple[str, str]] = frozenset(),
    catalog: NationalCatalog | None = None,
    choice: Choice = EVERYTHING,
    sectors: Mapping[str, str] = MappingProxyType({}),
) -> Exported:
    """Write what ``target`` publishes to ``path``, in the syntax that its suffix names.

    ``resources`` are all live ones, those that lost included, in any order: the same resources
    give the same bytes. ``decisions`` say which lost; ``excluded`` names datasets, as
    (source, iri), that are not to be published, with all they contain. ``choice`` says which
    datasets this target publishes; ``sectors`` maps a source's id to its sector.

    Raises :class:`UsageError` for an unknown target or suffix, or a path that is no regular
    file; :class:`ExportError` when the file does not read back as what was meant;
    :class:`DiskFullError` when it cannot be written. What was at ``path`` is then untouched.
    """
    syntax, zipped = syntax_of(path)
    if target not in TARGETS:
        known = ", ".join(TARGETS)
        raise UsageError(
            Text(
                f'det finns inget exportmål "{target}"; här finns {known}',
                f'there is no export target "{target}"; there is {known}',
            )
        )
    with replacing(path) as (file, part), Spool(path.parent) as spool:
        selection = select(
            target,
            resources,
            spool,
            decisions=decisions,
            excluded=excluded,
            catalog=catalog,
            choice=choice,
            sectors=sectors,
        )
        tally = Tally()
        amended: Counter[tuple[str, str]] = Counter()
        _write(file, syntax, selection, tally, amended, zipped=zipped)
        try:
            verify(part, syntax, tally, zipped=zipped)
        except ExportError as error:
            raise ExportError(
                Text(f"{path} är kvar som den var: ", f"{path} is left as it was: ") + error.text
            ) from error
        sha256 = _sha256(part)
    left_out = [
        *selection.left_out,
        *(LeftOut(iri, reason, count) for (iri, reason), count in amended.items()),
    ]
    left_out.sort(key=lambda one: (one.iri, one.reason))
    return Exported(target, path, tally.triples, sha256, tuple(left_out))


def syntax_of(path: Path) -> tuple[Syntax, bool]:
    """Return the syntax that a file name asks for, and whether it is to be compressed.

    Raises :class:`UsageError` for any other suffix.
    """
    name = path.name.lower()
    zipped = name.endswith(".gz")
    syntax = SUFFIXES.get(Path(name.removesuffix(".gz")).suffix)
    if syntax is None:
        raise UsageError(
            Text(
                f"{path}: ändelsen ska vara en av {' '.join(SUFFIXES)}, med eller utan .gz",
                f"{path}: the suffix must be one of {' '.join(SUFFIXES)}, each with or without .gz",
            )
        )
    return syntax, zipped


def _write(
    file: BinaryIO,
    syntax: Syntax,
    descriptions: Iterable[Description],
    tally: Tally,
    amended: Counter[tuple[str, str]],
    *,
    zipped: bool,
) -> None:
    graph = ""

    def counted() -> Iterator[Description]:
        nonlocal graph
        for description in descriptions:
            if syntax is Syntax.NQUADS:
                graph = description.graph
            tally.add(description.triples, graph)
            yield description

    def report(amendment: Amendment) -> None:
        # Writers hold one description at a time: the graph is still that of this one.
        amended[amendment.resource, amendment.reason] += 1
        tally.take(amendment.before, graph)
        if amendment.after is not None:
            tally.add([amendment.after], graph)

    chunks = WRITERS[syntax](counted(), report)
    if zipped:
        # No name and no time in the header: the same content gives the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            for chunk in chunks:
                packed.write(chunk)
    else:
        file.writelines(chunks)
    file.flush()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
