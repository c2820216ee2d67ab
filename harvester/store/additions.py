"""What later versions of the store added, as SQL: one constant for each migration."""

from typing import Final

RECEIVED: Final = """
CREATE TABLE run_document (
    run INTEGER NOT NULL,
    source TEXT NOT NULL,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    final_url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    status INTEGER,
    media_type TEXT,
    charset TEXT,
    etag TEXT,
    last_modified TEXT,
    redirects TEXT NOT NULL,
    end_proven INTEGER NOT NULL,
    PRIMARY KEY (run, source, position),
    FOREIGN KEY (run, source) REFERENCES source_run (run, source) ON DELETE CASCADE
);
CREATE INDEX run_document_by_body ON run_document (sha256);
"""

NORMALISED: Final = """
ALTER TABLE normalisation ADD COLUMN certainty TEXT NOT NULL DEFAULT 'exact';
ALTER TABLE source ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
"""

ERROR_SV: Final = "ALTER TABLE source_run ADD COLUMN error_sv TEXT NOT NULL DEFAULT ''"

FARING: Final = """
ALTER TABLE source_run ADD COLUMN certificate TEXT;
ALTER TABLE source ADD COLUMN credential TEXT NOT NULL DEFAULT '';
"""
