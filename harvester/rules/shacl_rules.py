"""Codes and words for shapes that bring none: a user's own SHACL file.

A property shape with ``hv:code`` has that code. Without one a result has the code of its
constraint component: ``SH001`` is sh:class, numbered in the order in which SHACL section 4
defines them, ``SH029`` is sh:sparql and ``SH000`` a component of somebody's own.
"""

from dataclasses import dataclass
from typing import Final

from harvester.model import Severity
from harvester.rules.rule import Rule
from harvester.words import Text

SPECIFICATION: Final = "https://www.w3.org/TR/shacl/"


@dataclass(frozen=True, slots=True)
class ComponentRule:
    """One constraint component: its words, and a constraint with values that break and obey it.

    ``wrong`` and ``right`` are the triples of ``ex:a`` after its subject, in Turtle.
    """

    code: str
    name: str
    section: str
    sv: str
    en: str
    constraint: str
    wrong: str
    right: str

    @property
    def component(self) -> str:
        """The component in its short form, such as ``sh:MinCountConstraintComponent``."""
        return f"sh:{self.name}ConstraintComponent"


def _row(number: int, name: str, section: str, sv: str, en: str, *turtle: str) -> ComponentRule:
    constraint, wrong, right = turtle
    return ComponentRule(f"SH{number:03}", name, section, sv, en, constraint, wrong, right)


COMPONENTS: Final = (
    _row(
        1, "Class", "ClassConstraintComponent",
        "Värdet är inte av den klass som formen kräver.",
        "The value is not of the class that the shape asks for.",
        "sh:class ex:C", "ex:p ex:b .", "ex:p ex:b . ex:b a ex:C .",
    ),
    _row(
        2, "Datatype", "DatatypeConstraintComponent",
        "Värdet har fel datatyp, eller är skrivet på ett sätt som datatypen inte tillåter.",
        "The value has the wrong datatype, or is written in a way that the datatype forbids.",
        "sh:datatype xsd:date", 'ex:p "2026" .', 'ex:p "2026-01-01"^^xsd:date .',
    ),
    _row(
        3, "NodeKind", "NodeKindConstraintComponent",
        "Värdet är av fel slag: IRI, blank nod och literal är olika saker.",
        "The value is of the wrong kind: an IRI, a blank node and a literal are different things.",
        "sh:nodeKind sh:IRI", 'ex:p "b" .', "ex:p ex:b .",
    ),
    _row(
        4, "MinCount", "MinCountConstraintComponent",
        "Egenskapen har färre värden än formen kräver.",
        "The property has fewer values than the shape asks for.",
        "sh:minCount 1", "ex:q 1 .", "ex:p 1 .",
    ),
    _row(
        5, "MaxCount", "MaxCountConstraintComponent",
        "Egenskapen har fler värden än formen tillåter.",
        "The property has more values than the shape allows.",
        "sh:maxCount 1", "ex:p 1, 2 .", "ex:p 1 .",
    ),
    _row(
        6, "MinExclusive", "MinExclusiveConstraintComponent",
        "Värdet är inte större än gränsen.",
        "The value is not greater than the limit.",
        "sh:minExclusive 1", "ex:p 1 .", "ex:p 2 .",
    ),
    _row(
        7, "MinInclusive", "MinInclusiveConstraintComponent",
        "Värdet är mindre än det minsta tillåtna.",
        "The value is smaller than the smallest allowed one.",
        "sh:minInclusive 1", "ex:p 0 .", "ex:p 1 .",
    ),
    _row(
        8, "MaxExclusive", "MaxExclusiveConstraintComponent",
        "Värdet är inte mindre än gränsen.",
        "The value is not smaller than the limit.",
        "sh:maxExclusive 1", "ex:p 1 .", "ex:p 0 .",
    ),
    _row(
        9, "MaxInclusive", "MaxInclusiveConstraintComponent",
        "Värdet är större än det största tillåtna.",
        "The value is greater than the greatest allowed one.",
        "sh:maxInclusive 1", "ex:p 2 .", "ex:p 1 .",
    ),
    _row(
        10, "MinLength", "MinLengthConstraintComponent",
        "Texten är kortare än formen kräver.",
        "The text is shorter than the shape asks for.",
        "sh:minLength 2", 'ex:p "a" .', 'ex:p "ab" .',
    ),
    _row(
        11, "MaxLength", "MaxLengthConstraintComponent",
        "Texten är längre än formen tillåter.",
        "The text is longer than the shape allows.",
        "sh:maxLength 1", 'ex:p "ab" .', 'ex:p "a" .',
    ),
    _row(
        12, "Pattern", "PatternConstraintComponent",
        "Värdet följer inte mönstret (det reguljära uttrycket) i formen.",
        "The value does not match the pattern (the regular expression) of the shape.",
        'sh:pattern "^[0-9]+$"', 'ex:p "a" .', 'ex:p "1" .',
    ),
    _row(
        13, "LanguageIn", "LanguageInConstraintComponent",
        "Texten har ingen språktagg, eller en som formen inte räknar upp.",
        "The text has no language tag, or one that the shape does not list.",
        'sh:languageIn ("sv" "en")', 'ex:p "Haus"@de .', 'ex:p "hus"@sv .',
    ),
    _row(
        14, "UniqueLang", "UniqueLangConstraintComponent",
        "Flera texter har samma språktagg.",
        "Several texts have the same language tag.",
        "sh:uniqueLang true", 'ex:p "hus"@sv, "byggnad"@sv .', 'ex:p "hus"@sv, "house"@en .',
    ),
    _row(
        15, "Equals", "EqualsConstraintComponent",
        "Två egenskaper ska ha samma värden men har inte det.",
        "Two properties must have the same values, and do not.",
        "sh:equals ex:q", "ex:p 1 ; ex:q 1, 2 .", "ex:p 1 ; ex:q 1 .",
    ),
    _row(
        16, "Disjoint", "DisjointConstraintComponent",
        "Två egenskaper som inte får ha något värde gemensamt har det.",
        "Two properties that may not share a value do.",
        "sh:disjoint ex:q", "ex:p 1 ; ex:q 1 .", "ex:p 1 ; ex:q 2 .",
    ),
    _row(
        17, "LessThan", "LessThanConstraintComponent",
        "Värdet är inte mindre (tidigare) än den andra egenskapens värde.",
        "The value is not smaller (earlier) than that of the other property.",
        "sh:lessThan ex:q", "ex:p 2 ; ex:q 1 .", "ex:p 1 ; ex:q 2 .",
    ),
    _row(
        18, "LessThanOrEquals", "LessThanOrEqualsConstraintComponent",
        "Värdet är större (senare) än den andra egenskapens värde.",
        "The value is greater (later) than that of the other property.",
        "sh:lessThanOrEquals ex:q", "ex:p 2 ; ex:q 1 .", "ex:p 1 ; ex:q 1 .",
    ),
    _row(
        19, "Not", "NotConstraintComponent",
        "Värdet uppfyller det som formen förbjuder.",
        "The value meets what the shape forbids.",
        "sh:not [ sh:nodeKind sh:Literal ]", 'ex:p "b" .', "ex:p ex:b .",
    ),
    _row(
        20, "And", "AndConstraintComponent",
        "Värdet uppfyller inte alla villkor som ska gälla samtidigt.",
        "The value does not meet all the conditions that hold together.",
        "sh:and ([ sh:nodeKind sh:IRI ] [ sh:class ex:C ])", "ex:p ex:b .",
        "ex:p ex:b . ex:b a ex:C .",
    ),
    _row(
        21, "Or", "OrConstraintComponent",
        "Värdet uppfyller inget av de villkor som formen låter välja mellan.",
        "The value meets none of the conditions that the shape lets choose from.",
        "sh:or ([ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ])", 'ex:p "2026" .',
        'ex:p "2026"^^xsd:gYear .',
    ),
    _row(
        22, "Xone", "XoneConstraintComponent",
        "Värdet uppfyller inget eller flera av villkoren; det ska vara exakt ett.",
        "The value meets none or several of the conditions; it must be exactly one.",
        "sh:xone ([ sh:nodeKind sh:IRI ] [ sh:class ex:C ])", "ex:p ex:b . ex:b a ex:C .",
        "ex:p ex:b .",
    ),
    _row(
        23, "Node", "NodeConstraintComponent",
        "Det som värdet pekar på uppfyller inte sin form.",
        "What the value points at does not meet its shape.",
        "sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]", "ex:p ex:b .",
        "ex:p ex:b . ex:b ex:q 1 .",
    ),
    _row(
        24, "QualifiedMinCount", "QualifiedMinCountConstraintComponent",
        "För få av värdena uppfyller formen.",
        "Too few of the values meet the shape.",
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 1", 'ex:p "b" .',
        'ex:p "b", ex:b .',
    ),
    _row(
        25, "QualifiedMaxCount", "QualifiedMaxCountConstraintComponent",
        "För många av värdena uppfyller formen.",
        "Too many of the values meet the shape.",
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMaxCount 1",
        "ex:p ex:b, ex:c .", 'ex:p "b", ex:b .',
    ),
    _row(
        26, "Closed", "ClosedConstraintComponent",
        "Resursen har en egenskap som formen inte tillåter.",
        "The resource has a property that the shape does not allow.",
        "sh:closed true", "ex:p ex:b . ex:b ex:q 1 .", "ex:p ex:b .",
    ),
    _row(
        27, "HasValue", "HasValueConstraintComponent",
        "Det värde som formen kräver saknas.",
        "The value that the shape asks for is missing.",
        "sh:hasValue ex:b", "ex:p ex:c .", "ex:p ex:b, ex:c .",
    ),
    _row(
        28, "In", "InConstraintComponent",
        "Värdet finns inte i formens lista.",
        "The value is not in the list of the shape.",
        "sh:in (ex:b ex:c)", "ex:p ex:d .", "ex:p ex:b .",
    ),
    _row(
        29, "SPARQL", "SPARQLConstraintComponent",
        "En SPARQL-fråga i formen hittade ett fel.",
        "A SPARQL query in the shape found a fault.",
        'sh:sparql [ sh:select "SELECT $this WHERE { $this $PATH 1 }" ]', "ex:p 1 .", "ex:p 2 .",
    ),
)  # fmt: skip
OTHER: Final = ComponentRule(
    "SH000",
    "",
    "constraint-components",
    "Värdet bryter mot ett villkor av ett slag som bara den här formfilen har.",
    "The value breaks a constraint of a kind that only this shapes file has.",
    "",
    "",
    "",
)

_BY_COMPONENT: Final = {row.component: row for row in COMPONENTS}


def component_code(component: str) -> str:
    """Return the code of a constraint component in its short form."""
    return _BY_COMPONENT.get(component, OTHER).code


def component_message(component: str) -> Text:
    """Return what to say of a result whose shape has no message."""
    row = _BY_COMPONENT.get(component, OTHER)
    return Text(sv=row.sv, en=row.en)


def shacl_rules() -> list[Rule]:
    """The rule-book entries of the SH codes."""
    return [_rule(row) for row in (OTHER, *COMPONENTS)]


def _rule(row: ComponentRule) -> Rule:
    name = f"sh:{row.name}ConstraintComponent" if row.name else "sh:ConstraintComponent"
    note = f"# the shape says of ex:p: {row.constraint}\n" if row.constraint else ""
    return Rule(
        code=row.code,
        severity=Severity.ERROR,
        title=Text(sv=f"villkoret {name}", en=f"the constraint {name}"),
        why=Text(
            sv=f"{row.sv} Koden används när en egen SHACL-form inte bär någon egen kod.",
            en=f"{row.en} The code is used when a SHACL shape of your own brings no code.",
        ),
        fix=Text(
            sv="Läs formen som fyndet pekar på och ändra värdet, eller ändra formen. Ge formen "
            "hv:code och sh:message om fyndet ska ha egen kod och egna ord.",
            en="Read the shape that the finding points at and change the value, or change the "
            "shape. Give the shape hv:code and sh:message to have a code and words of its own.",
        ),
        section=SPECIFICATION + "#" + row.section,
        wrong=f"{note}ex:a {row.wrong}" if row.wrong else "",
        right=f"{note}ex:a {row.right}" if row.right else "",
        example=None
        if row.wrong
        else Text(
            sv="Vad som är fel beror på formfilens eget villkor; läs dess dokumentation.",
            en="What is wrong depends on the shapes file's own constraint; read its documentation.",
        ),
    )
