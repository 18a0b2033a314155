-- What a member of staff presses instead of the key that an act of the desk has for everybody; empty for none.
CREATE TABLE key_binding (
  person_id BIGINT NOT NULL REFERENCES person(id),
  act TEXT NOT NULL,
  pressed TEXT NOT NULL,
  CONSTRAINT key_binding_person_id_act_key PRIMARY KEY (person_id, act)
);
