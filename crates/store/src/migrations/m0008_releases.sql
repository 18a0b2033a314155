-- Releases and hotfixes of the product (BUG-1). What was published stays: it is withdrawn, not forgotten.
CREATE TABLE release (
  id {id},
  -- As it is shown.
  version TEXT NOT NULL,
  -- One for all ways to write it: 5.12 for 5.12.0.
  version_key TEXT NOT NULL,
  -- Days are in the zone of the desk's hours, as 2026-11-26.
  released_on TEXT NOT NULL,
  -- NULL: without an end.
  supported_until TEXT,
  -- Markdown.
  summary TEXT NOT NULL,
  link TEXT,
  withdrawn_on TEXT,
  withdrawn_why TEXT,
  withdrawn_instead TEXT,
  -- Grows with every change of any release, a roll-out too: who has read the catalogue sees by it whether it is the same.
  revision BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CONSTRAINT release_version_key_key UNIQUE (version_key),
  CONSTRAINT release_revision_key UNIQUE (revision)
);
-- For which editions it is; for all where none is named.
CREATE TABLE release_edition (
  release_id BIGINT NOT NULL REFERENCES release(id),
  edition TEXT NOT NULL,
  CONSTRAINT release_edition_release_id_edition_key PRIMARY KEY (release_id, edition)
);
-- What changed in it, in the order of its notes.
CREATE TABLE release_note (
  release_id BIGINT NOT NULL REFERENCES release(id),
  place BIGINT NOT NULL,
  -- `added`, `changed`, `deprecated`, `removed`, `fixed`, `security`.
  change TEXT NOT NULL,
  -- Markdown.
  text TEXT NOT NULL,
  -- The one that its writer gave it.
  anchor TEXT,
  CONSTRAINT release_note_release_id_place_key PRIMARY KEY (release_id, place)
);
-- What it runs on (BUG-8).
CREATE TABLE release_requirement (
  release_id BIGINT NOT NULL REFERENCES release(id),
  place BIGINT NOT NULL,
  what TEXT NOT NULL,
  -- Ranges of versions; NULL: any.
  required TEXT,
  recommended TEXT,
  CONSTRAINT release_requirement_release_id_place_key PRIMARY KEY (release_id, place)
);
-- Which release reached which instance of the cloud (BUG-4), in the order in which it happened.
CREATE TABLE rollout (
  id {id},
  release_id BIGINT NOT NULL REFERENCES release(id),
  instance TEXT NOT NULL,
  at BIGINT NOT NULL
);
{only_grows rollout};
-- Where an organisation runs the product, as far as staff know: which edition, on which instance of the cloud.
CREATE TABLE organisation_place (
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  edition TEXT,
  instance TEXT,
  CONSTRAINT organisation_place_organisation_id_key PRIMARY KEY (organisation_id)
);
