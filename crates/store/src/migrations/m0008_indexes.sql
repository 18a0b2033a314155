-- Indexes of a few rows among many, with all columns that the larger one beside them has: of two, a planner takes the one
-- that narrows more, and walked all members, and all that wait.
DROP INDEX membership_manager;
DROP INDEX membership_named;
DROP INDEX ticket_unreminded;
CREATE INDEX membership_manager ON membership(organisation_id, until_at, person_id) WHERE role = 'manager' AND until_at IS NULL;
CREATE INDEX membership_named ON membership(organisation_id, until_at, person_id) WHERE role <> 'member' AND until_at IS NULL;
CREATE INDEX ticket_unreminded ON ticket(state, state_since, id) WHERE state = 'waiting_for_customer' AND reminded_at IS NULL;
-- The index of all merges into an organisation does the same.
DROP INDEX organisation_merge_into;
-- What the list beside the database is brought up to.
CREATE INDEX person_erased ON person(erased_at, id) WHERE erased_at IS NOT NULL;
-- What somebody works on is counted on every page: with all that a count asks of a row, it reads none.
DROP INDEX ticket_assignee;
CREATE INDEX ticket_assignee ON ticket(assignee_id, updated_at, id, secrecy, deleted_at, requester_id, organisation_id, state)
  WHERE state NOT IN ('solved', 'closed');
