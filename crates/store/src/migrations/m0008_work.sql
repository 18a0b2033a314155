-- Mails that a server refused, the newest first.
CREATE INDEX outgoing_refused ON outgoing(outcome_at, id) WHERE outcome = 'refused';
-- Work of a kind that is not parked, in the order in which it is due.
CREATE INDEX job_kind ON job(kind, run_at, id) WHERE parked_at IS NULL;
-- Work that somebody gave up, with what they said of it; kept for a quarter.
CREATE TABLE dropped_work (
  id {id},
  kind TEXT NOT NULL,
  ticket_id BIGINT REFERENCES ticket(id),
  reason TEXT NOT NULL,
  by_id BIGINT NOT NULL REFERENCES person(id),
  at BIGINT NOT NULL
);
CREATE INDEX dropped_work_at ON dropped_work(at, id);
CREATE INDEX dropped_work_by ON dropped_work(by_id);
CREATE INDEX dropped_work_ticket ON dropped_work(ticket_id) WHERE ticket_id IS NOT NULL;
-- What was done to look after the database, and when last: a backup.
CREATE TABLE upkeep (
  what TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT upkeep_what_key PRIMARY KEY (what)
);
