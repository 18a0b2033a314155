-- A page of an organisation's domains is read by name, and no others with it.
DROP INDEX organisation_domain_organisation;
CREATE INDEX organisation_domain_organisation ON organisation_domain(organisation_id, domain);
-- A domain that the audit names by number: what it holds itself stays for ever, and these are erased with the organisation.
CREATE TABLE audited_domain (
  id {id},
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  domain TEXT NOT NULL
);
CREATE INDEX audited_domain_organisation ON audited_domain(organisation_id);
-- Who joined by an entry that came with a merge (VIS-4), to be told of after it was given back.
CREATE INDEX membership_filed_from ON membership(organisation_id, filed_from, person_id)
  WHERE filed_from IS NOT NULL AND until_at IS NULL;
-- The token with which a program said it.
ALTER TABLE licence_version ADD COLUMN token_id BIGINT REFERENCES api_token(id);
CREATE INDEX licence_version_token ON licence_version(token_id) WHERE token_id IS NOT NULL;
-- Clocks of updates (PLN-2) are told of what was answered before them, by the job that tells clocks anew.
INSERT INTO job (kind, payload, unique_key, run_at, attempts, created_at)
  SELECT 'figures', '{"after":0}', 'figures/updates', 0, 0, 0 FROM clock WHERE ended_at IS NOT NULL LIMIT 1;
