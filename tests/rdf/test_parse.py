"""What strict parsing is trusted with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.model import Syntax
from harvester.rdf.graph import Graph
from harvester.rdf.limits import DEFAULT
from harvester.rdf.parse import parse
from harvester.rdf.validity import iri_problems

ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
LOCAL = st.text(
    st.sampled_from("az09/:?#[]@!$&'()*+,;=%-._~ \\\"<>{}|^`\u00e5\ue000\ufdd0\U000e0001")
)


@pytest.mark.parametrize(
    ("syntax", "document"),
    [
        (Syntax.NTRIPLES, "<{0}> <http://p> <{0}> .\n"),
        (Syntax.TURTLE, "<http://s> <http://p> <{0}> ."),
        (
            Syntax.RDFXML,
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
            '<rdf:Description rdf:about="http://s"><e:p rdf:resource="{0}"/></rdf:Description>'
            "</rdf:RDF>",
        ),
    ],
)
@settings(deadline=None)  # compiling the patterns is part of the first example
@given(scheme=st.sampled_from(["http://e/", "http://", "urn:", "http://[::1]/"]), rest=LOCAL | ODD)
def test_strict_parsing_lets_no_bad_iri_through(
    syntax: Syntax, document: str, scheme: str, rest: str
) -> None:
    """What ``examine`` skips for strict pages: pyoxigraph refuses every IRI that we would."""
    body = document.format(scheme + rest).encode()
    try:
        page = parse(body, syntax, base=None, lenient=False, labels=Graph(), limits=DEFAULT)
    except SyntaxError:
        return
    assert page.strict
    assert iri_problems(page.iris) == {}
