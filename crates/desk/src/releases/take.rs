//! What was read of releases, held against those that there are, and taken: whole or not at all.

use jiff::{ToSpan, civil::Date};
use rules::{
    access::Action,
    audit::Act,
    events::{Event, ReleaseEvent},
    programs::Permit,
    releases::{
        NotTaken,
        import::{Difference, Read, difference},
    },
};

use super::today;
use crate::{Actor, Desk, Error, Result, Run, scribe::Scribe};

/// Why nothing was done.
#[derive(Debug)]
pub enum NotDone {
    NotTaken(NotTaken),
    Error(Error),
}

impl From<Error> for NotDone {
    fn from(error: Error) -> Self {
        NotDone::Error(error)
    }
}

impl From<store::Error> for NotDone {
    fn from(error: store::Error) -> Self {
        NotDone::Error(error.into())
    }
}

impl From<NotTaken> for NotDone {
    fn from(why: NotTaken) -> Self {
        NotDone::NotTaken(why)
    }
}

/// Whether somebody may change releases: who is entrusted with them, a program with a token for it, the command line.
pub(super) fn may_manage(actor: &Actor) -> Result<()> {
    if matches!(actor, Actor::Desk(_)) || actor.is_permitted(Permit::ReleasesPublish) {
        return Ok(());
    }
    actor.staff(Action::ManageReleases).map(drop)
}

/// Begins to write; a program's coming is written down.
pub(super) async fn begin<'d>(desk: &'d Desk, actor: &Actor) -> Result<Scribe<'d>> {
    let scribe = Scribe::begin(desk, actor).await?;
    if let Some(token) = scribe.token {
        scribe.audit(&Act::TokenUsed { token }).await?;
    }
    Ok(scribe)
}

/// Takes it, or says what would come of it. Where something cannot be taken as it is, nothing is.
pub(super) async fn take(
    desk: &Desk,
    actor: &Actor,
    read: &Read,
    run: Run,
) -> std::result::Result<Difference, NotDone> {
    let product = desk.policy().await?.policy().product.released();
    let known = super::catalogue(desk).await?;
    let seen = difference(read, &known);
    in_time(&seen, today(desk).await?)?;
    let changes_nothing = seen.new.is_empty() && seen.changed.is_empty();
    if !seen.refused.is_empty() {
        return Err(NotTaken::Refused(seen.refused).into());
    }
    if run == Run::Dry || changes_nothing {
        return Ok(seen);
    }
    let mut scribe = begin(desk, actor).await?;
    // Again inside: somebody else may have published meanwhile.
    let told = difference(read, &store::releases::catalogue(&scribe.tx, product).await?);
    if !told.refused.is_empty() {
        return Err(NotTaken::Refused(told.refused).into());
    }
    let now = scribe.now;
    for new in &told.new {
        let release = store::releases::insert(&scribe.tx, new, now).await?;
        scribe.record(Event::Release(ReleaseEvent::Published { release }), now).await?;
    }
    for changed in &told.changed {
        let version = &changed.release.version;
        let release = store::releases::by_version(&scribe.tx, version).await?.ok_or(Error::NotFound)?;
        store::releases::amend(&scribe.tx, release, &changed.release, now).await?;
        scribe.record(Event::Release(ReleaseEvent::Amended { release }), now).await?;
    }
    scribe.settle().await?;
    Ok(told)
}

/// "Latest" goes by what can be had. A day ahead is today elsewhere on earth.
fn in_time(seen: &Difference, today: Date) -> std::result::Result<(), NotTaken> {
    let tomorrow = today.saturating_add(1.day());
    let all = seen.new.iter().chain(seen.changed.iter().map(|it| &it.release));
    match all.into_iter().find(|release| release.released_on > tomorrow) {
        Some(ahead) => Err(NotTaken::Ahead { version: ahead.version.clone(), on: ahead.released_on, today }),
        None => Ok(()),
    }
}
