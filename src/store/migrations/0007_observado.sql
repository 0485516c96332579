-- 0007: what an office does with what it receives.
-- What it observed, and what was corrected after that (enum record_state: 2 and 4).
CREATE INDEX record_observed ON record (form, date, id) WHERE state IN (2, 4);

-- number: the sender's own.  author: of the newest revision that the laptop itself made, or ''.
ALTER TABLE import ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN author TEXT NOT NULL DEFAULT '';
CREATE INDEX import_device ON import (device, at);

-- Revisions that were purged: body '' and state 5 (enum record_state) in their row, which keeps their id and place.
CREATE TABLE purged (
  id     BLOB PRIMARY KEY CHECK (length(id) = 32),
  at     TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
