//! Which line of the targets applies to a request, and why (PLN-1): lines of its plan go before those of everybody;
//! in each, a line for its type and priority goes before one for its priority, before one for its type, before one for
//! everything. Each column is looked up by itself, so a plan states only what differs. Within a plan, or among the lines
//! of everybody, what is said of escalated requests goes before all else for them, since it says what the escalation
//! changes; and of two lines that fit alike, the one for the organisation's region goes first (PLN-3).

use super::{Clock, Line, Policy, Target};
use crate::{
    events::TargetKind,
    keys::{CalendarKey, PlanKey},
    sla::About,
};

/// A kind of target as the file names it. A reopened request has a first response of its own (FRT-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    FirstResponse,
    ReopenedResponse,
    NextResponse,
    Update,
    Workaround,
    Resolution,
}

impl Column {
    pub const ALL: [Column; 6] = [
        Column::FirstResponse,
        Column::ReopenedResponse,
        Column::NextResponse,
        Column::Update,
        Column::Workaround,
        Column::Resolution,
    ];

    /// Its key in a line of the file.
    pub fn key(self) -> &'static str {
        match self {
            Column::FirstResponse => "first_response",
            Column::ReopenedResponse => "reopened_response",
            Column::NextResponse => "next_response",
            Column::Update => "update",
            Column::Workaround => "workaround",
            Column::Resolution => "resolution",
        }
    }
}

impl From<TargetKind> for Column {
    fn from(kind: TargetKind) -> Self {
        match kind {
            TargetKind::FirstResponse => Column::FirstResponse,
            TargetKind::NextResponse => Column::NextResponse,
            TargetKind::Update => Column::Update,
            TargetKind::Workaround => Column::Workaround,
            TargetKind::Resolution => Column::Resolution,
        }
    }
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

/// What applies to a request for one kind of target, each part with the line that won it.
#[derive(Clone, Copy, Debug)]
pub struct Applied<'p> {
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
    /// What applies to a request for a kind of target. A type that is unknown or has no clock has none (FRT-1).
    pub fn applied(&self, kind: TargetKind, about: &About) -> Applied<'_> {
        let target = self.target_of(kind, about);
        let calendar_by = self.winner(about, |line| line.calendar.is_some());
        let best_effort_by = self.winner(about, |line| line.best_effort.is_some());
        Applied {
            target: target.map_or(Target::None, |(target, _)| target),
            target_by: target.map(|(_, won)| won),
            calendar: calendar_by.and_then(|won| won.line.calendar.as_ref()).unwrap_or(&self.hours.calendar),
            calendar_by,
            best_effort: best_effort_by.and_then(|won| won.line.best_effort).unwrap_or(false),
            best_effort_by,
        }
    }

    fn target_of(&self, kind: TargetKind, about: &About) -> Option<(Target, Winner<'_>)> {
        if self.request_type(&about.request_type)?.clock == Clock::None {
            return None;
        }
        let of_its_own = (kind == TargetKind::FirstResponse && about.reopened).then_some(Column::ReopenedResponse);
        let mut columns = of_its_own.into_iter().chain([Column::from(kind)]);
        columns.find_map(|column| {
            let won = self.winner(about, |line| line.target(column).is_some())?;
            Some((won.line.target(column)?, won))
        })
    }

    /// The line that wins among those that state something.
    fn winner(&self, about: &About, states: impl Fn(&Line) -> bool) -> Option<Winner<'_>> {
        let of_plan = self.plans.iter().find(|(key, _)| Some(*key) == about.plan.as_ref());
        let of_plan = of_plan.map(|(key, plan)| (Some(key), plan.targets.as_slice()));
        let mut layers = of_plan.into_iter().chain([(None, self.targets.as_slice())]);
        layers.find_map(|(plan, lines)| {
            let stating = lines.iter().enumerate().filter(|(_, line)| states(line));
            let fitting = stating.filter_map(|(at, line)| Some(Winner { plan, at, line, fit: line.fit(about)? }));
            fitting.min_by_key(|won| (!won.line.escalated, won.fit, won.line.region.is_none(), won.at))
        })
    }
}

impl Line {
    /// What the line says in a column, if anything.
    pub fn target(&self, column: Column) -> Option<Target> {
        match column {
            Column::FirstResponse => self.first_response,
            Column::ReopenedResponse => self.reopened_response,
            Column::NextResponse => self.next_response,
            Column::Update => self.update,
            Column::Workaround => self.workaround,
            Column::Resolution => self.resolution,
        }
    }

    /// How closely the line fits a request; `None` when it is about something else.
    pub fn fit(&self, about: &About) -> Option<Fit> {
        let is_elsewhere = self.region.is_some() && self.region != about.region;
        if is_elsewhere || (self.escalated && !about.escalated) {
            return None;
        }
        let request_type = self.request_type.as_ref().map(|key| *key == about.request_type);
        let priority = self.priority.as_ref().map(|key| *key == about.priority);
        match (request_type, priority) {
            (Some(false), _) | (_, Some(false)) => None,
            (Some(true), Some(true)) => Some(Fit::TypeAndPriority),
            (None, Some(true)) => Some(Fit::Priority),
            (Some(true), None) => Some(Fit::Type),
            (None, None) => Some(Fit::Everything),
        }
    }
}
