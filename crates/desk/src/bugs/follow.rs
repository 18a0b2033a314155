//! A customer follows a bug that is known to all: they hear of its fix without a request of their own (BUG-4).

use rules::ids::BugId;

use super::known::visible;
use crate::{Actor, Desk, Result, scribe::Scribe};

pub async fn follow(desk: &Desk, actor: &Actor, id: BugId) -> Result<()> {
    let signed = actor.signed()?;
    visible(desk.store.read(), id).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::bugs::follow(&scribe.tx, id, signed.person, scribe.now).await? {
        super::order(&mut scribe, id).await?;
    }
    scribe.settle().await
}

pub async fn unfollow(desk: &Desk, actor: &Actor, id: BugId) -> Result<()> {
    let signed = actor.signed()?;
    visible(desk.store.read(), id).await?;
    let scribe = Scribe::begin(desk, actor).await?;
    store::bugs::unfollow(&scribe.tx, id, signed.person).await?;
    scribe.settle().await
}
