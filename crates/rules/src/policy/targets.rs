//! Which line of the targets applies to a request, and why (PLN-1): lines of its plan go before those of everybody;
//! in each, a line for its type and priority goes before one for its priority, before one for its type, before one for
//! everything. Each column is looked up by itself, so a plan states only what differs.

use super::{Clock, Line, Policy, Target};
use crate::{
    events::TargetKind,
    keys::{CalendarKey, PlanKey, PriorityKey, TypeKey},
};

/// What a target depends on.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    pub request_type: &'a TypeKey,
    pub priority: &'a PriorityKey,
    pub plan: Option<&'a PlanKey>,
}

/// The line that won a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winner<'p> {
    /// The plan whose line it is; `None` for a line of everybody.
    pub plan: Option<&'p PlanKey>,
    /// Its place among the lines of that plan or of everybody, from 0.
    pub at: usize,
    pub line: &'p Line,
    pub fit: Fit,
}

/// How closely a line fits; the closest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    TypeAndPriority,
    Priority,
    Type,
    Everything,
}

/// What applies to a matter, for one kind of target, each column with the line that won it.
#[derive(Clone, Copy, Debug)]
pub struct Applied<'p> {
    /// `None` inside says that the type has no clock.
    pub target: Target,
    /// `None` when no line speaks of it, or the type has no clock.
    pub target_by: Option<Winner<'p>>,
    pub calendar: &'p CalendarKey,
    /// `None` for the calendar of `hours`.
    pub calendar_by: Option<Winner<'p>>,
    pub best_effort: bool,
    pub best_effort_by: Option<Winner<'p>>,
}

impl Policy {
    /// What applies to a matter for a kind of target. A type that is unknown or has no clock has none.
    pub fn applied(&self, kind: TargetKind, matter: Matter<'_>) -> Applied<'_> {
        let clock = self
            .request_type(matter.request_type)
            .map_or(Clock::None, |entry| entry.clock);
        let target_by = match clock {
            Clock::Runs => self.winner(matter, |line| line.target(kind).is_some()),
            Clock::None => None,
        };
        let calendar_by = self.winner(matter, |line| line.calendar.is_some());
        let best_effort_by = self.winner(matter, |line| line.best_effort.is_some());
        Applied {
            target: target_by
                .and_then(|won| won.line.target(kind))
                .unwrap_or(Target::None),
            target_by,
            calendar: calendar_by
                .and_then(|won| won.line.calendar.as_ref())
                .unwrap_or(&self.hours.calendar),
            calendar_by,
            best_effort: best_effort_by
                .and_then(|won| won.line.best_effort)
                .unwrap_or(false),
            best_effort_by,
        }
    }

    /// The line that wins a column, which `states` tells apart.
    fn winner(&self, matter: Matter<'_>, states: impl Fn(&Line) -> bool) -> Option<Winner<'_>> {
        let of_plan = matter
            .plan
            .and_then(|key| self.plans.iter().find(|(known, _)| *known == key));
        let of_plan = of_plan.map(|(key, plan)| (Some(key), plan.targets.as_slice()));
        let mut layers = of_plan.into_iter().chain([(None, self.targets.as_slice())]);
        layers.find_map(|(plan, lines)| {
            let stating = lines.iter().enumerate().filter(|(_, line)| states(line));
            let fitting = stating.filter_map(|(at, line)| {
                Some(Winner {
                    plan,
                    at,
                    line,
                    fit: line.fit(matter)?,
                })
            });
            fitting.min_by_key(|won| (won.fit, won.at))
        })
    }
}

impl Line {
    /// How closely the line fits a matter; `None` when it is about something else.
    pub fn fit(&self, matter: Matter<'_>) -> Option<Fit> {
        let request_type = self
            .request_type
            .as_ref()
            .map(|key| key == matter.request_type);
        let priority = self.priority.as_ref().map(|key| key == matter.priority);
        match (request_type, priority) {
            (Some(false), _) | (_, Some(false)) => None,
            (Some(true), Some(true)) => Some(Fit::TypeAndPriority),
            (None, Some(true)) => Some(Fit::Priority),
            (Some(true), None) => Some(Fit::Type),
            (None, None) => Some(Fit::Everything),
        }
    }
}
