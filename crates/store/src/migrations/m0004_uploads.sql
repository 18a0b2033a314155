-- A file on its way (LOG-5): `bytes` is what it will have, and is reserved; of it the disk has `received`.
CREATE TABLE upload (
  id {id},
  token TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person(id),
  organisation_id BIGINT REFERENCES organisation(id),
  draft_id BIGINT NOT NULL REFERENCES draft(id),
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  mark TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  received BIGINT NOT NULL,
  attachment_id BIGINT REFERENCES attachment(id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT upload_token_key UNIQUE (token)
);
CREATE INDEX upload_draft ON upload(draft_id);
CREATE INDEX upload_room ON upload(organisation_id, person_id, bytes) WHERE attachment_id IS NULL;
CREATE INDEX upload_person ON upload(person_id);
CREATE INDEX upload_attachment ON upload(attachment_id);
CREATE INDEX upload_expires ON upload(expires_at, bytes, received);
-- What has arrived of it, each part sealed in a blob of its own.
CREATE TABLE upload_part (
  id {id},
  upload_id BIGINT NOT NULL REFERENCES upload(id),
  starts BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  blob TEXT NOT NULL,
  CONSTRAINT upload_part_upload_id_starts_key UNIQUE (upload_id, starts)
);
CREATE INDEX upload_part_blob ON upload_part(blob);
-- Whose room a file takes: an organisation's, or where it is NULL its owner's own.
ALTER TABLE attachment ADD COLUMN organisation_id BIGINT REFERENCES organisation(id);
UPDATE attachment SET organisation_id = (SELECT organisation_id FROM ticket WHERE ticket.id = attachment.ticket_id)
  WHERE ticket_id IS NOT NULL AND owner_id NOT IN (SELECT person_id FROM staff_grant);
CREATE INDEX attachment_room ON attachment(organisation_id, owner_id, expires_at, bytes) WHERE removed_at IS NULL;
