-- Questions of the filter language that staff keep as views: their own, and such as all of the desk sees.
CREATE TABLE saved_view (
  id {id},
  owner_id BIGINT NOT NULL REFERENCES person(id),
  name TEXT NOT NULL,
  question TEXT NOT NULL,
  shared BOOLEAN NOT NULL DEFAULT FALSE,
  changed_at BIGINT NOT NULL
);
-- Whom its question names, by address or name: it goes when they are erased (PRV-1).
CREATE TABLE saved_view_person (
  view_id BIGINT NOT NULL REFERENCES saved_view(id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES person(id),
  CONSTRAINT saved_view_person_view_id_person_id_key PRIMARY KEY (view_id, person_id)
);
CREATE INDEX saved_view_person_person ON saved_view_person(person_id);
CREATE INDEX saved_view_owner ON saved_view(owner_id, id);
CREATE INDEX saved_view_shared ON saved_view(id) WHERE shared;
