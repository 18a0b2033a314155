-- The audit: who changed rights, what is seen, licences, the policy; who redacted, looked at originals, exported, erased. Ids and
-- facts only. Each entry carries the hash of the one before (`rules::audit`); none is ever changed or taken out.
CREATE TABLE audit (
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id BIGINT,
  area TEXT NOT NULL,
  act TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT audit_number_key PRIMARY KEY (number)
);
CREATE INDEX audit_at ON audit(at, number);
CREATE INDEX audit_area ON audit(area, at, number);
-- By what an entry is found: the people and things that it concerns. Told anew from the entry when the audit is verified.
CREATE TABLE audit_about (
  thing TEXT NOT NULL,
  thing_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  number BIGINT NOT NULL,
  CONSTRAINT audit_about_thing_thing_id_at_number_key PRIMARY KEY (thing, thing_id, at, number)
);
CREATE INDEX audit_about_number ON audit_about(number);
{only_grows audit};
{only_grows audit_about};
