//! Everything that can happen. Events are the truth about time: clocks, turns and states are read off
//! them. They carry ids, keys and facts, never a name, an address or a text (PRV-1).

mod bugs;
mod entry;
mod people;
mod releases;
mod ticket;

pub use bugs::BugEvent;
pub use entry::{ActorKind, By, Entry, NewEntry};
pub use people::{EntrySet, OrganisationEvent, PersonEvent, PolicyEvent};
pub use releases::ReleaseEvent;
pub use ticket::{
    Audience, Author, Because, Carried, Channel, ClockFrom, Hand, Opened, Posted, Redacted, Secrecy, State, TargetKind,
    TicketEvent, Verdict, Via,
};

use serde::{Deserialize, Serialize};

use crate::ids::{BugId, TicketId};

/// One thing that happened. Stored as `kind` (`ticket.opened`) and a JSON payload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", content = "event", rename_all = "snake_case")]
pub enum Event {
    Ticket(TicketId, TicketEvent),
    Person(PersonEvent),
    Organisation(OrganisationEvent),
    Policy(PolicyEvent),
    Bug(BugEvent),
    Release(ReleaseEvent),
}

impl Event {
    /// The request that it concerns, for the journal's column.
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Event::Ticket(ticket, _) => Some(*ticket),
            Event::Person(_) | Event::Organisation(_) | Event::Policy(_) | Event::Bug(_) | Event::Release(_) => None,
        }
    }

    /// The bug that it concerns, for the journal's column.
    pub fn bug(&self) -> Option<BugId> {
        match self {
            Event::Bug(event) => Some(event.bug()),
            _ => None,
        }
    }

    /// Its name in the journal: `ticket.opened`.
    pub fn kind(&self) -> String {
        let (of, named) = match self {
            Event::Ticket(_, event) => ("ticket", serde_json::to_value(event)),
            Event::Person(event) => ("person", serde_json::to_value(event)),
            Event::Organisation(event) => ("organisation", serde_json::to_value(event)),
            Event::Policy(event) => ("policy", serde_json::to_value(event)),
            Event::Bug(event) => ("bug", serde_json::to_value(event)),
            Event::Release(event) => ("release", serde_json::to_value(event)),
        };
        let named = named.expect("an event serialises");
        let kind = named["kind"].as_str().expect("an event names its kind");
        format!("{of}.{kind}")
    }
}
