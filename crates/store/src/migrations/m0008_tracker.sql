-- The tracker with whose issues bugs are mirrored; there is one, number 1. Token and secrets are sealed by the desk's secret key.
CREATE TABLE tracker (
  number BIGINT NOT NULL,
  base_url TEXT NOT NULL,
  repository TEXT NOT NULL,
  token {bytes} NOT NULL,
  secret {bytes} NOT NULL,
  -- The secret before, as long as it counts.
  secret_before {bytes},
  set_by_id BIGINT NOT NULL REFERENCES person(id),
  set_at BIGINT NOT NULL,
  -- When it called last, and calls that nobody signed.
  heard_at BIGINT,
  forged BIGINT NOT NULL,
  forged_at BIGINT,
  -- Up to when its changes were read, when that was, and what was wrong then, as JSON.
  read_upto BIGINT,
  read_at BIGINT,
  fault TEXT,
  CONSTRAINT tracker_number_key PRIMARY KEY (number)
);
-- The issue of a bug; none while it is being made. `agreed` is what both sides had last, `waits` what staff are asked, `fault` what went
-- wrong last, as JSON.
CREATE TABLE tracker_link (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  repository TEXT NOT NULL,
  issue BIGINT,
  url TEXT NOT NULL,
  -- What its milestone is called there.
  milestone TEXT,
  agreed TEXT NOT NULL,
  waits TEXT,
  fault TEXT,
  -- When the desk's side changed last.
  wanted_at BIGINT NOT NULL,
  -- Since when an issue is being made of it.
  tried_at BIGINT,
  synced_at BIGINT,
  comments_upto BIGINT,
  -- Staff want the tracker to have what the desk has.
  insists BOOLEAN NOT NULL,
  -- A worker is at it until then.
  busy_until BIGINT,
  linked_by_id BIGINT REFERENCES person(id),
  linked_at BIGINT NOT NULL,
  CONSTRAINT tracker_link_bug_id_key PRIMARY KEY (bug_id),
  CONSTRAINT tracker_link_repository_issue_key UNIQUE (repository, issue)
);
CREATE INDEX tracker_link_milestone ON tracker_link(repository, milestone, bug_id) WHERE milestone IS NOT NULL;
CREATE INDEX tracker_link_asks ON tracker_link(bug_id) WHERE waits IS NOT NULL OR fault IS NOT NULL;
-- Calls that were heard, by their names, so that the same one does nothing again; kept for a week.
CREATE TABLE tracker_delivery (
  name TEXT NOT NULL,
  heard_at BIGINT NOT NULL,
  CONSTRAINT tracker_delivery_name_key PRIMARY KEY (name)
);
CREATE INDEX tracker_delivery_heard ON tracker_delivery(heard_at);
-- What is said of a bug: by staff, or in the tracker by `author`, as they are called there. `remote` is its number there. `reason`: why it is
-- no bug, which the tracker is told in words of then.
CREATE TABLE bug_comment (
  id {id},
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  by_id BIGINT REFERENCES person(id),
  author TEXT NOT NULL,
  body TEXT NOT NULL,
  cut BOOLEAN NOT NULL,
  public BOOLEAN NOT NULL,
  reason BOOLEAN NOT NULL,
  remote BIGINT,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CONSTRAINT bug_comment_bug_id_remote_key UNIQUE (bug_id, remote)
);
CREATE INDEX bug_comment_bug ON bug_comment(bug_id, id);
