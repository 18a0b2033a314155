//! Reads a request's clocks off its events; when an update is owed is `updates`'. Every kind of event is listed here: either it concerns clocks,
//! or it is named among those that never do (FRT-4: no status pauses a clock).

mod updates;

use std::collections::BTreeMap;

use super::{
    About, Answer, Clock, Loss, Origin, UnknownTerms, Versions,
    life::{Birth, Life, Pinned},
    replies::{Fate, Replies, is_from_customer},
};
use crate::{
    events::{Because, Carried, ClockFrom, Entry, Event, Opened, Posted, State, TargetKind, TicketEvent},
    ids::{MessageId, PersonId, PolicyVersionId, TicketId},
    instant::Instant,
    keys::{PlanKey, PriorityKey, RegionKey, TypeKey},
};

/// All clocks of one request, in the order in which they began here. `history` holds the request's events,
/// in any order: the journal's numbers put them in theirs. No clock where the policy has no target.
///
/// What is told depends on nothing else, so a node that recomputes it finds the same; a history without
/// `Opened` has no clocks. Fails when an event names a version of the policy that is not kept.
pub fn clocks(history: &[Entry], versions: &dyn Versions) -> Result<Vec<Clock>, UnknownTerms> {
    let mut history: Vec<_> = history.iter().collect();
    history.sort_by_key(|entry| entry.seq);
    let replies = Replies::read(&history);
    let mut request: Option<Request<'_>> = None;
    for entry in history {
        let Event::Ticket(_, event) = &entry.event else { continue };
        match (&mut request, event) {
            (_, TicketEvent::Opened(opened)) => request = Some(Request::open(entry, opened, (&replies, versions))?),
            (Some(request), event) => request.take(entry.occurred_at, event)?,
            (None, _) => {}
        }
    }
    Ok(request.map_or_else(Vec::new, |request| request.lives.into_iter().filter_map(Life::finish).collect()))
}

/// A request as far as its clocks depend on it, while its events pass.
struct Request<'a> {
    replies: &'a Replies<'a>,
    versions: &'a dyn Versions,
    requester: PersonId,
    filed: Instant,
    plan: Option<PlanKey>,
    region: Option<RegionKey>,
    escalated: bool,
    terms: PolicyVersionId,
    request_type: TypeKey,
    priority: PriorityKey,
    state: State,
    /// Staff filed it, and the customer has not written yet (FRT-4).
    awaits_customer: bool,
    lives: Vec<Life>,
    begun: BTreeMap<TargetKind, u32>,
    /// What could have begun a clock for an update so far; their number (PLN-2).
    occasions: u32,
}

impl<'a> Request<'a> {
    fn open(
        entry: &Entry,
        opened: &Opened,
        (replies, versions): (&'a Replies<'a>, &'a dyn Versions),
    ) -> Result<Self, UnknownTerms> {
        let mut request = Self {
            replies,
            versions,
            requester: opened.requester,
            filed: entry.occurred_at,
            plan: opened.plan.clone(),
            region: opened.region.clone(),
            escalated: false,
            terms: opened.terms,
            request_type: opened.request_type.clone(),
            priority: opened.priority.clone(),
            state: State::New,
            awaits_customer: opened.clock_from == ClockFrom::FirstCustomerMessage,
            lives: Vec::new(),
            begun: BTreeMap::new(),
            occasions: 0,
        };
        if let ClockFrom::At(started) = opened.clock_from {
            let pinned = request.pinned(opened.terms)?;
            request.begin((TargetKind::FirstResponse, Origin::Filed), started, pinned.clone());
            request.owe_update(started, pinned);
        }
        Ok(request)
    }

    fn take(&mut self, at: Instant, event: &TicketEvent) -> Result<(), UnknownTerms> {
        match event {
            TicketEvent::Posted(posted) => self.post(at, posted)?,
            TicketEvent::Delivered { message, to, .. } => self.deliver(at, *message, *to)?,
            TicketEvent::DeliveryRefused { message, to } => self.lose(at, *message, (Some(*to), Loss::Refused)),
            TicketEvent::Bounced { message, to, hard: true } => self.lose(at, *message, (Some(*to), Loss::Bounced)),
            TicketEvent::Ruled { message } => self.lose(at, *message, (None, Loss::Ruled)),
            TicketEvent::PriorityDecided { to, .. } => {
                self.priority = to.clone();
                self.each(|life| life.prioritise(at, to));
            }
            TicketEvent::Escalated => self.escalate(at, true),
            TicketEvent::EscalationEnded => self.escalate(at, false),
            TicketEvent::Converted { to, priority, .. } => self.convert(at, to, priority),
            TicketEvent::StateChanged { to, because, .. } => self.change_state(at, *to, *because)?,
            TicketEvent::DetailsGiven { .. } => self.each(|life| life.resume(at)),
            TicketEvent::Absorbed { other, clock: Some(carried) } => self.absorb(at, *other, carried)?,
            TicketEvent::MergedInto { survivor } => self.move_to(at, *survivor),
            TicketEvent::MergeUndone { other } => {
                self.lives.retain(|life| life.birth.origin != Origin::Absorbed(*other));
                self.each(|life| life.come_back(at, *other));
            }
            TicketEvent::Breached { target, cycle, due } => {
                let is_meant = |life: &&mut Life| life.birth.kind == *target && life.birth.cycle == *cycle;
                self.lives.iter_mut().filter(is_meant).for_each(|life| life.breach(*due));
            }
            TicketEvent::Recomputed { terms } => {
                let pinned = self.pinned(*terms)?;
                self.each(|life| life.recompute(at, pinned.clone()));
            }
            // A raised wish reaches the clock by the decision that follows it. What was taken back is known
            // beforehand; a soft bounce is still under way; telling of a warning changes nothing.
            TicketEvent::WishRaised { .. }
            | TicketEvent::TakenBack { .. }
            | TicketEvent::Bounced { hard: false, .. }
            | TicketEvent::Warned { .. }
            | TicketEvent::Absorbed { clock: None, .. }
            | TicketEvent::Opened(_)
            | TicketEvent::Reminded
            | TicketEvent::Assigned { .. }
            | TicketEvent::TeamSet { .. }
            | TicketEvent::SecrecySet { .. }
            | TicketEvent::ParticipantAdded { .. }
            | TicketEvent::ParticipantRemoved { .. }
            | TicketEvent::Linked { .. }
            | TicketEvent::Unlinked { .. }
            | TicketEvent::SplitOff { .. }
            | TicketEvent::JoinedBug { .. }
            | TicketEvent::LeftBug { .. }
            | TicketEvent::ReportRefused { .. }
            | TicketEvent::NextWordPromised { .. }
            | TicketEvent::NextWordOverdue { .. }
            | TicketEvent::OutOfScope { .. }
            | TicketEvent::Rated { .. }
            | TicketEvent::AdvisoryKept { .. }
            | TicketEvent::EmbargoNear { .. }
            | TicketEvent::OriginalRead { .. }
            | TicketEvent::Redacted { .. }
            | TicketEvent::Attached { .. } => {}
        }
        Ok(())
    }

    fn post(&mut self, at: Instant, posted: &Posted) -> Result<(), UnknownTerms> {
        if is_from_customer(posted) {
            return self.hear(at);
        }
        if self.replies.pressed_response(posted.message).is_some() {
            self.reply(at, posted.message)?;
        }
        let is_heard = match self.replies.fate(posted.message, self.requester) {
            Fate::Counts { at: heard } => heard == at,
            Fate::UnderWay => true,
            Fate::Failed(_) | Fate::TakenBack => false,
        };
        if is_heard && self.replies.pressed_question(posted.message).is_some() {
            self.each(|life| life.stop(at, posted.message));
        }
        Ok(())
    }

    /// The customer wrote.
    fn hear(&mut self, at: Instant) -> Result<(), UnknownTerms> {
        self.each(|life| life.resume(at));
        let is_first = |life: &&Life| life.birth.kind == TargetKind::FirstResponse;
        let owes_first = self.lives.iter().filter(is_first).any(Life::is_unanswered);
        let owes_answer = self.lives.iter().any(|life| life.birth.kind != TargetKind::Update && life.is_running());
        let begins = if self.awaits_customer {
            self.awaits_customer = false;
            (TargetKind::FirstResponse, Origin::Filed)
        } else if self.state == State::Solved && !owes_first {
            (TargetKind::FirstResponse, Origin::Reopened)
        } else if !owes_answer && at > self.filed {
            (TargetKind::NextResponse, Origin::CustomerMessage)
        } else {
            return Ok(());
        };
        let pinned = self.in_force(at)?;
        self.begin(begins, at, pinned.clone());
        if begins.1 == Origin::Filed {
            self.owe_update(at, pinned);
        }
        Ok(())
    }

    /// Staff answered. What is pressed with the filing is the request itself, not an answer to it.
    fn reply(&mut self, pressed: Instant, message: MessageId) -> Result<(), UnknownTerms> {
        let (filed, replies) = (self.filed, self.replies);
        let asked = |life: &&mut Life| life.is_unanswered() && pressed > life.birth.started.max(filed);
        for life in self.lives.iter_mut().filter(asked) {
            match replies.fate(message, life.birth.requester) {
                Fate::Counts { at } if at == pressed => life.answer(pressed, Answer { message, at }),
                Fate::UnderWay => life.send(message, pressed),
                // One that failed first and was seen later answers when it is seen.
                Fate::Counts { .. } | Fate::Failed(_) | Fate::TakenBack => {}
            }
        }
        self.word(pressed, message)
    }

    /// A message reached somebody; it answers here, or stops a clock, only if it had failed before.
    fn deliver(&mut self, at: Instant, message: MessageId, to: PersonId) -> Result<(), UnknownTerms> {
        let is_late = |pressed| pressed != at && self.replies.fate(message, to) == (Fate::Counts { at });
        if to == self.requester && self.replies.pressed_question(message).is_some_and(is_late) {
            self.each(|life| life.stop(at, message));
        }
        let Some(pressed) = self.replies.pressed_response(message) else { return Ok(()) };
        let (filed, replies) = (self.filed, self.replies);
        let asked = |life: &&mut Life| {
            life.is_unanswered() && life.birth.requester == to && pressed > life.birth.started.max(filed)
        };
        if replies.fate(message, to) == (Fate::Counts { at }) && at != pressed {
            self.lives.iter_mut().filter(asked).for_each(|life| life.answer(at, Answer { message, at }));
            if to == self.requester {
                self.word(at, message)?;
            }
        }
        Ok(())
    }

    /// A message failed, on its way to one person or, ruled out, for all.
    fn lose(&mut self, at: Instant, message: MessageId, (to, why): (Option<PersonId>, Loss)) {
        let Some(pressed) = self.replies.pressed_response(message) else { return };
        let (filed, replies) = (self.filed, self.replies);
        let concerned = |life: &&mut Life| {
            to.is_none_or(|to| life.birth.requester == to)
                && pressed > life.birth.started.max(filed)
                && replies.fate(message, life.birth.requester) == Fate::Failed(why)
        };
        self.lives.iter_mut().filter(concerned).for_each(|life| life.lose(at, message, pressed, why));
    }

    fn convert(&mut self, at: Instant, to: &TypeKey, priority: &PriorityKey) {
        (self.request_type, self.priority) = (to.clone(), priority.clone());
        let about = self.about(Origin::Filed);
        self.each(|life| {
            let reopened = life.birth.origin == Origin::Reopened;
            life.convert(at, About { reopened, ..about.clone() });
        });
    }

    /// PLN-3: every clock follows the targets of escalated requests, or leaves them.
    fn escalate(&mut self, at: Instant, escalated: bool) {
        self.escalated = escalated;
        self.each(|life| life.escalate(at, escalated));
    }

    /// No state pauses a clock (FRT-4), and staff closing ends none; the customer's closing does (FRT-5).
    fn change_state(&mut self, at: Instant, to: State, because: Because) -> Result<(), UnknownTerms> {
        self.state = to;
        if matches!(because, Because::CustomerClosed | Because::CustomerConfirmed) {
            self.each(|life| life.withdraw(at));
        }
        self.update_by_state(at)
    }

    /// A word on the progress is owed there by what is agreed there.
    fn move_to(&mut self, at: Instant, survivor: TicketId) {
        let moves = |life: &&mut Life| life.birth.kind != TargetKind::Update;
        self.lives.iter_mut().filter(moves).for_each(|life| life.move_to(at, survivor));
    }

    fn absorb(&mut self, at: Instant, other: TicketId, carried: &Carried) -> Result<(), UnknownTerms> {
        let birth = Birth {
            kind: TargetKind::FirstResponse,
            cycle: self.next_cycle(TargetKind::FirstResponse),
            origin: Origin::Absorbed(other),
            requester: carried.requester,
            started: carried.started,
            pinned: self.pinned(carried.terms)?,
            about: About {
                request_type: carried.request_type.clone(),
                priority: carried.priority.clone(),
                plan: self.plan.clone(),
                region: self.region.clone(),
                escalated: self.escalated,
                reopened: false,
            },
        };
        self.lives.push(Life::arrive(birth, carried.due, at));
        Ok(())
    }

    /// Begins a clock. A first or reopened one sleeps where its type has no target, so that a conversion can
    /// wake it; of the others there is none then.
    fn begin(&mut self, (kind, origin): (TargetKind, Origin), started: Instant, pinned: Pinned) {
        let about = self.about(origin);
        if kind != TargetKind::FirstResponse && pinned.terms.aim(kind, &about).is_none() {
            return;
        }
        let (cycle, requester) = (self.next_cycle(kind), self.requester);
        self.lives.push(Life::begin(Birth { kind, cycle, origin, requester, started, pinned, about }));
    }

    fn about(&self, origin: Origin) -> About {
        About {
            request_type: self.request_type.clone(),
            priority: self.priority.clone(),
            plan: self.plan.clone(),
            region: self.region.clone(),
            escalated: self.escalated,
            reopened: origin == Origin::Reopened,
        }
    }

    fn next_cycle(&mut self, kind: TargetKind) -> u32 {
        let begun = self.begun.entry(kind).or_default();
        let cycle = *begun;
        *begun += 1;
        cycle
    }

    fn pinned(&self, version: PolicyVersionId) -> Result<Pinned, UnknownTerms> {
        let terms = self.versions.terms(version).ok_or(UnknownTerms(version))?;
        Ok(Pinned { version, terms })
    }

    /// The version to which a clock that starts now is pinned.
    fn in_force(&self, at: Instant) -> Result<Pinned, UnknownTerms> {
        self.pinned(self.versions.in_force(at).unwrap_or(self.terms))
    }

    fn each(&mut self, change: impl FnMut(&mut Life)) {
        self.lives.iter_mut().for_each(change);
    }
}
