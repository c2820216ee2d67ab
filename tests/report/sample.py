"""A validation to make reports of: ordinary findings, and those of someone who means harm."""

from dataclasses import replace

from harvester.model import Finding, Severity, Suppressed, Syntax
from harvester.namespaces import DCAT, DCTERMS, SH
from harvester.rdf.graph import Graph
from harvester.report.ranking import most_important
from harvester.report.validation import Input, Unread, Validation, View
from harvester.rules.fingerprint import fingerprints
from harvester.rules.identity import marks
from harvester.rules.rule import Rule
from harvester.terms import Literal
from harvester.words import Text

DATASET = DCAT + "Dataset"
TITLE = DCTERMS + "title"
RULES = {
    "DS302": Rule(
        "DS302",
        Severity.WARNING,
        Text("Datamängd: fel datum", "Dataset: wrong date"),
        Text("Datum ska gå att räkna med.", "Dates are counted with."),
        Text('Skriv "2024-01-01"^^xsd:date.', 'Write "2024-01-01"^^xsd:date.'),
        "https://exempel.se/profil#datum",
    ),
    "DS001": Rule(
        "DS001",
        Severity.ERROR,
        Text("Datamängd: titel saknas", "Dataset: title missing"),
        Text("Titeln är det första man ser.", "The title is what people see first."),
        Text("Lägg till dcterms:title.", "Add dcterms:title."),
        "https://exempel.se/profil#titel",
    ),
    "PT002": Rule(
        "PT002",
        Severity.ERROR,
        Text("blank nod", "blank node"),
        Text("Portalen kräver en IRI.", "The portal demands an IRI."),
        Text("Ge den en IRI.", "Give it an IRI."),
        "https://exempel.se/profil#iri",
        rejects=True,
    ),
}
DATE = Finding(
    code="DS302",
    severity=Severity.WARNING,
    focus="https://exempel.se/d",
    message=Text("Fel datum.", "Wrong date."),
    cls=DATASET,
    path=DCTERMS + "modified",
    value=Literal("i våras", "http://www.w3.org/2001/XMLSchema#date"),
    component=SH + "DatatypeConstraintComponent",
    shape="https://exempel.se/shape",
    title="Badplatser",
    input="k.ttl",
    line=3,
    column=5,
)
MISSING = Finding(
    code="DS001",
    severity=Severity.ERROR,
    focus="_:b0",
    message=Text("Titel saknas. Lägg till dcterms:title.", "No title. Add dcterms:title."),
    cls=DATASET,
    path=TITLE,
    component=SH + "MinCountConstraintComponent",
    input="k.ttl",
    resource="https://exempel.se/katalog",
)
TIP = Finding("DS999", Severity.INFO, "https://exempel.se/e", Text("Tips.", "Tip."), input="k.ttl")

# Titles that try to steer a terminal, a spreadsheet, a browser, a workflow (S66 to S72).
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "' onmouseover=alert(1) x='",
    '" onmouseover="alert(1)',
    '=HYPERLINK("http://e/")',
    "@SUM(1)",
    "+1",
    "-1",
    "\t=1",
    "\x1b]0;pwned\x07\x1b[31m",
    "\u202egnp.exe\u2066",
    "[/foo] [link=http://e/]x",
    "x\n::add-mask::secret\n::stop-commands::token\r::error::forged",
    "%0A::error::forged",
    "@octo/team **bold** [x](http://e/) ![y](http://e/y.png) #1 GH-1",
    "a|b`c``d",
    "\x00\x01\x08\x0b\x1f\x7f\x9f\ufffe\uffff\ud800",
    "]]> & <!-- -->",
    "{{ 7*7 }} {% raw %}",
    "å" * 5000,
    "日本語の題名" * 30,
)


def hostile() -> tuple[Finding, ...]:
    """One finding for each hostile text, which stands in every place that data can fill."""
    return tuple(
        Finding(
            code="DS302",
            severity=list(Severity)[number % 3],
            focus=f"https://exempel.se/{number}/{text}",
            message=Text(f"Fel: {text}", f"Wrong: {text}"),
            path=DCTERMS + "modified",
            value=Literal(text, "http://www.w3.org/2001/XMLSchema#string"),
            title=text,
            input="k.ttl",
            line=number + 1,
            column=1,
        )
        for number, text in enumerate(HOSTILE)
    )


def validation(*findings: Finding, **changes: object) -> Validation:
    """A validation of ``k.ttl`` with these findings."""
    known = fingerprints(marks(Graph(), findings, "k.ttl"))
    made = Validation(
        fingerprints=tuple(known),
        profile="dcat-ap-se-3.0.1",
        verdict="accepted-with-remarks",
        inputs=(Input("k.ttl", Syntax.TURTLE, 10, 2, 1, repaired=False),),
        findings=findings,
        rules=RULES,
        lines={("k.ttl", 3): '    dcterms:modified "i våras"^^xsd:date ;'},
        population={DATASET: 540},
    )
    return replace(made, **changes)


def view(result: Validation, *, most: int | None = None, **changes: object) -> View:
    """What a format is given."""
    return View(result, most_important(result, most), version="1.2.3", **changes)


ORDINARY = validation(DATE, MISSING, TIP)
NASTY = validation(*hostile())
UNREAD = validation(
    verdict="rejected",
    inputs=(),
    unread=(Unread("x.rdf", Text.same("x.rdf:3:1: not\x1b XML & more"), 3, 1),),
)
SUPPRESSED = validation(
    DATE, suppressed=(Suppressed(MISSING, "known since 2024", "ignore", "0" * 32),)
)
EVERY = {
    "ordinary": ORDINARY,
    "nasty": NASTY,
    "unread": UNREAD,
    "suppressed": SUPPRESSED,
    "clean": validation(verdict="accepted"),
}
