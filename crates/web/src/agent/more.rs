//! The sheet of rarer acts, and what stands above a request that is with the developers or was merged.

use desk::tickets::Shown;
use rules::{
    access::Action,
    events::{Because, Event, Secrecy, State as RequestState, TicketEvent},
    instant::Instant,
    policy::Stand,
    tickets::{Mover, may_step, next_word},
};

use crate::{
    door::Visit,
    pages::{
        desk::{
            more::{More, NextWord},
            request::Merged,
        },
        form::Choice,
    },
    shown::{Reading, Saying, when},
};

/// Working days within which a next word can be promised.
const PROMISES: [u16; 5] = [1, 2, 3, 5, 10];

pub(super) fn more(say: &Saying, visit: &Visit, (shown, watches): (&Shown, bool), other: Option<i64>) -> More {
    let ticket = &shown.ticket;
    let may_tie = visit.actor.staff(Action::Merge).is_ok();
    let secrecy = match ticket.secrecy {
        _ if visit.actor.staff(Action::SetAudience).is_err() => None,
        Secrecy::Open => Some(("confidential".to_owned(), "Make it confidential".to_owned())),
        Secrecy::Confidential => Some(("open".to_owned(), "Make it open again".to_owned())),
        Secrecy::Security => None,
    };
    let people = shown.participants.iter().filter(|person| **person != ticket.requester);
    More {
        number: ticket.id.0,
        watches,
        secrecy,
        scope: scope(say, visit, shown),
        may_tie,
        may_merge: may_tie && ticket.state != RequestState::Closed,
        other,
        links: shown.links.iter().map(|id| id.0).collect(),
        advisory: ticket.secrecy == Secrecy::Security && visit.actor.staff(Action::KeepAdvisory).is_ok(),
        people: people.map(|id| (id.0, shown.names.get(id).cloned().unwrap_or_default())).collect(),
    }
}

/// The entries under which it may be closed: what support does not do, or only as documented.
fn scope(say: &Saying, visit: &Visit, shown: &Shown) -> Vec<Choice> {
    let may = visit.actor.staff(Action::ChangeState).is_ok()
        && may_step(shown.ticket.state, RequestState::Solved, Mover::Staff, Because::StaffDecided).is_ok();
    let entries = say.policy().scope.iter().filter(|(_, entry)| may && entry.stand != Stand::Covered);
    let offered: Vec<Choice> =
        entries.map(|(key, entry)| Choice::new(key.as_str(), words::markdown::plain(say.text(&entry.name)))).collect();
    if offered.is_empty() {
        return vec![];
    }
    std::iter::once(Choice::new("", "Choose what it falls under")).chain(offered).collect()
}

pub(super) fn word(reading: Reading<'_>, shown: &Shown) -> Option<NextWord> {
    let ticket = &shown.ticket;
    if ticket.state != RequestState::WithDevelopers || reading.visit.actor.staff(Action::ChangeState).is_err() {
        return None;
    }
    let history: Vec<_> = shown.happened.iter().map(|it| it.entry.clone()).collect();
    let promised = next_word(&history);
    let is_late = promised.is_some_and(|word| word.due < reading.now);
    let words = match promised {
        None => "Nothing is promised to the customer yet.".to_owned(),
        Some(word) if is_late => {
            format!("The customer was to hear from us by {}.", when(reading.visit, word.due, reading.now).said)
        }
        Some(word) => format!("The customer hears from us by {}.", when(reading.visit, word.due, reading.now).said),
    };
    let days = |days: u16| if days == 1 { "1 working day".to_owned() } else { format!("{days} working days") };
    Some(NextWord { number: ticket.id.0, words, is_late, offered: PROMISES.map(|it| (it, days(it))).into() })
}

pub(super) fn merged(say: &Saying, shown: &Shown, now: Instant) -> Option<Merged> {
    let into = shown.ticket.merged_into?;
    let hold = jiff::SignedDuration::from_secs(i64::from(say.policy().replies.hold_seconds));
    let is_it = |event: &Event| matches!(event, Event::Ticket(_, TicketEvent::MergedInto { .. }));
    let at = shown.happened.iter().rfind(|it| is_it(&it.entry.event)).map(|it| it.entry.occurred_at);
    Some(Merged { into: into.0, undo: at.is_some_and(|at| now < at.plus(hold)) })
}
