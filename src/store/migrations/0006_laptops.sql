-- 0006: the laptops that bundles came from, by the key that signed them (include/store/laptops.h).

-- A key and a device that it signs for; device is "" when a key was accepted before any bundle of it came.
CREATE TABLE laptop (
  key       TEXT NOT NULL,
  device    TEXT NOT NULL,
  name      TEXT NOT NULL,
  first     TEXT NOT NULL,
  last      TEXT NOT NULL,
  bundle    TEXT NOT NULL,
  since     TEXT NOT NULL,
  confirmed INTEGER NOT NULL,
  PRIMARY KEY (key, device)
) STRICT;
CREATE INDEX laptop_device ON laptop (device) WHERE confirmed <> 0;

-- Who signed the bundle that brought it: what waits for a laptop is released by key and device.
ALTER TABLE waiting ADD COLUMN key TEXT NOT NULL DEFAULT '';
CREATE INDEX waiting_key ON waiting (key, device) WHERE why = 1;
