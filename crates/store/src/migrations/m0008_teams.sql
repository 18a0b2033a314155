-- Teams, in the order in which a new request is offered to them. One that ended stays, for requests that are over.
CREATE TABLE team (
  id {id},
  place BIGINT NOT NULL,
  name TEXT NOT NULL,
  -- In the filter language: which new requests it takes. None: those that somebody gives it.
  question TEXT,
  -- `pull`, `turns`, `load`.
  sharing TEXT NOT NULL,
  -- How many turns were given in it.
  turns BIGINT NOT NULL DEFAULT 0,
  changed_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX team_place ON team(place, id) WHERE ended_at IS NULL;
CREATE INDEX team_place_ended ON team(place, id) WHERE ended_at IS NOT NULL;
-- Who is in a team, and at which of its turns they got a request last; 0: at none yet.
CREATE TABLE team_member (
  team_id BIGINT NOT NULL REFERENCES team(id),
  person_id BIGINT NOT NULL REFERENCES person(id),
  last_turn BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT team_member_team_id_person_id_key PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_member_person ON team_member(person_id, team_id);
-- A word that nothing was ever written to, in the place of which a request names its team.
ALTER TABLE ticket DROP COLUMN team;
ALTER TABLE ticket ADD COLUMN team_id BIGINT REFERENCES team(id);
CREATE INDEX ticket_team ON ticket(team_id, state, id) WHERE team_id IS NOT NULL;
-- At which opening of the desk somebody was told last what came and what is due, how much of both, and whether they have
-- looked; `shown`: on the desk too.
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
