-- Since when somebody waits to be let in (REG-3), and when and why they were not; NULL: in.
ALTER TABLE person ADD COLUMN waits_since BIGINT;
ALTER TABLE person ADD COLUMN turned_away_at BIGINT;
ALTER TABLE person ADD COLUMN turned_away_why TEXT;
CREATE INDEX person_waits ON person(waits_since, id) WHERE waits_since IS NOT NULL;
