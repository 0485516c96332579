-- 0008: which form version each arrival is of, by runs, so that choosing what leaves reads no revision.
-- A run goes from its first arrival to the next one's.

CREATE TABLE form_run (
  first     INTEGER PRIMARY KEY,
  form_hash BLOB NOT NULL
) STRICT;

INSERT INTO form_run
  SELECT arrival, form_hash FROM (SELECT arrival, form_hash, lag(form_hash) OVER (ORDER BY arrival) AS before FROM revision)
  WHERE form_hash IS NOT before;

CREATE TRIGGER revision_form AFTER INSERT ON revision
WHEN new.form_hash IS NOT (SELECT form_hash FROM form_run ORDER BY first DESC LIMIT 1)
BEGIN INSERT INTO form_run VALUES (new.arrival, new.form_hash); END;
