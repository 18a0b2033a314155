//! Who files for several organisations, their own or a reseller's customers (ENT-4), says for which one. What was filed stays
//! where it is (VIS-4).

use rules::ids::OrganisationId;

use crate::{Actor, Desk, Error, Result};

pub async fn act_for(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<()> {
    let signed = actor.signed()?;
    if !signed.files_for.iter().any(|it| it.organisation == id) {
        return Err(Error::NotFound);
    }
    let person = signed.person;
    let tx = desk.store.begin().await?;
    store::people::act_for(&tx, person, id).await?;
    Ok(tx.commit().await?)
}
