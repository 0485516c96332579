-- 0005: what others said they hold, by the key that signed it, so that exports carry only what they lack.
-- opens: the age key of whoever said it.  office: it is an office's, not a laptop's own.  ugel: the code it told.
-- turn: which was taken in last; no clock decides it.  sent: how many revisions its bundle carried.
-- arrival: the newest revision here once that was in.  common: for offices, how many of those here it holds.

CREATE TABLE peer_said (
  device  TEXT NOT NULL,
  key     TEXT NOT NULL,
  opens   TEXT NOT NULL,
  office  INTEGER NOT NULL,
  ugel    TEXT NOT NULL,
  turn    INTEGER NOT NULL,
  bundle  TEXT NOT NULL,
  made    TEXT NOT NULL,
  at      TEXT NOT NULL,
  sent    INTEGER NOT NULL,
  arrival INTEGER NOT NULL,
  common  INTEGER NOT NULL,
  have    BLOB NOT NULL,
  PRIMARY KEY (device, key)
) STRICT;

INSERT INTO peer_said SELECT device, '', '', 0, '', row_number() OVER (ORDER BY at, device), bundle, made, at, 1, 0, 0, have
  FROM peer;
DROP TABLE peer;
ALTER TABLE peer_said RENAME TO peer;
