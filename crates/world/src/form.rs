//! Fills a form as its policy asks for it, of any type: what the story tells goes where its key says, choices are
//! made by chance, and what must be ticked is ticked.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use rules::{
    keys::{AreaKey, DeploymentKey, DetailKey, EntryKey, TypeKey},
    policy::{Chosen, Detail, DetailKind, Policy},
};

use crate::dice::Dice;

/// A request about to be filed, with the files that come along.
#[derive(Clone, Debug)]
pub struct Filing {
    pub request_type: TypeKey,
    pub filled: desk::tickets::Filled,
    pub files: Vec<File>,
}

/// A file that somebody gives.
#[derive(Clone, Debug)]
pub struct File {
    /// The form's field: `detail.logs`.
    pub field: String,
    pub name: String,
    pub content: Bytes,
}

/// What a story puts into a form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    pub subject: &'a str,
    pub body: &'a str,
    /// Detail to text, for details that the story speaks of.
    pub details: &'a BTreeMap<String, String>,
    pub area: Option<&'a str>,
    pub files: Files,
}

/// Which files come along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Files {
    /// Only those that the form cannot be sent without.
    Required,
    /// Others too.
    Generous,
}

/// A complete form of a type: subject and body as given, everything else the first that fits.
pub fn complete(policy: &Policy, request_type: &TypeKey, subject: &str, body: &str) -> Filing {
    let told = Told { subject, body, details: &BTreeMap::new(), area: None, files: Files::Required };
    fill(policy, request_type, told, &mut Dice::new(0))
}

pub(crate) fn fill(policy: &Policy, request_type: &TypeKey, told: Told<'_>, dice: &mut Dice) -> Filing {
    let (deployment, area) = choose(policy, told.area, dice);
    let chosen = Chosen { deployment: deployment.as_ref(), area: area.as_ref(), details: None };
    let mut filling =
        Filling { policy, told, deployment: deployment.as_ref(), area: area.as_ref(), dice, files: vec![] };
    let details: BTreeMap<DetailKey, String> = policy
        .details_of(request_type, chosen)
        .into_iter()
        .filter_map(|(key, detail)| Some((key.clone(), filling.fill(key, detail)?)))
        .collect();
    let files = filling.files;
    let ticks: BTreeSet<_> = policy.ticks_of(request_type, chosen).into_iter().map(|(key, _)| key.clone()).collect();
    let filled =
        desk::tickets::Filled { subject: told.subject.to_owned(), details, ticks, ..desk::tickets::Filled::default() };
    Filing { request_type: request_type.clone(), filled, files }
}

fn choose(policy: &Policy, told: Option<&str>, dice: &mut Dice) -> (Option<DeploymentKey>, Option<AreaKey>) {
    let deployments: Vec<_> = policy.deployments.keys().cloned().collect();
    let areas: Vec<_> = policy.areas.keys().cloned().collect();
    let told = told.filter(|area| policy.areas.contains(*area)).map(AreaKey::from);
    (dice.one_of(&deployments).cloned(), told.or_else(|| dice.one_of(&areas).cloned()))
}

struct Filling<'a> {
    policy: &'a Policy,
    told: Told<'a>,
    deployment: Option<&'a DeploymentKey>,
    area: Option<&'a AreaKey>,
    dice: &'a mut Dice,
    files: Vec<File>,
}

impl Filling<'_> {
    fn requires(&self, detail: &Detail) -> bool {
        detail.is_required(Chosen { deployment: self.deployment, area: self.area, details: None })
    }

    /// The text of a detail; a file is put aside instead.
    fn fill(&mut self, key: &DetailKey, detail: &Detail) -> Option<String> {
        match detail.kind {
            DetailKind::Deployment => self.deployment.map(ToString::to_string),
            DetailKind::Area => self.area.map(ToString::to_string),
            DetailKind::Version => Some(version(self.policy)),
            DetailKind::Choice => {
                let choices: Vec<&EntryKey> = detail.choices.keys().collect();
                self.dice.one_of(&choices).map(ToString::to_string)
            }
            DetailKind::Text | DetailKind::Line => self.words(key, detail),
            DetailKind::TextFile | DetailKind::File => {
                let generous = self.told.files == Files::Generous && self.dice.in_percent(35);
                if self.requires(detail) || generous {
                    let file = self.evidence(key, detail.kind);
                    self.files.push(file);
                }
                None
            }
        }
    }

    /// A file of the kind that the detail asks for, another one for each.
    fn evidence(&mut self, key: &DetailKey, kind: DetailKind) -> File {
        let field = format!("detail.{key}");
        let is_used = |name: &str| self.files.iter().any(|file| file.name == name);
        if kind == DetailKind::File && !is_used("screen.png") && self.dice.in_percent(60) {
            return File { field, name: "screen.png".to_owned(), content: Bytes::from_static(SCREEN) };
        }
        let logs: Vec<_> = LOGS.into_iter().filter(|(name, _)| !is_used(name)).collect();
        let (name, content) = match key.as_str() {
            "history" => ("history.txt", HISTORY),
            "terminal_errors" => ("terminal-errors.txt", ERRORS),
            _ => self.dice.one_of(&logs).copied().unwrap_or(LOGS[0]),
        };
        File { field, name: name.to_owned(), content: Bytes::from_static(content.as_bytes()) }
    }

    fn words(&mut self, key: &DetailKey, detail: &Detail) -> Option<String> {
        if let Some(told) = self.told.details.get(key.as_str()) {
            return Some(told.clone());
        }
        if detail.runs_on.is_some() {
            // One in three does not say, and one in three has an old one; without dice, so that the rest of the world stays.
            let versions: &[&str] = if key.as_str() == "postgresql" { &["16.4", "13.9"] } else { &["3.13", "3.11.2"] };
            return versions.get(self.told.subject.len() % 3).map(|typed| (*typed).to_owned());
        }
        let usual = usual(key.as_str());
        match usual {
            Some(words) => Some(words[self.dice.below(words.len())].to_owned()),
            None if self.requires(detail) && detail.kind == DetailKind::Line => Some(self.told.subject.to_owned()),
            None if self.requires(detail) => Some(self.told.body.to_owned()),
            None => None,
        }
    }
}

/// What people write into details that say little of their own.
fn usual(key: &str) -> Option<&'static [&'static str]> {
    Some(match key {
        "why_wrong" | "expected" | "wanted" => &[
            "It worked until last week, and nothing in the release notes speaks of a change.",
            "The documentation describes it the other way round.",
            "A colleague on another instance sees the expected result with the same data.",
        ],
        "changes" => &[
            "We upgraded on Monday evening. Nothing else that we know of.",
            "A new reverse proxy was put in front of it two days before.",
            "The number of launches doubled when the mobile team joined.",
        ],
        "tried" => &[
            "Restarted the service, cleared the browser's cache, tried another account: the same.",
            "Went through the article on this and checked every setting twice.",
            "Repeated it with a fresh project; there it works.",
        ],
        "infrastructure_word" => &["They see nothing unusual: memory at 60 %, no errors on the network."],
        "actual" => &["It stays as it was, and after a while an error appears at the top right."],
        "steps" | "recipe" => &[
            "1. Open any launch.\n2. Filter by status *broken*.\n3. Select all and resolve.\n4. Reload the page.",
            "1. Create a project.\n2. Import the attached file.\n3. Open the tree.\n4. Move a folder below another one.",
        ],
        "alternatives" => &[
            "We keep a spreadsheet beside it, which is out of date by noon.",
            "A script over the API does half of it, and nobody wants to own the script.",
        ],
        "since" => &["Since this morning, about nine o'clock."],
        _ => return None,
    })
}

const SCREEN: &[u8] = include_bytes!("../assets/screen.png");
const HISTORY: &str = include_str!("../assets/history.txt");
const ERRORS: &str = include_str!("../assets/terminal-errors.txt");
const LOGS: [(&str, &str); 4] = [
    ("server.txt", include_str!("../assets/server.txt")),
    ("server-login.txt", include_str!("../assets/server-login.txt")),
    ("uploader.txt", include_str!("../assets/uploader.txt")),
    ("gateway.txt", include_str!("../assets/gateway.txt")),
];

/// The version that people run.
pub(crate) fn version(policy: &Policy) -> String {
    policy.versions.as_ref().map_or_else(|| "1.0".to_owned(), |versions| versions.example.clone())
}
