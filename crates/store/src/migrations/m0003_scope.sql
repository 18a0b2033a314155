-- What a first response took, in microseconds of working time, where it counts for the figures (FRT-8).
ALTER TABLE clock ADD COLUMN worked BIGINT;
CREATE INDEX clock_answered ON clock(ended_at, ticket_id, place, worked) WHERE worked IS NOT NULL;
-- What was answered before is told by a job, since SQL knows no working hours.
INSERT INTO job (kind, payload, unique_key, run_at, attempts, created_at)
  SELECT 'figures', '{"after":0}', 'figures/0', 0, 0, 0 FROM clock WHERE ended_at IS NOT NULL LIMIT 1;
-- What was filed since, with all that a count asks of a row (POL-4).
CREATE INDEX ticket_filed ON ticket(filed_at, id, secrecy, deleted_at, requester_id, organisation_id);
-- A policy that somebody tries on what happened: a job goes through it in steps (POL-4). `compared` is JSON.
CREATE TABLE simulation (
  id {id},
  asked_by BIGINT NOT NULL REFERENCES person(id),
  asked_at BIGINT NOT NULL,
  source TEXT NOT NULL,
  since TEXT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  after_at BIGINT,
  after_id BIGINT,
  compared TEXT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX simulation_asked_by ON simulation(asked_by, id);
CREATE INDEX simulation_asked_at ON simulation(asked_at);
-- A build of the migration tool (REQ-6); `blob` is the SHA-256 of its bytes, in hexadecimal.
CREATE TABLE tool_build (
  id {id},
  version TEXT NOT NULL,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  blob TEXT NOT NULL,
  added_by BIGINT REFERENCES person(id),
  added_at BIGINT NOT NULL,
  CONSTRAINT tool_build_version_platform_key UNIQUE (version, platform)
);
CREATE INDEX tool_build_blob ON tool_build(blob);
-- Systems that the tool does not read, one voice for each organisation or person who stands alone.
CREATE TABLE asked_system (
  system TEXT NOT NULL,
  voice TEXT NOT NULL,
  written TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person(id),
  asked_at BIGINT NOT NULL,
  CONSTRAINT asked_system_system_voice_key PRIMARY KEY (system, voice)
);
CREATE INDEX asked_system_person ON asked_system(person_id);
-- An archive that somebody asked for of what concerns them (PRV-3); `blob` once it is made.
CREATE TABLE export (
  id {id},
  person_id BIGINT NOT NULL REFERENCES person(id),
  asked_at BIGINT NOT NULL,
  blob TEXT,
  bytes BIGINT,
  expires_at BIGINT NOT NULL
);
CREATE INDEX export_person ON export(person_id, id);
CREATE INDEX export_expires ON export(expires_at);
CREATE INDEX export_blob ON export(blob) WHERE blob IS NOT NULL;
