//! Whether what is kept is what the events tell: clocks, turns and places in the queue are told anew from the journal
//! and compared with their rows, messages are counted against it, and its numbers follow each other. Reads only.

use rules::{
    events::{Entry, Event, TargetKind, TicketEvent},
    ids::{Seq, TicketId},
    reports::Fact,
    tickets::{QueuePlace, Turn},
};
use store::{Handle, sla::ClockRow};

use crate::{
    Policies, Result,
    clocks::{Told, told},
};

/// Something that is kept otherwise than the events tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Its events tell nothing at all.
    Untold {
        ticket: TicketId,
        why: String,
    },
    Clocks {
        ticket: TicketId,
        kept: Vec<ClockRow>,
        told: Vec<ClockRow>,
    },
    Turn {
        ticket: TicketId,
        kept: Turn,
        told: Turn,
    },
    Queue {
        ticket: TicketId,
        kept: Option<QueuePlace>,
        told: Option<QueuePlace>,
    },
    /// What reports count.
    Facts {
        ticket: TicketId,
        kept: Vec<Fact>,
        told: Vec<Fact>,
    },
    /// So many messages, and so many events of one.
    Messages {
        ticket: TicketId,
        kept: usize,
        told: usize,
    },
    /// The journal's numbers jump.
    Gap {
        after: Seq,
        next: Seq,
    },
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    pub requests: usize,
    pub entries: i64,
    pub differences: Vec<Difference>,
}

/// Requests whose histories are read at once.
const AT_ONCE: usize = 100;

/// Compares every request, and looks through the journal.
pub async fn compare(conn: &Handle) -> Result<Proof> {
    let policies = Policies::read(conn).await?;
    let tickets = store::tickets::all(conn).await?;
    let mut proof = Proof { requests: tickets.len(), entries: store::events::count(conn).await?, differences: vec![] };
    let waits = store::jobs::all(conn).await?.iter().any(|job| job.kind == crate::sla::COUNTING);
    for chunk in tickets.chunks(AT_ONCE) {
        let mut histories = store::events::of_tickets(conn, chunk).await?;
        for ticket in chunk {
            let history = histories.iter_mut().find(|(of, _)| of == ticket).map(|(_, history)| std::mem::take(history));
            let kept = kept(conn, *ticket).await?;
            let messages = store::messages::count(conn, *ticket).await?;
            let mut found = of_request(*ticket, (&kept, messages), &history.unwrap_or_default(), &policies);
            if waits {
                found.retain(|it| !matches!(it, Difference::Facts { kept, .. } if kept.is_empty()));
            }
            if waits && found.iter().any(is_told_later) {
                found.retain(|it| !is_told_later(it) && !matches!(it, Difference::Queue { .. }));
            }
            proof.differences.extend(found);
        }
    }
    let gaps = store::events::gaps(conn).await?;
    proof.differences.extend(gaps.into_iter().map(|(after, next)| Difference::Gap { after, next }));
    Ok(proof)
}

/// Whether it is only that an older release told no updates (PLN-2): the job that waits does, and with them the place in the
/// queue.
fn is_told_later(difference: &Difference) -> bool {
    let Difference::Clocks { kept, told, .. } = difference else { return false };
    let others = |clocks: &[ClockRow]| -> Vec<ClockRow> {
        clocks.iter().filter(|it| it.target != TargetKind::Update).cloned().collect()
    };
    same(&others(kept), &others(told))
}

async fn kept(conn: &Handle, ticket: TicketId) -> Result<Told> {
    let row = store::tickets::get(conn, ticket).await?;
    let (clocks, facts) = (store::sla::of_ticket(conn, ticket).await?, store::reports::of_ticket(conn, ticket).await?);
    Ok(Told { clocks, turn: row.turn, queue: row.queue, facts })
}

/// Whether clocks are kept as they are told. What a response took is told later where an older release kept the rest.
fn same(kept: &[ClockRow], told: &[ClockRow]) -> bool {
    let alike = |(kept, told): (&ClockRow, &ClockRow)| {
        *kept == ClockRow { worked: kept.worked.and(told.worked), ..told.clone() }
    };
    kept.len() == told.len() && kept.iter().zip(told).all(alike)
}

/// One request: what its rows hold and how many messages it has, against its history.
pub fn of_request(
    ticket: TicketId,
    (kept, messages): (&Told, usize),
    history: &[Entry],
    policies: &Policies,
) -> Vec<Difference> {
    let mut found = Vec::new();
    match told(history, policies) {
        Err(error) => found.push(Difference::Untold { ticket, why: error.to_string() }),
        Ok(told) => {
            if !same(&kept.clocks, &told.clocks) {
                found.push(Difference::Clocks { ticket, kept: kept.clocks.clone(), told: told.clocks });
            }
            if kept.turn != told.turn {
                found.push(Difference::Turn { ticket, kept: kept.turn, told: told.turn });
            }
            if kept.queue != told.queue {
                found.push(Difference::Queue { ticket, kept: kept.queue, told: told.queue });
            }
            if kept.facts != told.facts {
                found.push(Difference::Facts { ticket, kept: kept.facts.clone(), told: told.facts });
            }
        }
    }
    let posted = history.iter().filter(|entry| matches!(entry.event, Event::Ticket(_, TicketEvent::Posted(_)))).count();
    if posted != messages {
        found.push(Difference::Messages { ticket, kept: messages, told: posted });
    }
    found
}
