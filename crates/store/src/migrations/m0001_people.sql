CREATE TABLE person (
  id {id},
  name TEXT NOT NULL,
  zone TEXT,
  created_at BIGINT NOT NULL,
  erased_at BIGINT
);
-- What a person proves to be theirs; canonical as REG-2 compares it.
CREATE TABLE address (
  id {id},
  person_id BIGINT NOT NULL REFERENCES person(id),
  written TEXT NOT NULL,
  canonical TEXT NOT NULL UNIQUE,
  verified_at BIGINT NOT NULL
);
CREATE INDEX address_person ON address(person_id);
-- How a person signs in: password; later passkey, oidc, totp.
CREATE TABLE identity (
  id {id},
  person_id BIGINT NOT NULL REFERENCES person(id),
  kind TEXT NOT NULL,
  secret TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (person_id, kind)
);
CREATE TABLE staff_grant (
  person_id BIGINT NOT NULL REFERENCES person(id),
  word TEXT NOT NULL,
  since_at BIGINT NOT NULL,
  CONSTRAINT staff_grant_person_id_word_key PRIMARY KEY (person_id, word)
);
CREATE INDEX staff_grant_word ON staff_grant(word, person_id);
CREATE TABLE organisation (
  id {id},
  name TEXT NOT NULL,
  -- From which filing on managers and members see colleagues' requests (VIS-4); NULL: only their own.
  managers_from BIGINT,
  members_from BIGINT,
  confirmed_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE TABLE organisation_domain (
  domain TEXT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  CONSTRAINT organisation_domain_domain_key PRIMARY KEY (domain)
);
CREATE INDEX organisation_domain_organisation ON organisation_domain(organisation_id);
CREATE TABLE membership (
  id {id},
  person_id BIGINT NOT NULL REFERENCES person(id),
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  role TEXT NOT NULL,
  since_at BIGINT NOT NULL,
  until_at BIGINT
);
-- Nobody is twice in an organisation at a time.
CREATE UNIQUE INDEX membership_person_id_organisation_id_key ON membership(person_id, organisation_id)
  WHERE until_at IS NULL;
CREATE INDEX membership_person ON membership(person_id, since_at, id);
CREATE INDEX membership_organisation ON membership(organisation_id, until_at, person_id);
CREATE TABLE session (
  id {id},
  token_hash {bytes} NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES person(id),
  network TEXT NOT NULL,
  agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session(person_id, seen_at, id);
CREATE INDEX session_expires ON session(expires_at);
-- Single-use links: verification and reset. The link's text is derived from the nonce and the secret key.
CREATE TABLE link (
  id {id},
  purpose TEXT NOT NULL,
  hash {bytes} NOT NULL UNIQUE,
  nonce {bytes} NOT NULL,
  person_id BIGINT REFERENCES person(id),
  name TEXT NOT NULL,
  written TEXT NOT NULL,
  canonical TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX link_canonical ON link(canonical, purpose);
CREATE INDEX link_expires ON link(expires_at);
CREATE INDEX link_person ON link(person_id);
-- Attempts that are limited (REG-2): by address (hashed), network, account.
CREATE TABLE attempt (
  id {id},
  kind TEXT NOT NULL,
  who {bytes} NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX attempt_who ON attempt(kind, who, at);
CREATE INDEX attempt_at ON attempt(at);
-- Solved proofs of work, until they expire: each counts once.
CREATE TABLE spent_proof (
  nonce {bytes} NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT spent_proof_nonce_key PRIMARY KEY (nonce)
);
CREATE INDEX spent_proof_expires ON spent_proof(expires_at);
