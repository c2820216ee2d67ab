"""Read a shapes graph into :class:`Shapes` (SHACL, sections 2, 4 and appendix A)."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from harvester.namespaces import OWL, RDF_TYPE, RDFS, SH, shorten
from harvester.rdf.graph import Graph
from harvester.shacl import shapes as ast
from harvester.shacl.parameters import KINDS, ORDERS, count_of, iri_of, malformed, name_of, text_of
from harvester.shacl.paths import Path, read_list, read_path
from harvester.shacl.recursion import recursive as recursive_shapes
from harvester.shacl.result import NO_MESSAGES
from harvester.shacl.shapes import Constraint, Shape, Shapes, Targets, component
from harvester.terms import Literal, Term, Triple, is_iri, is_literal
from harvester.words import NotUnderstoodError, Text

_CLASSES = frozenset({RDFS + "Class", OWL + "Class"})
_SHAPE_TYPES = frozenset({SH + "NodeShape", SH + "PropertyShape"})
_BY = ("Class", "Node", "SubjectsOf", "ObjectsOf")
_TARGET_WORDS = frozenset(f"{SH}target{by}" for by in _BY)
_NO_TARGETS = Targets()
# Words about a shape that check nothing, or that another parameter reads.
_SILENT = _TARGET_WORDS | frozenset(
    SH + name
    for name in (
        *("path", "property", "severity", "message", "deactivated", "name", "description"),
        *("group", "order", "defaultValue", "flags", "ignoredProperties", "prefixes", "declare"),
        *("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint"),
    )
)
# SHACL-SPARQL and SHACL Advanced Features: not Core, so pyshacl checks these shapes.
_ADVANCED = ("sparql", "rule", "target", "expression", "values", "reifierShape")
_BEYOND = frozenset(SH + name for name in _ADVANCED)
_COUNTS = ("minCount", "maxCount", "uniqueLang", "qualifiedValueShape")
_ONLY_PROPERTY = frozenset(SH + name for name in (*_COUNTS, "lessThan", "lessThanOrEquals"))


def load_shapes(graph: Graph) -> Shapes:
    """Parse a shapes graph; done once, however many graphs are validated with it.

    What can be left out is left out with a warning that names it: references to shapes that are
    not there, and parts of SHACL that neither this engine nor pyshacl knows. Raises ``ConfigError``
    for a constraint whose parameter has no meaning, since leaving it out would weaken the check.
    """
    return _Loader(graph).load()


class _Loader:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._warnings: list[str] = []
        self._beyond: set[str] = set()
        self._dropped: set[Triple] = set()
        self._shapes: dict[str, Shape] = {}
        self._parents: dict[str, list[str]] = {}
        self._custom = frozenset(
            path
            for node in graph.instances(SH + "ConstraintComponent")
            for parameter in graph.objects(node, SH + "parameter")
            for path in (graph.value(str(parameter), SH + "path"),)
            if isinstance(path, str)
        )
        for node, properties in graph.spo.items():
            for prop in properties.get(SH + "property", ()):
                self._parents.setdefault(str(prop), []).append(node)

    def load(self) -> Shapes:
        roots = [
            node for node in self._graph.spo if self._targets(node) or self._beyond_target(node)
        ]
        todo = list(roots)
        while todo:
            node = todo.pop()
            if node not in self._shapes:
                self._shapes[node] = shape = self._shape(node)
                todo.extend(shape.references())
        beyond = self._closure(self._beyond)
        recursive = recursive_shapes(self._shapes)
        if recursive:
            names = ", ".join(sorted(map(name_of, recursive)))
            self._warn(
                f"recursive shapes, whose meaning SHACL leaves open (section 3.4.3): {names}; "
                "a node already being checked against the same shape counts as conforming"
            )
        return Shapes(
            MappingProxyType(self._shapes),
            tuple(node for node in roots if node not in beyond),
            tuple(node for node in roots if node in beyond),
            recursive,
            tuple(dict.fromkeys(self._warnings)),
            self._graph,
            frozenset(self._dropped),
        )

    def _warn(self, text: str) -> None:
        self._warnings.append(text)

    def _closure(self, marked: set[str]) -> set[str]:
        """All shapes that reach one of ``marked``."""
        users: dict[str, list[str]] = {}
        for shape in self._shapes.values():
            for other in shape.references():
                users.setdefault(other, []).append(shape.id)
        found, todo = set(marked), list(marked)
        while todo:
            for user in users.get(todo.pop(), ()):
                if user not in found:
                    found.add(user)
                    todo.append(user)
        return found

    def _targets(self, node: str) -> Targets:
        types = self._graph.types(node)
        implicit = not _CLASSES.isdisjoint(types) and not _SHAPE_TYPES.isdisjoint(types)
        if not implicit and _TARGET_WORDS.isdisjoint(self._graph.spo.get(node, ())):
            return _NO_TARGETS
        get = self._graph.objects
        classes = [str(cls) for cls in get(node, SH + "targetClass")]
        if implicit:
            classes.append(node)
        return Targets(
            tuple(classes),
            tuple(get(node, SH + "targetNode")),
            tuple(str(term) for term in get(node, SH + "targetSubjectsOf")),
            tuple(str(term) for term in get(node, SH + "targetObjectsOf")),
        )

    def _beyond_target(self, node: str) -> bool:
        properties = self._graph.spo[node]
        return SH + "target" in properties and bool(properties.keys() - {SH + "target", RDF_TYPE})

    def _shape(self, node: str) -> Shape:
        properties = self._graph.spo.get(node, {})
        path = self._path(node)
        constraints: list[Constraint] = []
        for predicate, values in properties.items():
            reader = _READERS.get(predicate)
            if reader is not None:
                if path is None and predicate in _ONLY_PROPERTY:
                    why = "is only for property shapes"
                    self._warn(f"{name_of(node)}: {shorten(predicate)} {why} and was left out")
                    continue
                for value in values:
                    constraints += reader(self, node, value)
            elif predicate in _BEYOND or predicate in self._custom:
                self._beyond.add(node)
            elif predicate.startswith(SH) and predicate not in _SILENT:
                self._warn(
                    f"{name_of(node)}: {shorten(predicate)} is not supported and was left out"
                )
        if len(properties.get(SH + "datatype", ())) > 1:
            raise malformed(
                node, "datatype", Text("får bara ha ett värde", "may have only one value")
            )
        return Shape(
            node,
            path,
            self._one_iri(node, "severity", SH + "Violation"),
            self._messages(node),
            self._flag(node, "deactivated"),
            self._targets(node),
            tuple(constraints),
            tuple(self._references(node, "property", properties.get(SH + "property", ()))),
        )

    def _path(self, node: str) -> Path | None:
        values = self._graph.objects(node, SH + "path")
        if not values:
            return None
        if len(values) > 1:
            raise malformed(node, "path", Text("får bara ha ett värde", "may have only one value"))
        try:
            return read_path(self._graph, values[0])
        except NotUnderstoodError as error:
            raise malformed(node, "path", error.text) from error

    def _messages(self, node: str) -> Mapping[str, str]:
        messages: dict[str, str] = {}
        for term in self._graph.objects(node, SH + "message"):
            if isinstance(term, Literal):
                language = term.language or ""
                before = messages.get(language)
                messages[language] = term.value if before is None else f"{before}\n{term.value}"
        return MappingProxyType(messages) if messages else NO_MESSAGES

    def _flag(self, node: str, name: str) -> bool:
        # Only the lexical form "true" switches something on (W3C test uniqueLang-002).
        return any(
            isinstance(term, Literal) and term.value == "true"
            for term in self._graph.objects(node, SH + name)
        )

    def _one_iri(self, node: str, name: str, default: str) -> str:
        values = self._graph.objects(node, SH + name)
        if not values:
            return default
        if len(values) > 1 or not is_iri(values[0]):
            raise malformed(node, name, Text("ska vara en enda IRI", "must be one IRI"))
        return str(values[0])

    def _references(self, node: str, name: str, values: Iterable[Term]) -> Iterable[str]:
        for value in values:
            if is_literal(value):
                raise malformed(node, name, Text("ska vara en shape", "must be a shape"))
            target = str(value)
            if target not in self._graph.spo:
                why = "is not in the shapes graph"
            elif name == "property" and not self._graph.objects(target, SH + "path"):
                why = "has no sh:path, so is no property shape"
            else:
                yield target
                continue
            self._warn(f"{name_of(node)}: sh:{name} {name_of(target)} {why} and was left out")
            self._dropped.add((node, SH + name, value))

    def node(self, node: str, value: Term) -> Iterable[Constraint]:
        return map(ast.Node, self._references(node, "node", (value,)))

    def not_(self, node: str, value: Term) -> Iterable[Constraint]:
        return map(ast.Not, self._references(node, "not", (value,)))

    def logical(self, name: str, node: str, value: Term) -> Iterable[Constraint]:
        members = tuple(str(member) for member in self.members(name, node, value))
        # A member that is not there has no constraints: everything conforms to it (section 2.1).
        for member in members:
            if member not in self._graph.spo:
                self._warn(
                    f"{name_of(node)}: sh:{name} {name_of(member)} is not in the shapes graph"
                )
        return (ast.Logical(component(name.capitalize()), members),)

    def members(self, name: str, node: str, value: Term) -> list[Term]:
        try:
            return read_list(self._graph, value)
        except NotUnderstoodError as error:
            raise malformed(node, name, error.text) from error

    def closed(self, node: str, value: Term) -> Iterable[Constraint]:
        if not isinstance(value, Literal) or value.value != "true":
            return ()
        allowed = {
            path
            for prop in self._graph.objects(node, SH + "property")
            for path in self._graph.objects(str(prop), SH + "path")
            if is_iri(path)
        }
        for ignored in self._graph.objects(node, SH + "ignoredProperties"):
            allowed.update(self.members("ignoredProperties", node, ignored))
        return (ast.Closed(frozenset(map(str, allowed))),)

    def qualified(self, node: str, value: Term) -> Iterable[Constraint]:
        counts = [
            next(
                (count_of(name, node, term) for term in self._graph.objects(node, SH + name)), None
            )
            for name in ("qualifiedMinCount", "qualifiedMaxCount")
        ]
        siblings: dict[str, None] = {}
        if self._flag(node, "qualifiedValueShapesDisjoint"):
            for parent in self._parents.get(node, ()):
                for prop in self._graph.objects(parent, SH + "property"):
                    for other in self._graph.objects(str(prop), SH + "qualifiedValueShape"):
                        siblings[str(other)] = None
            siblings.pop(str(value), None)
        for shape in self._references(node, "qualifiedValueShape", (value,)):
            yield ast.Qualified(shape, counts[0], counts[1], tuple(siblings))

    def pattern(self, node: str, value: Term) -> Iterable[Constraint]:
        from harvester.shacl.pattern import compile_pattern  # a parser of its own: when needed

        flags = "".join(
            text_of("flags", node, term) for term in self._graph.objects(node, SH + "flags")
        )
        pattern = text_of("pattern", node, value)
        try:
            compile_pattern(pattern, flags)
        except NotUnderstoodError as error:
            raise malformed(node, "pattern", f'"{pattern}": ' + error.text) from error
        return (ast.Pattern(pattern, flags),)


_Reader = Callable[[_Loader, str, Term], Iterable[Constraint]]


def _node_kind(_: _Loader, node: str, value: Term) -> Iterable[Constraint]:
    kind = KINDS.get(str(value).removeprefix(SH))
    if kind is None:
        raise malformed(node, "nodeKind", Text("är ingen av ", "is none of ") + ", ".join(KINDS))
    return (ast.NodeKind(*kind),)


def _bound(name: str) -> _Reader:
    def read(_: _Loader, node: str, value: Term) -> Iterable[Constraint]:
        if not isinstance(value, Literal):
            raise malformed(node, name, Text("ska vara en literal", "must be a literal"))
        return (ast.Bound(_component(name), value, ORDERS[name]),)

    return read


def _language_in(loader: _Loader, node: str, value: Term) -> Iterable[Constraint]:
    members = loader.members("languageIn", node, value)
    return (ast.LanguageIn(tuple(text_of("languageIn", node, tag).lower() for tag in members)),)


def _unique_lang(_: _Loader, node: str, value: Term) -> Iterable[Constraint]:
    return (ast.UniqueLang(),) if text_of("uniqueLang", node, value) == "true" else ()


def _component(name: str) -> str:
    return component(name[0].upper() + name[1:])


def _counted(name: str) -> _Reader:
    kind = ast.Count if name.endswith("Count") else ast.Length
    return lambda _, node, value: (kind(_component(name), count_of(name, node, value)),)


def _pair(name: str) -> _Reader:
    return lambda _, node, value: (ast.Pair(_component(name), iri_of(name, node, value)),)


def _logical(name: str) -> _Reader:
    return lambda loader, node, value: loader.logical(name, node, value)


_BY_NAME: dict[str, _Reader] = {
    "class": lambda _, node, value: (ast.Class(iri_of("class", node, value)),),
    "datatype": lambda _, node, value: (ast.Datatype(iri_of("datatype", node, value)),),
    "nodeKind": _node_kind,
    "in": lambda loader, node, value: (ast.In(tuple(loader.members("in", node, value))),),
    "hasValue": lambda _, __, value: (ast.HasValue(value),),
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "pattern": _Loader.pattern,
    "closed": _Loader.closed,
    "node": _Loader.node,
    "not": _Loader.not_,
    "qualifiedValueShape": _Loader.qualified,
    **{name: _counted(name) for name in ("minCount", "maxCount", "minLength", "maxLength")},
    **{name: _bound(name) for name in ORDERS},
    **{name: _pair(name) for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals")},
    **{name: _logical(name) for name in ("and", "or", "xone")},
}
_READERS: Mapping[str, _Reader] = {SH + name: reader for name, reader in _BY_NAME.items()}
