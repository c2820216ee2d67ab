from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model import Document, Finding, Kind, Resource, Severity, SourceState
from harvester.normalisation import Normalisation
from harvester.terms import RDF_LANG_STRING, Literal
from harvester.words import Text as Words
from harvester.worker.messages import ANSWER, ENCODER, REQUEST, Add, Died, State

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
terms = st.one_of(texts, texts.map(Literal), texts.map(lambda t: Literal(t, RDF_LANG_STRING, "sv")))
findings = st.builds(
    lambda text, value: Finding("DS001", Severity.ERROR, text, Words(text, text), value=value),
    texts,
    st.none() | terms,
)


@given(st.lists(findings, max_size=3), texts)
def test_a_state_crosses_the_border_unchanged(found, text):
    """Terms, texts and enumerations come back as the types they were."""
    state = SourceState(
        (Resource("urn:a", (Kind.DATASET, Kind.AGENT), "d", text, 1, None),),
        tuple(found),
        (Normalisation("text", "urn:a", "p", text, text),),
        (),
        1,
        0,
    )
    answer = ANSWER.decode(ENCODER.encode(State(state)))
    assert answer.state == state
    assert all(
        type(a.value) is type(b.value) for a, b in zip(answer.state.findings, found, strict=True)
    )


def test_a_document_crosses_with_its_path():
    """A path is text on the wire and a path again behind it."""
    document = Document("http://a", "http://a", Path("/b"), "s", 1, redirects=())
    assert REQUEST.decode(ENCODER.encode(Add(document))).document == document


@pytest.mark.case("D2")
@pytest.mark.parametrize("wire", [b"", b"\x80", b"\xc1", ENCODER.encode({"type": "State"})])
def test_what_does_not_fit_the_types_is_refused(wire):
    """A child taken over by what it reads cannot hand over anything else."""
    with pytest.raises(msgspec.DecodeError):
        ANSWER.decode(wire)


def test_a_request_is_no_answer():
    """The two directions do not share their messages."""
    with pytest.raises(msgspec.DecodeError):
        REQUEST.decode(ENCODER.encode(Died(1)))
