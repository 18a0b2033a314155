//! Which events of a request are worth an entry.

use super::{Act, BugAct, BugDid};
use crate::{
    events::TicketEvent,
    ids::{BugId, TicketId},
};

/// What of a request's life is worth an entry. Everything that an event can be is named here, so that a new one has to be
/// decided about.
pub fn of_ticket(ticket: TicketId, event: &TicketEvent) -> Option<Act> {
    match event {
        TicketEvent::SecrecySet { secrecy } => Some(Act::SecrecySet { ticket, secrecy: *secrecy }),
        TicketEvent::ParticipantAdded { person } => Some(Act::ParticipantAdded { ticket, person: *person }),
        TicketEvent::ParticipantRemoved { person } => Some(Act::ParticipantRemoved { ticket, person: *person }),
        TicketEvent::OriginalRead { attachment } => Some(Act::OriginalRead { ticket, file: *attachment }),
        TicketEvent::Redacted { what, by, others, why } => {
            Some(Act::Redacted { ticket, what: what.clone(), by: *by, others: *others, why: *why })
        }
        TicketEvent::JoinedBug { bug } => Some(report(ticket, Some(*bug), BugDid::Joined)),
        TicketEvent::LeftBug { bug } => Some(report(ticket, Some(*bug), BugDid::Left)),
        TicketEvent::ReportRefused { .. } => Some(report(ticket, None, BugDid::ReportRefused)),
        TicketEvent::Recomputed { terms } => Some(Act::Recomputed { ticket, version: *terms }),
        TicketEvent::Opened(_)
        | TicketEvent::Posted(_)
        | TicketEvent::TakenBack { .. }
        | TicketEvent::Delivered { .. }
        | TicketEvent::DeliveryRefused { .. }
        | TicketEvent::Bounced { .. }
        | TicketEvent::Ruled { .. }
        | TicketEvent::WishRaised { .. }
        | TicketEvent::PriorityDecided { .. }
        | TicketEvent::Converted { .. }
        | TicketEvent::StateChanged { .. }
        | TicketEvent::Reminded
        | TicketEvent::Assigned { .. }
        | TicketEvent::TeamSet { .. }
        | TicketEvent::DetailsGiven { .. }
        | TicketEvent::Attached { .. }
        | TicketEvent::Absorbed { .. }
        | TicketEvent::MergedInto { .. }
        | TicketEvent::MergeUndone { .. }
        | TicketEvent::Linked { .. }
        | TicketEvent::Unlinked { .. }
        | TicketEvent::SplitOff { .. }
        | TicketEvent::NextWordPromised { .. }
        | TicketEvent::NextWordOverdue { .. }
        | TicketEvent::OutOfScope { .. }
        | TicketEvent::Rated { .. }
        | TicketEvent::AdvisoryKept { .. }
        | TicketEvent::EmbargoNear { .. }
        | TicketEvent::Escalated
        | TicketEvent::EscalationEnded
        | TicketEvent::Warned { .. }
        | TicketEvent::Breached { .. } => None,
    }
}

fn report(ticket: TicketId, bug: Option<BugId>, did: BugDid) -> Act {
    Act::Bug(BugAct { bug, ticket: Some(ticket), did, version: None, people: None })
}
