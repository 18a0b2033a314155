//! An entry of the journal as those hear it who may.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::{
    access::{Scope, TicketFacts},
    events::{Audience, Author, Entry, Event, Secrecy, TicketEvent},
    ids::{PersonId, Seq, TicketId},
};

/// What happened to a request, as far as a page that shows it wants to know. What is said first weighs less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Anything that its page shows otherwise now.
    Changed,
    Noted,
    StaffReplied,
    CustomerWrote,
    Filed,
}

/// What happened to a request since the last time that somebody was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The last entry of it.
    pub seq: Seq,
    pub ticket: TicketId,
    pub what: What,
    /// Who did it, where a person did.
    pub by: Option<PersonId>,
    /// What seeing it depends on; `None` when it is gone.
    pub facts: Option<TicketFacts>,
    /// Its secrecy before, where that changed.
    pub before: Option<Secrecy>,
}

/// What somebody hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It happened to a request that they see.
    Request,
    /// They saw it, and do not any more.
    Gone,
}

impl Told {
    /// What somebody with this scope hears. For whom it did not exist and does not exist, nothing happened.
    pub fn heard(&self, scope: &Scope) -> Option<Heard> {
        let facts = self.facts.as_ref()?;
        if scope.sees(facts) {
            return Some(Heard::Request);
        }
        let before = TicketFacts { secrecy: self.before?, ..facts.clone() };
        scope.sees(&before).then_some(Heard::Gone)
    }
}

/// Entries of the journal by request, in the order of the last entry of each. `facts` are those of now, `before` the
/// secrecy that a request had before an entry changed it.
pub fn told(
    entries: &[Entry],
    facts: &HashMap<TicketId, TicketFacts>,
    before: &HashMap<TicketId, Secrecy>,
) -> Vec<Told> {
    let mut by_ticket: BTreeMap<TicketId, Told> = BTreeMap::new();
    for entry in entries {
        let Event::Ticket(ticket, event) = &entry.event else { continue };
        let (what, by) = (what(event), entry.by.person);
        let told = by_ticket.entry(*ticket).or_insert_with(|| Told {
            seq: entry.seq,
            ticket: *ticket,
            what,
            by,
            facts: facts.get(ticket).cloned(),
            before: before.get(ticket).copied(),
        });
        told.seq = entry.seq;
        if what > told.what {
            (told.what, told.by) = (what, by);
        }
    }
    let mut all: Vec<Told> = by_ticket.into_values().collect();
    all.sort_by_key(|told| told.seq);
    all
}

fn what(event: &TicketEvent) -> What {
    match event {
        TicketEvent::Opened(_) => What::Filed,
        TicketEvent::Posted(posted) => match (posted.audience, posted.author) {
            (Audience::Internal, _) => What::Noted,
            (Audience::Public, Author::Customer(_)) => What::CustomerWrote,
            (Audience::Public, Author::Staff(_) | Author::Machine) => What::StaffReplied,
        },
        _ => What::Changed,
    }
}

/// The secrecy that a request had before the entry `seq` of its history.
pub fn secrecy_before(history: &[Entry], seq: Seq) -> Option<Secrecy> {
    let earlier = history.iter().filter(|entry| entry.seq < seq).rev();
    let mut kept = earlier.filter_map(|entry| match &entry.event {
        Event::Ticket(_, TicketEvent::SecrecySet { secrecy }) => Some(*secrecy),
        Event::Ticket(_, TicketEvent::Opened(opened)) => Some(opened.secrecy),
        _ => None,
    });
    kept.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{Grant, Grants, Viewer, scope},
        events::By,
        instant::Instant,
    };

    fn at() -> Instant {
        "2026-11-16T08:00:00Z".parse().unwrap()
    }

    fn entry(seq: i64, ticket: i64, event: TicketEvent) -> Entry {
        Entry {
            seq: Seq(seq),
            event: Event::Ticket(TicketId(ticket), event),
            by: By::person(PersonId(seq)),
            occurred_at: at(),
            recorded_at: at(),
            cause: None,
            depth: 0,
        }
    }

    fn facts(secrecy: Secrecy) -> TicketFacts {
        TicketFacts {
            requester: PersonId(1),
            organisation: None,
            reseller: None,
            filed_at: at(),
            secrecy,
            participants: vec![PersonId(1)],
            heirs: vec![],
        }
    }

    fn sees(person: i64, grants: &[Grant]) -> Scope {
        let grants: Grants = grants.iter().copied().collect();
        scope(&Viewer { person: PersonId(person), grants, memberships: vec![], resales: vec![] }, &[])
    }

    fn closed_in(secrecy: Secrecy, before: Option<Secrecy>) -> Told {
        let by = Some(PersonId(9));
        let facts = Some(facts(secrecy));
        Told { seq: Seq(4), ticket: TicketId(7), what: What::Changed, by, facts, before }
    }

    #[test]
    fn vis_3_who_does_not_see_a_request_hears_nothing_of_it() {
        let (agent, security, product) =
            (sees(2, &[Grant::Agent]), sees(3, &[Grant::Security]), sees(4, &[Grant::Product]));
        let born_secret = closed_in(Secrecy::Security, None);
        assert_eq!(born_secret.heard(&agent), None);
        assert_eq!(born_secret.heard(&security), Some(Heard::Request));
        let open = closed_in(Secrecy::Open, None);
        assert_eq!(open.heard(&agent), Some(Heard::Request));
        assert_eq!(open.heard(&sees(5, &[])), None, "a stranger");
        let pulled = closed_in(Secrecy::Security, Some(Secrecy::Confidential));
        assert_eq!(pulled.heard(&agent), Some(Heard::Gone), "who saw it hears that it is gone");
        assert_eq!(pulled.heard(&product), None, "who never saw it does not");
        assert_eq!(pulled.heard(&security), Some(Heard::Request));
        assert_eq!(Told { facts: None, ..open }.heard(&security), None, "what is deleted is nobody's");
    }

    #[test]
    fn what_happened_to_a_request_is_said_once_with_what_weighs_most() {
        let taken = TicketEvent::Assigned { from: None, to: Some(PersonId(2)), away_until: None, shared: None };
        let closed = TicketEvent::SecrecySet { secrecy: Secrecy::Confidential };
        let entries = [entry(1, 5, taken.clone()), entry(2, 6, taken), entry(3, 5, closed)];
        let facts = HashMap::from([(TicketId(5), facts(Secrecy::Confidential))]);
        let before = HashMap::from([(TicketId(5), secrecy_before(&entries[..1], Seq(3)).unwrap_or(Secrecy::Open))]);
        let told = told(&entries, &facts, &before);
        assert_eq!(told.iter().map(|it| (it.ticket.0, it.seq.0)).collect::<Vec<_>>(), [(6, 2), (5, 3)]);
        assert_eq!(told[1].before, Some(Secrecy::Open));
        assert_eq!(told[0].facts, None, "of what is not there nobody hears");
    }

    #[test]
    fn the_secrecy_before_is_that_of_the_last_change_before() {
        let set = |seq, secrecy| entry(seq, 5, TicketEvent::SecrecySet { secrecy });
        let history = [set(1, Secrecy::Confidential), set(2, Secrecy::Open), set(3, Secrecy::Security)];
        assert_eq!(secrecy_before(&history, Seq(3)), Some(Secrecy::Open));
        assert_eq!(secrecy_before(&history, Seq(2)), Some(Secrecy::Confidential));
        assert_eq!(secrecy_before(&history, Seq(1)), None);
    }
}
