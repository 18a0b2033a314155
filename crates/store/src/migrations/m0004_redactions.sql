-- What was redacted (PRV-2), so that a restore of an older backup does it again: a line of ids, places and keyed digests,
-- as the list beside the database has it. Never what was redacted.
CREATE TABLE redaction (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  at BIGINT NOT NULL,
  line TEXT NOT NULL
);
CREATE INDEX redaction_ticket ON redaction(ticket_id, id);
-- A file that was redacted: its row stays, without a blob.
ALTER TABLE attachment ADD COLUMN redacted_at BIGINT;
CREATE INDEX draft_purpose ON draft(purpose);
