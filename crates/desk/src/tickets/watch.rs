//! Staff who want to hear of a request that is not theirs: they get the customer's answers and the warnings of its clocks.

use rules::{
    access::{Action, Grant},
    events::Secrecy,
    ids::{PersonId, TicketId},
};
use store::Handle;

use super::seen;
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

/// Those who watch it and may still see it (VIS-2).
pub(crate) async fn watchers(conn: &Handle, id: TicketId, secrecy: Secrecy) -> Result<Vec<PersonId>> {
    let mut watching = Vec::new();
    for person in store::ties::watchers(conn, id).await? {
        let grants = store::people::grants(conn, person).await?;
        let may = match secrecy {
            Secrecy::Open => !grants.is_empty(),
            Secrecy::Confidential => {
                grants.iter().any(|grant| matches!(grant, Grant::Agent | Grant::Lead | Grant::Security))
            }
            Secrecy::Security => grants.contains(&Grant::Security),
        };
        if may {
            watching.push(person);
        }
    }
    Ok(watching)
}
