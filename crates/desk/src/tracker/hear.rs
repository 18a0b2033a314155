//! The tracker calls. What is signed is a hint where to look, noted in one transaction and worked off later; anything else is counted and does
//! nothing.

use rules::{
    ids::BugId,
    tracker::{Heard, hear as read, is_delivery, signed},
};

use super::{
    Work, access,
    order::{order, order_work},
    read::order_read,
};
use crate::{
    Actor, Desk, Error, Result,
    people::{Trying, attempt},
    scribe::Scribe,
};

/// A call as it came.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub event: &'a str,
    /// Its name.
    pub delivery: &'a str,
    pub signature: &'a str,
    /// The type of its body.
    pub kind: &'a str,
    pub body: &'a [u8],
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It is looked at soon, or was heard before, or is about nothing that is mirrored.
    Taken,
    /// None of the secrets signed it.
    Forged,
    /// It is signed, and nothing that can be read.
    Unreadable,
}

/// # Errors
/// Where no tracker is set up there is nothing here; a network that forges calls is limited.
pub async fn hear(desk: &Desk, actor: &Actor, call: Call<'_>) -> Result<Hearing> {
    let tracker = store::tracker::get(desk.store.read()).await?.ok_or(Error::NotFound)?;
    if !signed(&access::secrets(desk, &tracker), call.body, call.signature) {
        let tx = desk.store.begin().await?;
        let now = desk.now();
        attempt(&tx, Trying::Token, actor.network(), actor.network(), now).await?;
        store::tracker::forged(&tx, now).await?;
        tx.commit().await?;
        return Ok(Hearing::Forged);
    }
    let heard = read(call.event, (call.kind, call.body), &tracker.repository);
    let (Ok(heard), true) = (heard, is_delivery(call.delivery)) else { return Ok(Hearing::Unreadable) };
    let mut scribe = Scribe::begin(desk, actor).await?;
    let now = scribe.now;
    store::tracker::heard(&scribe.tx, now).await?;
    if !store::tracker::note_delivery(&scribe.tx, call.delivery, now).await? {
        scribe.settle().await?;
        return Ok(Hearing::Taken);
    }
    match heard {
        Heard::Issue { number } => look_at(&mut scribe, &tracker.repository, (number, None)).await?,
        Heard::Comment { issue, gone } => look_at(&mut scribe, &tracker.repository, (issue, gone)).await?,
        Heard::Milestone { was } => {
            let work = Work::Milestone { was, behind: BugId(0) };
            order_work(&mut scribe, &format!("milestone/{}", call.delivery), &work).await?;
        }
        Heard::Ping => order_read(&mut scribe).await?,
        Heard::Other => {}
    }
    scribe.settle().await?;
    Ok(Hearing::Taken)
}

/// An issue that is a bug's is looked at. A comment that was deleted there goes here: to ask for it would find nothing.
async fn look_at(scribe: &mut Scribe<'_>, repository: &str, (issue, gone): (i64, Option<i64>)) -> Result<()> {
    let Some(link) = store::tracker::by_issue(&scribe.tx, repository, issue).await? else { return Ok(()) };
    if let Some(comment) = gone {
        store::tracker::remove_comment(&scribe.tx, link.bug, comment).await?;
    }
    order(scribe, link.bug).await
}
