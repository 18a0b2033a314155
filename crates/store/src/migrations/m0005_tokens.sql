-- Tokens with which programs come: of each only its hash, who made it and for what. One that is revoked stays, for the audit.
CREATE TABLE api_token (
  id {id},
  name TEXT NOT NULL,
  permit TEXT NOT NULL,
  hash {bytes} NOT NULL,
  made_by BIGINT NOT NULL REFERENCES person(id),
  made_at BIGINT NOT NULL,
  used_at BIGINT,
  revoked_at BIGINT,
  CONSTRAINT api_token_hash_key UNIQUE (hash)
);
CREATE INDEX api_token_made_by ON api_token(made_by);
