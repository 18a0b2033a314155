-- What a member of staff is told on the desk of requests that are theirs: of each request and kind once until it was read.
CREATE TABLE notification (
  id {id},
  person_id BIGINT NOT NULL REFERENCES person(id),
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  kind TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  read_at BIGINT
);
CREATE INDEX notification_person ON notification(person_id, told_at, id);
CREATE INDEX notification_unread ON notification(person_id, ticket_id) WHERE read_at IS NULL;
CREATE INDEX notification_told ON notification(told_at);
-- Which way somebody is told of a kind, and whether on their devices too; all of them, where there is no row.
CREATE TABLE notification_choice (
  person_id BIGINT NOT NULL REFERENCES person(id),
  kind TEXT NOT NULL,
  way TEXT NOT NULL,
  push BOOLEAN NOT NULL DEFAULT TRUE,
  CONSTRAINT notification_choice_person_id_kind_key PRIMARY KEY (person_id, kind)
);
-- Who is away, and until when: what a customer answers meanwhile goes back to all.
CREATE TABLE away (
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  CONSTRAINT away_person_id_key PRIMARY KEY (person_id)
);
CREATE INDEX away_until ON away(until_at);
