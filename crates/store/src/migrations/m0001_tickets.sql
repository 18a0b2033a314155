-- A request. `id` is the number that people see.
CREATE TABLE ticket (
  id {id},
  request_type TEXT NOT NULL,
  subject TEXT NOT NULL,
  requester_id BIGINT NOT NULL REFERENCES person(id),
  organisation_id BIGINT REFERENCES organisation(id),
  product TEXT NOT NULL,
  team TEXT,
  channel TEXT NOT NULL,
  parent_id BIGINT REFERENCES ticket(id),
  assignee_id BIGINT REFERENCES person(id),
  state TEXT NOT NULL,
  state_since BIGINT NOT NULL,
  -- When the customer was reminded in this state (REQ-9).
  reminded_at BIGINT,
  wish TEXT NOT NULL,
  priority TEXT NOT NULL,
  priority_decided BOOLEAN NOT NULL,
  plan TEXT,
  terms BIGINT NOT NULL REFERENCES policy_version(id),
  secrecy TEXT NOT NULL,
  filed_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  spam_at BIGINT,
  -- The form that it was sent by: one that is sent twice files once.
  sent_form TEXT,
  external_system TEXT,
  external_kind TEXT,
  external_id TEXT,
  -- Read off the events (TRN-1, TRN-2): whose turn, and the place in the queue.
  turn TEXT NOT NULL,
  turn_since BIGINT NOT NULL,
  queue_bucket BIGINT,
  queue_at BIGINT,
  UNIQUE (requester_id, sent_form),
  UNIQUE (external_system, external_kind, external_id)
);
CREATE INDEX ticket_requester ON ticket(requester_id, id);
CREATE INDEX ticket_organisation ON ticket(organisation_id, id);
-- With all that a count asks of a row, so that counting a thousand reads none.
CREATE INDEX ticket_queue ON ticket(queue_bucket, queue_at, id, secrecy, deleted_at, requester_id, organisation_id)
  WHERE queue_bucket IS NOT NULL;
CREATE INDEX ticket_unassigned
  ON ticket(queue_bucket, queue_at, id, secrecy, deleted_at, requester_id, organisation_id, assignee_id)
  WHERE queue_bucket IS NOT NULL AND assignee_id IS NULL;
-- What somebody works on; what they are done with is not in the way of it.
CREATE INDEX ticket_assignee ON ticket(assignee_id, updated_at, id) WHERE state NOT IN ('solved', 'closed');
CREATE INDEX ticket_state ON ticket(state, state_since, id);
CREATE INDEX ticket_unreminded ON ticket(state_since, id) WHERE state = 'waiting_for_customer' AND reminded_at IS NULL;
CREATE INDEX ticket_updated ON ticket(updated_at, id);
CREATE INDEX ticket_parent ON ticket(parent_id);
CREATE TABLE ticket_detail (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  detail TEXT NOT NULL,
  place BIGINT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT ticket_detail_ticket_id_detail_key PRIMARY KEY (ticket_id, detail)
);
CREATE TABLE ticket_tick (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  tick TEXT NOT NULL,
  CONSTRAINT ticket_tick_ticket_id_tick_key PRIMARY KEY (ticket_id, tick)
);
CREATE TABLE ticket_tag (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  tag TEXT NOT NULL,
  CONSTRAINT ticket_tag_ticket_id_tag_key PRIMARY KEY (ticket_id, tag)
);
CREATE INDEX ticket_tag_tag ON ticket_tag(tag, ticket_id);
-- Whose request it is: the requester and everybody added.
CREATE TABLE participant (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  CONSTRAINT participant_ticket_id_person_id_key PRIMARY KEY (ticket_id, person_id)
);
CREATE INDEX participant_person ON participant(person_id, ticket_id);
-- `send_at`: the end of the hold; before it only staff see a reply, and it can be taken back.
CREATE TABLE message (
  id {id},
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  author_kind TEXT NOT NULL,
  author_id BIGINT REFERENCES person(id),
  audience TEXT NOT NULL,
  human BOOLEAN NOT NULL,
  assisted BOOLEAN NOT NULL,
  channel TEXT NOT NULL,
  body TEXT NOT NULL,
  on_behalf_of BIGINT REFERENCES person(id),
  source_blob TEXT,
  posted_at BIGINT NOT NULL,
  send_at BIGINT NOT NULL,
  taken_back_at BIGINT
);
CREATE INDEX message_ticket ON message(ticket_id, id);
CREATE INDEX message_author ON message(author_id);
CREATE INDEX message_source_blob ON message(source_blob) WHERE source_blob IS NOT NULL;
-- What became of a message, for each recipient.
CREATE TABLE delivery (
  id {id},
  message_id BIGINT NOT NULL REFERENCES message(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  via TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (message_id, person_id, via)
);
CREATE INDEX delivery_person ON delivery(person_id);
-- Words that a person gave with an event (the reason of a decision, of a ruling); the event itself holds none.
CREATE TABLE remark (
  seq BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  author_id BIGINT REFERENCES person(id),
  words TEXT NOT NULL,
  CONSTRAINT remark_seq_key PRIMARY KEY (seq)
);
CREATE INDEX remark_ticket ON remark(ticket_id);
CREATE INDEX remark_author ON remark(author_id);
