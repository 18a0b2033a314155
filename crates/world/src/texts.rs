//! What people say: stories with the conversation that follows, read from `texts/stories.toml`. Names of the product
//! and small facts are filled in, so that the same story is told by different people.

use std::collections::BTreeMap;

use rules::{
    events::Secrecy,
    keys::TypeKey,
    policy::{Clock, Policy, RequestType},
};
use serde::Deserialize;

use crate::dice::Dice;

/// What a story is, whatever the policy calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Question,
    Trouble,
    Defect,
    Idea,
    Weakness,
    Move,
    Paper,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Voice {
    Staff,
    Customer,
    Note,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Story {
    pub kind: Kind,
    pub subjects: Vec<String>,
    pub body: String,
    pub area: Option<String>,
    /// Detail to text.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
    pub talk: Vec<(Voice, String)>,
}

#[derive(Debug, Deserialize)]
struct Book {
    story: Vec<Story>,
}

/// All stories.
pub(crate) fn stories() -> Vec<Story> {
    let book: Book = toml::from_str(include_str!("../texts/stories.toml")).expect("the book of stories reads");
    book.story
}

impl Kind {
    /// What stories a type of this policy is for.
    pub(crate) fn of(key: &TypeKey, entry: &RequestType) -> Self {
        match (entry.secrecy, entry.clock, key.as_str()) {
            (Secrecy::Security, ..) => Kind::Weakness,
            (Secrecy::Confidential, ..) => Kind::Paper,
            (_, Clock::None, _) => Kind::Idea,
            (.., "bug" | "defect") => Kind::Defect,
            (.., "support" | "incident") => Kind::Trouble,
            (.., "migration") => Kind::Move,
            _ => Kind::Question,
        }
    }

    /// How many of a hundred requests are of it.
    pub(crate) fn weight(self) -> usize {
        match self {
            Kind::Question => 26,
            Kind::Trouble => 34,
            Kind::Defect => 20,
            Kind::Idea => 9,
            Kind::Weakness => 3,
            Kind::Move => 5,
            Kind::Paper => 3,
        }
    }
}

/// Fills the small facts of a story in.
#[derive(Clone, Debug)]
pub(crate) struct Facts(Vec<(&'static str, String)>);

const PROJECTS: [&str; 12] = [
    "Checkout",
    "Mobile",
    "Payments",
    "Onboarding",
    "Fleet",
    "Claims",
    "Booking",
    "Core API",
    "Telemetry",
    "Back office",
    "Ledger",
    "Web shop",
];
const BROWSERS: [&str; 4] = ["Firefox 145", "Chrome 142", "Edge 142", "Safari 26"];
const SYSTEMS: [&str; 5] = ["TestRail", "Zephyr Scale", "qTest", "PractiTest", "Xray"];

impl Facts {
    pub(crate) fn draw(policy: &Policy, dice: &mut Dice) -> Self {
        let pick = |of: &[&str], dice: &mut Dice| dice.one_of(of).copied().unwrap_or_default().to_owned();
        Self(vec![
            ("{product}", policy.product.name.clone()),
            ("{version}", crate::form::version(policy)),
            ("{project}", pick(&PROJECTS, dice)),
            ("{browser}", pick(&BROWSERS, dice)),
            ("{system}", pick(&SYSTEMS, dice)),
            ("{n}", dice.between(12, 950).to_string()),
            ("{few}", dice.between(2, 9).to_string()),
        ])
    }

    pub(crate) fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.trim().to_owned(), |text, (slot, fact)| text.replace(slot, fact))
    }
}
