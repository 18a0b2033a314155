//! Whether a fix has reached somebody: on their own servers when a release with it is out for their edition, in the cloud when their
//! instance runs one (BUG-4); and whether it belongs to them (ENT-2).

use super::{Concern, Facts};
use crate::{
    entitlement::{Standing, judge},
    releases::{Host, Instance, Release, Version, has_fix},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shipped {
    Yes {
        version: Version,
    },
    /// It has, and their licence ended before the release.
    NeedsLicence {
        version: Version,
    },
    No(NotYet),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotYet {
    /// The bug has no fix.
    NotFixed,
    /// No release with it is out, for their edition.
    NotReleased,
    /// It is out, and their instance runs an older one, or one that was withdrawn.
    NotRolledOut { instance: Instance },
    /// They use the cloud, nobody knows which instance, and not all of them have it.
    InstanceUnknown,
}

/// Where the present fix stands for somebody.
pub fn shipped(facts: Facts<'_>, concern: &Concern) -> Shipped {
    if !facts.bug.is_fixed() {
        return Shipped::No(NotYet::NotFixed);
    }
    let out = out(facts, concern, facts.bug.round());
    if out.is_empty() {
        return Shipped::No(NotYet::NotReleased);
    }
    let is_theirs = |release: &&&Release| is_entitled(facts, concern, release);
    let reached = match &concern.place.host {
        Host::Own => return own(concern, &out, out.iter().filter(is_theirs).copied().collect()),
        Host::Cloud(Some(instance)) => on(facts, instance, &out, facts.bug.round()).ok_or_else(|| {
            let instance = instance.clone();
            NotYet::NotRolledOut { instance }
        }),
        Host::Cloud(None) => everywhere(facts, &out, facts.bug.round()).ok_or(NotYet::InstanceUnknown),
    };
    match reached {
        Err(why) => Shipped::No(why),
        Ok(running) => {
            let version = running.version.clone();
            let came_with = out.iter().filter(|release| release.version <= version).chain([&running]);
            let mut came_with = came_with.filter(is_theirs);
            if came_with.next().is_some() { Shipped::Yes { version } } else { Shipped::NeedsLicence { version } }
        }
    }
}

/// Of the releases that are theirs, the one of the line that they run, else the newest.
fn own(concern: &Concern, out: &[&Release], theirs: Vec<&Release>) -> Shipped {
    let pick = |all: &[&Release]| {
        let of_line =
            |release: &&&Release| concern.installed.as_ref().is_some_and(|it| it.is_of_line(&release.version));
        let newest = |one: &&&Release, other: &&&Release| one.version.cmp(&other.version);
        all.iter().filter(of_line).max_by(newest).or_else(|| all.iter().max_by(newest)).map(|it| it.version.clone())
    };
    match (pick(&theirs), pick(out)) {
        (Some(version), _) => Shipped::Yes { version },
        (None, Some(version)) => Shipped::NeedsLicence { version },
        (None, None) => Shipped::No(NotYet::NotReleased),
    }
}

/// Whether what somebody was told of still is as they were told.
pub(super) fn holds(facts: Facts<'_>, concern: &Concern, version: &Version, round: usize) -> bool {
    let out = out(facts, concern, round);
    match &concern.place.host {
        Host::Own => out.iter().any(|release| release.version == *version),
        // Whichever version they have it with now.
        Host::Cloud(Some(instance)) => on(facts, instance, &out, round).is_some(),
        Host::Cloud(None) => everywhere(facts, &out, round).is_some(),
    }
}

/// The releases with the fix of a round that are out for somebody.
fn out<'a>(facts: Facts<'a>, concern: &Concern, round: usize) -> Vec<&'a Release> {
    let fixed_in = facts.bug.fixed_in_round(round).iter();
    let releases = fixed_in.filter_map(|version| facts.catalogue.release(version));
    releases.filter(|release| release.is_live() && release.is_for(concern.place.edition.as_ref())).collect()
}

/// What runs on an instance, if it is good and has the fix of a round.
fn on<'a>(facts: Facts<'a>, instance: &Instance, out: &[&Release], round: usize) -> Option<&'a Release> {
    let running = facts.catalogue.release(facts.catalogue.runs(instance)?).filter(|release| release.is_live())?;
    let fixed_in: Vec<Version> = out.iter().map(|release| release.version.clone()).collect();
    let lost_it = facts.bug.was_found_again(&running.version, round);
    (has_fix(&running.version, &fixed_in) && !lost_it).then_some(running)
}

/// Where every instance has it, the oldest of what they run.
fn everywhere<'a>(facts: Facts<'a>, out: &[&Release], round: usize) -> Option<&'a Release> {
    let instances = facts.catalogue.product.instances.iter();
    let all: Option<Vec<&Release>> = instances.map(|instance| on(facts, instance, out, round)).collect();
    all?.into_iter().min_by(|one, other| one.version.cmp(&other.version))
}

/// ENT-2: the day of the release is within what is paid, or its grace. A trial that ran on that day counts too: who tries the
/// product has its releases.
fn is_entitled(facts: Facts<'_>, concern: &Concern, release: &Release) -> bool {
    let entitled = judge(&concern.licences, concern.deployment.as_ref(), release.released_on, facts.policy);
    !matches!(entitled.standing, Standing::Ended { .. } | Standing::NoneKnown)
}
