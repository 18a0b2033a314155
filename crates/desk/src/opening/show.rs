//! The digest on the desk: of the last opening, as things stand now.

use rules::{access::Action, instant::Instant, opening::Opening};

use super::gather::gather;
use crate::{Actor, Desk, Result, tickets::Row};

/// What a page says of the last opening.
#[derive(Clone, Debug)]
pub struct Digest {
    /// None where the desk has not opened today.
    pub opening: Option<Opening>,
    pub came: Vec<Row>,
    pub due: Vec<Row>,
}

/// What somebody was told last, on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub at: Instant,
    pub came: i64,
    pub due: i64,
    pub is_read: bool,
}

/// What came before today's opening and what is due today, of what still needs an answer; looked at from now on.
pub async fn show(desk: &Desk, actor: &Actor) -> Result<Digest> {
    let signed = actor.staff(Action::UseDesk)?;
    let policy = desk.policy().await?;
    let now = desk.now();
    if store::digests::of(desk.store.read(), signed.person).await?.is_some_and(|it| it.read_at.is_none()) {
        let tx = desk.store.begin().await?;
        store::digests::read(&tx, signed.person, now, now).await?;
        tx.commit().await?;
    }
    let Some(opening) = Opening::of_today(policy.hours(), now) else {
        return Ok(Digest { opening: None, came: vec![], due: vec![] });
    };
    let gathered = gather(desk, signed, opening).await?;
    let tickets = |items: Vec<super::Item>| items.into_iter().map(|it| it.ticket).collect();
    let came = crate::tickets::rows(desk, tickets(gathered.came)).await?;
    let due = crate::tickets::rows(desk, tickets(gathered.due)).await?;
    Ok(Digest { opening: Some(opening), came, due })
}

/// What the reader was told last.
pub async fn told(desk: &Desk, actor: &Actor) -> Result<Option<Told>> {
    let signed = actor.staff(Action::UseDesk)?;
    let told = store::digests::of(desk.store.read(), signed.person).await?.filter(|it| it.shown);
    Ok(told.map(|it| Told { at: it.told_at, came: it.came, due: it.due, is_read: it.read_at.is_some() }))
}
