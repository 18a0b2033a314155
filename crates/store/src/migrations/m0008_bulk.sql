-- What staff do to many requests at once. The words that go with it are there until it is done; they stand in the requests then.
CREATE TABLE bulk_job (
  id {id},
  by_id BIGINT NOT NULL REFERENCES person(id),
  act TEXT,
  words TEXT,
  phase TEXT NOT NULL,
  -- Which choice of an act the judgements are of.
  round BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL DEFAULT 0,
  undoes_id BIGINT REFERENCES bulk_job(id),
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  stopped_by_id BIGINT REFERENCES person(id),
  CONSTRAINT bulk_job_undoes_id_key UNIQUE (undoes_id)
);
CREATE INDEX bulk_job_by ON bulk_job(by_id, id);
CREATE INDEX bulk_job_started ON bulk_job(id) WHERE started_at IS NOT NULL;
CREATE INDEX bulk_job_created ON bulk_job(created_at) WHERE started_at IS NULL;
CREATE INDEX bulk_job_ended ON bulk_job(ended_at) WHERE ended_at IS NOT NULL;
-- Its requests, in the order in which they stood where they were chosen; kept for a quarter after its end.
CREATE TABLE bulk_row (
  job_id BIGINT NOT NULL REFERENCES bulk_job(id) ON DELETE CASCADE,
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  place BIGINT NOT NULL,
  standing TEXT NOT NULL,
  why TEXT,
  -- The newest message there was when it was judged.
  read_to BIGINT NOT NULL DEFAULT 0,
  -- What it was before, and the place in the journal of the event that changed it.
  was TEXT,
  seq BIGINT,
  at BIGINT,
  CONSTRAINT bulk_row_job_id_ticket_id_key PRIMARY KEY (job_id, ticket_id)
);
CREATE INDEX bulk_row_standing ON bulk_row(job_id, standing, place);
CREATE INDEX bulk_row_why ON bulk_row(job_id, why) WHERE standing = 'left';
CREATE INDEX bulk_row_ticket ON bulk_row(ticket_id);
-- With which job a message was written.
ALTER TABLE message ADD COLUMN bulk_job_id BIGINT REFERENCES bulk_job(id);
CREATE INDEX message_bulk_job ON message(bulk_job_id) WHERE bulk_job_id IS NOT NULL;
