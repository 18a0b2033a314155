-- Links of invitations that were answered, so that they can say so; until they would have run out.
CREATE TABLE spent_invitation (
  hash {bytes} NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT spent_invitation_hash_key PRIMARY KEY (hash)
);
CREATE INDEX spent_invitation_expires ON spent_invitation(expires_at);
