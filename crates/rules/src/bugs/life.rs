//! The states of a bug and every step between them (BUG-2): new, confirmed, planned, in work, fixed, released, refused. A fix that
//! does not hold in a later version is a regression: it begins another round, and what was said of the first one stays true.

use serde::{Deserialize, Serialize};

use crate::{
    ids::BugId,
    keys::EntryKey,
    releases::{Catalogue, Range, Release, Version, has_fix},
};

/// Characters of a reason or a passage, at most.
const LONGEST: usize = 2_000;

/// How much it hurts whoever meets it; how soon it is fixed is the policy's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Critical,
    Major,
    Minor,
    Trivial,
}

/// Who found it (BUG-6). All but the first are internal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Customer,
    Trial,
    OwnTests,
    Monitoring,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    New,
    Confirmed,
    Planned {
        version: Version,
    },
    InWork {
        planned: Option<Version>,
    },
    /// In a version that is not out.
    Fixed,
    /// At least one version with the fix is out.
    Released,
    Refused(Refused),
}

/// Why a report, or a bug, is none of ours to fix (BUG-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// With the address of the passage that says so.
    WorksAsDocumented {
        link: String,
    },
    DuplicateOf(BugId),
    /// With what was tried.
    NotReproducible {
        tried: String,
    },
    /// With the line of the scope that says so.
    OutOfScope {
        entry: EntryKey,
    },
}

/// From a fix to the next one that became necessary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// One for each line of releases that got the fix.
    pub fixed_in: Vec<Version>,
    /// The version in which it was there again.
    pub found_again: Option<Version>,
}

/// A bug, as far as its life goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bug {
    pub id: BugId,
    pub state: State,
    pub severity: Severity,
    pub source: Source,
    /// `None` where nobody said it.
    pub affected: Option<Range>,
    /// The last one is the present one; there always is one.
    rounds: Vec<Round>,
}

/// What is done to a bug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is one, and it is ours.
    Confirm,
    Plan {
        version: Version,
    },
    Unplan,
    Start,
    /// In one more version.
    Fix {
        version: Version,
    },
    /// It turned out not to be fixed there.
    Unfix {
        version: Version,
    },
    /// It is there again, in a version that had the fix.
    FoundAgain {
        version: Version,
    },
    Refuse(Refused),
    /// It was refused, and wrongly so.
    Reconsider,
}

/// Why a step cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotMoved {
    /// Not from the state that it is in.
    NotFrom(State),
    /// It is out: nothing can be planned for it.
    IsOut {
        version: Version,
    },
    /// A preview is no release to plan for or to fix in.
    IsPreview {
        version: Version,
    },
    Withdrawn {
        version: Version,
        instead: Option<Version>,
    },
    FixedThere {
        version: Version,
    },
    NotFixedThere {
        version: Version,
    },
    /// It has the fix of before, which does not hold: the next one is in another version.
    CameBackThere {
        version: Version,
    },
    /// The version has no fix, so nothing came back: it is older than the fix, or of another line.
    NoRegression {
        fixed_in: Vec<Version>,
    },
    LinkMissing,
    ReasonMissing,
    TooLong {
        characters: usize,
        most: usize,
    },
    DuplicateOfItself,
}

/// What a version has of a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Affects {
    Yes,
    No,
    Fixed,
    NotSaid,
}

impl Source {
    pub fn is_internal(self) -> bool {
        self != Self::Customer
    }
}

impl Refused {
    /// Whether it says what it has to.
    ///
    /// # Errors
    /// What is missing.
    pub fn check(&self, of: BugId) -> Result<(), NotMoved> {
        let (text, missing) = match self {
            Self::DuplicateOf(other) if *other == of => return Err(NotMoved::DuplicateOfItself),
            Self::DuplicateOf(_) => return Ok(()),
            Self::WorksAsDocumented { link } => (link.as_str(), NotMoved::LinkMissing),
            Self::NotReproducible { tried } => (tried.as_str(), NotMoved::ReasonMissing),
            Self::OutOfScope { entry } => (entry.as_str(), NotMoved::ReasonMissing),
        };
        let is_link = |text: &str| {
            let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            rest.is_some_and(|rest| !rest.is_empty() && !text.contains(char::is_whitespace))
        };
        let characters = text.chars().count();
        match self {
            _ if characters > LONGEST => Err(NotMoved::TooLong { characters, most: LONGEST }),
            Self::WorksAsDocumented { .. } if !is_link(text.trim()) => Err(missing),
            _ if text.trim().is_empty() => Err(missing),
            _ => Ok(()),
        }
    }
}

impl Bug {
    pub fn new(id: BugId, severity: Severity, source: Source) -> Self {
        Self { id, state: State::New, severity, source, affected: None, rounds: vec![Round::default()] }
    }

    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// Which round it is in, counted from 0.
    pub fn round(&self) -> usize {
        self.rounds.len().saturating_sub(1)
    }

    /// The versions that have the present fix.
    pub fn fixed_in(&self) -> &[Version] {
        self.fixed_in_round(self.round())
    }

    /// Of a fix that was out and is in no release any more nor to come in one: the last of those that were withdrawn with it.
    pub fn taken_back<'a>(&'a self, catalogue: &Catalogue) -> Option<&'a Version> {
        let is_withdrawn = |version: &Version| catalogue.release(version).is_some_and(|release| !release.is_live());
        let fixed_in = self.fixed_in();
        fixed_in.iter().max().filter(|_| self.is_fixed() && fixed_in.iter().all(is_withdrawn))
    }

    pub fn fixed_in_round(&self, round: usize) -> &[Version] {
        self.rounds.get(round).map(|round| round.fixed_in.as_slice()).unwrap_or_default()
    }

    /// Whether it came back.
    pub fn is_regression(&self) -> bool {
        self.rounds.len() > 1
    }

    /// Whether its fix exists.
    pub fn is_fixed(&self) -> bool {
        matches!(self.state, State::Fixed | State::Released)
    }

    /// Whether somebody still has to do something.
    pub fn is_open(&self) -> bool {
        !self.is_fixed() && !matches!(self.state, State::Refused(_))
    }

    /// Whether a version is known to have lost the fix of a round before: it was found again in it, or in a newer one of its line.
    pub fn was_found_again(&self, version: &Version, round: usize) -> bool {
        let before = self.rounds.iter().take(round).filter_map(|round| round.found_again.as_ref());
        before.into_iter().any(|found| version.is_of_line(found) && version <= found)
    }

    pub fn affects(&self, version: &Version) -> Affects {
        match &self.affected {
            _ if self.was_found_again(version, self.round()) => Affects::Yes,
            _ if has_fix(version, self.fixed_in()) => Affects::Fixed,
            Some(range) if range.contains(version) => Affects::Yes,
            Some(_) => Affects::No,
            None => Affects::NotSaid,
        }
    }

    /// It was to be in a release that is out without it.
    pub fn is_overdue(&self, catalogue: &Catalogue) -> bool {
        match &self.state {
            State::Planned { version } | State::InWork { planned: Some(version) } => {
                catalogue.release(version).is_some()
            }
            _ => false,
        }
    }

    /// Takes a step; what the releases say of it is settled with it.
    ///
    /// # Errors
    /// Why it cannot be taken; the bug is as it was.
    pub fn step(&mut self, step: Step, catalogue: &Catalogue) -> Result<(), NotMoved> {
        let mut next = self.clone();
        next.take(step, catalogue)?;
        next.settle(catalogue);
        *self = next;
        Ok(())
    }

    /// Fixed becomes released with its first release that is out, and released becomes fixed when the last of them is withdrawn.
    /// Whether anything changed.
    pub fn settle(&mut self, catalogue: &Catalogue) -> bool {
        let is_out = |version: &Version| catalogue.release(version).is_some_and(Release::is_live);
        let state = if self.fixed_in().iter().any(is_out) { State::Released } else { State::Fixed };
        let changes = self.is_fixed() && self.state != state;
        if changes {
            self.state = state;
        }
        changes
    }

    fn take(&mut self, step: Step, catalogue: &Catalogue) -> Result<(), NotMoved> {
        let not_from = NotMoved::NotFrom(self.state.clone());
        self.state = match (step, &self.state) {
            (Step::Confirm, State::New) => State::Confirmed,
            (Step::Plan { version }, State::Confirmed | State::Planned { .. }) => {
                may_plan(&version, catalogue)?;
                State::Planned { version }
            }
            (Step::Plan { version }, State::InWork { .. }) => {
                may_plan(&version, catalogue)?;
                State::InWork { planned: Some(version) }
            }
            (Step::Unplan, State::Planned { .. }) => State::Confirmed,
            (Step::Unplan, State::InWork { planned: Some(_) }) => State::InWork { planned: None },
            (Step::Start, State::Confirmed) => State::InWork { planned: None },
            (Step::Start, State::Planned { version }) => State::InWork { planned: Some(version.clone()) },
            (
                Step::Fix { version },
                State::Confirmed | State::Planned { .. } | State::InWork { .. } | State::Fixed | State::Released,
            ) => self.fix(version, catalogue)?,
            (Step::Unfix { version }, State::Fixed | State::Released) => self.unfix(&version)?,
            (Step::FoundAgain { version }, State::Fixed | State::Released) => self.found_again(version)?,
            (Step::Refuse(why), state) if !matches!(state, State::Fixed | State::Released | State::Refused(_)) => {
                why.check(self.id)?;
                State::Refused(why)
            }
            (Step::Reconsider, State::Refused(_)) => State::New,
            _ => return Err(not_from),
        };
        Ok(())
    }

    fn present(&mut self) -> &mut Round {
        if self.rounds.is_empty() {
            self.rounds.push(Round::default());
        }
        let last = self.rounds.len() - 1;
        &mut self.rounds[last]
    }

    fn fix(&mut self, version: Version, catalogue: &Catalogue) -> Result<State, NotMoved> {
        may_be_released(&version, catalogue)?;
        if self.fixed_in().contains(&version) {
            return Err(NotMoved::FixedThere { version });
        }
        let had_it_before = self.rounds.iter().take(self.round()).any(|round| round.fixed_in.contains(&version));
        if had_it_before || self.was_found_again(&version, self.round()) {
            return Err(NotMoved::CameBackThere { version });
        }
        let fixed_in = &mut self.present().fixed_in;
        fixed_in.push(version);
        fixed_in.sort();
        Ok(State::Fixed)
    }

    fn unfix(&mut self, version: &Version) -> Result<State, NotMoved> {
        let fixed_in = &mut self.present().fixed_in;
        let Some(at) = fixed_in.iter().position(|known| known == version) else {
            return Err(NotMoved::NotFixedThere { version: version.clone() });
        };
        fixed_in.remove(at);
        Ok(if fixed_in.is_empty() { State::Confirmed } else { State::Fixed })
    }

    fn found_again(&mut self, version: Version) -> Result<State, NotMoved> {
        if !has_fix(&version, self.fixed_in()) {
            return Err(NotMoved::NoRegression { fixed_in: self.fixed_in().to_vec() });
        }
        self.present().found_again = Some(version);
        self.rounds.push(Round::default());
        Ok(State::Confirmed)
    }
}

fn may_plan(version: &Version, catalogue: &Catalogue) -> Result<(), NotMoved> {
    may_be_released(version, catalogue)?;
    match catalogue.release(version) {
        Some(_) => Err(NotMoved::IsOut { version: version.clone() }),
        None => Ok(()),
    }
}

fn may_be_released(version: &Version, catalogue: &Catalogue) -> Result<(), NotMoved> {
    let version = version.clone();
    if version.is_early() {
        return Err(NotMoved::IsPreview { version });
    }
    match catalogue.release(&version).and_then(|release| release.withdrawn.as_ref()) {
        Some(withdrawal) => Err(NotMoved::Withdrawn { version, instead: withdrawal.instead.clone() }),
        None => Ok(()),
    }
}
