-- 0003: what arrives from other laptops.
-- merged: {"f":{…}} of a record whose revisions branch, when it is not the answers of its revision; else NULL.
-- conflict becomes a number: how many answers disagree.  heads: of its revisions.  missing: parents not arrived.

ALTER TABLE record ADD COLUMN merged  TEXT;
ALTER TABLE record ADD COLUMN heads   INTEGER NOT NULL DEFAULT 1;
ALTER TABLE record ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;

CREATE INDEX record_conflict ON record (form, date, id) WHERE conflict <> 0;
CREATE INDEX record_missing ON record (id) WHERE missing <> 0;

-- Bundles taken in, each once.
CREATE TABLE import (
  pk       INTEGER PRIMARY KEY,
  bundle   TEXT NOT NULL UNIQUE,
  device   TEXT NOT NULL,
  made     TEXT NOT NULL,
  at       TEXT NOT NULL,
  file     TEXT NOT NULL,
  added    INTEGER NOT NULL,
  updated  INTEGER NOT NULL,
  known    INTEGER NOT NULL,
  waiting  INTEGER NOT NULL,
  rejected INTEGER NOT NULL
) STRICT;

-- What each laptop last said that it holds: the first 16 bytes of each revision's id, in order.
CREATE TABLE peer (
  device TEXT PRIMARY KEY,
  bundle TEXT NOT NULL,
  made   TEXT NOT NULL,
  at     TEXT NOT NULL,
  have   BLOB NOT NULL
) STRICT;

-- Revisions that came and are not in force, without limit of time: why is enum store_why.
CREATE TABLE waiting (
  pk        INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  why       INTEGER NOT NULL,
  form_hash BLOB,
  device    TEXT NOT NULL,
  reason    TEXT NOT NULL,
  bundle    TEXT NOT NULL,
  at        TEXT NOT NULL,
  body      TEXT NOT NULL
) STRICT;
CREATE INDEX waiting_form ON waiting (form_hash) WHERE why = 0;

-- The program derives the records again before it uses them (app_open).
INSERT OR REPLACE INTO meta (name, value) SELECT 'rebuild', '0003' WHERE EXISTS (SELECT 1 FROM record);
