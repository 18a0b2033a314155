//! Who belongs to several organisations says for which one they file. What was filed stays where it is (VIS-4).

use rules::ids::OrganisationId;

use crate::{Actor, Desk, Result};

pub async fn act_for(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<()> {
    let person = actor.belongs(id)?.person;
    let tx = desk.store.begin().await?;
    store::people::act_for(&tx, person, id).await?;
    Ok(tx.commit().await?)
}
