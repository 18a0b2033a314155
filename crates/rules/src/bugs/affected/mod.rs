//! Whom a bug affects (BUG-2): who runs a version that has it, on which installation, whether the fix is theirs (BUG-4, ENT-2), and
//! what is not known. Who of them is written to is `audience`'s to say.

mod audience;
mod letter;

#[cfg(test)]
mod affected_test;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use audience::{Audience, Choice, Group, Left, Lot, Plans, Reader, Recipient, Reported, To, Why, audience};
pub use letter::{Letter, LetterBug, check_letter};

use super::{
    Affects, Bug,
    telling::{Concern, Facts, Of, Shipped, shipped},
};
use crate::{
    entitlement::{Licence, Standing, judge},
    ids::{OrganisationId, PersonId},
    installed::{Installed, Source, current},
    keys::{DeploymentKey, PlanKey},
    releases::{Host, Version},
};

/// Whose installation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    Organisation(OrganisationId),
    /// Who belongs to none.
    Person(PersonId),
}

/// A customer, as far as a bug may concern them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub holder: Holder,
    /// All that was said of their installations.
    pub installed: Vec<Installed>,
    pub place: crate::releases::Place,
    pub licences: Vec<Licence>,
    pub deployment: Option<DeploymentKey>,
    /// A report of theirs joined the bug.
    pub has_reported: bool,
}

/// How an installation stands to a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stand {
    Affected,
    /// It has the fix.
    HasFix,
    /// It never had the bug.
    Spared,
    Unknown(Unknown),
}

/// Why nobody can say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unknown {
    /// Nobody said which version they run.
    Version,
    /// They use the cloud, nobody knows which instance, and not all of them run the same of it.
    Instance,
    /// Nobody said which versions have the bug.
    Bug,
}

/// An installation, as far as it is known, with what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub holder: Holder,
    /// `None` where no version is known.
    pub installed: Option<Installed>,
    pub stand: Stand,
    /// Of the licence that counts for them.
    pub plan: Option<PlanKey>,
    pub standing: Standing,
    pub has_reported: bool,
    /// Where the fix stands for them.
    pub fix: Shipped,
}

/// Whether a version has a bug: within the versions that are said to have it, else from the one on in which it was first seen; and
/// not in one with the fix.
pub fn stand(bug: &Bug, first_seen: Option<&Version>, version: &Version) -> Stand {
    match (bug.affects(version), first_seen) {
        (Affects::Yes, _) => Stand::Affected,
        (Affects::Fixed, _) => Stand::HasFix,
        (Affects::No, _) => Stand::Spared,
        (Affects::NotSaid, None) => Stand::Unknown(Unknown::Bug),
        (Affects::NotSaid, Some(first)) if version >= first => Stand::Affected,
        (Affects::NotSaid, Some(_)) => Stand::Spared,
    }
}

/// The installations of a customer, at least one line; `today` in the zone of the desk's hours.
pub fn lines(facts: Facts<'_>, first_seen: Option<&Version>, customer: &Customer, today: Date) -> Vec<Line> {
    let all = with_rollouts(facts, customer);
    let judged = judge(&customer.licences, customer.deployment.as_ref(), today, facts.policy);
    let line = |installed: Option<&Installed>, stand: Stand| Line {
        holder: customer.holder,
        installed: installed.cloned(),
        stand,
        plan: judged.plan.clone(),
        standing: judged.standing,
        has_reported: customer.has_reported,
        fix: shipped(facts, &concern(customer, installed)),
    };
    let counted = current(&all);
    if counted.is_empty() {
        return vec![line(None, nowhere(facts, first_seen, customer))];
    }
    counted.into_iter().map(|it| line(Some(it), stand(facts.bug, first_seen, &it.version))).collect()
}

/// What was said, and what we rolled out to their instance. There we see the version ourselves, whatever a form says.
fn with_rollouts(facts: Facts<'_>, customer: &Customer) -> Vec<Installed> {
    let ours = &facts.catalogue.product.instances;
    let mut instances: BTreeSet<_> = customer.installed.iter().filter_map(|it| it.instance.clone()).collect();
    instances.retain(|instance| ours.contains(instance));
    let own = match &customer.place.host {
        Host::Cloud(Some(instance)) => Some(instance.clone()),
        Host::Cloud(None) | Host::Own => None,
    };
    instances.extend(own.clone());
    let rolled_out: Vec<Installed> = instances
        .into_iter()
        .filter_map(|instance| {
            let last = facts.catalogue.rollouts().iter().rev().find(|it| it.instance == instance)?;
            let (version, seen) = (last.version.clone(), last.at);
            Some(Installed {
                edition: customer.place.edition.clone(),
                instance: Some(instance),
                version,
                seen,
                source: Source::Rollout,
            })
        })
        .collect();
    let is_seen = |it: &Installed| match &it.instance {
        Some(instance) => rolled_out.iter().any(|ours| ours.instance.as_ref() == Some(instance)),
        None => own.as_ref().is_some_and(|own| rolled_out.iter().any(|it| it.instance.as_ref() == Some(own))),
    };
    let said = customer.installed.iter().filter(|it| !is_seen(it)).cloned();
    said.chain(rolled_out.iter().cloned()).collect()
}

/// Of whom no version is known: in the cloud it is that of every instance, where all stand alike.
fn nowhere(facts: Facts<'_>, first_seen: Option<&Version>, customer: &Customer) -> Stand {
    let instances = &facts.catalogue.product.instances;
    if customer.place.host != Host::Cloud(None) || instances.is_empty() {
        return Stand::Unknown(Unknown::Version);
    }
    let of = |instance| facts.catalogue.runs(instance).map(|version| stand(facts.bug, first_seen, version));
    let all: Option<Vec<Stand>> = instances.iter().map(of).collect();
    match all.as_deref() {
        Some([first, rest @ ..]) if rest.iter().all(|it| it == first) => *first,
        _ => Stand::Unknown(Unknown::Instance),
    }
}

fn concern(customer: &Customer, installed: Option<&Installed>) -> Concern {
    let mut place = customer.place.clone();
    if let Some(edition) = installed.and_then(|it| it.edition.clone()) {
        place.edition = Some(edition);
    }
    if let (Host::Cloud(host), Some(Installed { source: Source::Rollout, instance, .. })) = (&mut place.host, installed)
    {
        host.clone_from(instance);
    }
    Concern {
        of: Of::Follow(PersonId(0)),
        request: None,
        people: BTreeSet::new(),
        place,
        installed: installed.map(|it| it.version.clone()),
        licences: customer.licences.clone(),
        deployment: customer.deployment.clone(),
    }
}
