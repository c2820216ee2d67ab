"""Write the rule book for people: one rule as text, the whole book as Markdown or HTML."""

import re
import textwrap
from collections.abc import Iterable
from html import escape
from typing import Final, Literal

from harvester.model import Severity
from harvester.namespaces import PREFIXES
from harvester.rules.rule import Rule

EXAMPLE_NAMESPACE: Final = "https://exempel.se/"
_WIDTH: Final = 88

_WORDS: Final = {
    "sv": {
        "why": "Varför",
        "fix": "Så rättar du",
        "wrong": "Fel",
        "right": "Rätt",
        "section": "Läs mer",
        "example": "Exempel",
        "book": "Regelbok",
        "code": "Kod",
        "severity": "Allvar",
        "rule": "Regel",
        "rejects": "Portalen kan inte ta emot det som bryter mot regeln.",
        "error": "fel",
        "warning": "varning",
        "info": "upplysning",
        "intro": "Alla regler som harvester prövar. Skapad ur shapes/ och koden med "
        "`harvester explain --all`.",
    },
    "en": {
        "why": "Why",
        "fix": "How to fix",
        "wrong": "Wrong",
        "right": "Right",
        "section": "Read more",
        "example": "Example",
        "book": "Rule book",
        "code": "Code",
        "severity": "Severity",
        "rule": "Rule",
        "rejects": "The portal cannot take what breaks this rule.",
        "error": "error",
        "warning": "warning",
        "info": "info",
        "intro": "Every rule that harvester checks. Made from shapes/ and the code by "
        "`harvester explain --all`.",
    },
}


def render_rule(rule: Rule, lang: str, width: int = _WIDTH) -> str:
    """Return one rule as plain text in ``sv`` or (any other language) ``en``."""
    words = _words(lang)
    lines = [
        f"{rule.code} · {_severity(rule.severity, lang)} · {_capital(rule.title.in_language(lang))}"
    ]
    if rule.rejects:
        lines += ["", words["rejects"]]
    for name, text in (("why", rule.why), ("fix", rule.fix)):
        lines += ["", words[name], _indent(_wrap(text.in_language(lang), width))]
    for heading, body in _examples(rule, lang):
        lines += ["", heading, _indent(_wrap(body, width) if heading == words["example"] else body)]
    if rule.section:
        lines += ["", f"{words['section']}: {rule.section}"]
    return "\n".join(lines) + "\n"


def render_book(rules: Iterable[Rule], lang: str, form: Literal["md", "html"] = "md") -> str:
    """Return the whole rule book in Markdown, or in HTML without scripts."""
    listed = list(rules)
    return _markdown(listed, lang) if form == "md" else _html(listed, lang)


def to_rdfxml(turtle: str) -> str:
    """Return an example as RDF/XML: the same triples, without the XML declaration.

    Raises ``SyntaxError`` for an example that is not Turtle.
    """
    import pyoxigraph as ox

    prefixes = {**PREFIXES, "ex": EXAMPLE_NAMESPACE}
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    triples = [quad.triple for quad in ox.parse((head + turtle).encode(), ox.RdfFormat.TURTLE)]
    used = "\n".join(str(triple) for triple in triples)
    body = ox.serialize(
        triples,
        format=ox.RdfFormat.RDF_XML,
        prefixes={name: iri for name, iri in prefixes.items() if f"<{iri}" in used},
    )
    return _tidy((body or b"").decode().partition("?>")[2].strip())


def _tidy(xml: str) -> str:
    """The same document on every run: prefixes sorted, one a line; blank nodes numbered."""
    start, end = xml.index("<rdf:RDF") + len("<rdf:RDF"), xml.index(">")
    content = xml[end + 1 :].replace("\t", "  ")
    namespaces = dict(re.findall(r'xmlns:(\w+)="([^"]*)"', xml[start:end]))
    kept = [
        name for name in sorted(namespaces) if name == "rdf" or re.search(rf"[<\s]{name}:", content)
    ]
    head = "".join(f'\n    xmlns:{name}="{namespaces[name]}"' for name in kept)
    labels: dict[str, str] = {}
    content = re.sub(
        r'rdf:nodeID="([^"]*)"',
        lambda match: f'rdf:nodeID="n{labels.setdefault(match[1], str(len(labels) + 1))}"',
        content,
    )
    return f"<rdf:RDF{head}>{content}"


def _words(lang: str) -> dict[str, str]:
    return _WORDS["sv" if lang == "sv" else "en"]


def _severity(severity: Severity, lang: str) -> str:
    return _words(lang)[severity.value]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _wrap(text: str, width: int) -> str:
    return textwrap.fill(
        text, min(width, _WIDTH) - 2, break_long_words=False, break_on_hyphens=False
    )


def _indent(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.splitlines())


def _examples(rule: Rule, lang: str) -> list[tuple[str, str]]:
    """Headed bodies: wrong and right in Turtle and RDF/XML, or the example in words."""
    words = _words(lang)
    found = []
    for name, turtle in (("wrong", rule.wrong), ("right", rule.right)):
        if turtle:
            found.append((f"{words[name]} (Turtle)", turtle))
            found.append((f"{words[name]} (RDF/XML)", to_rdfxml(turtle)))
    if rule.example is not None:
        found.append((words["example"], rule.example.in_language(lang)))
    return found


def _markdown(rules: list[Rule], lang: str) -> str:
    words = _words(lang)
    lines = [f"# {words['book']}", "", words["intro"], ""]
    lines += [f"| {words['code']} | {words['severity']} | {words['rule']} |", "| --- | --- | --- |"]
    for rule in rules:
        title = _capital(rule.title.in_language(lang)).replace("|", "\\|")
        code = f"[{rule.code}](#{rule.code.lower()})"
        lines.append(f"| {code} | {_severity(rule.severity, lang)} | {title} |")
    for rule in rules:
        lines += ["", f"## {rule.code}", "", f"**{_capital(rule.title.in_language(lang))}** "
                  f"({_severity(rule.severity, lang)})"]  # fmt: skip
        if rule.rejects:
            lines += ["", words["rejects"]]
        for name, text in (("why", rule.why), ("fix", rule.fix)):
            lines += ["", f"*{words[name]}.* {_escape_markdown(text.in_language(lang))}"]
        for heading, body in _examples(rule, lang):
            if heading == words["example"]:
                lines += ["", f"*{heading}.* {_escape_markdown(body)}"]
            else:
                fence = "turtle" if "Turtle" in heading else "xml"
                lines += ["", f"{heading}:", "", f"```{fence}", body, "```"]
        if rule.section:
            lines += ["", f"{words['section']}: <{rule.section}>"]
    return "\n".join(lines) + "\n"


def _escape_markdown(text: str) -> str:
    return escape(text, quote=False).replace("*", "\\*").replace("_", "\\_")


def _html(rules: list[Rule], lang: str) -> str:
    words = _words(lang)
    parts = [
        "<!doctype html>",
        f'<html lang="{"sv" if lang == "sv" else "en"}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{words['book']}</title>",
        f"<style>{_STYLE}</style></head><body><main>",
        f"<h1>{words['book']}</h1><p>{escape(words['intro'])}</p>",
        f'<table><thead><tr><th scope="col">{words["code"]}<th scope="col">{words["severity"]}'
        f'<th scope="col">{words["rule"]}</tr></thead><tbody>',
    ]
    parts += [
        f'<tr><td><a href="#{rule.code}">{rule.code}</a><td>{_severity(rule.severity, lang)}'
        f"<td>{escape(_capital(rule.title.in_language(lang)))}</tr>"
        for rule in rules
    ]
    parts.append("</tbody></table>")
    for rule in rules:
        title = escape(_capital(rule.title.in_language(lang)))
        parts.append(f'<section id="{rule.code}"><h2>{rule.code} {title}</h2>')
        parts.append(f"<p><b>{_capital(_severity(rule.severity, lang))}</b></p>")
        if rule.rejects:
            parts.append(f"<p>{words['rejects']}</p>")
        for name, text in (("why", rule.why), ("fix", rule.fix)):
            parts.append(f"<h3>{words[name]}</h3><p>{escape(text.in_language(lang))}</p>")
        for heading, body in _examples(rule, lang):
            tag = "p" if heading == words["example"] else "pre"
            parts.append(f"<h3>{heading}</h3><{tag}>{escape(body)}</{tag}>")
        if rule.section:
            link = escape(rule.section)
            parts.append(f'<p>{words["section"]}: <a href="{link}">{link}</a></p>')
        parts.append("</section>")
    return "\n".join([*parts, "</main></body></html>"]) + "\n"


_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.25rem;"
    "text-align:left;vertical-align:top}pre{background:#f4f4f4;overflow-x:auto;padding:.5rem}"
)
