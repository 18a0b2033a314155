//! The versions that were stored, and a text held against the one in force (POL-5).

use rules::{
    access::Action,
    ids::PolicyVersionId,
    instant::Instant,
    policy::{Change, Fault, Policy, changes},
};
use store::policy::Version;

use super::{WouldChange, would_change};
use crate::{Actor, Desk, Result};

/// A stored version, and who applied it.
#[derive(Clone, Debug)]
pub struct KeptVersion {
    pub version: Version,
    pub applied_by: Option<String>,
    pub standing: VersionStanding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionStanding {
    ToCome,
    InForce,
    Past,
}

/// All versions, the one that comes last first.
pub async fn versions(desk: &Desk, actor: &Actor) -> Result<Vec<KeptVersion>> {
    actor.staff(Action::ReadPolicy)?;
    let (conn, now) = (desk.store.read(), desk.now());
    let kept = store::policy::all(conn).await?;
    let people: Vec<_> = kept.iter().filter_map(|version| version.applied_by).collect();
    let names = store::people::names(conn, &people).await?;
    let in_force = kept.iter().find(|version| version.from <= now).map(|version| version.id);
    let standing = |id: PolicyVersionId, from: Instant| match from > now {
        true => VersionStanding::ToCome,
        false if Some(id) == in_force => VersionStanding::InForce,
        false => VersionStanding::Past,
    };
    let shown = kept.into_iter().map(|version| KeptVersion {
        applied_by: version.applied_by.and_then(|person| names.get(&person).cloned()),
        standing: standing(version.id, version.from),
        version,
    });
    Ok(shown.collect())
}

/// What is to be said of a text.
#[derive(Clone, Debug)]
pub enum CheckedText {
    Faulty(Vec<Fault>),
    /// Allowed but probably not meant, and what it changes against the version in force.
    Good {
        warnings: Vec<Fault>,
        changes: Vec<Change>,
        /// What that means for requests that are open and that the reader sees.
        would_change: Vec<WouldChange>,
    },
}

/// Checks a text that was not stored.
pub async fn check(desk: &Desk, actor: &Actor, source: &str) -> Result<CheckedText> {
    actor.staff(Action::ReadPolicy)?;
    let checked = match Policy::parse(source) {
        Err(faults) => return Ok(CheckedText::Faulty(faults)),
        Ok(checked) => checked,
    };
    let changes = changes(desk.policy().await?.policy(), &checked.policy);
    let would_change = match changes.is_empty() {
        true => vec![],
        false => would_change(desk, actor, &checked.policy).await?,
    };
    Ok(CheckedText::Good { changes, would_change, warnings: checked.warnings })
}
