//! A clock as a value: what it aims at, how it stands, and the lines that explain it (FRT-6).
//! How it came about is `fold`'s.

use jiff::SignedDuration;

use super::About;
use crate::{
    calendar::Length,
    events::TargetKind,
    ids::{MessageId, PolicyVersionId, TicketId},
    instant::Instant,
    keys::{PriorityKey, TypeKey},
};

/// One clock of a request, as its events tell it; no "now" is in it. Known by `kind` and `cycle`.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    pub kind: TargetKind,
    /// The how-manieth clock of its kind on this request, from 0. Of updates: after which of the words and changes of
    /// state that could begin one, so that a word which comes back undelivered gives none of the others another number.
    pub cycle: u32,
    pub origin: Origin,
    pub started: Instant,
    /// From where its time is counted: the start, or when the request first had a type with a target.
    pub counted_from: Instant,
    /// The version of the policy that it is pinned to (POL-3).
    pub terms: PolicyVersionId,
    /// What its present target was asked for; `terms` answers it with the calendar.
    pub about: About,
    pub length: Length,
    pub best_effort: bool,
    /// By when; `None` while it is stopped, and where its hours never open again.
    pub due: Option<Instant>,
    pub standing: Standing,
    pub stops: Vec<Stop>,
    /// When to warn (FRT-7), earliest first; each lies before `due` in working time.
    pub warnings: Vec<Warning>,
    /// The due instant whose passing the sweep has recorded.
    pub recorded: Option<Instant>,
    /// Everything that made it what it is, in the order in which it happened.
    pub lines: Vec<Line>,
}

/// Why a clock began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The request was filed (FRT-1), or the customer first wrote in one that staff filed (FRT-4).
    Filed,
    /// The customer wrote to a solved request (FRT-5): a cycle of its own, reported apart.
    Reopened,
    /// The first unanswered customer message after a response (FRT-7).
    CustomerMessage,
    /// Our last word, or the request came back to us; until the next word (PLN-2).
    Progress,
    /// It came with another request that was merged into this one (FRT-5).
    Absorbed(TicketId),
}

/// How a clock stands by what has been recorded; [`judge`] adds the passing of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Running,
    /// The desk asked for a required detail; `left` of the target remains once it resumes (FRT-4).
    Stopped {
        left: SignedDuration,
    },
    /// A response was sent and has neither arrived nor failed: nothing is judged (FRT-3).
    UnderWay {
        message: MessageId,
        pressed: Instant,
    },
    Met(Answer),
    /// Late from `due` on, also when an answer came after it (FRT-1).
    Breached {
        due: Instant,
        answered: Option<Answer>,
    },
    /// The request has a type without this target; judging waits (FRT-9).
    Suspended,
    /// The customer closed it before any answer; not counted (FRT-5). An update: the request asks for none any more.
    EndedWithoutResult {
        at: Instant,
    },
    /// The same after it was late: late from `due` on, which stays, and nothing is owed since `at`.
    EndedLate {
        due: Instant,
        at: Instant,
    },
    /// It goes on with the request that this one was merged into (FRT-5).
    MovedTo {
        survivor: TicketId,
    },
}

/// The message that answered, and the instant that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub message: MessageId,
    pub at: Instant,
}

/// A time in which the clock stood still (FRT-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub from: Instant,
    /// `None` while it lasts.
    pub until: Option<Instant>,
}

/// An instant at which a part of the target is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    pub percent: u8,
    pub at: Instant,
}

/// A line of the explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub at: Instant,
    pub change: Change,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Started {
        terms: PolicyVersionId,
        due: Option<Instant>,
    },
    /// FRT-9, with the due instants before and after.
    Priority {
        from: PriorityKey,
        to: PriorityKey,
        before: Option<Instant>,
        after: Option<Instant>,
    },
    /// PLN-3, with the due instants before and after.
    Escalated {
        before: Option<Instant>,
        after: Option<Instant>,
    },
    EscalationEnded {
        before: Option<Instant>,
        after: Option<Instant>,
    },
    Converted {
        from: TypeKey,
        to: TypeKey,
        before: Option<Instant>,
        after: Option<Instant>,
    },
    /// The request's type, or its priority, has no such target now.
    Suspended {
        request_type: TypeKey,
        priority: PriorityKey,
    },
    /// It has one again.
    Unsuspended {
        request_type: TypeKey,
        priority: PriorityKey,
        due: Option<Instant>,
    },
    Stopped {
        message: MessageId,
        left: SignedDuration,
    },
    Resumed {
        due: Option<Instant>,
    },
    /// A response is on its way.
    Sent {
        message: MessageId,
    },
    Answered(Answer),
    /// A message that looked like the response does not count.
    Lost {
        message: MessageId,
        pressed: Instant,
        why: Loss,
    },
    /// POL-3: an explicit act; later only.
    Recomputed {
        terms: PolicyVersionId,
        before: Option<Instant>,
        after: Option<Instant>,
    },
    /// The sweep recorded the breach, which is true from `due` on.
    Breached {
        due: Instant,
    },
    Withdrawn,
    MovedTo {
        survivor: TicketId,
    },
    /// The merge was undone; it goes on here.
    Returned {
        from: TicketId,
    },
}

/// Why a message was no response after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    Refused,
    Bounced,
    Ruled,
}

/// What the sweep has to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The part of the target that is used up, in percent (FRT-7).
    Warn(u8),
    /// Late once this instant has passed; at the instant itself an answer still counts (FRT-1).
    Breach,
}

impl Clock {
    /// Since when it is a clock of this request: from its start, or, if it came with another one, from then.
    pub fn here_since(&self) -> Instant {
        self.lines.first().map_or(self.started, |line| line.at)
    }

    /// Whether an answer is on its way, also one that was sent too late. What became of a message is known beforehand, so
    /// of one that failed there is no such line.
    pub fn is_under_way(&self) -> bool {
        self.lines.iter().any(|line| matches!(line.change, Change::Sent { .. }))
    }
}

impl Standing {
    /// Whether an answer is still owed: it runs, is stopped, or is late and unanswered.
    pub fn is_unanswered(&self) -> bool {
        matches!(self, Self::Running | Self::Stopped { .. } | Self::Breached { answered: None, .. })
    }

    /// The answer that counts, in time or late.
    pub fn answer(&self) -> Option<Answer> {
        match self {
            Self::Met(answer) | Self::Breached { answered: Some(answer), .. } => Some(*answer),
            _ => None,
        }
    }
}

/// How the clock stands at `now`: late once its due instant has passed, whenever that is noticed (FRT-9).
/// At the due instant itself it is not late yet (FRT-1); best effort never is (PLN-1).
pub fn judge(clock: &Clock, now: Instant) -> Standing {
    match (&clock.standing, clock.due) {
        (Standing::Running, Some(due)) if due < now && !clock.best_effort => Standing::Breached { due, answered: None },
        (standing, _) => standing.clone(),
    }
}

/// The next thing that the sweep tells about the clock, with its instant: the first warning above
/// `already_warned` percent, then the breach. A breach that was answered before anybody recorded it is told
/// as well. `None` for a clock that does not run, has no due instant or is best effort, and once its breach
/// is recorded. At the instant of a breach itself [`judge`] still says `Running`: it is told after it.
pub fn next_mark(clock: &Clock, already_warned: Option<u8>) -> Option<(Instant, Mark)> {
    match clock.standing {
        Standing::Breached { due, .. } | Standing::EndedLate { due, .. } => {
            (clock.recorded != Some(due)).then_some((due, Mark::Breach))
        }
        Standing::Running if !clock.best_effort => {
            let is_new = |warning: &&Warning| already_warned.is_none_or(|told| warning.percent > told);
            let warning = clock.warnings.iter().find(is_new);
            warning.map(|it| (it.at, Mark::Warn(it.percent))).or(clock.due.map(|due| (due, Mark::Breach)))
        }
        _ => None,
    }
}
