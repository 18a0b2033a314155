-- The language that somebody's browser asked for when they signed in last (BCP 47).
ALTER TABLE person ADD COLUMN language TEXT;
