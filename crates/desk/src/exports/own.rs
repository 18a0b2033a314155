//! A customer asks for what concerns them: a job makes the archive, and their account page hands it out for a week.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use jiff::SignedDuration;
use rules::{
    audit::Act,
    ids::{ExportId, TicketId},
    instant::Instant,
};
use serde::{Deserialize, Serialize};
use store::{blobs::NotKept, exports::Export};

use super::{
    archive::zip,
    gather::{About, gather},
};
use crate::{Actor, Desk, Error, Result, actor::Signed, jobs::Done, people::keep_pace, scribe::Scribe};

pub(crate) const KIND: &str = "export";

/// Days for which an archive is kept.
pub const KEPT_DAYS: i64 = 7;

/// Asks for it; one that is being made or lies ready is the answer.
pub async fn ask(desk: &Desk, actor: &Actor) -> Result<ExportId> {
    let signed = actor.signed()?;
    keep_pace(desk, actor)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let now = scribe.now;
    if let Some(asked) = store::exports::newest_of(&scribe.tx, signed.person).await?
        && asked.made.is_none()
        && asked.expires_at > now
    {
        scribe.settle().await?;
        return Ok(asked.id);
    }
    let until = now.plus(SignedDuration::from_hours(24 * KEPT_DAYS));
    let id = store::exports::insert(&scribe.tx, signed.person, (now, until)).await?;
    scribe.enqueue(KIND, &format!("{KIND}/{id}"), &Asked { export: id }, now).await?;
    scribe.audit(&Act::PersonExported { person: signed.person }).await?;
    scribe.settle().await?;
    Ok(id)
}

#[derive(Debug, Deserialize, Serialize)]
struct Asked {
    export: ExportId,
}

/// Makes the archive, of what the person sees now.
pub(crate) async fn make(desk: &Desk, payload: &str) -> Result<Done> {
    let Asked { export } = serde_json::from_str(payload).map_err(Error::broken)?;
    let asked = store::exports::get(desk.store.read(), export).await?;
    if asked.made.is_some() {
        return Ok(Done::Finished);
    }
    let actor = Actor::Person(Box::new(Signed::read(desk.store.read(), asked.person).await?));
    let redacted = store::redactions::last(desk.store.read()).await?;
    let gathered = gather(desk, &actor, About::Person(asked.person)).await?;
    let incoming: String = desk.draw::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
    let archive = std::pin::pin!(zip(gathered.files));
    let written = desk.store.blobs().write(&incoming, u64::MAX, archive).await.map_err(|why| match why {
        NotKept::TooLarge { .. } => Error::broken("an archive has no limit"),
        NotKept::Interrupted(why) => Error::broken(why),
        NotKept::Store(error) => error.into(),
    })?;
    let tx = desk.store.begin().await?;
    if store::redactions::last(&tx).await? != redacted {
        return Ok(Done::Again { fault: "something was redacted while the archive was made".to_owned() });
    }
    let bytes = i64::try_from(written.bytes).map_err(Error::broken)?;
    store::exports::made(&tx, export, (&written.id, bytes)).await?;
    tx.commit().await?;
    Ok(Done::Finished)
}

/// PRV-2: archives that may hold what was redacted are made anew, without it.
pub(crate) async fn make_anew(scribe: &mut Scribe<'_>, ticket: TicketId) -> Result<()> {
    let people = crate::tickets::redaction_people(&scribe.tx, ticket).await?;
    let (now, at) = (scribe.now, scribe.now.micros());
    for (id, _) in store::redactions::exports(&scribe.tx, &people).await? {
        store::redactions::unmake_export(&scribe.tx, id).await?;
        scribe.enqueue(KIND, &format!("{KIND}/{id}/{at}"), &Asked { export: id }, now).await?;
    }
    Ok(())
}

/// The archive that the account page speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnExport {
    pub id: ExportId,
    pub asked_at: Instant,
    /// Its size, once it is made.
    pub bytes: Option<i64>,
    pub expires_at: Instant,
}

pub async fn own(desk: &Desk, actor: &Actor) -> Result<Option<OwnExport>> {
    let person = actor.signed()?.person;
    let newest = store::exports::newest_of(desk.store.read(), person).await?;
    Ok(newest.filter(|export| export.expires_at > desk.now()).map(
        |Export { id, asked_at, made, expires_at, .. }| OwnExport {
            id,
            asked_at,
            bytes: made.map(|(_, bytes)| bytes),
            expires_at,
        },
    ))
}

/// One's own archive, piece by piece.
pub async fn fetch(
    desk: &Desk,
    actor: &Actor,
    id: ExportId,
) -> Result<(i64, BoxStream<'static, store::Result<Bytes>>)> {
    let person = actor.signed()?.person;
    let export = store::exports::get(desk.store.read(), id).await?;
    let is_theirs = export.person == person && export.expires_at > desk.now();
    let (blob, bytes) = export.made.filter(|_| is_theirs).ok_or(Error::NotFound)?;
    Ok((bytes, desk.store.blobs().stream(&blob).await?))
}

/// Throws away those whose time is over; the broom takes their bytes a day later.
pub(crate) async fn sweep(tx: &store::Tx, now: Instant) -> Result<u64> {
    Ok(store::exports::sweep(tx, now).await?)
}
