"""The tables of the store, as SQL. docs/store.md says what they mean; the views are in joins.py.

Plain types and no STRICT tables: Debian 11's sqlite3 (3.34) still opens the file.
"""

from typing import Final

APPLICATION_ID: Final = 0x44434154  # "DCAT"; tells our file from any other SQLite database
VERSION: Final = 6  # how many migrations there are

LOG: Final = """
CREATE TABLE run (
    run INTEGER PRIMARY KEY AUTOINCREMENT,
    started TEXT NOT NULL,
    finished TEXT,
    seconds REAL,
    exit_code INTEGER,
    state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'interrupted')),
    version TEXT NOT NULL,
    command TEXT NOT NULL
);
CREATE TABLE source (
    source TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    type TEXT NOT NULL,
    priority INTEGER,
    sector TEXT NOT NULL,
    aggregator INTEGER NOT NULL,
    profile TEXT NOT NULL,
    publish TEXT NOT NULL,
    max_removed TEXT NOT NULL,
    configured INTEGER NOT NULL,
    rules TEXT NOT NULL DEFAULT '',
    since INTEGER NOT NULL REFERENCES run (run)
);
CREATE TABLE source_run (
    run INTEGER NOT NULL REFERENCES run (run),
    source TEXT NOT NULL REFERENCES source (source),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    complete INTEGER NOT NULL,
    not_modified INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    datasets INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    infos INTEGER NOT NULL,
    held_sv TEXT,
    held_en TEXT,
    event TEXT NOT NULL,
    error TEXT NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (run, source)
);
CREATE INDEX source_run_by_source ON source_run (source, run, outcome);
CREATE TABLE change (
    run INTEGER NOT NULL REFERENCES run (run),
    source TEXT NOT NULL REFERENCES source (source),
    iri TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'removed', 'winner')),
    kind TEXT NOT NULL,
    from_digest TEXT,
    to_digest TEXT,
    from_source TEXT,
    PRIMARY KEY (run, source, iri, change)
);
CREATE INDEX change_by_iri ON change (iri, run);
"""

STATE: Final = """
CREATE TABLE document (
    source TEXT NOT NULL REFERENCES source (source),
    url TEXT NOT NULL,
    position INTEGER NOT NULL,
    final_url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    status INTEGER,
    media_type TEXT,
    charset TEXT,
    etag TEXT,
    last_modified TEXT,
    redirects TEXT NOT NULL,
    reading_url TEXT,
    syntax TEXT,
    encoding TEXT,
    statements INTEGER,
    duplicates INTEGER,
    repaired INTEGER,
    next_url TEXT,
    total_items INTEGER,
    parts TEXT,
    PRIMARY KEY (source, url)
);
CREATE TABLE resource (
    source TEXT NOT NULL REFERENCES source (source),
    iri TEXT NOT NULL,
    kinds TEXT NOT NULL,
    parent TEXT,
    identifier TEXT NOT NULL,
    digest TEXT NOT NULL,
    triples INTEGER NOT NULL,
    first_seen INTEGER NOT NULL REFERENCES run (run),
    changed INTEGER NOT NULL REFERENCES run (run),
    ntriples TEXT NOT NULL,
    PRIMARY KEY (source, iri)
);
CREATE INDEX resource_by_iri ON resource (iri, source);
CREATE INDEX resource_by_parent ON resource (source, parent) WHERE parent IS NOT NULL;
CREATE TABLE tombstone (
    source TEXT NOT NULL REFERENCES source (source),
    iri TEXT NOT NULL,
    kinds TEXT NOT NULL,
    first_seen INTEGER NOT NULL REFERENCES run (run),
    removed INTEGER NOT NULL REFERENCES run (run),
    PRIMARY KEY (source, iri)
);
CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES source (source),
    resource TEXT,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    focus TEXT NOT NULL,
    class TEXT NOT NULL,
    path TEXT NOT NULL,
    value TEXT,
    datatype TEXT,
    language TEXT,
    title TEXT NOT NULL,
    message_sv TEXT NOT NULL,
    message_en TEXT NOT NULL,
    component TEXT NOT NULL,
    shape TEXT NOT NULL,
    input TEXT NOT NULL,
    line INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    triples INTEGER NOT NULL
);
CREATE INDEX finding_by_resource ON finding (source, resource, severity);
CREATE INDEX finding_by_code ON finding (code, source);
CREATE TABLE normalisation (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES source (source),
    resource TEXT NOT NULL,
    step TEXT NOT NULL,
    path TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX normalisation_by_resource ON normalisation (source, resource);
CREATE TABLE decision (
    loser_source TEXT NOT NULL,
    loser_iri TEXT NOT NULL,
    winner_source TEXT NOT NULL,
    winner_iri TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (loser_source, loser_iri)
);
CREATE INDEX decision_by_winner ON decision (winner_source, winner_iri);
"""

_LABELS = """
    title TEXT, title_sv TEXT, title_en TEXT, title_other TEXT,
    description TEXT, description_sv TEXT, description_en TEXT, description_other TEXT,"""
_KEY = """
    PRIMARY KEY (source, iri),
    FOREIGN KEY (source, iri) REFERENCES resource (source, iri) ON DELETE CASCADE"""
_ID = """
    source TEXT NOT NULL, iri TEXT NOT NULL,"""

CLASSES: Final = f"""
CREATE TABLE catalog ({_ID}{_LABELS}
    identifier TEXT, issued TEXT, modified TEXT, publisher TEXT, contact_point TEXT,
    homepage TEXT, license TEXT, rights TEXT, language TEXT, spatial TEXT,
    theme_taxonomy TEXT, conforms_to TEXT, applicable_legislation TEXT, part_of TEXT,{_KEY}
);
CREATE TABLE dataset ({_ID}{_LABELS}
    identifier TEXT, issued TEXT, modified TEXT, publisher TEXT,
    contact_point TEXT, creator TEXT, access_rights TEXT, frequency TEXT, language TEXT,
    spatial TEXT,
    temporal_start TEXT, temporal_end TEXT, temporal_resolution TEXT,
    spatial_resolution TEXT, landing_page TEXT, documentation TEXT, provenance TEXT,
    conforms_to TEXT, type TEXT, version TEXT, version_notes TEXT, in_series TEXT,
    hvd_category TEXT, applicable_legislation TEXT, catalog TEXT,{_KEY}
);
CREATE INDEX dataset_by_catalog ON dataset (source, catalog);
CREATE TABLE dataset_series ({_ID}{_LABELS}
    identifier TEXT, issued TEXT, modified TEXT, publisher TEXT, contact_point TEXT,
    frequency TEXT, spatial TEXT, temporal_start TEXT, temporal_end TEXT,
    landing_page TEXT, hvd_category TEXT, applicable_legislation TEXT, catalog TEXT,{_KEY}
);
CREATE TABLE distribution ({_ID}{_LABELS}
    issued TEXT, modified TEXT, license TEXT, rights TEXT, format TEXT, media_type TEXT,
    compress_format TEXT, package_format TEXT, access_url TEXT, download_url TEXT,
    download_urls TEXT, access_service TEXT, byte_size INTEGER, checksum TEXT,
    status TEXT, availability TEXT, language TEXT, documentation TEXT, conforms_to TEXT,
    temporal_resolution TEXT, spatial_resolution TEXT, applicable_legislation TEXT,
    dataset TEXT,{_KEY}
);
CREATE INDEX distribution_by_dataset ON distribution (source, dataset);
CREATE TABLE data_service ({_ID}{_LABELS}
    identifier TEXT, issued TEXT, modified TEXT, publisher TEXT, contact_point TEXT,
    endpoint_url TEXT, endpoint_description TEXT, serves_dataset TEXT,
    access_rights TEXT, license TEXT, rights TEXT, format TEXT, landing_page TEXT,
    documentation TEXT, conforms_to TEXT, type TEXT, hvd_category TEXT,
    applicable_legislation TEXT, catalog TEXT,{_KEY}
);
CREATE TABLE agent ({_ID}
    name TEXT, name_sv TEXT, name_en TEXT, name_other TEXT,
    type TEXT, identifier TEXT, email TEXT, phone TEXT, homepage TEXT,{_KEY}
);
CREATE INDEX agent_by_iri ON agent (iri);
CREATE TABLE contact_point ({_ID}
    name TEXT, name_sv TEXT, name_en TEXT, name_other TEXT,
    type TEXT, organization TEXT, email TEXT, phone TEXT, url TEXT,
    street TEXT, postal_code TEXT, locality TEXT, country TEXT,{_KEY}
);
CREATE TABLE keyword ({_ID}
    keyword TEXT NOT NULL, language TEXT NOT NULL,
    PRIMARY KEY (source, iri, keyword, language),
    FOREIGN KEY (source, iri) REFERENCES resource (source, iri) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX keyword_by_keyword ON keyword (keyword);
CREATE TABLE theme ({_ID}
    theme TEXT NOT NULL,
    PRIMARY KEY (source, iri, theme),
    FOREIGN KEY (source, iri) REFERENCES resource (source, iri) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX theme_by_theme ON theme (theme);
"""

TABLES: Final = LOG + STATE + CLASSES
