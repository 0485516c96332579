-- 0004: what each record contributes to the indicators, and the totals (include/store/facts.h).

-- Texts by number: keys of indicators, codes of periods and UGEL, values of dimensions.
CREATE TABLE fact_word (
  pk   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE fact_place (
  pk        INTEGER PRIMARY KEY,
  ugel      INTEGER NOT NULL,
  level     INTEGER NOT NULL,
  area      INTEGER NOT NULL,
  type      INTEGER NOT NULL,
  condition INTEGER NOT NULL,
  network   INTEGER NOT NULL,
  UNIQUE (ugel, level, area, type, condition, network)
) STRICT;

-- Periods besides quarters and years; both days included.
CREATE TABLE fact_block (
  period INTEGER PRIMARY KEY,
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL
) STRICT;

-- who: a hash, 0 for the record itself. stamp, tie: which of two of the same day is later.
-- waits: its day has not come. items: src/store/fact_items.c.
CREATE TABLE fact (
  record INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  who    INTEGER NOT NULL,
  day    INTEGER NOT NULL,
  stamp  INTEGER NOT NULL,
  tie    INTEGER NOT NULL,
  place  INTEGER NOT NULL,
  waits  INTEGER NOT NULL,
  items  BLOB NOT NULL,
  PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_who ON fact (who, day);
CREATE INDEX fact_waiting ON fact (day) WHERE waits = 1;

CREATE TABLE total (
  dimension INTEGER NOT NULL,
  period    INTEGER NOT NULL,
  indicator INTEGER NOT NULL,
  ugel      INTEGER NOT NULL,
  value     INTEGER NOT NULL,
  part      INTEGER NOT NULL,
  num       INTEGER NOT NULL,
  den       INTEGER NOT NULL,
  partial   INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (dimension, period, indicator, ugel, value, part)
) STRICT, WITHOUT ROWID;
