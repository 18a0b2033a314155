-- Somebody is asked to join an organisation: of the link in the mail only what it is derived from and its hash are kept. Who
-- joined, declined or is asked no more has no row.
CREATE TABLE invitation (
  id {id},
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  written TEXT NOT NULL,
  canonical TEXT NOT NULL,
  role TEXT NOT NULL,
  by_id BIGINT NOT NULL REFERENCES person(id),
  nonce {bytes} NOT NULL,
  hash {bytes} NOT NULL,
  sent_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT invitation_organisation_id_canonical_key UNIQUE (organisation_id, canonical),
  CONSTRAINT invitation_hash_key UNIQUE (hash)
);
CREATE INDEX invitation_canonical ON invitation(canonical);
CREATE INDEX invitation_expires ON invitation(expires_at);
CREATE INDEX invitation_by ON invitation(by_id);
-- Whether its managers may ask addresses of other domains than its own.
ALTER TABLE organisation ADD COLUMN invites_others BOOLEAN NOT NULL DEFAULT FALSE;
-- For whom somebody files who belongs to several; NULL: the one that they joined first.
ALTER TABLE person ADD COLUMN acts_for BIGINT REFERENCES organisation(id);
CREATE INDEX person_acts_for ON person(acts_for) WHERE acts_for IS NOT NULL;
-- Since when it is in doubt that an address is still its person's (REG-7).
ALTER TABLE address ADD COLUMN doubted_at BIGINT;
CREATE INDEX address_proof ON address(verified_at, id) WHERE doubted_at IS NULL;
