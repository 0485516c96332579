-- 0001: the first schema.  Ids are 16-byte BLOBs and hashes 32-byte ones; a
-- column of type ANY holds an id as BLOB, or whatever else it was given, as TEXT.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every form version ever installed; yaml last, so that lists do not read it.
CREATE TABLE form (
  hash        BLOB PRIMARY KEY CHECK (length(hash) = 32),
  id          TEXT NOT NULL,
  version     TEXT NOT NULL,
  title       TEXT NOT NULL,
  title_key   TEXT NOT NULL,
  short_title TEXT NOT NULL,
  is_entity   INTEGER NOT NULL,
  sensitive   INTEGER NOT NULL,
  current     INTEGER NOT NULL,
  yaml        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX form_current ON form (id) WHERE current = 1;

-- touch grows with each save: the order of drafts does not depend on a clock.
CREATE TABLE draft (
  pk              INTEGER PRIMARY KEY,
  id              BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  record          BLOB,
  parent          BLOB REFERENCES draft (id) ON DELETE CASCADE,
  parent_question TEXT NOT NULL,
  form_hash       BLOB NOT NULL,
  form            TEXT NOT NULL,
  title           TEXT NOT NULL,
  school_title    TEXT NOT NULL,
  answered        INTEGER NOT NULL,
  missing         INTEGER NOT NULL,
  bases           TEXT NOT NULL,
  started         TEXT NOT NULL,
  saved           TEXT NOT NULL,
  touch           INTEGER NOT NULL,
  pending_place   TEXT,
  pending_text    TEXT
) STRICT;
CREATE INDEX draft_parent ON draft (parent);

CREATE TABLE draft_log (
  draft INTEGER NOT NULL REFERENCES draft (pk) ON DELETE CASCADE,
  seq   INTEGER NOT NULL,
  line  TEXT NOT NULL,
  PRIMARY KEY (draft, seq)
) STRICT, WITHOUT ROWID;

-- The truth.  Rows are never removed, so the greatest arrival is their number.
CREATE TABLE revision (
  arrival   INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  record    BLOB NOT NULL CHECK (length(record) = 16),
  form      TEXT NOT NULL,
  form_hash BLOB NOT NULL,
  state     INTEGER NOT NULL,
  gen       INTEGER NOT NULL,
  author    ANY NOT NULL,
  device    ANY NOT NULL,
  date      TEXT NOT NULL,
  body      TEXT NOT NULL
) STRICT;
CREATE INDEX revision_record ON revision (record, gen, arrival);

CREATE TABLE edge (
  child  INTEGER NOT NULL REFERENCES revision (arrival),
  place  INTEGER NOT NULL,
  parent BLOB NOT NULL CHECK (length(parent) = 32),
  PRIMARY KEY (child, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_parent ON edge (parent);

-- Append-only.  The purge that privacy may demand raises its flag first.
CREATE TRIGGER revision_kept BEFORE DELETE ON revision
WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'purge')
BEGIN SELECT raise(ABORT, 'revision: append-only'); END;
CREATE TRIGGER revision_fixed BEFORE UPDATE ON revision
WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'purge')
BEGIN SELECT raise(ABORT, 'revision: append-only'); END;
CREATE TRIGGER edge_kept BEFORE DELETE ON edge
WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'purge')
BEGIN SELECT raise(ABORT, 'edge: append-only'); END;
CREATE TRIGGER edge_fixed BEFORE UPDATE ON edge
WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'purge')
BEGIN SELECT raise(ABORT, 'edge: append-only'); END;

-- Everything below is derived from the revisions and can be made again.

-- entity: the form is one of the directory.  arrival: of the newest revision.
-- state 3 is annulled (enum record_state).
CREATE TABLE record (
  pk              INTEGER PRIMARY KEY,
  id              BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  form            TEXT NOT NULL,
  form_hash       BLOB NOT NULL,
  revision        BLOB NOT NULL,
  title           TEXT NOT NULL,
  title_key       TEXT NOT NULL,
  school          ANY NOT NULL,
  subject         ANY NOT NULL,
  school_title    TEXT NOT NULL,
  date            TEXT NOT NULL,
  author          ANY NOT NULL,
  state           INTEGER NOT NULL,
  conflict        INTEGER NOT NULL,
  sensitive       INTEGER NOT NULL,
  entity          INTEGER NOT NULL,
  parent          BLOB,
  parent_question TEXT NOT NULL,
  search          TEXT NOT NULL,
  arrival         INTEGER NOT NULL
) STRICT;

-- One index for each way that a list is walked.  The id makes every key unique;
-- state and sensitive are there so that passing over rows does not read them.
CREATE INDEX record_form_date ON record (form, date, id, state, sensitive);
CREATE INDEX record_form_title ON record (form, title_key, id, state, sensitive);
CREATE INDEX record_form_arrival ON record (form, arrival, id, state, sensitive);
CREATE INDEX record_kind_date ON record (entity, date, id, state, sensitive);
CREATE INDEX record_kind_title ON record (entity, title_key, id, state, sensitive);
CREATE INDEX record_kind_arrival ON record (entity, arrival, id, state, sensitive);
CREATE INDEX record_school ON record (school, date, id) WHERE school <> '';
CREATE INDEX record_subject ON record (subject, form, date, arrival) WHERE subject <> '';
CREATE INDEX record_parent ON record (parent, date, id) WHERE parent IS NOT NULL;

CREATE TABLE link (
  source   BLOB NOT NULL CHECK (length(source) = 16),
  place    INTEGER NOT NULL,
  question TEXT NOT NULL,
  target   BLOB NOT NULL CHECK (length(target) = 16),
  PRIMARY KEY (source, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_target ON link (target, question);

-- How many records there are of each form and standing: counts that cost nothing to show.
CREATE TABLE tally (
  form      TEXT NOT NULL,
  entity    INTEGER NOT NULL,
  annulled  INTEGER NOT NULL,
  sensitive INTEGER NOT NULL,
  records   INTEGER NOT NULL,
  PRIMARY KEY (form, entity, annulled, sensitive)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_added AFTER INSERT ON record BEGIN
  INSERT INTO tally VALUES (new.form, new.entity, new.state = 3, new.sensitive, 1)
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
CREATE TRIGGER record_removed AFTER DELETE ON record BEGIN
  UPDATE tally SET records = records - 1 WHERE form = old.form AND entity = old.entity
    AND annulled = (old.state = 3) AND sensitive = old.sensitive;
END;
CREATE TRIGGER record_moved AFTER UPDATE OF form, entity, state, sensitive ON record
WHEN old.form <> new.form OR old.entity <> new.entity OR old.state <> new.state OR old.sensitive <> new.sensitive BEGIN
  UPDATE tally SET records = records - 1 WHERE form = old.form AND entity = old.entity
    AND annulled = (old.state = 3) AND sensitive = old.sensitive;
  INSERT INTO tally VALUES (new.form, new.entity, new.state = 3, new.sensitive, 1)
    ON CONFLICT DO UPDATE SET records = records + 1;
END;

-- The words to find records by; the text itself stays in record.  record.c keeps
-- it in step: with trusted_schema off, a trigger may not touch a virtual table.
CREATE VIRTUAL TABLE words USING fts5 (
  title, search, content = 'record', content_rowid = 'pk',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);

-- Bundles made.  "at" is the civil time at which each was finished.
CREATE TABLE export (
  pk        INTEGER PRIMARY KEY,
  at        TEXT NOT NULL,
  path      TEXT NOT NULL,
  bundle    TEXT NOT NULL,
  revisions INTEGER NOT NULL,
  up_to     INTEGER NOT NULL
) STRICT;
