//! When things happen: staff act while the desk is open, customers mostly by day, and what waits at the end was filed
//! just early enough.

use jiff::{SignedDuration, tz::TimeZone};
use rules::{
    calendar::Calendar,
    events::TargetKind,
    instant::Instant,
    keys::{PlanKey, PriorityKey, TypeKey},
    policy::Compiled,
    sla::{About, Aim, Terms},
};

use crate::dice::Dice;

/// The times of a policy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moments<'a> {
    pub policy: &'a Compiled,
    pub until: Instant,
}

/// What a request has left of its target, in open time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Left {
    Minutes(i64),
    /// It is late by so much.
    LateMinutes(i64),
}

impl<'a> Moments<'a> {
    pub(crate) fn hours(self) -> &'a Calendar {
        self.policy.hours()
    }

    /// When somebody of the desk has worked that long since an instant.
    pub(crate) fn worked(self, since: Instant, minutes: i64) -> Instant {
        let length = SignedDuration::from_mins(minutes.max(1));
        self.hours().due(since, length).unwrap_or_else(|_| since.plus(length))
    }

    /// What is promised to who files with a plan; a day's work where nothing is.
    pub(crate) fn promise(
        self,
        (request_type, plan): (&TypeKey, Option<&PlanKey>),
        wish: &PriorityKey,
        filed: Instant,
    ) -> Promise<'a> {
        let aim = self.aim((request_type, plan), wish);
        let promised = aim.and_then(|aim| {
            Some(Promise { calendar: aim.calendar, filed, due: aim.calendar.due_by(filed, &aim.length).ok()? })
        });
        promised.unwrap_or_else(|| Promise { calendar: self.hours(), filed, due: self.worked(filed, 8 * 60) })
    }

    pub(crate) fn aim(self, (request_type, plan): (&TypeKey, Option<&PlanKey>), wish: &PriorityKey) -> Option<Aim<'a>> {
        let about = About {
            request_type: request_type.clone(),
            priority: self.policy.policy().clamp(request_type, wish),
            plan: plan.cloned(),
            region: None,
            escalated: false,
            reopened: false,
        };
        self.policy.aim(TargetKind::FirstResponse, &about)
    }

    /// Some time of the last ninety days, by day more often than by night, seldom at weekends.
    pub(crate) fn filed(self, dice: &mut Dice) -> Instant {
        loop {
            let at = self.until.plus(-SignedDuration::from_secs(dice.between(20 * 60, 90 * 24 * 3600)));
            let local = at.timestamp().to_zoned(TimeZone::UTC);
            let by_day = if (7..18).contains(&local.hour()) { 100 } else { 12 };
            let by_week = if local.weekday().to_monday_zero_offset() < 5 { 100 } else { 14 };
            if dice.in_percent(by_day) && dice.in_percent(by_week) {
                return at;
            }
        }
    }

    /// When a customer comes back to it.
    pub(crate) fn customer(self, after: Instant, dice: &mut Dice) -> Instant {
        let at = after.plus(SignedDuration::from_secs(dice.between(15 * 60, 22 * 3600)));
        let local = at.timestamp().to_zoned(TimeZone::UTC);
        let hours = match (local.weekday().to_monday_zero_offset(), local.hour()) {
            (5, hour) => 48 - i64::from(hour) + 8,
            (6, hour) => 24 - i64::from(hour) + 8,
            (_, hour @ 0..6) => 8 - i64::from(hour),
            (_, hour @ 20..) => 24 - i64::from(hour) + 8,
            _ => 0,
        };
        at.plus(SignedDuration::from_hours(hours))
    }

    /// When a request was filed that has so much left at the end; `None` where nothing is promised.
    pub(crate) fn filed_with(
        self,
        of: (&TypeKey, Option<&PlanKey>),
        wish: &PriorityKey,
        left: Left,
    ) -> Option<Instant> {
        const STEP: SignedDuration = SignedDuration::from_mins(3);
        let mut filed = self.until;
        for _ in 0..10_000 {
            filed = filed.plus(-STEP);
            let Promise { calendar, due, .. } = self.promise(of, wish, filed);
            let (ahead, behind) = (calendar.elapsed(self.until, due), calendar.elapsed(due, self.until));
            let fits = match left {
                Left::Minutes(minutes) => ahead <= SignedDuration::from_mins(minutes),
                Left::LateMinutes(minutes) => due < self.until && behind >= SignedDuration::from_mins(minutes),
            };
            if fits {
                return Some(filed);
            }
        }
        None
    }
}

/// By when a first response is owed, and by which calendar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Promise<'a> {
    pub calendar: &'a Calendar,
    pub filed: Instant,
    pub due: Instant,
}

impl Promise<'_> {
    /// The instant at which so many percent of the open time up to the due instant have passed.
    pub(crate) fn fraction(&self, percent: i64) -> Instant {
        let whole = self.calendar.elapsed(self.filed, self.due).as_secs();
        let part = SignedDuration::from_secs((whole * percent / 100).max(60));
        self.calendar.due(self.filed, part).unwrap_or(self.due)
    }
}
