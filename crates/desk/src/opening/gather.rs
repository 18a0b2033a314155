//! What there is to tell one member of staff.

use std::collections::{BTreeSet, HashMap};

use rules::{
    ids::TicketId,
    instant::Instant,
    opening::{Line, Opening, Reader, sort},
    tickets::Bucket,
};
use store::{
    ticket_lists::{self, After, View},
    tickets::Ticket,
};

use crate::{Desk, Result, actor::Signed};

/// Of what needs an answer so many are looked through, those that are late or due first.
const LOOKED_AT: i64 = 2_000;

/// A request of a digest.
#[derive(Clone, Debug)]
pub struct Item {
    pub ticket: Ticket,
    pub due: Option<Instant>,
}

/// What needs an answer: the most urgent first, by due instant.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Was filed, or a customer wrote in it, while the desk was closed.
    pub came: Vec<Item>,
    /// Is late or due by the end of the day, and did not come meanwhile.
    pub due: Vec<Item>,
}

impl Gathered {
    pub fn is_empty(&self) -> bool {
        self.came.is_empty() && self.due.is_empty()
    }
}

pub(super) async fn gather(desk: &Desk, signed: &Signed, opening: Opening) -> Result<Gathered> {
    let conn = desk.store.read();
    let after: Option<After> = None;
    let mut waiting = ticket_lists::desk(conn, &signed.scope, View::NeedsAnswer, after, LOOKED_AT).await?;
    let reader = Reader { person: signed.person, teams: store::teams::of(conn, signed.person).await? };
    waiting.retain(|it| reader.is_told_of(it.assignee, it.team));
    let (from, until) = (opening.closed_from, opening.at);
    let ids: Vec<TicketId> = waiting.iter().map(|it| it.id).collect();
    let written: BTreeSet<TicketId> =
        store::digests::written_in(conn, &ids, (from, until)).await?.into_iter().collect();
    let is_new = |it: &Ticket| (from..until).contains(&it.filed_at) || written.contains(&it.id);
    let (came, waited): (Vec<Ticket>, Vec<Ticket>) = waiting.into_iter().partition(is_new);
    let by_tonight = |it: &Ticket| due(it).is_some_and(|at| at < opening.day_ends);
    let waited: Vec<Ticket> = waited.into_iter().filter(by_tonight).collect();
    let policy = desk.policy().await?;
    let sorted = |tickets: Vec<Ticket>| {
        let place = |it: &Ticket| policy.policy().priorities.iter().position(|(key, _)| *key == it.priority);
        let line = |it: &Ticket| Line { ticket: it.id, priority: place(it).unwrap_or(usize::MAX), due: due(it) };
        let mut lines: Vec<Line> = tickets.iter().map(line).collect();
        sort(&mut lines);
        let at: HashMap<TicketId, usize> = lines.iter().map(|it| it.ticket).zip(0..).collect();
        let mut items: Vec<Item> = tickets.into_iter().map(|ticket| Item { due: due(&ticket), ticket }).collect();
        items.sort_by_key(|it| at.get(&it.ticket.id).copied());
        items
    };
    Ok(Gathered { came: sorted(came), due: sorted(waited) })
}

fn due(ticket: &Ticket) -> Option<Instant> {
    ticket.queue.filter(|place| place.bucket == Bucket::Due).map(|place| place.at)
}
