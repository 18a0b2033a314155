//! What can be sent: types, their details and ticks, and priorities (REQ, PRI).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{super::Chosen, Keyed, Origin, Text};
use crate::{
    events::{Channel, Secrecy},
    keys::{AreaKey, DeploymentKey, DetailKey, EntryKey, PriorityKey, TickKey, TypeKey},
};

/// The ways in which requests can be filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    pub channels: Vec<Channel>,
    #[serde(default)]
    pub origin: Origin,
}

/// How priorities come about (PRI-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorityRule {
    /// What a priority says.
    pub meaning: Text,
    /// That the customer wishes and an agent decides, and by what.
    pub decision: Text,
    #[serde(default)]
    pub origin: Origin,
}

/// A priority. The order of the file is their order, the highest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorityClass {
    pub name: Text,
    /// When it applies; shown where one chooses (PRI-1).
    pub meaning: Text,
    #[serde(default)]
    pub origin: Origin,
}

/// A type of request (REQ-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestType {
    pub name: Text,
    /// What someone who needs it would say: "I have a question".
    pub wish: Text,
    /// One line on what happens next.
    pub next: Text,
    /// What it is for.
    pub purpose: Text,
    /// What to do before sending one.
    pub before: Option<Text>,
    /// What it does not promise.
    pub limits: Option<Text>,
    /// What the subject says at first; `{system}` stands for what is filled in.
    pub subject: Option<Text>,
    /// What the form asks for, in its order.
    #[serde(default)]
    pub details: Vec<DetailKey>,
    /// What is ticked before sending, in its order.
    #[serde(default)]
    pub ticks: Vec<TickKey>,
    pub priorities: PriorityRange,
    /// The types into which an agent may convert it (REQ-8).
    #[serde(default)]
    pub converts_to: Vec<TypeKey>,
    /// When it turns out to need more than this type offers (REQ-2).
    pub grows: Option<Grows>,
    /// The version that it names must be the latest release (BUG-1).
    #[serde(default)]
    pub latest_release_only: bool,
    /// What the customer is told when it was filed.
    pub receipt: Text,
    #[serde(default)]
    pub secrecy: Secrecy,
    /// Whether a first-response clock runs, in whatever plan (FRT-1).
    #[serde(default)]
    pub clock: Clock,
    /// Where it can be filed, if not everywhere that `filing` names.
    pub channels: Option<Vec<Channel>>,
    /// The stream of the forum in which it becomes a topic (REQ-5).
    pub stream: Option<EntryKey>,
    #[serde(default)]
    pub origin: Origin,
}

/// The priorities that a type allows, by their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorityRange {
    pub highest: PriorityKey,
    pub lowest: PriorityKey,
    /// What is chosen at first.
    pub default: PriorityKey,
    /// Priorities that may be chosen only where a condition holds: "Urgent only in production" (PLN-4).
    #[serde(default, skip_serializing_if = "Keyed::is_empty")]
    pub only_if: Keyed<PriorityKey, OnlyIf>,
    #[serde(default)]
    pub origin: Origin,
}

/// A condition on what is chosen, and why it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnlyIf {
    pub when: When,
    /// Why; stands beside what cannot be chosen.
    pub why: Option<Text>,
}

/// Into what a request grows, and when that is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grows {
    pub into: TypeKey,
    /// After this many public replies of staff it is proposed to the agent.
    #[schemars(range(min = 1))]
    pub after_staff_replies: u32,
    /// What is said when a log file is offered to a type that does not read logs.
    pub logs: Text,
    #[serde(default)]
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    #[default]
    Runs,
    None,
}

/// Something that a form asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Detail {
    pub label: Text,
    /// Why it is asked; stands under the label.
    pub why: Text,
    pub kind: DetailKind,
    /// Whether the request cannot be sent without it.
    #[serde(default)]
    pub required: bool,
    /// Only asked where this holds; always unless given.
    pub when: Option<When>,
    /// Required where this holds, and welcome elsewhere: "logs only for server" (PLN-4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_if: Option<When>,
    /// What a text file holds, for `kind = "text_file"`; a log unless given.
    pub reads: Option<Reads>,
    /// What the product runs on, by the name that releases give it, such as `PostgreSQL`, for `kind = "line"`: the version that
    /// is typed is compared with what the release needs (BUG-8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs_on: Option<String>,
    /// What can be chosen, for `kind = "choice"`.
    #[serde(default)]
    pub choices: Keyed<EntryKey, Text>,
    /// How to get it, as commands to copy, for `kind = "text_file"`; for any product unless given (LOG-1).
    #[serde(default, skip_serializing_if = "Keyed::is_empty")]
    pub how: Keyed<EntryKey, HowTo>,
    #[serde(default)]
    pub origin: Origin,
}

/// A way to get a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HowTo {
    /// Where that works: "From Docker".
    pub name: Text,
    /// A line each.
    pub commands: String,
    /// Only shown where this holds; always unless given.
    pub when: Option<When>,
}

/// How a detail is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DetailKind {
    /// One line.
    Line,
    /// Paragraphs, in Markdown.
    Text,
    /// Any files.
    File,
    /// Files of text, recognised by content; pictures are refused (LOG-1).
    TextFile,
    /// One of `choices`.
    Choice,
    /// A version of the product.
    Version,
    /// One of the policy's deployments.
    Deployment,
    /// One of the policy's areas.
    Area,
}

/// What a text file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// What a program wrote while it ran.
    Log,
    /// The commands that were given, as `history` prints them.
    Commands,
    /// What a terminal showed.
    Terminal,
}

/// A condition: each list that is given must contain what was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    pub deployment: Vec<DeploymentKey>,
    pub area: Vec<AreaKey>,
    /// Details of `kind = "choice"`, each with the choices of which one was made: `choice.impact = ["all"]`.
    #[serde(skip_serializing_if = "Keyed::is_empty")]
    pub choice: Keyed<DetailKey, Vec<EntryKey>>,
}

impl When {
    /// Whether it holds for what was chosen; nothing chosen yet holds no condition.
    pub fn holds(&self, chosen: Chosen<'_>) -> bool {
        let deployment = chosen.deployment.is_some_and(|key| self.deployment.contains(key));
        let area = chosen.area.is_some_and(|key| self.area.contains(key));
        let choice = self.choice.iter().all(|(detail, choices)| {
            let made = chosen.details.and_then(|details| details.get(detail));
            made.is_some_and(|made| choices.iter().any(|choice| choice.as_str() == made.trim()))
        });
        (self.deployment.is_empty() || deployment) && (self.area.is_empty() || area) && choice
    }

    pub fn is_empty(&self) -> bool {
        self.deployment.is_empty() && self.area.is_empty() && self.choice.is_empty()
    }
}

/// A box to tick before sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    pub text: Text,
    /// Why it matters.
    pub why: Text,
    /// Only asked where this holds; always unless given.
    pub when: Option<When>,
    #[serde(default)]
    pub origin: Origin,
}
