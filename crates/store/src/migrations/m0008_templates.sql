-- Texts that staff keep for replies.
CREATE TABLE reply_template (
  id {id},
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  -- A key of the policy; none for requests of every type.
  request_type TEXT,
  -- BCP 47; none where it does not matter.
  language TEXT,
  -- FRT-2: sent as it is, it is no first response.
  acknowledges BOOLEAN NOT NULL DEFAULT FALSE,
  -- What the reply does besides: `wait`, `solved`, `with_developers`, `keep`.
  after_reply TEXT NOT NULL,
  changed_by_id BIGINT REFERENCES person(id),
  changed_at BIGINT NOT NULL
);
CREATE INDEX reply_template_changed_by ON reply_template(changed_by_id);
