//! Which way somebody wants to be told of each kind, and whether their devices show it.

use rules::{
    access::Action,
    notices::{Chosen, Notice},
};

use crate::{Actor, Desk, Result};

/// What counts for a person, kind by kind.
pub async fn choices(desk: &Desk, actor: &Actor) -> Result<Vec<(Notice, Chosen)>> {
    let signed = actor.staff(Action::UseDesk)?;
    let chosen = store::notifications::choices(desk.store.read(), signed.person).await?;
    let of = |kind: Notice| chosen.iter().find(|it| it.0 == kind).map(|it| it.1).unwrap_or_default().of(kind);
    Ok(Notice::ALL.into_iter().map(|kind| (kind, of(kind))).collect())
}

/// Chooses for the kinds that are named; what is not theirs to choose stays.
pub async fn choose(desk: &Desk, actor: &Actor, chosen: &[(Notice, Chosen)]) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    let tx = desk.store.begin().await?;
    for (kind, chosen) in chosen.iter().filter(|it| it.0.can_choose()) {
        store::notifications::choose(&tx, signed.person, *kind, *chosen).await?;
    }
    Ok(tx.commit().await?)
}
