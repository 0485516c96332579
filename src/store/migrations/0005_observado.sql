-- 0005: what the office observed, and what was corrected after that (enum record_state: 2 and 4).
CREATE INDEX record_observed ON record (form, date, id) WHERE state IN (2, 4);
