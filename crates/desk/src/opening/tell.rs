//! Tells it: a job at each opening, which orders the next. Who was told at an opening is not told again, whatever node or
//! release runs the job, and however often.

use rules::{
    access::Grant,
    ids::PersonId,
    instant::Instant,
    notices::{Chosen, Notice, Way},
    opening::Opening,
};
use serde::{Deserialize, Serialize};
use store::digests::Digest;

use super::gather::{Gathered, Item, gather};
use crate::{
    Actor, Desk, Error, Result,
    actor::Signed,
    jobs::Done,
    mail::{OpeningDigest, Order, order},
    push,
    scribe::Scribe,
};

/// The kind of job that tells.
pub const KIND: &str = "opening";
/// Requests that one mail lists of what came, and of what is due.
const LISTED: usize = 20;

#[derive(Debug, Deserialize, Serialize)]
struct Step {
    opens: Instant,
}

/// Has the next opening told, where it is not yet ordered. Holidays and hours that changed since are looked at again when
/// it has come.
pub(crate) async fn keep_up(desk: &Desk) -> Result<()> {
    let policy = match desk.policy().await {
        Ok(policy) => policy,
        // A desk without a policy keeps no hours.
        Err(Error::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let now = desk.now();
    // Today's, too, where nobody has told it: a desk that was down when it opened.
    let coming = [Opening::of_today(policy.hours(), now), Opening::after(policy.hours(), now)];
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    for opening in coming.into_iter().flatten() {
        owe(&mut scribe, opening.at).await?;
    }
    scribe.settle().await
}

async fn owe(scribe: &mut Scribe<'_>, opens: Instant) -> Result<()> {
    scribe.enqueue(KIND, &format!("{KIND}/{}", opens.micros()), &Step { opens }, opens).await
}

/// Tells everybody of the opening that has come, where it is one still, and orders the next.
pub(crate) async fn send(desk: &Desk, payload: &str) -> Result<Done> {
    let Step { opens } = serde_json::from_str(payload).map_err(Error::broken)?;
    let policy = desk.policy().await?;
    // Another opening of the same day has a job of its own; yesterday's is told no more.
    if let Some(opening) = Opening::of_today(policy.hours(), desk.now()).filter(|it| it.at == opens) {
        for person in store::people::with_any_grant(desk.store.read(), &Grant::ALL).await? {
            tell(desk, person.id, opening).await?;
        }
    }
    if let Some(next) = Opening::after(policy.hours(), desk.now()) {
        let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
        owe(&mut scribe, next.at).await?;
        scribe.settle().await?;
    }
    Ok(Done::Finished)
}

/// Tells one of them, each way that they chose; with nothing to say, or while they are away, not at all. Either way this
/// opening is over for them.
async fn tell(desk: &Desk, person: PersonId, opening: Opening) -> Result<()> {
    let conn = desk.store.read();
    if store::digests::of(conn, person).await?.is_some_and(|it| it.opened_at >= opening.at) {
        return Ok(());
    }
    let chosen = store::notifications::choice(conn, person, Notice::Opening).await?.unwrap_or_default();
    let signed = Signed::read(conn, person).await?;
    let is_away = store::away::until(conn, person, desk.now()).await?.is_some();
    let nothing = Chosen { way: Way::Neither, push: false };
    let Chosen { way, push } = if is_away || signed.waiting.is_some() { nothing } else { chosen };
    let is_told = Chosen { way, push }.is_told();
    let gathered = if is_told { gather(desk, &signed, opening).await? } else { Gathered::default() };
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let count = |all: &[Item]| i64::try_from(all.len()).map_err(Error::broken);
    let digest = Digest {
        opened_at: opening.at,
        told_at: scribe.now,
        came: count(&gathered.came)?,
        due: count(&gathered.due)?,
        shown: way.on_page() && !gathered.is_empty(),
        read_at: None,
    };
    // Another node may have been faster.
    let is_first = store::digests::note(&scribe.tx, person, &digest).await?;
    if is_first && push && !gathered.is_empty() {
        push::order_opening(&mut scribe, person, opening.at.micros(), (digest.came, digest.due)).await?;
    }
    if is_first && way.by_mail() && !gathered.is_empty() {
        let listed = |all: &[Item]| all.iter().take(LISTED).map(|it| it.ticket.id).collect();
        let mail = OpeningDigest {
            to: person,
            opened: opening.at.micros(),
            came: listed(&gathered.came),
            due: listed(&gathered.due),
            others: gathered.came.len().saturating_sub(LISTED) + gathered.due.len().saturating_sub(LISTED),
        };
        order(&mut scribe, Order::Opening(mail)).await?;
    }
    scribe.settle().await?;
    if is_first && digest.shown {
        desk.rang(person).await;
    }
    Ok(())
}
