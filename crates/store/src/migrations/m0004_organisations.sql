-- The name in lower case, compared byte by byte: lists go by it, and the beginning of a name finds it.
ALTER TABLE organisation ADD COLUMN name_key TEXT {bytewise} NOT NULL DEFAULT '';
UPDATE organisation SET name_key = lower(name);
CREATE INDEX organisation_name_key ON organisation(name_key, id);
CREATE INDEX organisation_unconfirmed ON organisation(name_key, id) WHERE confirmed_at IS NULL;
CREATE INDEX membership_manager ON membership(organisation_id, person_id) WHERE role = 'manager' AND until_at IS NULL;
-- Who goes on with what a former member filed (REG-7): may all that its requester may.
ALTER TABLE participant ADD COLUMN heir BOOLEAN NOT NULL DEFAULT FALSE;
