"""The tables of full-text search, as SQL. docs/store.md says what they mean.

The text is stored once, with two indexes over it: in one a letter is itself, in the other it has
no dots, rings and accents. ``search_text.py`` keeps them in step; triggers would need a trusted
schema, which a store that came from elsewhere is not. For the same reason nothing cascades here:
a resource whose text is still indexed cannot be deleted.
"""

from typing import Final

INDEXES: Final = {"search_exact": 0, "search_folded": 2}  # name -> remove_diacritics

_TEXT: Final = """
CREATE TABLE search (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    iri TEXT NOT NULL,
    title TEXT NOT NULL,
    keyword TEXT NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (source, iri),
    FOREIGN KEY (source, iri) REFERENCES resource (source, iri)
)"""
_INDEX: Final = """
CREATE VIRTUAL TABLE {index} USING fts5 (title, keyword, description,
    content="search", content_rowid="id", tokenize="unicode61 remove_diacritics {marks}")"""

SEARCH: Final = (
    _TEXT,
    *(_INDEX.format(index=index, marks=marks) for index, marks in INDEXES.items()),
)
