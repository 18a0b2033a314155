-- Staff who want to hear of a request that is not theirs.
CREATE TABLE ticket_watcher (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  CONSTRAINT ticket_watcher_ticket_id_person_id_key PRIMARY KEY (ticket_id, person_id)
);
CREATE INDEX ticket_watcher_person ON ticket_watcher(person_id, ticket_id);
-- Requests that have to do with each other; the smaller number first.
CREATE TABLE ticket_link (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  other_id BIGINT NOT NULL REFERENCES ticket(id),
  CONSTRAINT ticket_link_ticket_id_other_id_key PRIMARY KEY (ticket_id, other_id)
);
CREATE INDEX ticket_link_other ON ticket_link(other_id, ticket_id);
-- Merged into another, which goes on for both (FRT-5).
ALTER TABLE ticket ADD COLUMN merged_into_id BIGINT REFERENCES ticket(id);
CREATE INDEX ticket_merged_into ON ticket(merged_into_id) WHERE merged_into_id IS NOT NULL;
-- Until when the next word is promised (FRT-7).
ALTER TABLE ticket ADD COLUMN next_word_at BIGINT;
CREATE INDEX ticket_next_word ON ticket(next_word_at, id) WHERE next_word_at IS NOT NULL;
-- Under which entry of the scope it was closed (SCO-1).
ALTER TABLE ticket ADD COLUMN scope_entry TEXT;
-- What people say after their request was closed; one answer a person, which they may change.
CREATE TABLE satisfaction (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  verdict TEXT NOT NULL,
  words TEXT NOT NULL,
  said_at BIGINT NOT NULL,
  CONSTRAINT satisfaction_ticket_id_person_id_key PRIMARY KEY (ticket_id, person_id)
);
CREATE INDEX satisfaction_person ON satisfaction(person_id, ticket_id);
-- What is made public of a security report, and when (SEC-1).
CREATE TABLE advisory (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  affected TEXT NOT NULL,
  body TEXT NOT NULL,
  -- Nothing is said before; NULL: no date is agreed yet.
  embargo_until BIGINT,
  -- When the role is reminded of its end next; NULL: no more.
  remind_at BIGINT,
  changed_by BIGINT NOT NULL REFERENCES person(id),
  changed_at BIGINT NOT NULL,
  CONSTRAINT advisory_ticket_id_key PRIMARY KEY (ticket_id)
);
CREATE INDEX advisory_remind ON advisory(remind_at, ticket_id) WHERE remind_at IS NOT NULL;
CREATE INDEX advisory_changed_by ON advisory(changed_by);
