-- What happened, in the order of commits. Ids and facts only.
CREATE TABLE journal (
  seq {id},
  ticket_id BIGINT,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  payload TEXT NOT NULL,
  occurred_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id BIGINT,
  cause BIGINT,
  depth BIGINT NOT NULL
);
CREATE INDEX journal_ticket ON journal(ticket_id, seq);
-- A cache of `rules::sla::clocks`, so that the sweep finds by an index what is due.
CREATE TABLE clock (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  place BIGINT NOT NULL,
  target TEXT NOT NULL,
  cycle BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  due_at BIGINT,
  standing TEXT NOT NULL,
  ended_at BIGINT,
  mark_at BIGINT,
  CONSTRAINT clock_ticket_id_place_key PRIMARY KEY (ticket_id, place)
);
CREATE INDEX clock_mark ON clock(mark_at, ticket_id) WHERE mark_at IS NOT NULL;
