-- When an organisation was erased: its row stays without a name, for the counts and clocks of its requests (PRV-1).
ALTER TABLE organisation ADD COLUMN erased_at BIGINT;
CREATE INDEX organisation_erased ON organisation(erased_at, id) WHERE erased_at IS NOT NULL;
