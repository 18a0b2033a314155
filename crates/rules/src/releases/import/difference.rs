//! What taking a file would change, told before it is taken.

use super::{Drafted, Read};
use crate::releases::{Catalogue, NotReleased, Release, Version};

/// A file beside what is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// They would be published, the oldest first.
    pub new: Vec<Release>,
    pub changed: Vec<Changed>,
    pub unchanged: Vec<Version>,
    /// Known here, and not in the file. They stay: a release that was published is withdrawn, not forgotten.
    pub would_vanish: Vec<Version>,
    /// The file has them withdrawn, we do not: that is an act of its own, with a reason.
    pub to_withdraw: Vec<Version>,
    /// We have them withdrawn, the file does not say so.
    pub withdrawn_here: Vec<Version>,
    /// They cannot be taken as they are: the line of the file and why.
    pub refused: Vec<(usize, NotReleased)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub release: Release,
    pub parts: Vec<Part>,
}

/// A part of a release that a file says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Date,
    Editions,
    SupportedUntil,
    Summary,
    Link,
    /// How many entries come and go; none where only their order is another.
    Notes {
        added: usize,
        removed: usize,
    },
    RunsOn,
}

/// Compares what a file says with what is known.
pub fn difference(read: &Read, catalogue: &Catalogue) -> Difference {
    let mut told = Difference::default();
    let mut after = catalogue.clone();
    let mut drafted: Vec<&Drafted> = read.releases.iter().collect();
    // A release before its hotfix.
    drafted.sort_by(|one, other| one.version.cmp(&other.version));
    for draft in drafted {
        let known = catalogue.release(&draft.version);
        let release = draft.over(known);
        let no_edition = release.editions.iter().find(|edition| !catalogue.product.editions.contains(edition));
        match known {
            None => match after.publish(release.clone()) {
                Ok(()) => told.new.push(release.clone()),
                Err(why) => told.refused.push((draft.line, why)),
            },
            Some(_) if no_edition.is_some() => {
                let why = no_edition.map(|edition| NotReleased::NoSuchEdition { edition: edition.clone() });
                told.refused.extend(why.map(|why| (draft.line, why)));
            }
            Some(known) => match parts(known, &release) {
                parts if parts.is_empty() => told.unchanged.push(release.version.clone()),
                parts => told.changed.push(Changed { release: release.clone(), parts }),
            },
        }
        let is_live = known.is_none_or(Release::is_live);
        match draft.said.yanked {
            Some(true) if is_live => told.to_withdraw.push(draft.version.clone()),
            Some(false) if !is_live => told.withdrawn_here.push(draft.version.clone()),
            _ => {}
        }
    }
    let is_in = |known: &&Release| read.releases.iter().any(|draft| draft.version == known.version);
    let gone = catalogue.releases().iter().filter(|known| !is_in(known));
    told.would_vanish = gone.map(|release| release.version.clone()).collect();
    told
}

fn parts(known: &Release, said: &Release) -> Vec<Part> {
    let without = |from: &Release, of: &Release| from.notes.iter().filter(|note| !of.notes.contains(note)).count();
    let notes = Part::Notes { added: without(said, known), removed: without(known, said) };
    let all = [
        (known.released_on != said.released_on, Part::Date),
        (known.editions != said.editions, Part::Editions),
        (known.supported_until != said.supported_until, Part::SupportedUntil),
        (known.summary != said.summary, Part::Summary),
        (known.link != said.link, Part::Link),
        (known.notes != said.notes, notes),
        (known.runs_on != said.runs_on, Part::RunsOn),
    ];
    all.into_iter().filter(|(is_other, _)| *is_other).map(|(_, part)| part).collect()
}
