-- What is being written and not sent yet. `fields` is JSON of form field to text.
CREATE TABLE draft (
  id {id},
  person_id BIGINT NOT NULL REFERENCES person(id),
  purpose TEXT NOT NULL,
  fields TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX draft_person ON draft(person_id, updated_at, id);
-- A file; `blob` is the SHA-256 of its bytes, in hexadecimal. It belongs to a draft until that is sent.
CREATE TABLE attachment (
  id {id},
  owner_id BIGINT NOT NULL REFERENCES person(id),
  draft_id BIGINT REFERENCES draft(id),
  ticket_id BIGINT REFERENCES ticket(id),
  message_id BIGINT REFERENCES message(id),
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  blob TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  removed_at BIGINT
);
CREATE INDEX attachment_draft ON attachment(draft_id);
CREATE INDEX attachment_ticket ON attachment(ticket_id, id);
CREATE INDEX attachment_message ON attachment(message_id);
CREATE INDEX attachment_blob ON attachment(blob);
CREATE INDEX attachment_owner ON attachment(owner_id);
