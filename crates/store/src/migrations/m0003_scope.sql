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
