//! All releases of a product with their roll-outs: which one is the latest, for whom; what runs where; what was fixed between two.

use serde::{Deserialize, Serialize};

use super::{Edition, Host, Instance, Note, Place, Product, Release, Requirement, Rollout, Version, Withdrawal};
use crate::instant::Instant;

/// The releases of a product, and how they reached its cloud.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    pub product: Product,
    /// The newest first.
    releases: Vec<Release>,
    /// In the order in which they happened.
    rollouts: Vec<Rollout>,
}

/// Something that was fixed, and in which release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed<'c> {
    pub release: &'c Release,
    pub note: &'c Note,
}

/// Why a release cannot be published, rolled out or withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotReleased {
    /// There is one of that version.
    Known {
        version: Version,
    },
    /// A hotfix of a release that nobody knows.
    NothingToFix {
        release: Version,
    },
    NoSuchEdition {
        edition: Edition,
    },
    NoSuchRelease {
        version: Version,
    },
    NoSuchInstance {
        instance: Instance,
    },
    /// It was withdrawn.
    Withdrawn {
        version: Version,
        instead: Option<Version>,
    },
    /// It runs there.
    RunsThere {
        instance: Instance,
    },
    /// What is to be used instead is no release that anybody can use.
    NoInstead {
        version: Version,
    },
    WhyMissing,
}

/// What a withdrawal changes for those who look for the latest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SteppedBack {
    /// For an edition, or for those who named none: from the version that was the latest to the one that is.
    pub latest: Vec<(Option<Edition>, Version, Option<Version>)>,
    /// They run it until another one is rolled out.
    pub still_on: Vec<Instance>,
}

impl Catalogue {
    pub fn new(product: Product) -> Self {
        Self { product, ..Self::default() }
    }

    /// Of what is kept, in any order; roll-outs in the order in which they happened. What was published stays, also where its
    /// edition is none any more.
    pub fn of(product: Product, mut releases: Vec<Release>, rollouts: Vec<Rollout>) -> Self {
        releases.sort_by(|one, other| other.version.cmp(&one.version));
        Self { product, releases, rollouts }
    }

    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    pub fn rollouts(&self) -> &[Rollout] {
        &self.rollouts
    }

    pub fn release(&self, version: &Version) -> Option<&Release> {
        self.releases.iter().find(|release| release.version == *version)
    }

    /// What a version runs on (BUG-8). A hotfix that says nothing of it runs on what the release does that it corrects.
    pub fn runs_on(&self, version: &Version) -> &[Requirement] {
        let of = |version: &Version| self.release(version).map_or(&[][..], |release| &release.runs_on);
        match of(version) {
            [] if version.is_hotfix() => of(&version.base()),
            said => said,
        }
    }

    /// # Errors
    /// A version that is known, a hotfix of nothing, an edition that there is not.
    pub fn publish(&mut self, release: Release) -> Result<(), NotReleased> {
        let version = release.version.clone();
        if self.release(&version).is_some() {
            return Err(NotReleased::Known { version });
        }
        if version.is_hotfix() && self.release(&version.base()).is_none() {
            return Err(NotReleased::NothingToFix { release: version.base() });
        }
        if let Some(edition) = release.editions.iter().find(|edition| !self.product.editions.contains(edition)) {
            return Err(NotReleased::NoSuchEdition { edition: edition.clone() });
        }
        let at = self.releases.partition_point(|known| known.version > version);
        self.releases.insert(at, release);
        Ok(())
    }

    /// BUG-4: a version reached an instance. What ran there before comes back.
    ///
    /// # Errors
    /// What is unknown, withdrawn, or runs there.
    pub fn roll_out(
        &mut self,
        version: &Version,
        instance: &Instance,
        at: Instant,
    ) -> Result<Option<Version>, NotReleased> {
        let release = self.release(version).ok_or_else(|| NotReleased::NoSuchRelease { version: version.clone() })?;
        if let Some(withdrawal) = &release.withdrawn {
            let instead = withdrawal.instead.clone();
            return Err(NotReleased::Withdrawn { version: version.clone(), instead });
        }
        if !self.product.instances.contains(instance) {
            return Err(NotReleased::NoSuchInstance { instance: instance.clone() });
        }
        let before = self.runs(instance).cloned();
        if before.as_ref() == Some(version) {
            return Err(NotReleased::RunsThere { instance: instance.clone() });
        }
        self.rollouts.push(Rollout { instance: instance.clone(), version: version.clone(), at });
        Ok(before)
    }

    /// BUG-7: "latest" steps back.
    ///
    /// # Errors
    /// What is unknown or withdrawn, no reason, and a version to use instead that nobody can use.
    pub fn withdraw(&mut self, version: &Version, withdrawal: Withdrawal) -> Result<SteppedBack, NotReleased> {
        let unknown = || NotReleased::NoSuchRelease { version: version.clone() };
        let release = self.release(version).ok_or_else(unknown)?;
        if let Some(known) = &release.withdrawn {
            return Err(NotReleased::Withdrawn { version: version.clone(), instead: known.instead.clone() });
        }
        if withdrawal.why.trim().is_empty() {
            return Err(NotReleased::WhyMissing);
        }
        if let Some(instead) = &withdrawal.instead {
            let is_usable = self.release(instead).is_some_and(Release::is_live) && instead != version;
            if !is_usable {
                return Err(NotReleased::NoInstead { version: instead.clone() });
            }
        }
        let before = self.latest_by_edition();
        let at = self.releases.iter().position(|release| release.version == *version).ok_or_else(unknown)?;
        self.releases[at].withdrawn = Some(withdrawal);
        let after = self.latest_by_edition();
        let moved = before.into_iter().zip(after).filter_map(|((edition, from), (_, to))| {
            let from = from?;
            (to.as_ref() != Some(&from)).then_some((edition, from, to))
        });
        let still_on = self.product.instances.iter().filter(|it| self.runs(it) == Some(version)).cloned().collect();
        Ok(SteppedBack { latest: moved.collect(), still_on })
    }

    fn latest_by_edition(&self) -> Vec<(Option<Edition>, Option<Version>)> {
        let editions = std::iter::once(None).chain(self.product.editions.iter().cloned().map(Some));
        let one = |edition: Option<Edition>| {
            let latest = self.latest(edition.as_ref()).map(|release| release.version.clone());
            (edition, latest)
        };
        editions.map(one).collect()
    }

    /// BUG-1: the most recent release with its latest hotfix. What came before a release, and what was withdrawn, is none.
    pub fn latest(&self, edition: Option<&Edition>) -> Option<&Release> {
        let counts = |release: &&Release| release.is_live() && !release.version.is_early() && release.is_for(edition);
        self.releases.iter().find(counts)
    }

    /// The latest where somebody runs it. In the cloud that is what was last rolled out there and not withdrawn since; where
    /// nobody knows the instance, the newest of all of them.
    pub fn latest_at(&self, place: &Place) -> Option<&Release> {
        let live = |version: &Version| self.release(version).filter(|release| release.is_live());
        match &place.host {
            Host::Own => self.latest(place.edition.as_ref()),
            Host::Cloud(Some(instance)) => {
                let there = self.rollouts.iter().rev().filter(|rollout| rollout.instance == *instance);
                there.map(|rollout| &rollout.version).find_map(live)
            }
            Host::Cloud(None) => {
                let running = self.product.instances.iter().filter_map(|instance| self.runs(instance));
                running.filter_map(live).max_by(|one, other| one.version.cmp(&other.version))
            }
        }
    }

    /// What runs on an instance now.
    pub fn runs(&self, instance: &Instance) -> Option<&Version> {
        self.rollouts.iter().rev().find(|rollout| rollout.instance == *instance).map(|rollout| &rollout.version)
    }

    /// What was fixed after a version, up to another one, the newest first. What was withdrawn fixed nothing, and what came
    /// before a release is told with the release.
    pub fn fixed_between(&self, from: &Version, to: &Version, edition: Option<&Edition>) -> Vec<Fixed<'_>> {
        let between = |release: &&Release| {
            release.version > *from && release.version <= *to && release.is_for(edition) && release.is_live()
        };
        let told = self.releases.iter().filter(between).filter(|release| !release.version.is_early());
        told.flat_map(|release| {
            let fixes = release.notes.iter().filter(|note| note.change.is_fix());
            fixes.map(move |note| Fixed { release, note })
        })
        .collect()
    }
}

/// Whether a version has what was fixed in others: from the one of its own line on; in a line without one, only where it is newer
/// than all of them, since what is fixed in 5.11.4 and in 5.13 is not fixed in 5.12.
pub fn has_fix(version: &Version, fixed_in: &[Version]) -> bool {
    let mut own = fixed_in.iter().filter(|fixed| fixed.is_of_line(version)).peekable();
    if own.peek().is_some() {
        return own.any(|fixed| fixed <= version);
    }
    !fixed_in.is_empty() && fixed_in.iter().all(|fixed| fixed < version)
}

#[cfg(test)]
#[path = "catalogue_test.rs"]
pub(super) mod tests;
