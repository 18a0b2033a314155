//! A version is checked and stored (POL-3).

use rules::{
    events::{Event, PolicyEvent},
    ids::PolicyVersionId,
    instant::Instant,
    policy::{Compiled, Fault, Policy},
};

use crate::{Actor, Desk, Error, scribe::Scribe};

/// A policy about to be applied.
#[derive(Clone, Debug)]
pub struct NewPolicy {
    /// The file's text.
    pub source: String,
    /// From when it is in force; now unless given, never earlier.
    pub from: Option<Instant>,
}

/// Why a policy was not applied.
#[derive(Debug)]
pub enum NotApplied {
    /// It does not hold together.
    Faulty(Vec<Fault>),
    /// It was to be in force before it was applied, when clocks already ran by another (POL-3).
    Past {
        from: Instant,
        now: Instant,
    },
    /// The file is word for word what is in force from then on anyway.
    Unchanged {
        version: PolicyVersionId,
        since: Instant,
    },
    Error(Error),
}

impl<E: Into<Error>> From<E> for NotApplied {
    fn from(error: E) -> Self {
        NotApplied::Error(error.into())
    }
}

/// Checks and stores a version; all nodes use it from its instant on.
pub async fn apply(desk: &Desk, actor: &Actor, new: NewPolicy) -> Result<PolicyVersionId, NotApplied> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(rules::access::Action::ApplyPolicy)?;
    }
    let compiled = Compiled::new(Policy::parse(&new.source).map_err(NotApplied::Faulty)?);
    let kept = desk.policies().await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let from = new.from.unwrap_or(scribe.now);
    if from < scribe.now {
        return Err(NotApplied::Past { from, now: scribe.now });
    }
    if let Ok(kept) = kept.at(from)
        && new.from.is_none_or(|from| from == kept.from)
        && store::policy::get(&scribe.tx, kept.id).await?.source == new.source
    {
        return Err(NotApplied::Unchanged { version: kept.id, since: kept.from });
    }
    let version = store::policy::insert(
        &scribe.tx,
        store::policy::NewVersion {
            source: &new.source,
            compiled: &serde_json::to_string(&compiled).map_err(Error::broken)?,
            hash: &compiled.hash(),
            applied_by: scribe.by.person,
            applied_at: scribe.now,
            from,
        },
    )
    .await?;
    let now = scribe.now;
    scribe.record(Event::Policy(PolicyEvent::Applied { version, from }), now).await?;
    scribe.settle().await?;
    desk.policy_applied();
    Ok(version)
}
