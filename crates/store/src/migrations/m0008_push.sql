-- A key by which push services know the desk (RFC 8292). Its private part is sealed by the desk's secret key.
CREATE TABLE push_key (
  number BIGINT NOT NULL,
  public {bytes} NOT NULL,
  sealed {bytes} NOT NULL,
  made_at BIGINT NOT NULL,
  CONSTRAINT push_key_number_key PRIMARY KEY (number)
);
-- A browser that shows notifications while the desk is closed; it ends with its session. `public` and `secret` are the
-- browser's own (RFC 8291), `key_number` is the key of ours to which it was bound.
CREATE TABLE push_device (
  id {id},
  person_id BIGINT NOT NULL REFERENCES person(id),
  session_id BIGINT NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  endpoint TEXT NOT NULL,
  public {bytes} NOT NULL,
  secret {bytes} NOT NULL,
  key_number BIGINT NOT NULL REFERENCES push_key(number),
  agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  CONSTRAINT push_device_endpoint_key UNIQUE (endpoint),
  CONSTRAINT push_device_session_id_key UNIQUE (session_id)
);
CREATE INDEX push_device_person ON push_device(person_id, id);
-- Who wants the subject of a request in what their devices show.
CREATE TABLE push_subjects (
  person_id BIGINT NOT NULL REFERENCES person(id),
  CONSTRAINT push_subjects_person_id_key PRIMARY KEY (person_id)
);
