//! Who of those whom a bug affects is written to, exactly: each person once, each with why; and who is left out and why. Whose version
//! is not known is never among them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Holder, Line, Shipped, Stand};
use crate::{entitlement::Standing, ids::PersonId, installed::Source, keys::PlanKey, releases::Version};

/// Which of them are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub plans: Plans,
    /// Where their version is known from; anywhere unless given.
    pub source: Option<Source>,
    pub reported: Reported,
    /// Also who has no running licence (ENT-2).
    pub unlicensed: bool,
    pub to: To,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plans {
    #[default]
    All,
    Only(PlanKey),
    /// Who has none.
    Without,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reported {
    #[default]
    Either,
    Yes,
    NotYet,
}

/// Who of an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// Managers and named contacts; where there are none, who reported it.
    #[default]
    Contacts,
    /// Who reported it.
    Reporters,
}

/// Why somebody gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Manager,
    Contact,
    Reporter,
    /// They belong to no organisation and run it themselves.
    Themselves,
}

/// Why somebody does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// Affected, and not among the plans, sources or reports that are meant.
    NotMeant,
    /// Nobody knows whether they are affected.
    Unknown,
    /// They have no running licence, and the sender did not include those.
    Unlicensed,
    /// The organisation has nobody who could get it.
    Nobody,
    /// Nobody of them reported it.
    NotReported,
    /// Their address is in doubt, or they may not come in.
    Unreachable,
}

/// Somebody who could get it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    pub person: PersonId,
    pub why: Why,
    pub is_reachable: bool,
}

/// A customer with their installations and people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub lines: Vec<Line>,
    pub readers: Vec<Reader>,
}

/// Who gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub person: PersonId,
    pub holder: Holder,
    pub why: Why,
    pub lot: Lot,
}

/// What a letter to them may say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Their versions that have the bug, the oldest first; none where that is our cloud.
    pub versions: Vec<Version>,
    /// The version with the fix that they can have.
    pub fix: Option<Version>,
    /// It exists, and their licence ended before it.
    pub fix_needs_licence: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// By holder, each person once.
    pub to: Vec<Recipient>,
    /// Whom else the bug affects, or may; the person where it is one of several.
    pub left: Vec<(Holder, Option<PersonId>, Left)>,
}

/// Exactly those.
pub fn audience<'g>(choice: &Choice, groups: impl IntoIterator<Item = &'g Group>) -> Audience {
    let mut audience = Audience::default();
    let mut known: BTreeSet<PersonId> = BTreeSet::new();
    for group in groups {
        let Some(holder) = group.lines.first().map(|line| line.holder) else { continue };
        let judged: Vec<(&Line, Option<Left>)> = group.lines.iter().filter_map(|line| judged(choice, line)).collect();
        let meant: Vec<&Line> = judged.iter().filter(|(_, left)| left.is_none()).map(|(line, _)| *line).collect();
        if meant.is_empty() {
            // Of several reasons the first one that its sender can do something about.
            audience.left.extend(judged.iter().filter_map(|(_, left)| *left).min().map(|left| (holder, None, left)));
            continue;
        }
        let lot = lot(&meant);
        let (readers, none) = readers(choice.to, &group.readers);
        if readers.is_empty() {
            audience.left.push((holder, None, none));
        }
        for (person, (why, is_reachable)) in readers {
            if !is_reachable {
                audience.left.push((holder, Some(person), Left::Unreachable));
            } else if known.insert(person) {
                audience.to.push(Recipient { person, holder, why, lot: lot.clone() });
            }
        }
    }
    audience
}

/// Nothing of a line that is not affected; of others, why it is left out.
fn judged<'l>(choice: &Choice, line: &'l Line) -> Option<(&'l Line, Option<Left>)> {
    let has_licence = !matches!(line.standing, Standing::Ended { .. } | Standing::NoneKnown);
    let is_of_plan = match &choice.plans {
        Plans::All => true,
        Plans::Only(plan) => line.plan.as_ref() == Some(plan),
        Plans::Without => line.plan.is_none(),
    };
    let is_of_source = choice.source.is_none_or(|source| line.installed.as_ref().is_some_and(|it| it.source == source));
    let is_of_reports = match choice.reported {
        Reported::Either => true,
        Reported::Yes => line.has_reported,
        Reported::NotYet => !line.has_reported,
    };
    let left = match line.stand {
        Stand::HasFix | Stand::Spared => return None,
        Stand::Unknown(_) => Some(Left::Unknown),
        Stand::Affected if !(is_of_plan && is_of_source && is_of_reports) => Some(Left::NotMeant),
        Stand::Affected if !has_licence && !choice.unlicensed => Some(Left::Unlicensed),
        Stand::Affected => None,
    };
    Some((line, left))
}

fn lot(meant: &[&Line]) -> Lot {
    let mut versions: Vec<Version> =
        meant.iter().filter_map(|line| line.installed.as_ref()).map(|it| it.version.clone()).collect();
    versions.sort();
    versions.dedup();
    let theirs = meant.iter().filter_map(|line| match &line.fix {
        Shipped::Yes { version } => Some(version),
        Shipped::NeedsLicence { .. } | Shipped::No(_) => None,
    });
    let fix = theirs.max().cloned();
    let needs = |line: &&Line| matches!(line.fix, Shipped::NeedsLicence { .. });
    Lot { versions, fix_needs_licence: fix.is_none() && meant.iter().any(needs), fix }
}

type Readers = BTreeMap<PersonId, (Why, bool)>;

/// Who of a group, each with the best reason; and why it is nobody.
fn readers(to: To, all: &[Reader]) -> (Readers, Left) {
    let of = |is: fn(Why) -> bool| {
        let mut found = Readers::new();
        for reader in all.iter().filter(|reader| is(reader.why)) {
            let known = found.entry(reader.person).or_insert((reader.why, reader.is_reachable));
            known.0 = known.0.min(reader.why);
        }
        found
    };
    let named = of(|why| matches!(why, Why::Manager | Why::Contact | Why::Themselves));
    let reported = of(|why| matches!(why, Why::Reporter | Why::Themselves));
    match to {
        To::Contacts if named.values().any(|(_, is_reachable)| *is_reachable) => (named, Left::Nobody),
        To::Contacts => (named.into_iter().chain(reported).collect(), Left::Nobody),
        To::Reporters => (reported, Left::NotReported),
    }
}
