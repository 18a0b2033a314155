-- What a licence said, each time it was said: the newest is what it says (ENT-1).
CREATE TABLE licence_version (
  id {id},
  licence_id BIGINT NOT NULL REFERENCES licence(id),
  at BIGINT NOT NULL,
  -- NULL: from the command line, or before this was kept.
  by_id BIGINT REFERENCES person(id),
  external_key TEXT,
  product TEXT NOT NULL,
  edition TEXT NOT NULL,
  deployment TEXT,
  plan TEXT,
  kind TEXT NOT NULL,
  seats BIGINT,
  through TEXT
);
CREATE INDEX licence_version_licence ON licence_version(licence_id, id);
INSERT INTO licence_version (licence_id, at, external_key, product, edition, deployment, plan, kind, seats, through)
  SELECT id, changed_at, external_key, product, edition, deployment, plan, kind, seats, through FROM licence;
-- Those who file where the plan names contacts, and who decides it (PLN-5).
CREATE INDEX membership_named ON membership(organisation_id, person_id) WHERE role <> 'member' AND until_at IS NULL;
