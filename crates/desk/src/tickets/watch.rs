//! Staff who want to hear of a request that is not theirs: they get the customer's answers and the warnings of its clocks.

use rules::{
    access::Action,
    ids::{PersonId, TicketId},
};
use store::Handle;

use super::{seen, sees};
use crate::{Actor, Desk, Result};

pub async fn watch(desk: &Desk, actor: &Actor, id: TicketId) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    seen(desk.store.read(), signed, id).await?;
    let tx = desk.store.begin().await?;
    store::ties::watch(&tx, id, signed.person, desk.now()).await?;
    Ok(tx.commit().await?)
}

pub async fn unwatch(desk: &Desk, actor: &Actor, id: TicketId) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    let tx = desk.store.begin().await?;
    store::ties::unwatch(&tx, id, signed.person).await?;
    Ok(tx.commit().await?)
}

/// Those who watch it, work at the desk still and see it (VIS-2).
pub(crate) async fn watchers(conn: &Handle, id: TicketId) -> Result<Vec<PersonId>> {
    let facts = store::tickets::facts(conn, id).await?;
    let mut watching = Vec::new();
    for person in store::ties::watchers(conn, id).await? {
        let is_staff = !store::people::grants(conn, person).await?.is_empty();
        if is_staff && sees(conn, &facts, person).await? {
            watching.push(person);
        }
    }
    Ok(watching)
}
