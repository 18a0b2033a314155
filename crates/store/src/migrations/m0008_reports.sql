-- What reports count (`rules::reports`): read off the events of a request, in the transaction that writes them.
CREATE TABLE report_fact (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  place BIGINT NOT NULL,
  kind TEXT NOT NULL,
  how TEXT,
  at BIGINT NOT NULL,
  -- What a first response took, in microseconds of working time and by the clock on the wall.
  worked BIGINT,
  passed BIGINT,
  CONSTRAINT report_fact_ticket_id_place_key PRIMARY KEY (ticket_id, place)
);
CREATE INDEX report_fact_kind ON report_fact(kind, at, ticket_id, place, how, worked, passed);
-- What is told of requests that were there before, by the job that tells clocks anew.
INSERT INTO job (kind, payload, unique_key, run_at, attempts, created_at)
  SELECT 'figures', '{"after":0}', 'figures/facts', 0, 0, 0 FROM ticket LIMIT 1;
-- Whose turn it is in what is not over.
CREATE INDEX ticket_turn ON ticket(turn, id) WHERE state NOT IN ('solved', 'closed');
-- Who wants the report of each month by mail.
CREATE TABLE report_reader (
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  CONSTRAINT report_reader_person_id_key PRIMARY KEY (person_id)
);
