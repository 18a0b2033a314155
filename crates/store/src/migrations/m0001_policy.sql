CREATE TABLE policy_version (
  id {id},
  source TEXT NOT NULL,
  compiled TEXT NOT NULL,
  hash TEXT NOT NULL,
  applied_by BIGINT REFERENCES person(id),
  applied_at BIGINT NOT NULL,
  from_at BIGINT NOT NULL
);
CREATE INDEX policy_version_from ON policy_version(from_at, id);
