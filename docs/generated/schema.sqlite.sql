-- The schema after all migrations. Written by the tests of `store`; do not edit.

CREATE TABLE address (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id BIGINT NOT NULL REFERENCES person(id),
  written TEXT NOT NULL,
  canonical TEXT NOT NULL UNIQUE,
  verified_at BIGINT NOT NULL
, doubted_at BIGINT);

CREATE INDEX address_person ON address(person_id);

CREATE INDEX address_proof ON address(verified_at, id) WHERE doubted_at IS NULL;

CREATE TABLE advisory (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  affected TEXT NOT NULL,
  body TEXT NOT NULL,
  embargo_until BIGINT,
  remind_at BIGINT,
  changed_by BIGINT NOT NULL REFERENCES person(id),
  changed_at BIGINT NOT NULL,
  CONSTRAINT advisory_ticket_id_key PRIMARY KEY (ticket_id)
);

CREATE INDEX advisory_changed_by ON advisory(changed_by);

CREATE INDEX advisory_remind ON advisory(remind_at, ticket_id) WHERE remind_at IS NOT NULL;

CREATE TABLE api_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  permit TEXT NOT NULL,
  hash BLOB NOT NULL,
  made_by BIGINT NOT NULL REFERENCES person(id),
  made_at BIGINT NOT NULL,
  used_at BIGINT,
  revoked_at BIGINT,
  CONSTRAINT api_token_hash_key UNIQUE (hash)
);

CREATE INDEX api_token_made_by ON api_token(made_by);

CREATE TABLE asked_system (
  system TEXT NOT NULL,
  voice TEXT NOT NULL,
  written TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person(id),
  asked_at BIGINT NOT NULL,
  CONSTRAINT asked_system_system_voice_key PRIMARY KEY (system, voice)
);

CREATE INDEX asked_system_person ON asked_system(person_id);

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id BIGINT NOT NULL REFERENCES person(id),
  draft_id BIGINT REFERENCES draft(id),
  ticket_id BIGINT REFERENCES ticket(id),
  message_id BIGINT REFERENCES message(id),
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  blob TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  removed_at BIGINT
, kind TEXT, offered TEXT, original TEXT, facts TEXT, expires_at BIGINT, redacted_at BIGINT, organisation_id BIGINT REFERENCES organisation(id));

CREATE INDEX attachment_blob ON attachment(blob);

CREATE INDEX attachment_draft ON attachment(draft_id);

CREATE INDEX attachment_expires ON attachment(expires_at) WHERE expires_at IS NOT NULL AND removed_at IS NULL;

CREATE INDEX attachment_message ON attachment(message_id);

CREATE INDEX attachment_original ON attachment(original) WHERE original IS NOT NULL;

CREATE INDEX attachment_owner ON attachment(owner_id);

CREATE INDEX attachment_room ON attachment(organisation_id, owner_id, expires_at, bytes) WHERE removed_at IS NULL;

CREATE INDEX attachment_ticket ON attachment(ticket_id, id);

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  who BLOB NOT NULL,
  at BIGINT NOT NULL
);

CREATE INDEX attempt_at ON attempt(at);

CREATE INDEX attempt_who ON attempt(kind, who, at);

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'entries of audit are never changed or taken out'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'entries of audit are never changed or taken out'); END;

CREATE TABLE audit (
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id BIGINT,
  area TEXT NOT NULL,
  act TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT audit_number_key PRIMARY KEY (number)
);

CREATE INDEX audit_area ON audit(area, at, number);

CREATE INDEX audit_at ON audit(at, number);

CREATE TRIGGER audit_about_no_delete BEFORE DELETE ON audit_about BEGIN SELECT RAISE(ABORT, 'entries of audit_about are never changed or taken out'); END;

CREATE TRIGGER audit_about_no_update BEFORE UPDATE ON audit_about BEGIN SELECT RAISE(ABORT, 'entries of audit_about are never changed or taken out'); END;

CREATE TABLE audit_about (
  thing TEXT NOT NULL,
  thing_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  number BIGINT NOT NULL,
  CONSTRAINT audit_about_thing_thing_id_at_number_key PRIMARY KEY (thing, thing_id, at, number)
);

CREATE INDEX audit_about_number ON audit_about(number);

CREATE TABLE audited_domain (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  domain TEXT NOT NULL
);

CREATE INDEX audited_domain_organisation ON audited_domain(organisation_id);

CREATE TABLE away (
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  CONSTRAINT away_person_id_key PRIMARY KEY (person_id)
);

CREATE INDEX away_until ON away(until_at);

CREATE TABLE bug (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  life TEXT NOT NULL,
  stage TEXT NOT NULL,
  severity TEXT NOT NULL,
  source TEXT NOT NULL,
  area TEXT,
  first_seen TEXT,
  public BOOLEAN NOT NULL,
  said TEXT NOT NULL,
  way_around TEXT NOT NULL,
  filed_by_id BIGINT REFERENCES person(id),
  filed_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE INDEX bug_public ON bug(changed_at, id) WHERE public;

CREATE INDEX bug_stage ON bug(stage, changed_at, id);

CREATE TABLE bug_asked (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  version TEXT NOT NULL,
  round BIGINT NOT NULL,
  CONSTRAINT bug_asked_ticket_id_key PRIMARY KEY (ticket_id)
);

CREATE INDEX bug_asked_bug ON bug_asked(bug_id, ticket_id);

CREATE TABLE bug_comment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
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

CREATE TABLE bug_fix (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  round BIGINT NOT NULL,
  version TEXT NOT NULL,
  CONSTRAINT bug_fix_bug_id_round_version_key PRIMARY KEY (bug_id, round, version)
);

CREATE INDEX bug_fix_version ON bug_fix(version, bug_id);

CREATE TABLE bug_follow (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  CONSTRAINT bug_follow_bug_id_person_id_key PRIMARY KEY (bug_id, person_id)
);

CREATE INDEX bug_follow_person ON bug_follow(person_id, bug_id);

CREATE TABLE bug_hotfix (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  answers TEXT NOT NULL,
  decision TEXT NOT NULL,
  by_id BIGINT NOT NULL REFERENCES person(id),
  at BIGINT NOT NULL
);

CREATE INDEX bug_hotfix_bug ON bug_hotfix(bug_id, id);

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

CREATE INDEX bug_report_organisation ON bug_report(organisation_id, bug_id);

CREATE INDEX bug_report_plan ON bug_report(bug_id, plan, organisation_id);

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

CREATE TABLE bug_told (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  of_ticket BIGINT NOT NULL,
  told TEXT NOT NULL,
  CONSTRAINT bug_told_bug_id_person_id_of_ticket_key PRIMARY KEY (bug_id, person_id, of_ticket)
);

CREATE INDEX bug_told_person ON bug_told(person_id);

CREATE TABLE bulk_job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  by_id BIGINT NOT NULL REFERENCES person(id),
  act TEXT,
  words TEXT,
  phase TEXT NOT NULL,
  round BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL DEFAULT 0,
  undoes_id BIGINT REFERENCES bulk_job(id),
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  stopped_by_id BIGINT REFERENCES person(id),
  CONSTRAINT bulk_job_undoes_id_key UNIQUE (undoes_id)
);

CREATE INDEX bulk_job_by ON bulk_job(by_id, id);

CREATE INDEX bulk_job_created ON bulk_job(created_at) WHERE started_at IS NULL;

CREATE INDEX bulk_job_ended ON bulk_job(ended_at) WHERE ended_at IS NOT NULL;

CREATE INDEX bulk_job_started ON bulk_job(id) WHERE started_at IS NOT NULL;

CREATE TABLE bulk_row (
  job_id BIGINT NOT NULL REFERENCES bulk_job(id) ON DELETE CASCADE,
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  place BIGINT NOT NULL,
  standing TEXT NOT NULL,
  why TEXT,
  read_to BIGINT NOT NULL DEFAULT 0,
  was TEXT,
  seq BIGINT,
  at BIGINT,
  CONSTRAINT bulk_row_job_id_ticket_id_key PRIMARY KEY (job_id, ticket_id)
);

CREATE INDEX bulk_row_standing ON bulk_row(job_id, standing, place);

CREATE INDEX bulk_row_ticket ON bulk_row(ticket_id);

CREATE INDEX bulk_row_why ON bulk_row(job_id, why) WHERE standing = 'left';

CREATE TABLE circular (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  form_key TEXT NOT NULL,
  texts TEXT NOT NULL,
  choice TEXT NOT NULL,
  by_id BIGINT NOT NULL REFERENCES person(id),
  at BIGINT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  behind BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  ended_at BIGINT,
  CONSTRAINT circular_form_key_key UNIQUE (form_key)
);

CREATE INDEX circular_bug ON circular(bug_id, id);

CREATE TABLE circular_copy (
  circular_id BIGINT NOT NULL REFERENCES circular(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  organisation_id BIGINT REFERENCES organisation(id),
  why TEXT NOT NULL,
  lot TEXT NOT NULL,
  ticket_id BIGINT REFERENCES ticket(id),
  CONSTRAINT circular_copy_circular_id_person_id_key PRIMARY KEY (circular_id, person_id)
);

CREATE INDEX circular_copy_person ON circular_copy(person_id);

CREATE INDEX circular_copy_ticket ON circular_copy(ticket_id, circular_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE clock (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  place BIGINT NOT NULL,
  target TEXT NOT NULL,
  cycle BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  due_at BIGINT,
  standing TEXT NOT NULL,
  ended_at BIGINT,
  mark_at BIGINT, worked BIGINT,
  CONSTRAINT clock_ticket_id_place_key PRIMARY KEY (ticket_id, place)
);

CREATE INDEX clock_answered ON clock(ended_at, ticket_id, place, worked) WHERE worked IS NOT NULL;

CREATE INDEX clock_mark ON clock(mark_at, ticket_id) WHERE mark_at IS NOT NULL;

CREATE TABLE delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id BIGINT NOT NULL REFERENCES message(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  via TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (message_id, person_id, via)
);

CREATE INDEX delivery_person ON delivery(person_id);

CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id BIGINT NOT NULL REFERENCES person(id),
  purpose TEXT NOT NULL,
  fields TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE INDEX draft_person ON draft(person_id, updated_at, id);

CREATE INDEX draft_purpose ON draft(purpose);

CREATE TABLE dropped_work (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  ticket_id BIGINT REFERENCES ticket(id),
  reason TEXT NOT NULL,
  by_id BIGINT NOT NULL REFERENCES person(id),
  at BIGINT NOT NULL
);

CREATE INDEX dropped_work_at ON dropped_work(at, id);

CREATE INDEX dropped_work_by ON dropped_work(by_id);

CREATE INDEX dropped_work_ticket ON dropped_work(ticket_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE export (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id BIGINT NOT NULL REFERENCES person(id),
  asked_at BIGINT NOT NULL,
  blob TEXT,
  bytes BIGINT,
  expires_at BIGINT NOT NULL
);

CREATE INDEX export_blob ON export(blob) WHERE blob IS NOT NULL;

CREATE INDEX export_expires ON export(expires_at);

CREATE INDEX export_person ON export(person_id, id);

CREATE TABLE identity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id BIGINT NOT NULL REFERENCES person(id),
  kind TEXT NOT NULL,
  secret TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (person_id, kind)
);

CREATE TABLE installed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id BIGINT REFERENCES organisation(id),
  person_id BIGINT REFERENCES person(id),
  source TEXT NOT NULL,
  edition TEXT NOT NULL,
  instance TEXT NOT NULL,
  version TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  ticket_id BIGINT REFERENCES ticket(id)
);

CREATE UNIQUE INDEX installed_organisation_id_source_edition_instance_key
  ON installed(organisation_id, source, edition, instance) WHERE organisation_id IS NOT NULL;

CREATE UNIQUE INDEX installed_person_id_source_edition_instance_key
  ON installed(person_id, source, edition, instance) WHERE person_id IS NOT NULL;

CREATE INDEX installed_ticket ON installed(ticket_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE invitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  written TEXT NOT NULL,
  canonical TEXT NOT NULL,
  role TEXT NOT NULL,
  by_id BIGINT NOT NULL REFERENCES person(id),
  nonce BLOB NOT NULL,
  hash BLOB NOT NULL,
  sent_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT invitation_organisation_id_canonical_key UNIQUE (organisation_id, canonical),
  CONSTRAINT invitation_hash_key UNIQUE (hash)
);

CREATE INDEX invitation_by ON invitation(by_id);

CREATE INDEX invitation_canonical ON invitation(canonical);

CREATE INDEX invitation_expires ON invitation(expires_at);

CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  unique_key TEXT UNIQUE,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  leased_until BIGINT,
  parked_at BIGINT,
  fault TEXT,
  created_at BIGINT NOT NULL
);

CREATE INDEX job_due ON job(run_at, id) WHERE parked_at IS NULL;

CREATE INDEX job_kind ON job(kind, run_at, id) WHERE parked_at IS NULL;

CREATE INDEX job_parked ON job(parked_at, id) WHERE parked_at IS NOT NULL;

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id BIGINT,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  payload TEXT NOT NULL,
  occurred_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id BIGINT,
  cause BIGINT,
  depth BIGINT NOT NULL
, bug_id BIGINT);

CREATE INDEX journal_bug ON journal(bug_id, seq) WHERE bug_id IS NOT NULL;

CREATE INDEX journal_moved ON journal(ticket_id) WHERE kind IN ('ticket.priority_decided', 'ticket.converted', 'ticket.escalated', 'ticket.escalation_ended');

CREATE INDEX journal_ticket ON journal(ticket_id, seq);

CREATE TABLE key_binding (
  person_id BIGINT NOT NULL REFERENCES person(id),
  act TEXT NOT NULL,
  pressed TEXT NOT NULL,
  CONSTRAINT key_binding_person_id_act_key PRIMARY KEY (person_id, act)
);

CREATE TABLE licence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  external_key TEXT,
  product TEXT NOT NULL,
  edition TEXT NOT NULL,
  deployment TEXT,
  plan TEXT,
  kind TEXT NOT NULL,
  seats BIGINT,
  through TEXT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CONSTRAINT licence_external_key_key UNIQUE (external_key)
);

CREATE INDEX licence_organisation ON licence(organisation_id, id);

CREATE TABLE licence_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  licence_id BIGINT NOT NULL REFERENCES licence(id),
  at BIGINT NOT NULL,
  by_id BIGINT REFERENCES person(id),
  external_key TEXT,
  product TEXT NOT NULL,
  edition TEXT NOT NULL,
  deployment TEXT,
  plan TEXT,
  kind TEXT NOT NULL,
  seats BIGINT,
  through TEXT
, token_id BIGINT REFERENCES api_token(id));

CREATE INDEX licence_version_licence ON licence_version(licence_id, id);

CREATE INDEX licence_version_token ON licence_version(token_id) WHERE token_id IS NOT NULL;

CREATE TABLE link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  purpose TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  nonce BLOB NOT NULL,
  person_id BIGINT REFERENCES person(id),
  name TEXT NOT NULL,
  written TEXT NOT NULL,
  canonical TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE INDEX link_canonical ON link(canonical, purpose);

CREATE INDEX link_expires ON link(expires_at);

CREATE INDEX link_person ON link(person_id);

CREATE TABLE mask (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id BIGINT REFERENCES draft(id),
  ticket_id BIGINT REFERENCES ticket(id),
  digest TEXT NOT NULL,
  secret TEXT NOT NULL,
  number BIGINT NOT NULL,
  CONSTRAINT mask_draft_id_secret_number_key UNIQUE (draft_id, secret, number),
  CONSTRAINT mask_ticket_id_secret_number_key UNIQUE (ticket_id, secret, number)
);

CREATE TABLE membership (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id BIGINT NOT NULL REFERENCES person(id),
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  role TEXT NOT NULL,
  since_at BIGINT NOT NULL,
  until_at BIGINT
, filed_from BIGINT);

CREATE INDEX membership_filed_from ON membership(organisation_id, filed_from, person_id)
  WHERE filed_from IS NOT NULL AND until_at IS NULL;

CREATE INDEX membership_manager ON membership(organisation_id, until_at, person_id) WHERE role = 'manager' AND until_at IS NULL;

CREATE INDEX membership_named ON membership(organisation_id, until_at, person_id) WHERE role <> 'member' AND until_at IS NULL;

CREATE INDEX membership_organisation ON membership(organisation_id, until_at, person_id);

CREATE INDEX membership_person ON membership(person_id, since_at, id);

CREATE UNIQUE INDEX membership_person_id_organisation_id_key ON membership(person_id, organisation_id)
  WHERE until_at IS NULL;

CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  author_kind TEXT NOT NULL,
  author_id BIGINT REFERENCES person(id),
  audience TEXT NOT NULL,
  human BOOLEAN NOT NULL,
  assisted BOOLEAN NOT NULL,
  channel TEXT NOT NULL,
  body TEXT NOT NULL,
  on_behalf_of BIGINT REFERENCES person(id),
  source_blob TEXT,
  posted_at BIGINT NOT NULL,
  send_at BIGINT NOT NULL,
  taken_back_at BIGINT
, bulk_job_id BIGINT REFERENCES bulk_job(id));

CREATE INDEX message_author ON message(author_id);

CREATE INDEX message_bulk_job ON message(bulk_job_id) WHERE bulk_job_id IS NOT NULL;

CREATE INDEX message_source_blob ON message(source_blob) WHERE source_blob IS NOT NULL;

CREATE INDEX message_ticket ON message(ticket_id, id);

CREATE TABLE notification (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id BIGINT NOT NULL REFERENCES person(id),
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  kind TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  read_at BIGINT
);

CREATE INDEX notification_person ON notification(person_id, told_at, id);

CREATE INDEX notification_told ON notification(told_at);

CREATE INDEX notification_unread ON notification(person_id, ticket_id) WHERE read_at IS NULL;

CREATE TABLE notification_choice (
  person_id BIGINT NOT NULL REFERENCES person(id),
  kind TEXT NOT NULL,
  way TEXT NOT NULL,
  push BOOLEAN NOT NULL DEFAULT TRUE,
  CONSTRAINT notification_choice_person_id_kind_key PRIMARY KEY (person_id, kind)
);

CREATE TABLE opening_digest (
  person_id BIGINT NOT NULL REFERENCES person(id),
  opened_at BIGINT NOT NULL,
  told_at BIGINT NOT NULL,
  came BIGINT NOT NULL,
  due BIGINT NOT NULL,
  shown BOOLEAN NOT NULL,
  read_at BIGINT,
  CONSTRAINT opening_digest_person_id_key PRIMARY KEY (person_id)
);

CREATE TABLE organisation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  managers_from BIGINT,
  members_from BIGINT,
  confirmed_at BIGINT,
  created_at BIGINT NOT NULL
, name_key TEXT COLLATE BINARY NOT NULL DEFAULT '', invites_others BOOLEAN NOT NULL DEFAULT FALSE, merged_into_id BIGINT REFERENCES organisation(id), erased_at BIGINT, region TEXT);

CREATE INDEX organisation_erased ON organisation(erased_at, id) WHERE erased_at IS NOT NULL;

CREATE INDEX organisation_merged ON organisation(merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE INDEX organisation_name_key ON organisation(name_key, id);

CREATE INDEX organisation_unconfirmed ON organisation(name_key, id) WHERE confirmed_at IS NULL;

CREATE TABLE organisation_domain (
  domain TEXT NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisation(id), filed_from BIGINT,
  CONSTRAINT organisation_domain_domain_key PRIMARY KEY (domain)
);

CREATE INDEX organisation_domain_organisation ON organisation_domain(organisation_id, domain);

CREATE TABLE organisation_merge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  from_id BIGINT NOT NULL REFERENCES organisation(id),
  into_id BIGINT NOT NULL REFERENCES organisation(id),
  at BIGINT NOT NULL,
  by_id BIGINT REFERENCES person(id),
  undone_at BIGINT,
  undone_by_id BIGINT REFERENCES person(id),
  from_managers BIGINT,
  from_members BIGINT,
  into_managers BIGINT,
  into_members BIGINT,
  after_managers BIGINT,
  after_members BIGINT
);

CREATE INDEX organisation_merge_by ON organisation_merge(by_id);

CREATE INDEX organisation_merge_ever ON organisation_merge(into_id);

CREATE INDEX organisation_merge_from ON organisation_merge(from_id);

CREATE UNIQUE INDEX organisation_merge_from_id_key ON organisation_merge(from_id) WHERE undone_at IS NULL;

CREATE INDEX organisation_merge_undone_by ON organisation_merge(undone_by_id);

CREATE TABLE organisation_merge_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  merge_id BIGINT NOT NULL REFERENCES organisation_merge(id),
  kind TEXT NOT NULL,
  part_id BIGINT,
  domain TEXT,
  filed_from BIGINT
);

CREATE INDEX organisation_merge_part_merge ON organisation_merge_part(merge_id, kind, id);

CREATE INDEX organisation_merge_part_of ON organisation_merge_part(kind, part_id);

CREATE TABLE organisation_place (
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  edition TEXT,
  instance TEXT,
  CONSTRAINT organisation_place_organisation_id_key PRIMARY KEY (organisation_id)
);

CREATE TABLE outgoing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  ticket_id BIGINT REFERENCES ticket(id),
  message_id BIGINT REFERENCES message(id),
  person_id BIGINT REFERENCES person(id),
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  bytes BLOB,
  created_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  outcome TEXT,
  outcome_at BIGINT,
  answer TEXT
, ordered TEXT, again_at BIGINT, again_by_id BIGINT REFERENCES person(id), again_left TEXT);

CREATE INDEX outgoing_created ON outgoing(created_at, id);

CREATE INDEX outgoing_message ON outgoing(message_id);

CREATE INDEX outgoing_person ON outgoing(person_id);

CREATE INDEX outgoing_recipient ON outgoing(recipient);

CREATE INDEX outgoing_refused ON outgoing(outcome_at, id) WHERE outcome = 'refused';

CREATE INDEX outgoing_ticket ON outgoing(ticket_id);

CREATE TABLE parked_report (
  link_id BIGINT NOT NULL REFERENCES link(id),
  subject TEXT NOT NULL,
  finding TEXT NOT NULL,
  reported_at BIGINT NOT NULL,
  CONSTRAINT parked_report_link_id_key PRIMARY KEY (link_id)
);

CREATE TABLE participant (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL, heir BOOLEAN NOT NULL DEFAULT FALSE,
  CONSTRAINT participant_ticket_id_person_id_key PRIMARY KEY (ticket_id, person_id)
);

CREATE INDEX participant_person ON participant(person_id, ticket_id);

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  zone TEXT,
  created_at BIGINT NOT NULL,
  erased_at BIGINT
, acts_for BIGINT REFERENCES organisation(id), waits_since BIGINT, turned_away_at BIGINT, turned_away_why TEXT, language TEXT);

CREATE INDEX person_acts_for ON person(acts_for) WHERE acts_for IS NOT NULL;

CREATE INDEX person_erased ON person(erased_at, id) WHERE erased_at IS NOT NULL;

CREATE INDEX person_waits ON person(waits_since, id) WHERE waits_since IS NOT NULL;

CREATE TABLE policy_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  compiled TEXT NOT NULL,
  hash TEXT NOT NULL,
  applied_by BIGINT REFERENCES person(id),
  applied_at BIGINT NOT NULL,
  from_at BIGINT NOT NULL
);

CREATE INDEX policy_version_from ON policy_version(from_at, id);

CREATE TABLE push_device (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id BIGINT NOT NULL REFERENCES person(id),
  session_id BIGINT NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  endpoint TEXT NOT NULL,
  public BLOB NOT NULL,
  secret BLOB NOT NULL,
  key_number BIGINT NOT NULL REFERENCES push_key(number),
  agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  CONSTRAINT push_device_endpoint_key UNIQUE (endpoint),
  CONSTRAINT push_device_session_id_key UNIQUE (session_id)
);

CREATE INDEX push_device_person ON push_device(person_id, id);

CREATE TABLE push_key (
  number BIGINT NOT NULL,
  public BLOB NOT NULL,
  sealed BLOB NOT NULL,
  made_at BIGINT NOT NULL,
  CONSTRAINT push_key_number_key PRIMARY KEY (number)
);

CREATE TABLE push_subjects (
  person_id BIGINT NOT NULL REFERENCES person(id),
  CONSTRAINT push_subjects_person_id_key PRIMARY KEY (person_id)
);

CREATE TABLE redaction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  at BIGINT NOT NULL,
  line TEXT NOT NULL
);

CREATE INDEX redaction_ticket ON redaction(ticket_id, id);

CREATE TABLE release (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version TEXT NOT NULL,
  version_key TEXT NOT NULL,
  released_on TEXT NOT NULL,
  supported_until TEXT,
  summary TEXT NOT NULL,
  link TEXT,
  withdrawn_on TEXT,
  withdrawn_why TEXT,
  withdrawn_instead TEXT,
  revision BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  CONSTRAINT release_version_key_key UNIQUE (version_key),
  CONSTRAINT release_revision_key UNIQUE (revision)
);

CREATE TABLE release_edition (
  release_id BIGINT NOT NULL REFERENCES release(id),
  edition TEXT NOT NULL,
  CONSTRAINT release_edition_release_id_edition_key PRIMARY KEY (release_id, edition)
);

CREATE TABLE release_note (
  release_id BIGINT NOT NULL REFERENCES release(id),
  place BIGINT NOT NULL,
  change TEXT NOT NULL,
  text TEXT NOT NULL,
  anchor TEXT,
  CONSTRAINT release_note_release_id_place_key PRIMARY KEY (release_id, place)
);

CREATE TABLE release_requirement (
  release_id BIGINT NOT NULL REFERENCES release(id),
  place BIGINT NOT NULL,
  what TEXT NOT NULL,
  required TEXT,
  recommended TEXT,
  CONSTRAINT release_requirement_release_id_place_key PRIMARY KEY (release_id, place)
);

CREATE TABLE remark (
  seq BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  author_id BIGINT REFERENCES person(id),
  words TEXT NOT NULL,
  CONSTRAINT remark_seq_key PRIMARY KEY (seq)
);

CREATE INDEX remark_author ON remark(author_id);

CREATE INDEX remark_ticket ON remark(ticket_id);

CREATE TABLE reply_template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  request_type TEXT,
  language TEXT,
  acknowledges BOOLEAN NOT NULL DEFAULT FALSE,
  after_reply TEXT NOT NULL,
  changed_by_id BIGINT REFERENCES person(id),
  changed_at BIGINT NOT NULL
);

CREATE INDEX reply_template_changed_by ON reply_template(changed_by_id);

CREATE TABLE report_fact (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  place BIGINT NOT NULL,
  kind TEXT NOT NULL,
  how TEXT,
  at BIGINT NOT NULL,
  worked BIGINT,
  passed BIGINT,
  CONSTRAINT report_fact_ticket_id_place_key PRIMARY KEY (ticket_id, place)
);

CREATE INDEX report_fact_kind ON report_fact(kind, at, ticket_id, place, how, worked, passed);

CREATE TABLE report_reader (
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  CONSTRAINT report_reader_person_id_key PRIMARY KEY (person_id)
);

CREATE TABLE resale (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id BIGINT NOT NULL REFERENCES organisation(id),
  reseller_id BIGINT REFERENCES organisation(id),
  written TEXT,
  canonical TEXT,
  offered_at BIGINT NOT NULL,
  by_id BIGINT REFERENCES person(id),
  taken_at BIGINT,
  ended_at BIGINT
);

CREATE INDEX resale_by ON resale(reseller_id, id) WHERE reseller_id IS NOT NULL;

CREATE INDEX resale_by_id ON resale(by_id);

CREATE INDEX resale_canonical ON resale(canonical) WHERE canonical IS NOT NULL;

CREATE INDEX resale_of ON resale(organisation_id, id);

CREATE UNIQUE INDEX resale_organisation_id_canonical_key ON resale(organisation_id, canonical) WHERE ended_at IS NULL;

CREATE UNIQUE INDEX resale_organisation_id_reseller_id_key ON resale(organisation_id, reseller_id) WHERE ended_at IS NULL;

CREATE TRIGGER rollout_no_delete BEFORE DELETE ON rollout BEGIN SELECT RAISE(ABORT, 'entries of rollout are never changed or taken out'); END;

CREATE TRIGGER rollout_no_update BEFORE UPDATE ON rollout BEGIN SELECT RAISE(ABORT, 'entries of rollout are never changed or taken out'); END;

CREATE TABLE rollout (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  release_id BIGINT NOT NULL REFERENCES release(id),
  instance TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE INDEX rollout_release ON rollout(release_id);

CREATE TABLE satisfaction (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  verdict TEXT NOT NULL,
  words TEXT NOT NULL,
  said_at BIGINT NOT NULL,
  CONSTRAINT satisfaction_ticket_id_person_id_key PRIMARY KEY (ticket_id, person_id)
);

CREATE INDEX satisfaction_person ON satisfaction(person_id, ticket_id);

CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id BIGINT NOT NULL REFERENCES person(id),
  name TEXT NOT NULL,
  question TEXT NOT NULL,
  shared BOOLEAN NOT NULL DEFAULT FALSE,
  changed_at BIGINT NOT NULL
);

CREATE INDEX saved_view_owner ON saved_view(owner_id, id);

CREATE INDEX saved_view_shared ON saved_view(id) WHERE shared;

CREATE TABLE saved_view_person (
  view_id BIGINT NOT NULL REFERENCES saved_view(id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES person(id),
  CONSTRAINT saved_view_person_view_id_person_id_key PRIMARY KEY (view_id, person_id)
);

CREATE INDEX saved_view_person_person ON saved_view_person(person_id);

CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES person(id),
  network TEXT NOT NULL,
  agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX session_expires ON session(expires_at);

CREATE INDEX session_person ON session(person_id, seen_at, id);

CREATE TABLE simulation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  asked_by BIGINT NOT NULL REFERENCES person(id),
  asked_at BIGINT NOT NULL,
  source TEXT NOT NULL,
  since TEXT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  after_at BIGINT,
  after_id BIGINT,
  compared TEXT NOT NULL,
  ended_at BIGINT
);

CREATE INDEX simulation_asked_at ON simulation(asked_at);

CREATE INDEX simulation_asked_by ON simulation(asked_by, id);

CREATE TABLE spent_invitation (
  hash BLOB NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT spent_invitation_hash_key PRIMARY KEY (hash)
);

CREATE INDEX spent_invitation_expires ON spent_invitation(expires_at);

CREATE TABLE spent_proof (
  nonce BLOB NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT spent_proof_nonce_key PRIMARY KEY (nonce)
);

CREATE INDEX spent_proof_expires ON spent_proof(expires_at);

CREATE TABLE staff_grant (
  person_id BIGINT NOT NULL REFERENCES person(id),
  word TEXT NOT NULL,
  since_at BIGINT NOT NULL,
  CONSTRAINT staff_grant_person_id_word_key PRIMARY KEY (person_id, word)
);

CREATE INDEX staff_grant_word ON staff_grant(word, person_id);

CREATE TABLE suggestion (
  person_id BIGINT NOT NULL REFERENCES person(id),
  form TEXT NOT NULL,
  target TEXT NOT NULL,
  ticket_id BIGINT REFERENCES ticket(id),
  shown_at BIGINT NOT NULL,
  opened BIGINT NOT NULL,
  waved_away_at BIGINT,
  CONSTRAINT suggestion_person_id_form_target_key PRIMARY KEY (person_id, form, target)
);

CREATE INDEX suggestion_ticket ON suggestion(ticket_id) WHERE ticket_id IS NOT NULL;

CREATE INDEX suggestion_unfiled ON suggestion(shown_at) WHERE ticket_id IS NULL;

CREATE TABLE team (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place BIGINT NOT NULL,
  name TEXT NOT NULL,
  question TEXT,
  sharing TEXT NOT NULL,
  turns BIGINT NOT NULL DEFAULT 0,
  changed_at BIGINT NOT NULL,
  ended_at BIGINT
);

CREATE INDEX team_place ON team(place, id) WHERE ended_at IS NULL;

CREATE INDEX team_place_ended ON team(place, id) WHERE ended_at IS NOT NULL;

CREATE TABLE team_member (
  team_id BIGINT NOT NULL REFERENCES team(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  last_turn BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT team_member_team_id_person_id_key PRIMARY KEY (team_id, person_id)
);

CREATE INDEX team_member_person ON team_member(person_id, team_id);

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_type TEXT NOT NULL,
  subject TEXT NOT NULL,
  requester_id BIGINT NOT NULL REFERENCES person(id),
  organisation_id BIGINT REFERENCES organisation(id),
  product TEXT NOT NULL,
  channel TEXT NOT NULL,
  parent_id BIGINT REFERENCES ticket(id),
  assignee_id BIGINT REFERENCES person(id),
  state TEXT NOT NULL,
  state_since BIGINT NOT NULL,
  reminded_at BIGINT,
  wish TEXT NOT NULL,
  priority TEXT NOT NULL,
  priority_decided BOOLEAN NOT NULL,
  plan TEXT,
  terms BIGINT NOT NULL REFERENCES policy_version(id),
  secrecy TEXT NOT NULL,
  filed_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  spam_at BIGINT,
  sent_form TEXT,
  external_system TEXT,
  external_kind TEXT,
  external_id TEXT,
  turn TEXT NOT NULL,
  turn_since BIGINT NOT NULL,
  queue_bucket BIGINT,
  queue_at BIGINT, merged_into_id BIGINT REFERENCES ticket(id), next_word_at BIGINT, scope_entry TEXT, escalated_at BIGINT, reseller_id BIGINT REFERENCES organisation(id), team_id BIGINT REFERENCES team(id),
  UNIQUE (requester_id, sent_form),
  UNIQUE (external_system, external_kind, external_id)
);

CREATE INDEX ticket_assignee ON ticket(assignee_id, updated_at, id, secrecy, deleted_at, requester_id, organisation_id, state)
  WHERE state NOT IN ('solved', 'closed');

CREATE INDEX ticket_filed ON ticket(filed_at, id, secrecy, deleted_at, requester_id, organisation_id);

CREATE INDEX ticket_merged_into ON ticket(merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE INDEX ticket_next_word ON ticket(next_word_at, id) WHERE next_word_at IS NOT NULL;

CREATE INDEX ticket_open ON ticket(request_type, priority, plan, state, id, secrecy, deleted_at, requester_id, organisation_id)
  WHERE state <> 'closed';

CREATE INDEX ticket_organisation ON ticket(organisation_id, id);

CREATE INDEX ticket_parent ON ticket(parent_id);

CREATE INDEX ticket_queue ON ticket(queue_bucket, queue_at, id, secrecy, deleted_at, requester_id, organisation_id)
  WHERE queue_bucket IS NOT NULL;

CREATE INDEX ticket_requester ON ticket(requester_id, id);

CREATE INDEX ticket_reseller ON ticket(reseller_id, id) WHERE reseller_id IS NOT NULL;

CREATE INDEX ticket_state ON ticket(state, state_since, id);

CREATE INDEX ticket_team ON ticket(team_id, state, id) WHERE team_id IS NOT NULL;

CREATE INDEX ticket_turn ON ticket(turn, id) WHERE state NOT IN ('solved', 'closed');

CREATE INDEX ticket_unassigned
  ON ticket(queue_bucket, queue_at, id, secrecy, deleted_at, requester_id, organisation_id, assignee_id)
  WHERE queue_bucket IS NOT NULL AND assignee_id IS NULL;

CREATE INDEX ticket_unreminded ON ticket(state, state_since, id) WHERE state = 'waiting_for_customer' AND reminded_at IS NULL;

CREATE INDEX ticket_updated ON ticket(updated_at, id);

CREATE TABLE ticket_detail (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  detail TEXT NOT NULL,
  place BIGINT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT ticket_detail_ticket_id_detail_key PRIMARY KEY (ticket_id, detail)
);

CREATE TABLE ticket_link (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  other_id BIGINT NOT NULL REFERENCES ticket(id),
  CONSTRAINT ticket_link_ticket_id_other_id_key PRIMARY KEY (ticket_id, other_id)
);

CREATE INDEX ticket_link_other ON ticket_link(other_id, ticket_id);

CREATE TABLE ticket_tag (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  tag TEXT NOT NULL,
  CONSTRAINT ticket_tag_ticket_id_tag_key PRIMARY KEY (ticket_id, tag)
);

CREATE INDEX ticket_tag_tag ON ticket_tag(tag, ticket_id);

CREATE TABLE ticket_tick (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  tick TEXT NOT NULL,
  CONSTRAINT ticket_tick_ticket_id_tick_key PRIMARY KEY (ticket_id, tick)
);

CREATE TABLE ticket_watcher (
  ticket_id BIGINT NOT NULL REFERENCES ticket(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  since_at BIGINT NOT NULL,
  CONSTRAINT ticket_watcher_ticket_id_person_id_key PRIMARY KEY (ticket_id, person_id)
);

CREATE INDEX ticket_watcher_person ON ticket_watcher(person_id, ticket_id);

CREATE TABLE tool_build (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version TEXT NOT NULL,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  blob TEXT NOT NULL,
  added_by BIGINT REFERENCES person(id),
  added_at BIGINT NOT NULL,
  CONSTRAINT tool_build_version_platform_key UNIQUE (version, platform)
);

CREATE INDEX tool_build_blob ON tool_build(blob);

CREATE TABLE tracker (
  number BIGINT NOT NULL,
  base_url TEXT NOT NULL,
  repository TEXT NOT NULL,
  token BLOB NOT NULL,
  secret BLOB NOT NULL,
  secret_before BLOB,
  set_by_id BIGINT NOT NULL REFERENCES person(id),
  set_at BIGINT NOT NULL,
  heard_at BIGINT,
  forged BIGINT NOT NULL,
  forged_at BIGINT,
  read_upto BIGINT,
  read_at BIGINT,
  fault TEXT,
  CONSTRAINT tracker_number_key PRIMARY KEY (number)
);

CREATE TABLE tracker_delivery (
  name TEXT NOT NULL,
  heard_at BIGINT NOT NULL,
  CONSTRAINT tracker_delivery_name_key PRIMARY KEY (name)
);

CREATE INDEX tracker_delivery_heard ON tracker_delivery(heard_at);

CREATE TABLE tracker_link (
  bug_id BIGINT NOT NULL REFERENCES bug(id),
  repository TEXT NOT NULL,
  issue BIGINT,
  url TEXT NOT NULL,
  milestone TEXT,
  agreed TEXT NOT NULL,
  waits TEXT,
  fault TEXT,
  wanted_at BIGINT NOT NULL,
  tried_at BIGINT,
  synced_at BIGINT,
  comments_upto BIGINT,
  insists BOOLEAN NOT NULL,
  busy_until BIGINT,
  linked_by_id BIGINT REFERENCES person(id),
  linked_at BIGINT NOT NULL,
  CONSTRAINT tracker_link_bug_id_key PRIMARY KEY (bug_id),
  CONSTRAINT tracker_link_repository_issue_key UNIQUE (repository, issue)
);

CREATE INDEX tracker_link_asks ON tracker_link(bug_id) WHERE waits IS NOT NULL OR fault IS NOT NULL;

CREATE INDEX tracker_link_milestone ON tracker_link(repository, milestone, bug_id) WHERE milestone IS NOT NULL;

CREATE TABLE upkeep (
  what TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT upkeep_what_key PRIMARY KEY (what)
);

CREATE TABLE upload (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person(id),
  organisation_id BIGINT REFERENCES organisation(id),
  draft_id BIGINT NOT NULL REFERENCES draft(id),
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  mark TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  received BIGINT NOT NULL,
  attachment_id BIGINT REFERENCES attachment(id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT upload_token_key UNIQUE (token)
);

CREATE INDEX upload_attachment ON upload(attachment_id);

CREATE INDEX upload_draft ON upload(draft_id);

CREATE INDEX upload_expires ON upload(expires_at, bytes, received);

CREATE INDEX upload_person ON upload(person_id);

CREATE INDEX upload_room ON upload(organisation_id, person_id, bytes) WHERE attachment_id IS NULL;

CREATE TABLE upload_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  upload_id BIGINT NOT NULL REFERENCES upload(id),
  starts BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  blob TEXT NOT NULL,
  CONSTRAINT upload_part_upload_id_starts_key UNIQUE (upload_id, starts)
);

CREATE INDEX upload_part_blob ON upload_part(blob);
