//! Teams: who of one gets the next request, and which requests a team's question may be about.
//!
//! It decides who is next and who is passed over. Which team a request goes to is the first whose question means it
//! (`query::Query::means`); who may see it is `access`': being in a team lets nobody see anything.

mod question;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use question::takes;

use crate::{ids::PersonId, instant::Instant};

/// Characters of a name, at most: it stands in narrow places.
pub const NAME: usize = 40;
/// Teams of a desk, and people of a team, at most.
pub const MOST_TEAMS: usize = 50;
pub const MOST_MEMBERS: usize = 50;
/// Names that the filter language has for other things.
pub const TAKEN_NAMES: [&str; 2] = ["mine", "none"];
/// Those passed over of whom the journal tells, at most.
const TOLD: usize = 5;

/// What a team is called, also one that ended: who shows it says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Called {
    pub name: String,
    pub has_ended: bool,
}

impl Called {
    /// What has no end, or has not ended.
    pub fn standing(name: String) -> Self {
        Self { name, has_ended: false }
    }
}

/// How a team shares what comes to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// Whoever wants takes it.
    #[default]
    Pull,
    /// Each in turn: who got one longest ago.
    Turns,
    /// Who has the fewest open requests that are our turn.
    Load,
}

impl Sharing {
    pub const ALL: [Sharing; 3] = [Sharing::Pull, Sharing::Turns, Sharing::Load];
}

/// Whether somebody can be given a request now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    There,
    AwayUntil(Instant),
    /// May not answer requests, or does not see this one (VIS-2).
    CannotTake,
}

/// Somebody of a team, in front of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    /// When they got one last, in the team's own count of turns; 0: never.
    pub last_turn: i64,
    /// Their open requests that are our turn, in all teams.
    pub open: i64,
    pub standing: Standing,
}

/// Who gets it, and who would have been before them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    pub to: Option<PersonId>,
    pub passed: Vec<Passed>,
}

/// Somebody who was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    pub person: PersonId,
    /// Until when they are away; none: they cannot take this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away_until: Option<Instant>,
}

/// A team gave a request to somebody by its way of sharing, or had nobody to give it to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    pub how: Sharing,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Passed>,
}

/// Who is next, by a team's way of sharing; nobody where everybody takes for themselves.
pub fn next(how: Sharing, members: &[Member]) -> Next {
    let mut line: Vec<&Member> = members.iter().collect();
    match how {
        Sharing::Pull => return Next::default(),
        Sharing::Turns => line.sort_by_key(|it| (it.last_turn, it.person)),
        Sharing::Load => line.sort_by_key(|it| (it.open, it.last_turn, it.person)),
    }
    let at = line.iter().position(|it| it.standing == Standing::There);
    let before = &line[..at.unwrap_or(line.len())];
    Next { to: at.map(|at| line[at].person), passed: before.iter().filter_map(|it| passed(it)).take(TOLD).collect() }
}

fn passed(member: &Member) -> Option<Passed> {
    let away_until = match member.standing {
        Standing::There => return None,
        Standing::AwayUntil(until) => Some(until),
        Standing::CannotTake => None,
    };
    Some(Passed { person: member.person, away_until })
}
