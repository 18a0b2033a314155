-- What a policy decides by, of all requests that are not closed: what another version would change is counted from it
-- without reading a row (POL-5).
CREATE INDEX ticket_open ON ticket(request_type, priority, plan, state, id, secrecy, deleted_at, requester_id, organisation_id)
  WHERE state <> 'closed';

-- A security report of somebody who is not signed in, until the link to their address is opened (SEC-1, REG-8).
CREATE TABLE parked_report (
  link_id BIGINT NOT NULL REFERENCES link(id),
  subject TEXT NOT NULL,
  finding TEXT NOT NULL,
  reported_at BIGINT NOT NULL,
  CONSTRAINT parked_report_link_id_key PRIMARY KEY (link_id)
);
