//! The product says which version runs where. Said again it changes nothing, and of what it says nothing is about a person.

use std::collections::HashMap;

use jiff::SignedDuration;
use rules::{
    installed::{Installed, Ping, Source, import::Why},
    programs::Permit,
};
use store::installed::Owner;

use super::owner;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// How soon the same word is not written down again.
const SOON: SignedDuration = SignedDuration::from_hours(1);
/// How far a clock of a product may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Added,
    /// Another version than before.
    Changed,
    Same,
    /// It is older than what is known.
    Older,
}

/// Whether it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Taken(Came),
    /// Nobody is known by what it names.
    NoOwner(Why),
    /// It was seen at an instant that has not come.
    ToCome,
}

pub async fn tell(desk: &Desk, actor: &Actor, ping: Ping) -> Result<Told> {
    if !actor.is_permitted(Permit::InstalledTell) {
        return Err(Error::NotFound);
    }
    let now = desk.now();
    let seen = ping.seen.unwrap_or(now);
    if seen > now.plus(AHEAD) {
        return Ok(Told::ToCome);
    }
    let conn = desk.store.read();
    let of = (ping.organisation.as_deref(), ping.licence.as_deref());
    let organisation = match owner(conn, of, &mut HashMap::new()).await? {
        Ok(organisation) => organisation,
        Err(why) => return Ok(Told::NoOwner(why)),
    };
    let of = (ping.edition.as_ref(), ping.instance.as_ref());
    let before = store::installed::last(conn, organisation, Source::Ping, of).await?;
    let seen = seen.min(now);
    let came = match &before {
        None => Came::Added,
        Some(it) if it.seen > seen => return Ok(Told::Taken(Came::Older)),
        Some(it) if it.version == ping.version => Came::Same,
        Some(_) => Came::Changed,
    };
    if came == Came::Same && before.is_some_and(|it| seen.since(it.seen) < SOON) {
        return Ok(Told::Taken(came));
    }
    let Ping { edition, instance, version, .. } = ping;
    let said = Installed { edition, instance, version, seen, source: Source::Ping };
    let scribe = Scribe::begin(desk, actor).await?;
    store::installed::keep(&scribe.tx, Owner::Organisation(organisation), &said, None).await?;
    scribe.settle().await?;
    Ok(Told::Taken(came))
}
