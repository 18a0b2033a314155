-- Bugs that reports join. `life` is what the rules know of one, as JSON; the columns beside it are what it is found by.
CREATE TABLE bug (
  id {id},
  title TEXT NOT NULL,
  -- For staff, as Markdown.
  about TEXT NOT NULL,
  life TEXT NOT NULL,
  stage TEXT NOT NULL,
  severity TEXT NOT NULL,
  source TEXT NOT NULL,
  area TEXT,
  first_seen TEXT,
  -- Whether customers find it on the list of known bugs, what they read of it and how one does without; both as Markdown.
  public BOOLEAN NOT NULL,
  said TEXT NOT NULL,
  way_around TEXT NOT NULL,
  filed_by_id BIGINT REFERENCES person(id),
  filed_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX bug_stage ON bug(stage, changed_at, id);
CREATE INDEX bug_public ON bug(changed_at, id) WHERE public;
-- The versions that have its fix; of each round, since a fix may not hold.
CREATE TABLE bug_fix (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  round BIGINT NOT NULL,
  version TEXT NOT NULL,
  CONSTRAINT bug_fix_bug_id_round_version_key PRIMARY KEY (bug_id, round, version)
);
CREATE INDEX bug_fix_version ON bug_fix(version, bug_id);
-- Requests that joined one. Who filed, for whom and with which plan is what it was at filing.
CREATE TABLE bug_report (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  requester_id BIGINT NOT NULL REFERENCES person(id),
  organisation_id BIGINT REFERENCES organisation(id),
  plan TEXT,
  joined_at BIGINT NOT NULL,
  CONSTRAINT bug_report_ticket_id_key PRIMARY KEY (ticket_id)
);
CREATE INDEX bug_report_bug ON bug_report(bug_id, requester_id, ticket_id);
CREATE INDEX bug_report_plan ON bug_report(bug_id, plan, organisation_id);
CREATE INDEX bug_report_organisation ON bug_report(organisation_id, bug_id);
-- Who wants to hear of it without a request.
CREATE TABLE bug_follow (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  CONSTRAINT bug_follow_bug_id_person_id_key PRIMARY KEY (bug_id, person_id)
);
CREATE INDEX bug_follow_person ON bug_follow(person_id, bug_id);
-- Each time the checklist was answered: what was said, and what followed with its reasons, both as JSON.
CREATE TABLE bug_hotfix (
  id {id},
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  answers TEXT NOT NULL,
  decision TEXT NOT NULL,
  by_id BIGINT NOT NULL REFERENCES person(id),
  at BIGINT NOT NULL
);
CREATE INDEX bug_hotfix_bug ON bug_hotfix(bug_id, id);
-- The last word to each person about each of their requests; 0: about a bug that they follow.
CREATE TABLE bug_told (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  of_ticket BIGINT NOT NULL,
  told TEXT NOT NULL,
  CONSTRAINT bug_told_bug_id_person_id_of_ticket_key PRIMARY KEY (bug_id, person_id, of_ticket)
);
CREATE INDEX bug_told_person ON bug_told(person_id);
-- The fix that a request was asked to confirm.
CREATE TABLE bug_asked (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  version TEXT NOT NULL,
  round BIGINT NOT NULL,
  CONSTRAINT bug_asked_ticket_id_key PRIMARY KEY (ticket_id)
);
CREATE INDEX bug_asked_bug ON bug_asked(bug_id, ticket_id);
-- How far telling is, of the last time.
CREATE TABLE bug_telling (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  began_at BIGINT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  people BIGINT NOT NULL,
  requests BIGINT NOT NULL,
  ended_at BIGINT,
  CONSTRAINT bug_telling_bug_id_key PRIMARY KEY (bug_id)
);
ALTER TABLE journal ADD COLUMN bug_id BIGINT;
CREATE INDEX journal_bug ON journal(bug_id, seq) WHERE bug_id IS NOT NULL;
