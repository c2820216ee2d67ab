import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.rdf.ntriples import parse, parse_line, parse_term
from harvester.terms import (
    RDF_DIR_LANG_STRING,
    RDF_LANG_STRING,
    XSD_STRING,
    Literal,
    Triple,
    term_to_ntriples,
    triple_to_ntriples,
)

characters = st.characters(exclude_categories=["Cs"])
texts = st.text(characters, max_size=40) | st.text(
    '\\"\n\r\t\b\f\x7f\x85\u2028\U0001f600', max_size=9
)
iris = st.text("abcå/#?%-._~\U0001f600", max_size=12).map("http://example.org/".__add__)
blanks = st.text("abc019", min_size=1, max_size=5).map("_:".__add__)
languages = st.sampled_from(["sv", "en", "sv-SE", "de-1996", "x-klingon"])
literals = (
    st.builds(Literal, texts, st.just(XSD_STRING), st.none())
    | st.builds(Literal, texts, iris, st.none())
    | st.builds(Literal, texts, st.just(RDF_LANG_STRING), languages)
    | st.builds(Literal, texts, st.just(RDF_DIR_LANG_STRING), st.just("ar--rtl"))
)
triples = st.tuples(iris | blanks, iris, iris | blanks | literals)


def from_oxigraph(term: object) -> str | Literal:
    match term:
        case pyoxigraph.NamedNode():
            return term.value
        case pyoxigraph.BlankNode():
            return f"_:{term.value}"
        case pyoxigraph.Literal():
            language = term.language
            if language is not None and term.direction is not None:
                language = f"{language}--{term.direction.value}"
            return Literal(term.value, term.datatype.value, language)
    raise AssertionError(term)


def read_with_oxigraph(text: str) -> list[Triple]:
    quads = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
    return [tuple(map(from_oxigraph, (q.subject, q.predicate, q.object))) for q in quads]


@given(triples)
def test_a_written_triple_is_read_back_the_same(triple):
    """Whatever characters a literal holds, nothing is lost between writing and reading."""
    assert parse_line(triple_to_ntriples(triple)) == triple


@given(st.lists(triples, max_size=5))
def test_a_text_of_many_lines_is_cut_at_line_feeds_only(many):
    """U+0085 and U+2028 inside a literal are no line ends, whatever str.splitlines thinks."""
    assert parse("".join(triple_to_ntriples(triple) + "\n" for triple in many)) == many


@given(triples)
def test_oxigraph_reads_what_we_write_the_same_way(triple):
    """A reader that we did not write sees the same triple in the same line."""
    subject, predicate, obj = read_with_oxigraph(triple_to_ntriples(triple) + "\n")[0]
    if not isinstance(obj, str) and obj.language is not None:
        obj = obj._replace(language=triple[2].language)  # oxigraph lower-cases the tag
    if subject[:2] != "_:" and (isinstance(obj, Literal) or obj[:2] != "_:"):
        assert (subject, predicate, obj) == triple


@given(texts)
def test_we_read_what_oxigraph_writes(text):
    """All its escapes are known: \\t \\b \\f \\uXXXX and the rest."""
    node = pyoxigraph.NamedNode("http://example.org/a")
    triple = pyoxigraph.Triple(node, node, pyoxigraph.Literal(text))
    line = pyoxigraph.serialize([triple], format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert parse(line.decode()) == [(node.value, node.value, Literal(text, XSD_STRING))]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (r'"\u00e5\U0001F600\t\"\\\n"', Literal('å\U0001f600\t"\\\n')),
        (r"<http://example.org/\u00e5>", "http://example.org/å"),
        ("_:b0", "_:b0"),
        ('"1"^^<http://example.org/t>', Literal("1", "http://example.org/t")),
        ('"hej"@sv-SE', Literal("hej", RDF_LANG_STRING, "sv-SE")),
    ],
)
def test_a_term_is_read_alone(text, term):
    """parse_term reads what stands in the store's columns for values."""
    assert parse_term(text) == term


@given(iris | blanks | literals)
def test_a_written_term_is_read_back_the_same(term):
    """parse_term is the inverse of term_to_ntriples."""
    assert parse_term(term_to_ntriples(term)) == term


@pytest.mark.parametrize(
    "line",
    [
        "",
        "<http://e/a> <http://e/b> <http://e/c>",
        "<http://e/a> <http://e/b>  <http://e/c> .",
        "<http://e/a> <http://e/b> <http://e/c> . ",
        "<http://e/a> _:b <http://e/c> .",
        '"a" <http://e/b> <http://e/c> .',
        "<http://e/a b> <http://e/b> <http://e/c> .",
        '<http://e/a> <http://e/b> "a"b" .',
        '<http://e/a> <http://e/b> "a\nb" .',
        r'<http://e/a> <http://e/b> "\x" .',
        r'<http://e/a> <http://e/b> "\uD800" .',
        r'<http://e/a> <http://e/b> "\U00110000" .',
        '<http://e/a> <http://e/b> "a"@ .',
        "# a comment",
    ],
)
def test_a_line_that_is_not_canonical_is_refused(line):
    """Nothing is guessed: the digest of the text would no longer be the digest of the triples."""
    with pytest.raises(ValueError, match=r"N-Triples|escape|Unicode"):
        parse_line(line)
