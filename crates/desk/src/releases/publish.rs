//! A release is published, or what is said of a known one is changed: the same content again changes nothing.

use jiff::civil::Date;
use rules::releases::{
    Edition, NotTaken, Version,
    import::{Difference, Drafted, Read, Said, section},
};

use super::{NotDone, take, take::may_manage, today};
use crate::{Actor, Desk, Run};

/// What somebody says of a release. What is not said stays as it is.
#[derive(Clone, Debug, Default)]
pub struct ToPublish {
    pub version: String,
    /// A changelog with a part about it, or that part alone.
    pub notes: Option<String>,
    /// Its day; where nobody says it, the day that the notes give, or today.
    pub date: Option<Date>,
    pub editions: Option<Vec<String>>,
    /// `Some(None)`: without an end.
    pub supported_until: Option<Option<Date>>,
}

/// Publishes it, or amends it; what came of it, or would.
pub async fn publish(desk: &Desk, actor: &Actor, new: &ToPublish, run: Run) -> Result<Difference, NotDone> {
    may_manage(actor)?;
    let version = Version::parse(&new.version).map_err(NotTaken::Version)?;
    let known = super::catalogue(desk).await?.release(&version).map(|release| release.released_on);
    let day = new.date.or(known).unwrap_or(today(desk).await?);
    let mut drafted = match &new.notes {
        Some(notes) => {
            let section = section(notes, &version, day).map_err(NotTaken::Faulty)?;
            let said_day = if section.is_dated { new.date.or(Some(section.drafted.released_on)) } else { Some(day) };
            Drafted { released_on: said_day.unwrap_or(day), ..section.drafted }
        }
        None => Drafted { line: 1, version: version.clone(), released_on: day, said: Said::default() },
    };
    // The heading may write it otherwise.
    drafted.version = version;
    if let Some(names) = &new.editions {
        let editions = names.iter().map(|name| Edition::read(name)).collect::<Result<_, _>>();
        drafted.said.editions = Some(editions.map_err(NotTaken::Name)?);
    }
    drafted.said.supported_until = new.supported_until;
    let read = Read { releases: vec![drafted], unreleased: vec![] };
    match take::take(desk, actor, &read, run).await {
        // Of one release nothing vanishes, and it has no lines.
        Ok(told) => Ok(Difference { would_vanish: vec![], ..told }),
        Err(NotDone::NotTaken(NotTaken::Refused(mut all))) if all.len() == 1 => {
            Err(NotTaken::NotReleased(all.remove(0).1).into())
        }
        Err(why) => Err(why),
    }
}
