-- The organisation in which this one ended (VIS-4); its requests and those who belonged to it stay its own.
ALTER TABLE organisation ADD COLUMN merged_into_id BIGINT REFERENCES organisation(id);
CREATE INDEX organisation_merged ON organisation(merged_into_id) WHERE merged_into_id IS NOT NULL;
-- Who came with a merge sees of colleagues only what was filed at or after it: nothing becomes readable by merging.
ALTER TABLE membership ADD COLUMN filed_from BIGINT;
-- The same for who joins by an entry that came with a merge.
ALTER TABLE organisation_domain ADD COLUMN filed_from BIGINT;
-- One merge, until it is undone and after.
CREATE TABLE organisation_merge (
  id {id},
  from_id BIGINT NOT NULL REFERENCES organisation(id),
  into_id BIGINT NOT NULL REFERENCES organisation(id),
  at BIGINT NOT NULL,
  by_id BIGINT REFERENCES person(id),
  undone_at BIGINT,
  undone_by_id BIGINT REFERENCES person(id),
  -- What each shared before, and the survivor right after.
  from_managers BIGINT,
  from_members BIGINT,
  into_managers BIGINT,
  into_members BIGINT,
  after_managers BIGINT,
  after_members BIGINT
);
CREATE UNIQUE INDEX organisation_merge_from_id_key ON organisation_merge(from_id) WHERE undone_at IS NULL;
CREATE INDEX organisation_merge_into ON organisation_merge(into_id, id) WHERE undone_at IS NULL;
CREATE INDEX organisation_merge_by ON organisation_merge(by_id);
CREATE INDEX organisation_merge_undone_by ON organisation_merge(undone_by_id);
-- What came with it, to be given back: a domain entry, or the number of a licence, an invitation, a membership that it made,
-- a person who filed for it.
CREATE TABLE organisation_merge_part (
  id {id},
  merge_id BIGINT NOT NULL REFERENCES organisation_merge(id),
  kind TEXT NOT NULL,
  part_id BIGINT,
  domain TEXT,
  filed_from BIGINT
);
CREATE INDEX organisation_merge_part_merge ON organisation_merge_part(merge_id, kind, id);
CREATE INDEX organisation_merge_part_of ON organisation_merge_part(kind, part_id);
