-- Who files for whom (ENT-4): offered to an address, taken by who manages an organisation, until it ends.
CREATE TABLE resale (
  id {id},
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  -- NULL until it is taken.
  reseller_id BIGINT REFERENCES organisation(id),
  -- The address that it was offered to; NULL where staff set it.
  written TEXT,
  canonical TEXT,
  offered_at BIGINT NOT NULL,
  by_id BIGINT REFERENCES person(id),
  taken_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX resale_of ON resale(organisation_id, id);
CREATE INDEX resale_by ON resale(reseller_id, id) WHERE reseller_id IS NOT NULL;
CREATE INDEX resale_by_id ON resale(by_id);
CREATE INDEX resale_canonical ON resale(canonical) WHERE canonical IS NOT NULL;
CREATE UNIQUE INDEX resale_organisation_id_reseller_id_key ON resale(organisation_id, reseller_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX resale_organisation_id_canonical_key ON resale(organisation_id, canonical) WHERE ended_at IS NULL;
-- The reseller by whom it was filed, fixed at filing.
ALTER TABLE ticket ADD COLUMN reseller_id BIGINT REFERENCES organisation(id);
CREATE INDEX ticket_reseller ON ticket(reseller_id, id) WHERE reseller_id IS NOT NULL;
-- Every merge of an organisation, what was undone too: whose mails name it.
CREATE INDEX organisation_merge_from ON organisation_merge(from_id);
CREATE INDEX organisation_merge_ever ON organisation_merge(into_id);
