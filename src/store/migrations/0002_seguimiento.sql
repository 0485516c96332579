-- 0002: what lists and the next visit know of a record.  open: it comes back, until due;
-- done: it really took place; unique_key: no two current records of a form share it.

ALTER TABLE record ADD COLUMN ugel       TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN due        TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN open       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN done       INTEGER NOT NULL DEFAULT 1;
ALTER TABLE record ADD COLUMN unique_key TEXT NOT NULL DEFAULT '';

CREATE INDEX record_open ON record (form, due, id, sensitive) WHERE open = 1 AND state <> 3;
CREATE INDEX record_unique ON record (form, unique_key) WHERE unique_key <> '' AND state <> 3;

-- The program derives the records again before it uses them (app_open).
INSERT INTO meta (name, value) SELECT 'rebuild', '0002' WHERE EXISTS (SELECT 1 FROM record);
