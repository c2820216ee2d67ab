"""Write one export: chosen, written, read back, and only then put in its place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, TypedDict, Unpack

from harvester.dedupe import Decision
from harvester.errors import ExportError, UsageError
from harvester.export.atomic import replacing
from harvester.export.entry import Published, Spool
from harvester.export.se import Selection
from harvester.export.shrink import DATASET, Check, datasets_in, unguarded
from harvester.export.target import TARGETS, select
from harvester.export.written import LeftOuts, sha256_of, write_verified
from harvester.model import Exported, Syntax
from harvester.namespaces import RDF_TYPE
from harvester.rdf.lines import lines_of
from harvester.rdf.write import Description
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


class Inputs(TypedDict, total=False):
    """What an export is chosen from, besides the resources; see :func:`selected`."""

    decisions: Iterable[Decision]
    excluded: frozenset[tuple[str, str]]
    catalog: NationalCatalog | None
    choice: Choice
    sectors: Mapping[str, str]


@contextmanager
def selected(
    target: str, folder: Path, resources: Iterable[Published], **inputs: Unpack[Inputs]
) -> Iterator[Selection]:
    """Choose what ``target`` publishes; ``folder`` is where a temporary file may lie.

    ``resources`` are all live ones, those that lost included, in any order. ``decisions`` say
    which lost; ``excluded`` names datasets, as (source, iri), that are not to be published, with
    all they contain. ``choice`` says which datasets this target publishes; ``sectors`` maps a
    source's id to its sector. Raises :class:`UsageError` for an unknown target.
    """
    if target not in TARGETS:
        known = ", ".join(TARGETS)
        raise UsageError(
            Text(
                f'det finns inget exportmål "{target}"; här finns {known}',
                f'there is no export target "{target}"; there is {known}',
            )
        )
    with Spool(folder) as spool:
        yield select(
            target,
            resources,
            spool,
            decisions=inputs.get("decisions", ()),
            excluded=inputs.get("excluded", frozenset()),
            catalog=inputs.get("catalog"),
            choice=inputs.get("choice", EVERYTHING),
            sectors=inputs.get("sectors", {}),
        )


def export(
    target: str,
    path: Path,
    resources: Iterable[Published],
    *,
    check: Check = unguarded,
    **inputs: Unpack[Inputs],
) -> Exported:
    """Write what ``target`` publishes to ``path``, in the syntax that its suffix names.

    ``resources`` and ``inputs`` as in :func:`selected`: the same resources give the same bytes.
    ``check`` is told how many datasets are
    published now (``None`` for no file) and would be, before the file is replaced, and may raise.

    Raises :class:`UsageError` for an unknown target or suffix, or a path that is no regular
    file; :class:`ExportError` when the file does not read back as what was meant;
    :class:`DiskFullError` when it cannot be written. What was at ``path`` is then untouched.
    """
    syntax, zipped = syntax_of(path)
    with (
        replacing(path) as (file, part),
        selected(target, path.parent, resources, **inputs) as selection,
    ):
        write = partial(_write, file, part, syntax, zipped=zipped)
        try:
            try:
                triples, amended, classes = write(selection.as_lines())
            except (ExportError, ValueError):
                # What is in the store is not what it should be: term by term, mending what can be.
                file.seek(0)
                file.truncate()
                triples, amended, classes = write(selection)
        except ExportError as error:
            raise ExportError(
                Text(f"{path} är kvar som den var: ", f"{path} is left as it was: ") + error.text
            ) from error
        check(lambda: datasets_in(path, syntax, zipped=zipped), classes[DATASET])
        sha256 = sha256_of(part)
    left_out = [*selection.left_out, *amended.listed()]
    left_out.sort(key=lambda one: (one.iri, one.reason))
    return Exported(target, path, triples, sha256, tuple(left_out), classes)


def _write(
    file: BinaryIO,
    part: Path,
    syntax: Syntax,
    descriptions: Iterable[Description],
    *,
    zipped: bool,
) -> tuple[int, LeftOuts, Counter[str]]:
    """How many triples were written and read back, what was amended, and things by class."""
    amended = LeftOuts()
    classes: Counter[str] = Counter()
    described = _classified(descriptions, classes)
    triples = write_verified(file, part, syntax, described, amended.report, zipped=zipped)
    return triples, amended, classes


def _classified(
    descriptions: Iterable[Description], classes: Counter[str]
) -> Iterator[Description]:
    for description in descriptions:
        lines = lines_of(description.triples)
        if lines is not None:
            said = [iri[1:-1] for iri in lines.objects(RDF_TYPE) if iri[0] == "<"]
        else:
            triples = description.triples
            said = [o for _, p, o in triples if p == RDF_TYPE and isinstance(o, str)]
        classes.update(cls for cls in said if cls[:2] != "_:")
        yield description


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
