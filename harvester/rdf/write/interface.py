"""What a writer is given, what it gives back, and what it says about triples it cannot write."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

from harvester.terms import Triple


class Description(NamedTuple):
    """One resource's triples, without repeats, and the graph that N-Quads puts them in.

    A blank node occurs in one description only; its label is unique in the whole export.
    """

    iri: str
    triples: Sequence[Triple]
    graph: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A triple that the syntax cannot carry as it is.

    It was written as ``after``, or left out where ``after`` is ``None``. ``reason`` is one of
    ``bad-iri`` ``bad-language`` ``no-language`` ``surrogate`` (any syntax) and
    ``control-character`` ``predicate-not-xml`` ``direction`` ``repeated`` (RDF/XML).
    """

    resource: str
    reason: str
    before: Triple
    after: Triple | None = None


Report: TypeAlias = Callable[[Amendment], None]


class Writer(Protocol):
    """Turn descriptions into the bytes of one file.

    ``prefixes`` maps prefix to namespace; syntaxes without prefixes ignore it. ``report`` is
    called once for each triple that is not written as it was given.
    """

    def __call__(
        self,
        descriptions: Iterable[Description],
        report: Report,
        prefixes: Mapping[str, str] = ...,
    ) -> Iterator[bytes]:
        """Yield the file, one chunk a description, between its head and its end."""
        ...
