-- A mail that a server refused can be sent again: what was owed, by ids; who had it sent again and when, once; and why it was
-- not sent after all (`not_theirs`, `owed_no_more`). None of the first in mails from before it was kept.
ALTER TABLE outgoing ADD COLUMN ordered TEXT;
ALTER TABLE outgoing ADD COLUMN again_at BIGINT;
ALTER TABLE outgoing ADD COLUMN again_by_id BIGINT REFERENCES person(id);
ALTER TABLE outgoing ADD COLUMN again_left TEXT;
