-- What a file was recognised as; NULL for those from before that.
ALTER TABLE attachment ADD COLUMN kind TEXT;
-- The field that it was given for, where it does not do for that and lies elsewhere.
ALTER TABLE attachment ADD COLUMN offered TEXT;
-- The blob of the original, encrypted: `blob` is what people read. The same in both where nobody reads it at all.
ALTER TABLE attachment ADD COLUMN original TEXT;
-- What was found in it, as JSON: facts without a word of the file.
ALTER TABLE attachment ADD COLUMN facts TEXT;
-- When it is removed by itself; NULL while its request is not closed.
ALTER TABLE attachment ADD COLUMN expires_at BIGINT;
CREATE INDEX attachment_expires ON attachment(expires_at) WHERE expires_at IS NOT NULL AND removed_at IS NULL;
CREATE INDEX attachment_original ON attachment(original) WHERE original IS NOT NULL;
-- Which secret has which mask; of the secret only a keyed digest. Of a draft, from when it is sent on of the request.
CREATE TABLE mask (
  id {id},
  draft_id BIGINT REFERENCES draft(id),
  ticket_id BIGINT REFERENCES ticket(id),
  digest TEXT NOT NULL,
  secret TEXT NOT NULL,
  number BIGINT NOT NULL,
  CONSTRAINT mask_draft_id_secret_number_key UNIQUE (draft_id, secret, number),
  CONSTRAINT mask_ticket_id_secret_number_key UNIQUE (ticket_id, secret, number)
);
