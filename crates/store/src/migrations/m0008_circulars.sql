-- What staff wrote to those whom a bug affects, and who gets it; decided whole when it is sent.
CREATE TABLE circular (
  id {id},
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  -- That of the form it came from: sent twice, it is one.
  form_key TEXT NOT NULL,
  -- Subject and text in each language, and who was meant, both as JSON.
  texts TEXT NOT NULL,
  choice TEXT NOT NULL,
  by_id BIGINT NOT NULL REFERENCES person(id),
  at BIGINT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  -- The last person to whom it went out: a step that is taken twice is taken once.
  behind BIGINT NOT NULL,
  -- Whom the bug affects and who does not get it.
  left_out BIGINT NOT NULL,
  ended_at BIGINT,
  CONSTRAINT circular_form_key_key UNIQUE (form_key)
);
CREATE INDEX circular_bug ON circular(bug_id, id);
CREATE TABLE circular_copy (
  circular_id BIGINT NOT NULL REFERENCES circular(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  -- Of which they get it; none of who belongs to none.
  organisation_id BIGINT REFERENCES organisation(id),
  why TEXT NOT NULL,
  -- Their versions, and the fix that is theirs, as JSON.
  lot TEXT NOT NULL,
  -- The request that their answer opened.
  ticket_id BIGINT REFERENCES ticket(id),
  CONSTRAINT circular_copy_circular_id_person_id_key PRIMARY KEY (circular_id, person_id)
);
CREATE INDEX circular_copy_person ON circular_copy(person_id);
CREATE INDEX circular_copy_ticket ON circular_copy(ticket_id, circular_id) WHERE ticket_id IS NOT NULL;
