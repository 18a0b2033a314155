//! Whether a bug can be reported for what somebody runs (BUG-1): for the latest release with its latest hotfix it can; for an
//! older one, what was fixed since comes back, the best matches first. What the verdict means for the form is the policy's.

use jiff::civil::Date;

use super::{Catalogue, Fixed, Host, Installed, Instance, NoVersion, Place, Version, alike::alike};

/// What the form says.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub installed: &'a str,
    pub place: &'a Place,
    pub subject: &'a str,
    pub today: Date,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Verdict<'c> {
    Accepted(Accepted),
    /// It is not the latest: upgrade and look again, or file a support request.
    Outdated(Outdated<'c>),
    /// It was withdrawn, and is as new as anything.
    Withdrawn {
        installed: Version,
        why: &'c str,
        instead: Option<Version>,
    },
    /// The version has to be found out; that of the latest is given.
    Unknown {
        latest: Version,
    },
    Unreadable(NoVersion),
}

/// Why a bug is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It is the latest.
    Latest(Version),
    /// We run it, so we know: nobody is asked to upgrade. `None` where nobody knows the instance, or nothing was rolled out.
    Cloud { instance: Option<Instance>, runs: Option<Version> },
    /// Newer than the latest, and known as a preview.
    Preview { installed: Version, latest: Version },
    /// Newer than anything that we know: perhaps mistyped, so staff look at it.
    NotKnown { installed: Version, latest: Version },
    /// No release is known, so none is the latest.
    NoReleases,
}

/// What is to be read before an upgrade.
#[derive(Clone, Debug, PartialEq)]
pub struct Outdated<'c> {
    pub installed: Version,
    pub latest: Version,
    /// It is the latest but for its hotfixes.
    pub lacks_hotfix: bool,
    /// It is not supported any more since that day.
    pub support_ended: Option<Date>,
    pub fixed_since: Vec<Match<'c>>,
}

/// Something that was fixed since, with the words that it shares with the subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'c> {
    pub fixed: Fixed<'c>,
    /// Empty where nothing speaks for it.
    pub shared: Vec<String>,
}

/// Judges the version that somebody typed.
pub fn accept<'c>(catalogue: &'c Catalogue, asked: Asked<'_>) -> Verdict<'c> {
    if let Host::Cloud(instance) = &asked.place.host {
        let instance = instance.clone();
        let runs = instance.as_ref().and_then(|instance| catalogue.runs(instance)).cloned();
        return Verdict::Accepted(Accepted::Cloud { instance, runs });
    }
    let edition = asked.place.edition.as_ref();
    let read = Installed::read(asked.installed, &catalogue.product.name);
    let Some(latest) = catalogue.latest(edition).map(|release| release.version.clone()) else {
        return match read {
            None => Verdict::Unreadable(NoVersion::of(asked.installed)),
            Some(_) => Verdict::Accepted(Accepted::NoReleases),
        };
    };
    match read {
        None => Verdict::Unreadable(NoVersion::of(asked.installed)),
        Some(Installed::Unknown) => Verdict::Unknown { latest },
        Some(Installed::Known(installed)) => known(catalogue, installed, latest, asked),
    }
}

fn known<'c>(catalogue: &'c Catalogue, installed: Version, latest: Version, asked: Asked<'_>) -> Verdict<'c> {
    let release = catalogue.release(&installed);
    if installed < latest {
        let ended = release.and_then(|release| release.supported_until).filter(|until| *until < asked.today);
        let fixed_since = matches(catalogue, &installed, &latest, asked);
        let lacks_hotfix = latest.is_hotfix() && latest.base() == installed.base() && !installed.is_early();
        return Verdict::Outdated(Outdated { installed, latest, lacks_hotfix, support_ended: ended, fixed_since });
    }
    if let Some(withdrawal) = release.and_then(|release| release.withdrawn.as_ref()) {
        let instead = withdrawal.instead.clone().or(Some(latest));
        return Verdict::Withdrawn { installed, why: &withdrawal.why, instead };
    }
    Verdict::Accepted(match release {
        _ if installed == latest => Accepted::Latest(installed),
        Some(_) if installed.is_early() => Accepted::Preview { installed, latest },
        _ => Accepted::NotKnown { installed, latest },
    })
}

fn matches<'c>(catalogue: &'c Catalogue, from: &Version, to: &Version, asked: Asked<'_>) -> Vec<Match<'c>> {
    let fixed = catalogue.fixed_between(from, to, asked.place.edition.as_ref());
    let texts: Vec<&str> = fixed.iter().map(|fixed| fixed.note.text.as_str()).collect();
    let all = alike(asked.subject, &texts).into_iter();
    all.filter_map(|found| Some(Match { fixed: *fixed.get(found.at)?, shared: found.shared })).collect()
}

#[cfg(test)]
#[path = "accept_test.rs"]
mod tests;
