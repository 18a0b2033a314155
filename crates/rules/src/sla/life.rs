//! The life of one clock while the events pass: what each does to it, and the lines that it leaves (FRT-6).
//! Which clocks there are, and whom an event concerns, is `fold`'s.

mod course;

use std::sync::Arc;

use jiff::SignedDuration;

use super::{About, Aim, Answer, Change, Clock, Line, Loss, Origin, Standing, Stop, Terms, Warning, dues::Track};
use crate::{
    calendar::Length,
    events::TargetKind,
    ids::{MessageId, PersonId, PolicyVersionId, TicketId},
    instant::Instant,
    keys::{PriorityKey, TypeKey},
};

/// So long before an update is due its warning still helps whoever writes it.
const SHORTEST_NOTICE: SignedDuration = SignedDuration::from_mins(15);

/// A version of the policy with its number.
#[derive(Clone)]
pub(super) struct Pinned {
    pub(super) version: PolicyVersionId,
    pub(super) terms: Arc<dyn Terms>,
}

/// What a clock begins with.
pub(super) struct Birth {
    pub(super) kind: TargetKind,
    pub(super) cycle: u32,
    pub(super) origin: Origin,
    /// Whom a response must reach.
    pub(super) requester: PersonId,
    pub(super) started: Instant,
    pub(super) pinned: Pinned,
    pub(super) about: About,
}

pub(super) struct Life {
    pub(super) birth: Birth,
    /// Where due instants are counted from: the start, or the instant at which the request first had a
    /// type with a target.
    base: Instant,
    pinned: Pinned,
    /// What the request is now.
    present: About,
    /// What the due instant was last asked for; stays while the request has no target.
    about: About,
    length: Option<Length>,
    best_effort: bool,
    due: Option<Instant>,
    /// The due instants of all priorities that were ever in force (FRT-9).
    held: Vec<Held>,
    stop: Option<Stop>,
    suspended: bool,
    reply: Reply,
    end: Option<End>,
    /// The due instant whose passing was recorded.
    breach: Option<Instant>,
    lines: Vec<Line>,
}

struct Held {
    request_type: TypeKey,
    priority: PriorityKey,
    escalated: bool,
    due: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reply {
    None,
    UnderWay { message: MessageId, pressed: Instant },
    Given(Answer),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Withdrawn {
        at: Instant,
    },
    /// The customer closed it after it was late.
    Late {
        due: Instant,
        at: Instant,
    },
    Moved {
        survivor: TicketId,
    },
}

impl Life {
    /// A clock from its start. Where the policy has no target, it sleeps until a conversion wakes it.
    pub(super) fn begin(birth: Birth) -> Self {
        let mut life = Self::asleep(birth);
        if let Some(due) = life.track().map(|track| track.due_from_start()) {
            life.wake(due);
            let started = Change::Started { terms: life.pinned.version, due };
            life.tell(life.birth.started, started);
        }
        life
    }

    /// A clock that came with another request, at `at`, with the due instant that it had. One that had none
    /// because it stood still has its whole target again from then on.
    pub(super) fn arrive(birth: Birth, due: Option<Instant>, at: Instant) -> Self {
        let mut life = Self::asleep(birth);
        let whole = life.track().and_then(|track| track.due_from_change(at));
        life.wake(due.or(whole));
        let started = Change::Started { terms: life.pinned.version, due: life.due };
        life.tell(at, started);
        life
    }

    fn asleep(birth: Birth) -> Self {
        Self {
            base: birth.started,
            pinned: birth.pinned.clone(),
            present: birth.about.clone(),
            about: birth.about.clone(),
            length: None,
            best_effort: false,
            due: None,
            held: Vec::new(),
            stop: None,
            suspended: true,
            reply: Reply::None,
            end: None,
            breach: None,
            lines: Vec::new(),
            birth,
        }
    }

    fn wake(&mut self, due: Option<Instant>) {
        self.take_up(self.aim().map(|aim| (aim.length, aim.best_effort)));
        self.suspended = false;
        self.hold(due);
    }

    /// Whether it waits for an answer now.
    pub(super) fn is_running(&self) -> bool {
        !self.suspended && self.is_unanswered()
    }

    /// Whether no answer was sent and nothing ended it, also in a type without a target.
    pub(super) fn is_unanswered(&self) -> bool {
        self.end.is_none() && self.reply == Reply::None
    }

    /// Whether an event at `at` can still change its course: not after the answer or the breach (FRT-5).
    fn is_open_at(&self, at: Instant) -> bool {
        self.is_running() && !self.is_late_at(at)
    }

    /// Late once the due instant has passed (FRT-1), whether somebody noticed or not (FRT-9).
    fn is_late_at(&self, at: Instant) -> bool {
        let stands_still = self.stop.is_some_and(|stop| stop.until.is_none());
        !self.best_effort && !self.suspended && !stands_still && self.due.is_some_and(|due| due < at)
    }

    /// FRT-4: the desk asked for a required detail that is absent. Once.
    pub(super) fn stop(&mut self, at: Instant, message: MessageId) {
        if self.stop.is_some() || !self.pinned.terms.stops_for_missing_details() || !self.is_open_at(at) {
            return;
        }
        self.stop = Some(Stop { from: at, until: None });
        let line = Change::Stopped { message, left: self.left() };
        self.tell(at, line);
    }

    /// FRT-4: the customer wrote; the time left counts on.
    pub(super) fn resume(&mut self, at: Instant) {
        if self.end.is_none() && self.reply == Reply::None && self.end_stop(at) {
            let line = Change::Resumed { due: self.due };
            self.tell(at, line);
        }
    }

    fn end_stop(&mut self, at: Instant) -> bool {
        let Some(stop) = self.stop.filter(|stop| stop.until.is_none()) else { return false };
        self.stop = Some(Stop { until: Some(at.max(stop.from)), ..stop });
        if let Some((stop, aim)) = self.stop.zip(self.aim()) {
            let track = Track { aim, from: self.base, stop: Some(stop) };
            let past = |due: Option<Instant>| due.and_then(|due| track.past_stop(due));
            let (due, held) = (past(self.due), self.held.iter().map(|it| past(it.due)).collect::<Vec<_>>());
            self.due = due;
            self.held.iter_mut().zip(held).for_each(|(it, due)| it.due = due);
        }
        true
    }

    /// FRT-3: a response was sent and is under way.
    pub(super) fn send(&mut self, message: MessageId, pressed: Instant) {
        self.end_stop(pressed);
        self.reply = Reply::UnderWay { message, pressed };
        self.tell(pressed, Change::Sent { message });
    }

    /// FRT-3: a response arrived. `told` is when, `answer.at` what counts.
    pub(super) fn answer(&mut self, told: Instant, answer: Answer) {
        self.end_stop(answer.at);
        self.reply = Reply::Given(answer);
        self.tell(told, Change::Answered(answer));
    }

    /// A message that looked like the response does not count; a line, where no earlier one had answered.
    pub(super) fn lose(&mut self, at: Instant, message: MessageId, pressed: Instant, why: Loss) {
        let answered_before = matches!(self.reply, Reply::Given(answer) if answer.at <= pressed);
        if self.end.is_none() && !answered_before {
            self.tell(at, Change::Lost { message, pressed, why });
        }
    }

    /// FRT-5: the customer closed the request.
    pub(super) fn withdraw(&mut self, at: Instant) {
        if !self.is_unanswered() {
            return;
        }
        self.end = Some(match self.due.filter(|_| self.is_late_at(at)) {
            Some(due) => End::Late { due, at },
            None => End::Withdrawn { at },
        });
        self.end_stop(at);
        self.tell(at, Change::Withdrawn);
    }

    /// PLN-2: no word on the progress is owed while the customer is asked; one that is late already stays owed.
    pub(super) fn rest(&mut self, at: Instant) {
        if !self.is_late_at(at) {
            self.withdraw(at);
        }
    }

    /// Whether it ever had a target.
    pub(super) fn has_run(&self) -> bool {
        !self.held.is_empty()
    }

    /// Whether it ended as soon as it began.
    pub(super) fn is_moot(&self) -> bool {
        self.end == Some(End::Withdrawn { at: self.birth.started })
    }

    /// FRT-5: the request was merged; an unanswered clock goes on there.
    pub(super) fn move_to(&mut self, at: Instant, survivor: TicketId) {
        if self.end.is_none() && self.standing().is_unanswered() {
            self.end = Some(End::Moved { survivor });
            self.tell(at, Change::MovedTo { survivor });
        }
    }

    /// FRT-5: the merge was undone; the clock goes on here as if it had never left.
    pub(super) fn come_back(&mut self, at: Instant, survivor: TicketId) {
        if self.end == Some(End::Moved { survivor }) {
            self.end = None;
            self.tell(at, Change::Returned { from: survivor });
        }
    }

    /// The sweep recorded the breach. It counts as long as the clock has that due instant and no answer.
    pub(super) fn breach(&mut self, due: Instant) {
        if self.due == Some(due) && self.is_late() {
            self.breach = Some(due);
            self.tell(due, Change::Breached { due });
        }
    }

    /// The clock as its events made it; `None` for one that never had a target.
    pub(super) fn finish(self) -> Option<Clock> {
        let length = self.length?;
        let standing = self.standing();
        let warnings = if standing == Standing::Running { self.warnings() } else { vec![] };
        Some(Clock {
            kind: self.birth.kind,
            cycle: self.birth.cycle,
            origin: self.birth.origin,
            started: self.birth.started,
            counted_from: self.base,
            terms: self.pinned.version,
            length,
            best_effort: self.best_effort,
            due: self.shown_due(),
            standing,
            stops: self.stop.into_iter().collect(),
            warnings,
            recorded: self.breach,
            about: self.about,
            lines: self.lines,
        })
    }

    /// When to warn. Updates follow each other for as long as a request is with us, so each is told of once, at the last of
    /// the marks; and where its breach comes right behind, that one is all that is told.
    fn warnings(&self) -> Vec<Warning> {
        let Some((track, due)) = self.track().zip(self.due) else { return vec![] };
        let mut warnings = track.warnings(due, self.pinned.terms.warn_percents());
        if self.birth.kind == TargetKind::Update {
            warnings.drain(..warnings.len().saturating_sub(1));
            warnings.retain(|it| it.at.plus(SHORTEST_NOTICE) <= due);
        }
        warnings
    }

    fn standing(&self) -> Standing {
        let late = |at: Instant| self.due.filter(|_| self.is_late_at(at));
        match (self.end, self.reply) {
            (Some(End::Moved { survivor }), _) => Standing::MovedTo { survivor },
            (Some(End::Withdrawn { at }), _) => Standing::EndedWithoutResult { at },
            (Some(End::Late { due, at }), _) => Standing::EndedLate { due, at },
            (None, _) if self.suspended => Standing::Suspended,
            (None, Reply::Given(answer)) => match late(answer.at) {
                Some(due) => Standing::Breached { due, answered: Some(answer) },
                None => Standing::Met(answer),
            },
            (None, Reply::UnderWay { message, pressed }) => match late(pressed) {
                Some(due) => Standing::Breached { due, answered: None },
                None => Standing::UnderWay { message, pressed },
            },
            (None, Reply::None) => match (self.shown_due(), self.breach) {
                (None, _) if self.stands_still() => Standing::Stopped { left: self.left() },
                (Some(due), Some(breach)) if due == breach => Standing::Breached { due, answered: None },
                _ => Standing::Running,
            },
        }
    }

    /// Whether it can be late at all: an answer in time, best effort and rest cannot.
    fn is_late(&self) -> bool {
        let in_time = |at: Instant| !self.is_late_at(at);
        match (self.end, self.reply) {
            (Some(End::Late { .. }), _) => true,
            (Some(_), _) => false,
            (None, Reply::None) => self.is_late_at(Instant::LAST),
            (None, Reply::UnderWay { pressed, .. }) => !in_time(pressed),
            (None, Reply::Given(answer)) => !in_time(answer.at),
        }
    }

    fn stands_still(&self) -> bool {
        self.stop.is_some_and(|stop| stop.until.is_none())
    }

    fn shown_due(&self) -> Option<Instant> {
        self.due.filter(|_| !self.stands_still())
    }

    /// What is left of the target where the clock stopped.
    fn left(&self) -> SignedDuration {
        let (Some(track), Some(stop), Some(due)) = (self.track(), self.stop, self.due) else {
            return SignedDuration::ZERO;
        };
        track.between(stop.from, due.max(stop.from))
    }

    fn aim(&self) -> Option<Aim<'_>> {
        self.pinned.terms.aim(self.birth.kind, &self.about)
    }

    fn track(&self) -> Option<Track<'_>> {
        self.track_for(&self.about)
    }

    fn track_for(&self, about: &About) -> Option<Track<'_>> {
        let aim = self.pinned.terms.aim(self.birth.kind, about)?;
        Some(Track { aim, from: self.base, stop: self.stop })
    }

    fn tell(&mut self, at: Instant, change: Change) {
        self.lines.push(Line { at, change });
    }
}
