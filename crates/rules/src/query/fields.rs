//! What can be asked for, and what each field takes.

use super::{Moment, facts};
use crate::{
    policy::{Policy, Text},
    tickets::STATES,
};

/// What stands before the colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub takes: Takes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Words of the policy or of the language, all of which are known.
    Word,
    /// Words in an order, the highest first, that can be compared.
    Ordered,
    /// The name of an organisation, or its number.
    Organisation,
    /// The address of a person, its beginning, or `me`.
    Person,
    /// Staff by name or address, `me`, or `none`.
    Staff,
    /// A team by name, `mine` for those that one is in, or `none`.
    Team,
    Moment(Moment),
}

/// Every field, in the order in which they are offered.
pub const FIELDS: [Field; 16] = [
    field("is", Takes::Word),
    field("type", Takes::Word),
    field("priority", Takes::Ordered),
    field("state", Takes::Word),
    field("turn", Takes::Word),
    field("org", Takes::Organisation),
    field("from", Takes::Person),
    field("agent", Takes::Staff),
    field("team", Takes::Team),
    field("due", Takes::Moment(Moment::Due)),
    field("filed", Takes::Moment(Moment::Filed)),
    field("updated", Takes::Moment(Moment::Updated)),
    field("since", Takes::Moment(Moment::StateSince)),
    field("plan", Takes::Word),
    field("channel", Takes::Word),
    field("sort", Takes::Word),
];

/// Marks that a request can have; `late` depends on now.
pub(super) const MARKS: [&str; 10] = [
    facts::NEEDS_ANSWER,
    "late",
    "open",
    "done",
    "unassigned",
    "mine",
    "escalated",
    "confidential",
    "security",
    "merged",
];

pub(super) const SORTS: [&str; 5] = ["due", "updated", "-updated", "filed", "-filed"];

const fn field(name: &'static str, takes: Takes) -> Field {
    Field { name, takes }
}

/// The field of that name, or of another one that people write for it.
pub(super) fn named(name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    let name = match name.as_str() {
        "organisation" | "organization" | "company" => "org",
        "requester" | "customer" => "from",
        "assignee" | "assigned" => "agent",
        "status" => "state",
        "created" => "filed",
        "order" => "sort",
        other => other,
    };
    FIELDS.into_iter().find(|it| it.name == name)
}

/// A value of a field: how it is written, and what else people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub written: String,
    pub called: Vec<String>,
}

impl Value {
    fn plain(written: &str) -> Self {
        Self { written: written.to_owned(), called: vec![] }
    }

    fn of(key: &str, name: &Text) -> Self {
        let called = match name {
            Text::One(name) => vec![name.clone()],
            Text::Several(names) => names.iter().map(|(_, name)| name.clone()).collect(),
        };
        Self { written: key.to_owned(), called }
    }

    /// Whether that means it, however it is capitalised or joined.
    pub(super) fn is_meant_by(&self, written: &str) -> bool {
        let plain = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
        let written = plain(written);
        plain(&self.written) == written || self.called.iter().any(|name| plain(name) == written)
    }
}

/// All values of a field that takes words.
pub(super) fn values(name: &str, policy: &Policy) -> Vec<Value> {
    let plain = |all: &[&str]| all.iter().map(|it| Value::plain(it)).collect();
    match name {
        "is" => plain(&MARKS),
        "type" => policy.types.iter().map(|(key, it)| Value::of(key.as_str(), &it.name)).collect(),
        "priority" => policy.priorities.iter().map(|(key, it)| Value::of(key.as_str(), &it.name)).collect(),
        "state" => STATES.iter().map(|it| Value::plain(facts::state(*it))).collect(),
        "turn" => plain(&["ours", "theirs"]),
        "plan" => {
            let plans = policy.plans.iter().map(|(key, it)| Value::of(key.as_str(), &it.name));
            plans.chain([Value::plain(facts::NONE)]).collect()
        }
        "channel" => facts::CHANNELS.iter().map(|it| Value::plain(facts::channel(*it))).collect(),
        "sort" => plain(&SORTS),
        _ => vec![],
    }
}
