-- Which version runs where, as far as somebody said it: the newest word of each source, of an organisation or of who belongs to none.
CREATE TABLE installed (
  id {id},
  organisation_id BIGINT REFERENCES organisation(id),
  person_id BIGINT REFERENCES person(id),
  -- `ping`, `import`, `request`.
  source TEXT NOT NULL,
  -- Empty where they were not named.
  edition TEXT NOT NULL,
  instance TEXT NOT NULL,
  version TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  -- The request that said it.
  ticket_id BIGINT REFERENCES ticket(id)
);
CREATE UNIQUE INDEX installed_organisation_id_source_edition_instance_key
  ON installed(organisation_id, source, edition, instance) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX installed_person_id_source_edition_instance_key
  ON installed(person_id, source, edition, instance) WHERE person_id IS NOT NULL;
CREATE INDEX installed_ticket ON installed(ticket_id) WHERE ticket_id IS NOT NULL;
-- What requests said before, read by a job: which detail is a version the policy says.
INSERT INTO job (kind, payload, unique_key, run_at, attempts, created_at)
  SELECT 'installed_before', '{"after":0}', 'installed_before/0', 0, 0, 0 FROM ticket LIMIT 1;
