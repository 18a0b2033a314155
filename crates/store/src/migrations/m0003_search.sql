-- What was shown under a subject while it was typed, and what of it was opened (REQ-7): by the form, and tied to the
-- request that the form filed. `target` names what it was, such as request/17 or section/hours.
CREATE TABLE suggestion (
  person_id BIGINT NOT NULL REFERENCES person(id),
  form TEXT NOT NULL,
  target TEXT NOT NULL,
  ticket_id BIGINT REFERENCES ticket(id),
  shown_at BIGINT NOT NULL,
  -- How often it was opened.
  opened BIGINT NOT NULL,
  -- When the customer said that it is something else (SCO-1).
  waved_away_at BIGINT,
  CONSTRAINT suggestion_person_id_form_target_key PRIMARY KEY (person_id, form, target)
);
CREATE INDEX suggestion_ticket ON suggestion(ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX suggestion_unfiled ON suggestion(shown_at) WHERE ticket_id IS NULL;
