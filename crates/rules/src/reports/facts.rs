//! Reads the facts of one request off its history.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{
    events::{Because, Entry, Event, TargetKind, TicketEvent, Verdict},
    ids::PersonId,
    instant::Instant,
    sla::{Clock, Origin, Standing, Versions, worked},
};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Filed,
    /// Its first response, which arrived and counts (FRT-2, FRT-3). A reopened cycle is none (FRT-5).
    Answered,
    /// Its first response is late from this instant on; of a clock that runs, if nothing comes before.
    Late,
    /// It was solved or closed.
    Solved,
    /// It was solved or closed, and is open again.
    Reopened,
    /// Somebody said how it went: what they said last.
    Rated,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Filed, Kind::Answered, Kind::Late, Kind::Solved, Kind::Reopened, Kind::Rated];
}

/// How it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Answered by the due instant (FRT-1).
    InTime,
    /// Answered after it.
    TooLate,
    /// Answered where nothing was promised (PLN-1).
    BestEffort,
    Good,
    Bad,
}

/// One fact of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    pub kind: Kind,
    pub how: Option<How>,
    pub at: Instant,
    /// What a first response took in working time, without what its clock stood still.
    pub worked: Option<SignedDuration>,
    /// And by the clock on the wall.
    pub passed: Option<SignedDuration>,
}

/// All facts of a request, in an order that is the same whoever tells them. `clocks` are those of the history.
pub fn facts(history: &[Entry], clocks: &[Clock], versions: &dyn Versions) -> Vec<Fact> {
    let mut history: Vec<_> = history.iter().collect();
    history.sort_by_key(|entry| entry.seq);
    let mut facts = vec![];
    let mut rated: BTreeMap<Option<PersonId>, Fact> = BTreeMap::new();
    for entry in history {
        let Event::Ticket(_, event) = &entry.event else { continue };
        let plain = |kind| Fact { kind, how: None, at: entry.occurred_at, worked: None, passed: None };
        match event {
            TicketEvent::Opened(_) => facts.push(plain(Kind::Filed)),
            TicketEvent::StateChanged { from, to, because } if *because != Because::Merged => {
                match (from.is_over(), to.is_over()) {
                    (false, true) => facts.push(plain(Kind::Solved)),
                    (true, false) => facts.push(plain(Kind::Reopened)),
                    _ => {}
                }
            }
            TicketEvent::Rated { verdict } => {
                let how = match verdict {
                    Verdict::Good => How::Good,
                    Verdict::Bad => How::Bad,
                };
                rated.insert(entry.by.person, Fact { how: Some(how), ..plain(Kind::Rated) });
            }
            _ => {}
        }
    }
    facts.extend(clocks.iter().flat_map(|clock| of_clock(clock, versions)));
    facts.extend(rated.into_values());
    facts
}

/// A first response is counted where it is owed: a clock that moved on by a merge is counted there, one that its customer
/// ended before any answer is not counted (FRT-5), and while an answer is under way nothing is judged (FRT-3).
fn of_clock(clock: &Clock, versions: &dyn Versions) -> impl Iterator<Item = Fact> {
    let is_first =
        clock.kind == TargetKind::FirstResponse && matches!(clock.origin, Origin::Filed | Origin::Absorbed(_));
    let answered = clock.standing.answer().map(|answer| Fact {
        kind: Kind::Answered,
        how: Some(match clock.standing {
            _ if clock.best_effort => How::BestEffort,
            Standing::Breached { .. } => How::TooLate,
            _ => How::InTime,
        }),
        at: answer.at,
        worked: worked(clock, versions),
        passed: Some(answer.at.since(clock.counted_from)),
    });
    let late = match clock.standing {
        Standing::Breached { due, .. } | Standing::EndedLate { due, .. } => Some(due),
        Standing::Running if !clock.best_effort => clock.due,
        _ => None,
    };
    let late = late.map(|at| Fact { kind: Kind::Late, how: None, at, worked: None, passed: None });
    answered.into_iter().chain(late).filter(move |_| is_first)
}
