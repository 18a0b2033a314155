//! What is promised and what happens by itself: first response, bugs, security, migration, limits, timers.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Keyed, Origin, Text};
use crate::{
    keys::{EntryKey, PriorityKey, TypeKey},
    migration::normal,
    tickets::Times,
};

/// A sentence that stands for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    pub text: Text,
    #[serde(default)]
    pub origin: Origin,
}

/// What counts as a first response, and what is said of its target (FRT).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstResponse {
    /// What it is.
    pub definition: Text,
    /// What is aimed for, in words; the figure itself comes from the targets.
    pub target: Text,
    /// Further rules on it.
    #[serde(default)]
    pub rules: Keyed<EntryKey, Point>,
    /// FRT-4: the desk's own request for a required detail that is absent stops the clock once.
    #[serde(default)]
    pub stops_for_missing_details: bool,
    #[serde(default)]
    pub origin: Origin,
}

/// The figures on the support page (FRT-8). House rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Statistics {
    /// They speak of the last so many days.
    #[schemars(range(min = 1, max = 3660))]
    pub days: u32,
    /// They are shown from so many cases on.
    #[schemars(range(min = 1))]
    pub from_cases: u32,
}

impl Default for Statistics {
    fn default() -> Self {
        Self { days: 90, from_cases: 20 }
    }
}

/// How bugs are taken and fixed (BUG).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bugs {
    /// For which releases a bug is accepted, and what to do with an older one (BUG-1).
    pub latest: Text,
    /// Where accepted reports go (BUG-2).
    pub queue: Text,
    /// What decides how soon it is fixed.
    pub timing: Text,
    pub hotfix: Hotfix,
    #[serde(default)]
    pub origin: Origin,
}

/// What is fixed at once, in the latest release (BUG-3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hotfix {
    pub text: Text,
    /// Only this priority is.
    pub priority: PriorityKey,
    /// The faults that qualify.
    pub faults: Keyed<EntryKey, Point>,
    /// What a way around changes.
    pub way_around: Text,
    /// How everything else is delivered.
    pub otherwise: Text,
}

/// Security reports (SEC-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Security {
    #[serde(rename = "type")]
    pub request_type: TypeKey,
    /// What belongs there.
    pub takes: Keyed<EntryKey, Point>,
    /// What everything else is converted into.
    pub else_type: TypeKey,
    /// Who sees it.
    pub confidentiality: Point,
    /// Who may report: people with an account, unless given, or anyone. Always a house rule.
    #[serde(default)]
    pub intake: Intake,
    #[serde(default)]
    pub origin: Origin,
}

/// Who may send a security report (SEC-1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    /// Whoever is signed in.
    #[default]
    Registered,
    /// Anyone whose address is proven by a link; the account is made with it.
    Anyone,
}

/// Moving from another system (REQ-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    #[serde(rename = "type")]
    pub request_type: TypeKey,
    pub text: Text,
    /// What cannot be moved, or needs no moving.
    #[serde(default)]
    pub limits: Keyed<EntryKey, Point>,
    /// The systems that the tool reads.
    #[serde(default, deserialize_with = "stored_systems")]
    pub supported: Keyed<EntryKey, SourceSystem>,
    /// How to move by oneself with the tool, step by step.
    #[serde(default)]
    pub steps: Keyed<EntryKey, Point>,
    /// Where the list of systems and the instructions are.
    pub list: Text,
    /// What to do when the system is on the list.
    pub listed: Text,
    /// What to do when it is not.
    pub unlisted: Text,
    /// The stream of the forum for systems that are not on the list.
    pub stream: Option<EntryKey>,
    /// The subject of such a topic; `{system}` stands for its name.
    pub topic: Option<Text>,
    /// What happens after a topic was opened.
    pub then: Option<Text>,
    #[serde(default)]
    pub origin: Origin,
}

/// A system that the migration tool reads (REQ-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceSystem {
    /// As its maker writes it; it stands in the subject of a request.
    pub name: String,
    /// What to know of it.
    pub note: Option<Text>,
    #[serde(default)]
    pub origin: Origin,
}

/// As a policy holds them; versions that were stored before there was more to say held a list of names.
fn stored_systems<'de, D>(from: D) -> Result<Keyed<EntryKey, SourceSystem>, D::Error>
where
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored {
        Entries(Keyed<EntryKey, SourceSystem>),
        Names(Vec<String>),
    }
    let named = |name: String| (EntryKey(normal(&name)), SourceSystem { name, note: None, origin: Origin::default() });
    Ok(match Stored::deserialize(from)? {
        Stored::Entries(entries) => entries,
        Stored::Names(names) => names.into_iter().map(named).collect(),
    })
}

/// What may be attached (LOG-5). House rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Attachments {
    /// A file, at most.
    #[schemars(range(min = 1, max = 1_048_576))]
    pub file_mebibytes: u32,
    /// All files of an organisation, at most.
    #[schemars(range(min = 1, max = 1_048_576))]
    pub organisation_gibibytes: u32,
    /// Files are removed so many days after their request was closed.
    #[schemars(range(min = 1, max = 36_600))]
    pub expire_days: u32,
    /// What becomes of a text or an archive as it came; people read a copy with its secrets masked (LOG-3).
    pub originals: Originals,
}

/// What becomes of originals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Originals {
    /// Kept encrypted; looking at one needs a reason and is recorded.
    #[default]
    Encrypted,
    /// Thrown away once the copy is made.
    Dropped,
}

impl Attachments {
    /// The most that a file may have, in bytes.
    pub fn file_bytes(&self) -> u64 {
        u64::from(self.file_mebibytes) << 20
    }

    /// The most that all files of an organisation may have, in bytes.
    pub fn organisation_bytes(&self) -> u64 {
        u64::from(self.organisation_gibibytes) << 30
    }
}

impl Default for Attachments {
    fn default() -> Self {
        Self { file_mebibytes: 2048, organisation_gibibytes: 50, expire_days: 180, originals: Originals::Encrypted }
    }
}

/// What happens by itself when nobody writes (REQ-9). House rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Timers {
    /// Waiting for the customer this long brings a reminder.
    #[schemars(range(min = 1, max = 3660))]
    pub reminder_days: u32,
    /// Waiting for the customer this long counts as solved.
    #[schemars(range(min = 1, max = 3660))]
    pub solve_days: u32,
    /// Solved this long is closed.
    #[schemars(range(min = 1, max = 3660))]
    pub close_days: u32,
}

impl Timers {
    /// As lengths of time (REQ-9).
    pub fn times(&self) -> Times {
        let days = |days: u32| SignedDuration::from_hours(i64::from(days) * 24);
        Times { remind: days(self.reminder_days), solve: days(self.solve_days), close: days(self.close_days) }
    }
}

impl Default for Timers {
    fn default() -> Self {
        Self { reminder_days: 7, solve_days: 14, close_days: 14 }
    }
}

/// How replies leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Replies {
    /// A sent reply can be taken back this long.
    #[schemars(range(max = 120))]
    pub hold_seconds: u32,
    /// Whether who filed a request is asked, when it is closed, how it went.
    pub ask_rating: bool,
}

impl Default for Replies {
    fn default() -> Self {
        Self { hold_seconds: 10, ask_rating: true }
    }
}

/// When the desk is told that something waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Waiting {
    /// Warn when so much of a target's time is used (FRT-7); percent.
    #[schemars(inner(range(min = 1, max = 99)))]
    pub warn_percents: Vec<u8>,
    /// After the first response, what has waited so long is coloured (TRN-3); minutes of working time.
    #[schemars(range(min = 1))]
    pub soft_limit_minutes: u32,
}

impl Waiting {
    /// Working time after which what is ours is coloured (TRN-3).
    pub fn soft_limit(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.soft_limit_minutes))
    }
}

impl Default for Waiting {
    fn default() -> Self {
        Self { warn_percents: vec![50, 80], soft_limit_minutes: 480 }
    }
}
