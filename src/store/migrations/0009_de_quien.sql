-- 0009: facts about the record itself (who 0) are never asked for by who, and most are such.

DROP INDEX IF EXISTS fact_who;
CREATE INDEX fact_who ON fact (who, day) WHERE who <> 0;
