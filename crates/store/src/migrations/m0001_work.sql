-- Work that runs by itself: claimed with a lease, retried with backoff, parked where staff see it.
CREATE TABLE job (
  id {id},
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  unique_key TEXT UNIQUE,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  leased_until BIGINT,
  parked_at BIGINT,
  fault TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX job_due ON job(run_at, id) WHERE parked_at IS NULL;
CREATE INDEX job_parked ON job(parked_at, id) WHERE parked_at IS NOT NULL;
-- Mail on its way out: the intent with its bytes first, the outcome after.
CREATE TABLE outgoing (
  id {id},
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  ticket_id BIGINT REFERENCES ticket(id),
  message_id BIGINT REFERENCES message(id),
  person_id BIGINT REFERENCES person(id),
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  bytes {bytes},
  created_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  outcome TEXT,
  outcome_at BIGINT,
  answer TEXT
);
CREATE INDEX outgoing_message ON outgoing(message_id);
CREATE INDEX outgoing_ticket ON outgoing(ticket_id);
CREATE INDEX outgoing_person ON outgoing(person_id);
CREATE INDEX outgoing_recipient ON outgoing(recipient);
CREATE INDEX outgoing_created ON outgoing(created_at, id);
