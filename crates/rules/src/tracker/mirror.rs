//! Who wins. Each side is compared with what both had when they agreed last: who alone changed wins, and where both did, the later one.
//! What we sent ourselves is what they have afterwards, so that its echo changes nothing.

use serde::{Deserialize, Serialize};

use super::{Face, IssueState};
use crate::{
    bugs::{Bug, State, Step},
    instant::Instant,
    releases::{Catalogue, Version, has_fix},
};

/// What the desk wants its tracker to say of a bug.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum Wish {
    Open {
        planned: Option<Version>,
    },
    /// Done, in any one of these.
    Fixed {
        versions: Vec<Version>,
    },
    /// It will not be done; its milestone is left alone.
    Refused,
}

/// What both sides had when they agreed last, or when staff were asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    pub ours: Wish,
    pub theirs: Face,
}

/// As if both had begun with nothing.
impl Default for Agreed {
    fn default() -> Self {
        Self { ours: Wish::Open { planned: None }, theirs: Face::default() }
    }
}

/// Both sides as they are, and when each changed last.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    pub ours: &'a Wish,
    pub ours_at: Instant,
    pub theirs: &'a Face,
    pub theirs_at: Instant,
    pub agreed: &'a Agreed,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Nothing,
    /// Both are as they should be: it is written down.
    Agree,
    /// They are to have this.
    Send(Face),
    /// We are to have theirs.
    Take,
}

/// What waits for staff, since the tracker alone cannot decide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// Done there, in no version that the desk knows.
    ClosedInNoVersion,
    /// It will not be done there. That refuses nothing to customers.
    NotPlannedThere,
    /// It is open there, and released or no bug here.
    OpenThere,
    /// Its milestone is a version for which nothing can be planned any more.
    NotPlannable,
    /// Done there, and no bug here.
    DoneThere,
    /// What we sent, they did not take.
    NotTaken,
}

/// What becomes of a bug by what its tracker says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// All of them can be taken.
    pub steps: Vec<Step>,
    pub waits: Option<Waits>,
}

impl Wish {
    pub fn of(bug: &Bug) -> Self {
        match &bug.state {
            State::Fixed | State::Released => Self::Fixed { versions: bug.fixed_in().to_vec() },
            State::Refused(_) => Self::Refused,
            state => Self::Open { planned: state.planned().cloned() },
        }
    }

    pub fn is_met_by(&self, theirs: &Face) -> bool {
        self.sent(theirs) == *theirs
    }

    /// What they are to have; of the milestone as little as need be.
    pub fn sent(&self, theirs: &Face) -> Face {
        match self {
            Self::Open { planned } => Face { state: IssueState::Open, milestone: planned.clone() },
            Self::Fixed { versions } => {
                let kept = theirs.milestone.as_ref().filter(|it| versions.contains(it)).or(versions.first());
                Face { state: IssueState::Completed, milestone: kept.or(theirs.milestone.as_ref()).cloned() }
            }
            Self::Refused => Face { state: IssueState::NotPlanned, milestone: theirs.milestone.clone() },
        }
    }
}

/// Who wins.
pub fn decide(sides: Sides<'_>) -> Act {
    let Sides { ours, ours_at, theirs, theirs_at, agreed } = sides;
    let (we_changed, they_changed) = (*ours != agreed.ours, *theirs != agreed.theirs);
    let send = || Act::Send(ours.sent(theirs));
    match (we_changed, they_changed) {
        (false, false) => Act::Nothing,
        _ if ours.is_met_by(theirs) => Act::Agree,
        (true, false) => send(),
        (false, true) => Act::Take,
        (true, true) if ours_at > theirs_at => send(),
        (true, true) => Act::Take,
    }
}

/// What becomes of a bug by what they say. `is_planned`: whether any bug of the desk is planned for a version.
pub fn take(bug: &Bug, theirs: &Face, catalogue: &Catalogue, is_planned: impl Fn(&Version) -> bool) -> Taken {
    let (steps, otherwise) = match theirs.state {
        IssueState::Open => match &bug.state {
            State::Refused(_) | State::Released => return waits(Waits::OpenThere),
            State::Fixed => {
                let unfixed = bug.fixed_in().iter().map(|version| Step::Unfix { version: version.clone() });
                let again = theirs.milestone.clone().map(|version| Step::Plan { version });
                (unfixed.chain(again).collect(), Waits::NotPlannable)
            }
            _ => (planned(bug, theirs.milestone.as_ref()), Waits::NotPlannable),
        },
        IssueState::Completed => match (&bug.state, &theirs.milestone) {
            (State::Refused(_), _) => return waits(Waits::DoneThere),
            // In one more version, where it names one that is known and has no fix yet.
            (State::Fixed | State::Released, Some(version)) if !has_fix(version, bug.fixed_in()) => {
                return Taken {
                    waits: None,
                    ..whole(bug, fixed(bug, version, catalogue, is_planned), catalogue, Waits::ClosedInNoVersion)
                };
            }
            (State::Fixed | State::Released, _) => return Taken::default(),
            (_, Some(version)) => (fixed(bug, version, catalogue, is_planned), Waits::ClosedInNoVersion),
            (_, None) => return waits(Waits::ClosedInNoVersion),
        },
        IssueState::NotPlanned => match &bug.state {
            State::Refused(_) => return Taken::default(),
            _ => return waits(Waits::NotPlannedThere),
        },
    };
    if steps.is_empty() && theirs.state == IssueState::Completed {
        return waits(otherwise);
    }
    whole(bug, steps, catalogue, otherwise)
}

fn waits(why: Waits) -> Taken {
    Taken { steps: vec![], waits: Some(why) }
}

/// The steps as far as they can be taken; where one cannot, staff are asked.
fn whole(bug: &Bug, steps: Vec<Step>, catalogue: &Catalogue, otherwise: Waits) -> Taken {
    let mut tried = bug.clone();
    let mut taken = Taken::default();
    for step in steps {
        if tried.step(step.clone(), catalogue).is_err() {
            taken.waits = Some(otherwise);
            break;
        }
        taken.steps.push(step);
    }
    taken
}

/// Who plans it knows that it is one.
fn planned(bug: &Bug, wanted: Option<&Version>) -> Vec<Step> {
    match wanted {
        wanted if wanted == bug.state.planned() => vec![],
        Some(version) => confirmed(bug, Step::Plan { version: version.clone() }),
        None => vec![Step::Unplan],
    }
}

/// Done counts as fixed only in a version that the desk knows, or for which something is planned: any other number may be a slip.
fn fixed(bug: &Bug, version: &Version, catalogue: &Catalogue, is_planned: impl Fn(&Version) -> bool) -> Vec<Step> {
    let is_known = catalogue.release(version).is_some() || bug.state.planned() == Some(version) || is_planned(version);
    if is_known { confirmed(bug, Step::Fix { version: version.clone() }) } else { vec![] }
}

fn confirmed(bug: &Bug, step: Step) -> Vec<Step> {
    if bug.state == State::New { vec![Step::Confirm, step] } else { vec![step] }
}
