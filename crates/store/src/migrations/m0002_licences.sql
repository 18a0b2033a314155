-- What an organisation has paid for (ENT-1).
CREATE TABLE licence (
  id {id},
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  -- How the vendor's own books call it: given again, it changes this row.
  external_key TEXT,
  product TEXT NOT NULL,
  edition TEXT NOT NULL,
  -- For this deployment only; NULL: for all.
  deployment TEXT,
  plan TEXT,
  kind TEXT NOT NULL,
  seats BIGINT,
  -- Its last day in the desk's zone, as 2027-03-31; NULL: without an end.
  through TEXT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CONSTRAINT licence_external_key_key UNIQUE (external_key)
);
CREATE INDEX licence_organisation ON licence(organisation_id, id);
