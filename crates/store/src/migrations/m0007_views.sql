-- Questions of the filter language that staff keep as views: their own, and such as all of the desk sees.
CREATE TABLE saved_view (
  id {id},
  owner_id BIGINT NOT NULL REFERENCES person(id),
  name TEXT NOT NULL,
  question TEXT NOT NULL,
  shared BOOLEAN NOT NULL DEFAULT FALSE,
  changed_at BIGINT NOT NULL
);
CREATE INDEX saved_view_owner ON saved_view(owner_id, id);
CREATE INDEX saved_view_shared ON saved_view(id) WHERE shared;
