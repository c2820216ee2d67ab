"""What the engine sees of the data: the graph, a vocabulary behind it, and indexes over both."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from harvester.namespaces import RDF_TYPE, RDFS
from harvester.rdf.graph import Graph
from harvester.shacl.paths import Either, InSequence, Inverse, Path, Repeated
from harvester.shacl.shapes import Targets
from harvester.terms import Term

_SUBCLASS = RDFS + "subClassOf"

Properties = Mapping[str, Sequence[Term]]
Lookup = Callable[[Term], Properties | None]
Walk = Callable[[Term], Sequence[Term]]

NO_PROPERTIES: Properties = {}


class View:
    """A data graph with a vocabulary behind it.

    Values are looked up in both; focus nodes of targets come from the data only. Statements
    rdfs:subClassOf of the data count only when ``trust_data_classes``.
    """

    def __init__(self, data: Graph, vocabulary: Graph | None, *, trust_data_classes: bool) -> None:
        self.data = data
        self._vocabulary = vocabulary
        self.get = _lookup(data, vocabulary)
        self._members: dict[str, frozenset[Term]] = {}
        self._inverse: dict[str, dict[Term, list[Term]]] = {}
        self._subclasses: dict[Term, list[str]] = {}
        self._known_types = _by_types(vocabulary or Graph(), self._subclasses)
        self._by_types = _by_types(data, self._subclasses if trust_data_classes else {})

    def _with_subclasses(self, cls: str) -> Collection[Term]:
        found: dict[Term, None] = {cls: None}
        todo: list[Term] = [cls]
        while todo:
            for subclass in self._subclasses.get(todo.pop(), ()):
                if subclass not in found:
                    found[subclass] = None
                    todo.append(subclass)
        return found.keys()

    def instances(self, cls: str) -> Iterator[str]:
        """SHACL instances of ``cls`` that the data itself types, each once."""
        return _instances(self._by_types, self._with_subclasses(cls))

    def members(self, cls: str) -> frozenset[Term]:
        """SHACL instances of ``cls`` in the data and the vocabulary."""
        members = self._members.get(cls)
        if members is None:
            classes = self._with_subclasses(cls)
            members = self._members[cls] = frozenset(
                (*_instances(self._by_types, classes), *_instances(self._known_types, classes))
            )
        return members

    def focus_nodes(self, targets: Targets) -> Sequence[Term]:
        """The nodes that ``targets`` select, each once."""
        if len(targets.classes) == 1 and targets == Targets(targets.classes):
            return list(self.instances(targets.classes[0]))
        found: dict[Term, None] = dict.fromkeys(targets.nodes)
        for cls in targets.classes:
            found.update(dict.fromkeys(self.instances(cls)))
        for predicate in targets.subjects_of:
            found.update((s, None) for s, props in self.data.spo.items() if predicate in props)
        for predicate in targets.objects_of:
            for properties in self.data.spo.values():
                found.update(dict.fromkeys(properties.get(predicate, ())))
        return list(found)

    def _subjects(self, predicate: str) -> dict[Term, list[Term]]:
        index = self._inverse.get(predicate)
        if index is None:
            index = self._inverse[predicate] = {}
            for graph in (self.data, self._vocabulary):
                for subject, properties in graph.spo.items() if graph is not None else ():
                    for value in properties.get(predicate, ()):
                        subjects = index.setdefault(value, [])
                        # One triple may stand in both graphs; one graph never repeats it.
                        if (
                            graph is self.data
                            or subject not in self.data.spo
                            or subject not in subjects
                        ):
                            subjects.append(subject)
        return index

    def walk(self, path: Path) -> Walk:
        """Return a function from a node to its value nodes along ``path``, each once."""
        match path:
            case str():
                get = self.get
                return lambda node: (get(node) or NO_PROPERTIES).get(path, ())
            case Inverse(str() as predicate):
                # Bound late: the index is only built when a node is asked for.
                return lambda node: self._subjects(predicate).get(node, ())
            case Inverse(inner):
                return self.walk(_inverted(inner))
            case InSequence(paths):
                return _in_sequence([self.walk(part) for part in paths])
            case Either(paths):
                walks = [self.walk(part) for part in paths]
                return lambda node: list(
                    dict.fromkeys(value for walk in walks for value in walk(node))
                )
            case Repeated(inner, minimum, unbounded):
                return _repeated(self.walk(inner), minimum, unbounded=unbounded)


def _lookup(data: Graph, vocabulary: Graph | None) -> Lookup:
    known = data.spo
    if vocabulary is None:
        return known.get  # type: ignore[return-value]  # asked for a literal it says None
    background = vocabulary.spo
    both: dict[Term, Properties] = {}
    for node in known.keys() & background.keys():
        merged: dict[str, Sequence[Term]] = dict(background[node])
        for predicate, values in known[node].items():
            merged[predicate] = list(dict.fromkeys((*values, *merged.get(predicate, ()))))
        both[node] = merged

    def get(node: Term) -> Properties | None:
        found = both.get(node) or known.get(node)  # type: ignore[arg-type]  # as above
        return found or background.get(node)  # type: ignore[arg-type]

    return get


def _by_types(graph: Graph, subclasses: dict[Term, list[str]]) -> dict[tuple[Term, ...], list[str]]:
    """The subjects of ``graph`` by their types; on the way, ``subclasses`` are found too."""
    found: dict[tuple[Term, ...], list[str]] = {}
    for subject, properties in graph.spo.items():
        for parent in properties.get(_SUBCLASS, ()):
            subclasses.setdefault(parent, []).append(subject)
        types = properties.get(RDF_TYPE)
        if types is not None:
            found.setdefault(tuple(types), []).append(subject)
    return found


def _instances(
    by_types: Mapping[tuple[Term, ...], list[str]], classes: Collection[Term]
) -> Iterator[str]:
    for types, subjects in by_types.items():
        if any(cls in classes for cls in types):
            yield from subjects


def _inverted(path: Path) -> Path:
    """The path that goes the other way (SPARQL 1.1 Query, section 18.2.2.3)."""
    match path:
        case str():
            return Inverse(path)
        case Inverse(inner):
            return inner
        case InSequence(paths):
            return InSequence(tuple(_inverted(part) for part in reversed(paths)))
        case Either(paths):
            return Either(tuple(map(_inverted, paths)))
        case Repeated(inner, minimum, unbounded):
            return Repeated(_inverted(inner), minimum, unbounded)


def _in_sequence(walks: Sequence[Walk]) -> Walk:
    def walk(node: Term) -> Sequence[Term]:
        here: Sequence[Term] = (node,)
        for step in walks:
            here = list(dict.fromkeys(value for place in here for value in step(place)))
        return here

    return walk


def _repeated(step: Walk, minimum: int, *, unbounded: bool) -> Walk:
    def walk(node: Term) -> Sequence[Term]:
        found: dict[Term, None] = dict.fromkeys((node,) if minimum == 0 else step(node))
        if not unbounded:
            found.update(dict.fromkeys(step(node)))
            return list(found)
        todo = list(found)
        while todo:
            for value in step(todo.pop()):
                if value not in found:
                    found[value] = None
                    todo.append(value)
        return list(found)

    return walk
