"""Property paths as text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.shacl.paths import (
    Either,
    InSequence,
    Inverse,
    Path,
    Repeated,
    path_of_text,
    path_text,
)

IRIS = st.sampled_from(["https://exempel.se/a", "https://exempel.se/b(c)|d*", "urn:x:^?"])


def _longer(inner: st.SearchStrategy[Path]) -> st.SearchStrategy[Path]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    kinds = st.sampled_from([(0, True), (1, True), (0, False)])
    return st.one_of(
        inner.map(Inverse),
        several.map(InSequence),
        several.map(Either),
        st.builds(lambda path, kind: Repeated(path, *kind), inner, kinds),
    )


PATHS: st.SearchStrategy[Path] = st.recursive(IRIS, _longer, max_leaves=6)


@given(PATHS)
def test_a_path_written_as_text_is_read_back(path: Path) -> None:
    """Whatever is in it, marks of paths inside IRIs too."""
    assert path_of_text(path_text(path)) == path


@pytest.mark.parametrize("text", ["", "<a", "^", "(<a>", "<a>)", "<a>/", "<a>|<b>/<c>", "^*"])
def test_what_no_path_is_written_as_is_none(text: str) -> None:
    """No guess at what it could have been."""
    assert path_of_text(text) is None
