//! Whose turn it is, and since when (TRN-1).

use crate::{
    events::{Audience, Author, ClockFrom, Entry, Event, Hand, Posted, TargetKind, TicketEvent},
    ids::{MessageId, PersonId},
    instant::Instant,
    sla::{Clock, Fate, Origin, Replies, Standing, is_from_customer},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub whose: Whose,
    pub since: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    Ours,
    Theirs,
}

/// Whose turn the request's events make it; `None` before it was opened. `clocks` are those of the same
/// history. It is told of every request; only for open ones somebody acts on it.
///
/// What a customer files or writes makes it ours, since the first of their messages that is unanswered. A
/// public message of staff makes it theirs, unless a first-response clock runs on after it. One that does
/// not arrive leaves it ours: since the unanswered message, or else since it failed; one that arrives after it
/// had failed makes it theirs from then on. Notes and automation change nothing.
pub fn turn(history: &[Entry], clocks: &[Clock]) -> Option<Turn> {
    let mut history: Vec<_> = history.iter().collect();
    history.sort_by_key(|entry| entry.seq);
    let replies = Replies::read(&history);
    let mut talk: Option<Talk<'_>> = None;
    for entry in history {
        let Event::Ticket(_, event) = &entry.event else { continue };
        match (&mut talk, event) {
            (_, TicketEvent::Opened(opened)) => {
                let whose = match opened.clock_from {
                    ClockFrom::At(_) => Whose::Ours,
                    ClockFrom::FirstCustomerMessage => Whose::Theirs,
                };
                let turn = Turn { whose, since: entry.occurred_at };
                talk = Some(Talk { requester: opened.requester, replies: &replies, clocks, turn, last: None });
            }
            (Some(talk), TicketEvent::Posted(posted)) => talk.post(entry.occurred_at, posted),
            (Some(talk), TicketEvent::Delivered { message, to, .. }) => talk.arrive(entry.occurred_at, *message, *to),
            (Some(talk), TicketEvent::DeliveryRefused { message, to }) => talk.fail(entry.occurred_at, *message, *to),
            (Some(talk), TicketEvent::Bounced { message, to, hard: true }) => {
                talk.fail(entry.occurred_at, *message, *to);
            }
            _ => {}
        }
    }
    talk.map(Talk::end)
}

struct Talk<'a> {
    requester: PersonId,
    replies: &'a Replies<'a>,
    clocks: &'a [Clock],
    turn: Turn,
    /// The last word of staff, while the customer has said nothing after it.
    last: Option<MessageId>,
}

impl Talk<'_> {
    fn post(&mut self, at: Instant, posted: &Posted) {
        if is_from_customer(posted) {
            self.last = None;
            return self.set(Whose::Ours, at);
        }
        let is_staff_word = matches!(posted.author, Author::Staff(_))
            && posted.audience == Audience::Public
            && posted.hand != Hand::Automatic;
        if !is_staff_word {
            return;
        }
        self.last = Some(posted.message);
        let runs_on = self.clocks.iter().any(|clock| runs_on_after(clock, at));
        match self.replies.fate(posted.message, self.requester) {
            Fate::UnderWay if self.replies.pressed_response(posted.message).is_some() => self.set(Whose::Theirs, at),
            Fate::UnderWay if !runs_on => self.set(Whose::Theirs, at),
            Fate::Counts { at: heard } if heard == at && !runs_on => self.set(Whose::Theirs, at),
            Fate::UnderWay | Fate::Counts { .. } | Fate::Failed(_) | Fate::TakenBack => {}
        }
    }

    /// Our last word arrived after it had failed: it counts from then on.
    fn arrive(&mut self, at: Instant, message: MessageId, to: PersonId) {
        let is_heard = self.replies.fate(message, to) == (Fate::Counts { at });
        let runs_on = || self.clocks.iter().any(|clock| runs_on_after(clock, at));
        if is_heard && to == self.requester && self.last == Some(message) && !runs_on() {
            self.set(Whose::Theirs, at);
        }
    }

    /// Our last word did not arrive, or not then.
    fn fail(&mut self, at: Instant, message: MessageId, to: PersonId) {
        let is_lost = match self.replies.fate(message, to) {
            Fate::Failed(_) => true,
            Fate::Counts { at: heard } => heard > at,
            Fate::UnderWay | Fate::TakenBack => false,
        };
        if is_lost && to == self.requester && self.last == Some(message) {
            self.set(Whose::Ours, at);
        }
    }

    /// It is theirs or ours since it first became so.
    fn set(&mut self, whose: Whose, since: Instant) {
        if self.turn.whose != whose {
            self.turn = Turn { whose, since };
        }
    }

    /// A clock that came with a merged request makes it ours since that was filed.
    fn end(self) -> Turn {
        let owed = |clock: &&Clock| matches!(clock.origin, Origin::Absorbed(_)) && clock.standing.is_unanswered();
        match self.clocks.iter().filter(owed).map(|clock| clock.started).min() {
            Some(started) if self.turn.whose == Whose::Theirs || started < self.turn.since => {
                Turn { whose: Whose::Ours, since: started }
            }
            _ => self.turn,
        }
    }
}

/// Whether a first-response clock that had started by `at` was still unanswered then, after a message of `at`.
fn runs_on_after(clock: &Clock, at: Instant) -> bool {
    let answered = match clock.standing {
        Standing::Running | Standing::Stopped { .. } | Standing::Breached { answered: None, .. } => None,
        Standing::UnderWay { pressed, .. } => Some(pressed),
        Standing::Met(answer) | Standing::Breached { answered: Some(answer), .. } => Some(answer.at),
        Standing::Suspended | Standing::MovedTo { .. } => return false,
        Standing::EndedWithoutResult { at } | Standing::EndedLate { at, .. } => Some(at),
    };
    is_first(clock) && clock.here_since() <= at && answered.is_none_or(|answered| answered > at)
}

fn is_first(clock: &Clock) -> bool {
    clock.kind == TargetKind::FirstResponse
}
