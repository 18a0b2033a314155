//! What moves the due instant of a clock: another priority, type or version of the policy (FRT-9, POL-3).

use super::{Held, Life, Pinned};
use crate::{
    calendar::Length,
    instant::Instant,
    keys::PriorityKey,
    sla::{
        About, Change, Line, Origin,
        dues::{earlier, is_later, later},
    },
};

impl Life {
    /// FRT-9: another priority is in force. A clock that came with a merged request keeps what was promised
    /// there, and only a higher priority than its own moves it.
    pub(in crate::sla) fn prioritise(&mut self, at: Instant, to: &PriorityKey) {
        let of = if self.is_absorbed() { &self.about } else { &self.present };
        let next = About { priority: to.clone(), ..of.clone() };
        if !self.is_absorbed() || self.outranks(to, &self.about.priority) {
            self.redirect(at, next);
        }
    }

    /// PLN-3: a person escalated the request, or took that back. What was promised without it stays the latest; a clock
    /// that came with a merged request keeps its promise when an escalation ends.
    pub(in crate::sla) fn escalate(&mut self, at: Instant, escalated: bool) {
        if escalated || !self.is_absorbed() {
            self.redirect(at, About { escalated, ..self.present.clone() });
        }
    }

    /// FRT-5 and 9: another type, with the priority clamped to its range.
    pub(in crate::sla) fn convert(&mut self, at: Instant, to: About) {
        let keeps_promise =
            self.is_absorbed() && !self.suspended && self.pinned.terms.aim(self.birth.kind, &to).is_some();
        if !keeps_promise {
            self.redirect(at, to);
        }
    }

    /// Follows the request to another target, if it is not decided yet. Without a target judging waits; back
    /// with one, start and due instant are as before.
    fn redirect(&mut self, at: Instant, to: About) {
        let may_change = self.suspended || self.is_open_at(at);
        if self.end.is_some() || !may_change || to == self.present {
            return;
        }
        self.present = to.clone();
        let (request_type, priority) = (to.request_type.clone(), to.priority.clone());
        let (from, before, slept) = (self.about.clone(), self.shown_due(), self.suspended);
        self.suspended = self.pinned.terms.aim(self.birth.kind, &to).is_none();
        if self.suspended {
            if !slept {
                self.tell(at, Change::Suspended { request_type, priority });
            }
            return;
        }
        if self.held.is_empty() {
            self.wake_at(at, to);
        } else if !slept || !(self.is_absorbed() || self.is_late_at(at)) {
            self.retarget(at, to);
        }
        let after = self.shown_due();
        let change = if slept {
            Change::Unsuspended { request_type, priority, due: after }
        } else if from.escalated != self.about.escalated {
            if from.escalated { Change::EscalationEnded { before, after } } else { Change::Escalated { before, after } }
        } else if from.request_type == request_type {
            Change::Priority { from: from.priority, to: priority, before, after }
        } else {
            Change::Converted { from: from.request_type, to: request_type, before, after }
        };
        self.tell(at, change);
    }

    /// The request has a target for the first time: it is owed the whole of it from now on.
    fn wake_at(&mut self, at: Instant, to: About) {
        (self.about, self.base) = (to, at);
        let due = self.track().and_then(|track| track.due_from_start());
        self.wake(due);
        let started = Change::Started { terms: self.pinned.version, due: None };
        self.lines.insert(0, Line { at: self.birth.started, change: started });
    }

    /// Takes up another target. What was in force before keeps the due instant that it had; a lower one
    /// counts from the start, a higher one from the change, and never later than before (FRT-9), not even
    /// where a recompute had moved what was kept. Between types, where no order is given, the later due
    /// instant from the start is the lower target.
    fn retarget(&mut self, at: Instant, to: About) {
        let from = std::mem::replace(&mut self.about, to);
        let Some(track) = self.track() else { return };
        let same_type = from.request_type == self.about.request_type;
        let whole = track.due_from_start();
        let has_ended = from.escalated && !self.about.escalated;
        let raised = same_type && self.outranks(&self.about.priority, &from.priority);
        let lowered = match self.rank(&from.priority).zip(self.rank(&self.about.priority)) {
            Some((before, after)) if same_type => after > before,
            _ => !is_later(self.due, whole),
        };
        let due = match self.held_due(&self.about) {
            Some(held) if raised => earlier(self.due, held),
            Some(held) => held,
            None if lowered || has_ended => whole,
            None => earlier(self.due, track.due_from_change(at)),
        };
        let aim = (track.aim.length, track.aim.best_effort);
        self.take_up(Some(aim));
        self.hold(due);
    }

    /// POL-3: another version from now on; due instants move later only. Where it has no target, judging
    /// waits.
    pub(in crate::sla) fn recompute(&mut self, at: Instant, pinned: Pinned) {
        if !self.is_unanswered() {
            return;
        }
        let (before, terms) = (self.shown_due(), pinned.version);
        self.pinned = pinned;
        if self.held.is_empty() {
            return;
        }
        for held in 0..self.held.len() {
            let about = About {
                request_type: self.held[held].request_type.clone(),
                priority: self.held[held].priority.clone(),
                escalated: self.held[held].escalated,
                ..self.about.clone()
            };
            if let Some(track) = self.track_for(&about) {
                self.held[held].due = later(self.held[held].due, track.due_from_start());
            }
        }
        self.suspended = self.pinned.terms.aim(self.birth.kind, &self.present).is_none();
        let was_best_effort = self.best_effort;
        self.take_up(self.aim().map(|aim| (aim.length, aim.best_effort || was_best_effort)));
        self.due = self.held_due(&self.about).unwrap_or(self.due);
        let line = Change::Recomputed { terms, before, after: self.shown_due() };
        self.tell(at, line);
    }

    pub(super) fn take_up(&mut self, aim: Option<(Length, bool)>) {
        if let Some((length, best_effort)) = aim {
            (self.length, self.best_effort) = (Some(length), best_effort);
        }
    }

    pub(super) fn hold(&mut self, due: Option<Instant>) {
        self.due = due;
        let About { request_type, priority, escalated, .. } = self.about.clone();
        if self.held_due(&self.about).is_none() {
            self.held.push(Held { request_type, priority, escalated, due });
        }
    }

    pub(super) fn held_due(&self, about: &About) -> Option<Option<Instant>> {
        let same = |it: &&Held| {
            (&it.request_type, &it.priority, it.escalated) == (&about.request_type, &about.priority, about.escalated)
        };
        self.held.iter().find(same).map(|it| it.due)
    }

    fn is_absorbed(&self) -> bool {
        matches!(self.birth.origin, Origin::Absorbed(_))
    }

    fn rank(&self, priority: &PriorityKey) -> Option<usize> {
        self.pinned.terms.rank(priority)
    }

    fn outranks(&self, one: &PriorityKey, other: &PriorityKey) -> bool {
        self.rank(one).zip(self.rank(other)).is_some_and(|(one, other)| one < other)
    }
}
