"""The views of the store, as SQL: what people ask and what ``status`` shows. See docs/store.md."""

from typing import Final

# What is live is in ``resource``; what is also published is not the loser of a decision.
VIEWS: Final = """
CREATE VIEW v_source_status AS
WITH good AS (
    SELECT source, max(run) AS run FROM source_run
    WHERE outcome IN ('ok', 'unchanged') GROUP BY source
), tried AS (
    SELECT source, max(run) AS run FROM source_run GROUP BY source
), changed AS (
    SELECT source, max(run) AS run FROM source_run
    WHERE added + changed + removed > 0 AND outcome = 'ok' GROUP BY source
), failing AS (
    SELECT r.source, min(r.run) AS run FROM source_run r LEFT JOIN good g USING (source)
    WHERE r.run > coalesce(g.run, 0) GROUP BY r.source
)
SELECT s.source, s.title, s.url, s.configured,
    l.outcome, l.complete, l.event, l.error, l.error_sv, l.held_sv, l.held_en, l.run,
    (SELECT at FROM source_run WHERE run = g.run AND source = s.source) AS last_good,
    l.at AS last_try,
    (SELECT at FROM source_run WHERE run = f.run AND source = s.source) AS failing_since,
    (SELECT count(*) FROM source_run WHERE source = s.source AND run > coalesce(g.run, 0)) AS tries,
    (SELECT certificate FROM source_run WHERE source = s.source AND documents > 0
     ORDER BY run DESC LIMIT 1) AS certificate,
    (SELECT count(*) FROM dataset d WHERE d.source = s.source) AS datasets,
    (SELECT count(*) FROM resource r WHERE r.source = s.source) AS resources,
    coalesce(l.errors, 0) AS errors, coalesce(l.warnings, 0) AS warnings,
    coalesce(l.infos, 0) AS infos,
    h.at AS last_changed, coalesce(h.added, 0) AS added, coalesce(h.changed, 0) AS changed,
    coalesce(h.removed, 0) AS removed
FROM source s
LEFT JOIN good g USING (source)
LEFT JOIN failing f USING (source)
LEFT JOIN tried t USING (source)
LEFT JOIN source_run l ON l.run = t.run AND l.source = s.source
LEFT JOIN changed c ON c.source = s.source
LEFT JOIN source_run h ON h.run = c.run AND h.source = s.source;

CREATE VIEW v_dataset AS
SELECT d.source, s.title AS source_title, d.iri, d.title, d.publisher,
    coalesce(
        (SELECT a.name FROM agent a WHERE a.iri = d.publisher AND a.source = d.source),
        (SELECT min(a.name) FROM agent a WHERE a.iri = d.publisher)) AS publisher_name,
    d.issued, d.modified, d.access_rights, d.frequency, d.hvd_category, d.catalog,
    (SELECT count(*) FROM distribution x
     WHERE x.source = d.source AND x.dataset = d.iri) AS distributions,
    (SELECT count(*) FROM finding f WHERE f.source = d.source AND f.resource = d.iri
     AND f.severity = 'error') AS errors,
    (SELECT count(*) FROM finding f WHERE f.source = d.source AND f.resource = d.iri
     AND f.severity = 'warning') AS warnings,
    (SELECT count(*) FROM finding f WHERE f.source = d.source AND f.resource = d.iri
     AND f.severity = 'info') AS infos
FROM dataset d JOIN source s USING (source)
WHERE NOT EXISTS (SELECT 1 FROM decision x
    WHERE x.loser_source = d.source AND x.loser_iri = d.iri);

CREATE VIEW v_findings_by_code AS
SELECT code, severity, min(message_en) AS example_en, min(message_sv) AS example_sv,
    count(*) AS findings, count(DISTINCT source) AS sources,
    count(DISTINCT source || ' ' || resource) AS resources
FROM finding GROUP BY code, severity;

CREATE VIEW v_changes_latest AS
SELECT c.run, r.started, c.source, c.change, c.kind, c.iri, c.from_digest, c.to_digest,
    c.from_source
FROM change c JOIN run r USING (run)
WHERE c.run = (SELECT max(run) FROM change);

CREATE VIEW v_duplicates AS
SELECT d.winner_iri, d.winner_source, w.title AS winner_source_title,
    d.loser_iri, d.loser_source, l.title AS loser_source_title, d.reason
FROM decision d
LEFT JOIN source w ON w.source = d.winner_source
LEFT JOIN source l ON l.source = d.loser_source;

CREATE VIEW v_licence AS
SELECT license, count(*) AS distributions,
    count(DISTINCT source || ' ' || dataset) AS datasets, count(DISTINCT source) AS sources
FROM distribution d
WHERE NOT EXISTS (SELECT 1 FROM decision x WHERE x.loser_source = d.source
    AND (x.loser_iri = d.iri OR x.loser_iri = d.dataset))
GROUP BY license;

CREATE VIEW v_format AS
SELECT coalesce(format, media_type) AS format, count(*) AS distributions,
    count(DISTINCT source || ' ' || dataset) AS datasets, count(DISTINCT source) AS sources
FROM distribution d
WHERE NOT EXISTS (SELECT 1 FROM decision x WHERE x.loser_source = d.source
    AND (x.loser_iri = d.iri OR x.loser_iri = d.dataset))
GROUP BY coalesce(format, media_type);
"""
