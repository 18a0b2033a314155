-- Requests whose clocks were given another aim; all others are tried on another policy without their history (POL-4).
CREATE INDEX journal_moved ON journal(ticket_id) WHERE kind IN ('ticket.priority_decided', 'ticket.converted', 'ticket.escalated', 'ticket.escalation_ended');
