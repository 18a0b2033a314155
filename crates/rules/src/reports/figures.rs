//! Facts counted.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{Fact, How, Kind};
use crate::{sla::nearest_rank, tickets::Whose};

/// What was counted of some requests in a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub filed: u64,
    pub in_time: u64,
    pub too_late: u64,
    /// Answered where nothing was promised.
    pub best_effort: u64,
    /// First responses whose due instant passed without one.
    pub late: u64,
    pub solved: u64,
    pub reopened: u64,
    pub good: u64,
    pub bad: u64,
    /// What is not over now: our turn, and theirs.
    pub ours: u64,
    pub theirs: u64,
    /// What first responses took in working time, and by the clock on the wall.
    pub worked: Took,
    pub passed: Took,
}

/// What half of the cases, and nine of ten, did not take longer than. `None` without a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Took {
    pub median: Option<SignedDuration>,
    pub ninetieth: Option<SignedDuration>,
}

/// Figures while they are counted.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    counts: Figures,
    worked: Vec<SignedDuration>,
    passed: Vec<SignedDuration>,
}

impl Tally {
    pub fn take(&mut self, fact: &Fact) {
        let counts = &mut self.counts;
        match (fact.kind, fact.how) {
            (Kind::Filed, _) => counts.filed += 1,
            (Kind::Late, _) => counts.late += 1,
            (Kind::Solved, _) => counts.solved += 1,
            (Kind::Reopened, _) => counts.reopened += 1,
            (Kind::Rated, Some(How::Bad)) => counts.bad += 1,
            (Kind::Rated, _) => counts.good += 1,
            (Kind::Answered, how) => {
                match how {
                    Some(How::TooLate) => counts.too_late += 1,
                    Some(How::BestEffort) => counts.best_effort += 1,
                    _ => counts.in_time += 1,
                }
                self.worked.extend(fact.worked);
                self.passed.extend(fact.passed);
            }
        }
    }

    /// Something that is not over.
    pub fn wait(&mut self, whose: Whose) {
        match whose {
            Whose::Ours => self.counts.ours += 1,
            Whose::Theirs => self.counts.theirs += 1,
        }
    }

    /// What it comes to.
    pub fn figures(mut self) -> Figures {
        let took = |values: &mut Vec<SignedDuration>| Took {
            median: nearest_rank(values, 50),
            ninetieth: nearest_rank(values, 90),
        };
        let (worked, passed) = (took(&mut self.worked), took(&mut self.passed));
        Figures { worked, passed, ..self.counts }
    }
}

/// A number of a report, each of which opens what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Filed,
    Answered,
    InTime,
    TooLate,
    BestEffort,
    Late,
    Solved,
    Reopened,
    Rated,
    Good,
    Bad,
    /// Not over, whatever the span: it is our turn.
    Ours,
    Theirs,
}

impl Figure {
    pub const ALL: [Figure; 13] = [
        Figure::Filed,
        Figure::Answered,
        Figure::InTime,
        Figure::TooLate,
        Figure::BestEffort,
        Figure::Late,
        Figure::Solved,
        Figure::Reopened,
        Figure::Rated,
        Figure::Good,
        Figure::Bad,
        Figure::Ours,
        Figure::Theirs,
    ];

    /// Its facts; `None` for what waits now, which is no fact of a span.
    pub fn facts(self) -> Option<(Kind, Option<How>)> {
        Some(match self {
            Figure::Filed => (Kind::Filed, None),
            Figure::Answered => (Kind::Answered, None),
            Figure::InTime => (Kind::Answered, Some(How::InTime)),
            Figure::TooLate => (Kind::Answered, Some(How::TooLate)),
            Figure::BestEffort => (Kind::Answered, Some(How::BestEffort)),
            Figure::Late => (Kind::Late, None),
            Figure::Solved => (Kind::Solved, None),
            Figure::Reopened => (Kind::Reopened, None),
            Figure::Rated => (Kind::Rated, None),
            Figure::Good => (Kind::Rated, Some(How::Good)),
            Figure::Bad => (Kind::Rated, Some(How::Bad)),
            Figure::Ours | Figure::Theirs => return None,
        })
    }

    /// Its name in addresses and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Figure::Filed => "filed",
            Figure::Answered => "answered",
            Figure::InTime => "in_time",
            Figure::TooLate => "too_late",
            Figure::BestEffort => "best_effort",
            Figure::Late => "late",
            Figure::Solved => "solved",
            Figure::Reopened => "reopened",
            Figure::Rated => "rated",
            Figure::Good => "good",
            Figure::Bad => "bad",
            Figure::Ours => "ours",
            Figure::Theirs => "theirs",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Figure::ALL.into_iter().find(|figure| figure.as_str() == name)
    }
}

/// A part of a whole, in percent: rounded down, so that "100 %" means all.
pub type Percent = u8;

/// The figures of a span without the cases, for a mail: lengths in whole seconds of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub filed: u64,
    pub answered: u64,
    pub in_time: Option<Percent>,
    pub median_seconds: Option<i64>,
    pub ninetieth_seconds: Option<i64>,
    pub late: u64,
    pub solved: u64,
    pub reopened: u64,
    pub good: u64,
    pub rated: u64,
    pub ours: u64,
    pub theirs: u64,
}

impl Figures {
    pub fn summary(&self) -> Summary {
        Summary {
            filed: self.filed,
            answered: self.answered(),
            in_time: self.in_time_percent(),
            median_seconds: self.worked.median.map(|it| it.as_secs()),
            ninetieth_seconds: self.worked.ninetieth.map(|it| it.as_secs()),
            late: self.late,
            solved: self.solved,
            reopened: self.reopened,
            good: self.good,
            rated: self.rated(),
            ours: self.ours,
            theirs: self.theirs,
        }
    }

    pub fn count(&self, figure: Figure) -> u64 {
        match figure {
            Figure::Filed => self.filed,
            Figure::Answered => self.answered(),
            Figure::InTime => self.in_time,
            Figure::TooLate => self.too_late,
            Figure::BestEffort => self.best_effort,
            Figure::Late => self.late,
            Figure::Solved => self.solved,
            Figure::Reopened => self.reopened,
            Figure::Rated => self.rated(),
            Figure::Good => self.good,
            Figure::Bad => self.bad,
            Figure::Ours => self.ours,
            Figure::Theirs => self.theirs,
        }
    }

    pub fn answered(&self) -> u64 {
        self.in_time + self.too_late + self.best_effort
    }

    pub fn rated(&self) -> u64 {
        self.good + self.bad
    }

    /// How many of the answers for which something was promised came in time; `None` where there was none.
    pub fn in_time_percent(&self) -> Option<Percent> {
        percent(self.in_time, self.in_time + self.too_late)
    }

    pub fn good_percent(&self) -> Option<Percent> {
        percent(self.good, self.rated())
    }
}

fn percent(part: u64, whole: u64) -> Option<Percent> {
    let percent = (part * 100).checked_div(whole)?;
    Percent::try_from(percent).ok()
}
