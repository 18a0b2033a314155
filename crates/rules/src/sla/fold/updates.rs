//! "An update every …" (PLN-2): while a request is with us and its first response was given, each word of ours begins the
//! time to the next one. Nothing is owed while the customer is asked, to answer or to confirm, and once it is over; but
//! what is late by then stays owed until a word is given, so that no state hides it.

use super::{Life, Request};
use crate::{
    events::{State, TargetKind},
    ids::MessageId,
    instant::Instant,
    sla::{
        Origin, UnknownTerms,
        life::{Birth, Pinned},
        replies::Fate,
    },
};

impl Request<'_> {
    /// Staff wrote to the customer, and it counts from `at` unless it fails. While it is under way the time runs already,
    /// so that nothing is missing between two words.
    pub(super) fn word(&mut self, at: Instant, message: MessageId) -> Result<(), UnknownTerms> {
        self.occasions += 1;
        let is_given = match self.replies.fate(message, self.requester) {
            Fate::Counts { at: heard } => heard == at,
            Fate::UnderWay => true,
            Fate::Failed(_) | Fate::TakenBack => false,
        };
        if is_given && at > self.filed && is_with_us(self.state) {
            let pinned = self.in_force(at)?;
            self.owe_update(at, pinned);
        }
        Ok(())
    }

    /// The state changed: the request came to us, to the customer, or is over.
    pub(super) fn update_by_state(&mut self, at: Instant) -> Result<(), UnknownTerms> {
        self.occasions += 1;
        let is_update = |life: &&mut Life| life.birth.kind == TargetKind::Update;
        match self.state {
            State::New | State::Open | State::WithDevelopers => {
                let pinned = self.in_force(at)?;
                self.owe_update(at, pinned);
            }
            State::WaitingForCustomer | State::ToConfirm => {
                self.lives.iter_mut().filter(is_update).for_each(|life| life.rest(at));
            }
            State::Solved | State::Closed => {
                self.lives.iter_mut().filter(is_update).for_each(|life| life.withdraw(at));
            }
        }
        self.lives.retain(|life| life.birth.kind != TargetKind::Update || !life.is_moot());
        Ok(())
    }

    /// Begins the clock, unless one waits already or a first response is owed. Without a target it sleeps until a higher
    /// priority or another type brings one; of those that slept and are over nothing is kept.
    pub(super) fn owe_update(&mut self, at: Instant, pinned: Pinned) {
        let waits = |life: &Life| match life.birth.kind {
            TargetKind::FirstResponse => life.is_running(),
            TargetKind::Update => life.is_unanswered(),
            TargetKind::NextResponse | TargetKind::Workaround | TargetKind::Resolution => false,
        };
        if self.awaits_customer || !pinned.terms.has_updates() || self.lives.iter().any(waits) {
            return;
        }
        self.lives.retain(|life| life.birth.kind != TargetKind::Update || life.has_run());
        let (cycle, requester, about) = (self.occasions, self.requester, self.about(Origin::Progress));
        let (kind, origin) = (TargetKind::Update, Origin::Progress);
        self.lives.push(Life::begin(Birth { kind, cycle, origin, requester, started: at, pinned, about }));
    }
}

/// Whether support or our developers work on it.
fn is_with_us(state: State) -> bool {
    matches!(state, State::New | State::Open | State::WithDevelopers)
}
