//! A list of installations from the vendor's own books: taken whole or not at all, and once more it changes nothing.

use std::collections::HashMap;

use rules::{
    access::Action,
    ids::OrganisationId,
    installed::{
        Installed, Source,
        import::{Line, LineFault, lines},
    },
    instant::Instant,
};
use store::{Handle, installed::Owner};

use super::owner;
use crate::{Actor, Desk, Error, Result, Run, releases, scribe::Scribe};

/// What came of it, or would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    pub changed: usize,
    /// They are known to run what the list says.
    pub same: usize,
    /// What an earlier list said of them is newer.
    pub older: usize,
    /// What is wrong, by line; then nothing was taken.
    pub faults: Vec<LineFault>,
}

/// Takes a list, as text. Installations that it does not name stay as they are.
pub async fn import(desk: &Desk, actor: &Actor, text: &str, run: Run) -> Result<Imported> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(Action::SetOrganisation)?;
    }
    let list = match lines(text, releases::today(desk).await?) {
        Ok(list) => list,
        Err(faults) => return Ok(Imported { faults, ..Imported::default() }),
    };
    if run == Run::Dry {
        return Ok(compare(desk, desk.store.read(), list, desk.now()).await?.0);
    }
    let scribe = Scribe::begin(desk, actor).await?;
    let (imported, differing) = compare(desk, &scribe.tx, list, scribe.now).await?;
    for (organisation, it) in differing {
        store::installed::keep(&scribe.tx, Owner::Organisation(organisation), &it, None).await?;
    }
    scribe.settle().await?;
    Ok(imported)
}

/// What the list says that is not known yet; nothing of it where something is wrong.
async fn compare(
    desk: &Desk,
    conn: &Handle,
    list: Vec<Line>,
    now: Instant,
) -> Result<(Imported, Vec<(OrganisationId, Installed)>)> {
    let zone = desk.policy().await?.hours().zone().clone();
    let (mut imported, mut differing, mut known) = (Imported::default(), Vec::new(), HashMap::new());
    for line in list {
        let of = (line.organisation.as_deref(), line.licence.as_deref());
        let organisation = match owner(conn, of, &mut known).await? {
            Ok(organisation) => organisation,
            Err(why) => {
                imported.faults.push(LineFault { line: line.line, why });
                continue;
            }
        };
        let seen = match line.seen {
            Some(day) => Instant::from(day.to_zoned(zone.clone()).map_err(Error::broken)?.timestamp()),
            None => now,
        };
        let of = (line.edition.as_ref(), line.instance.as_ref());
        let before = store::installed::last(conn, organisation, Source::Import, of).await?;
        match before {
            None => imported.added += 1,
            // A list without days says nothing new where it says the same.
            Some(it) if it.version == line.version && (line.seen.is_none() || it.seen == seen) => {
                imported.same += 1;
                continue;
            }
            Some(it) if it.seen > seen => {
                imported.older += 1;
                continue;
            }
            Some(_) => imported.changed += 1,
        }
        let Line { version, edition, instance, .. } = line;
        differing.push((organisation, Installed { edition, instance, version, seen, source: Source::Import }));
    }
    if imported.faults.is_empty() {
        return Ok((imported, differing));
    }
    Ok((Imported { faults: imported.faults, ..Imported::default() }, vec![]))
}
