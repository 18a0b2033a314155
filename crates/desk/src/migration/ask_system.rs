//! Somebody comes from a system that the tool does not read: it is counted, so that the product team sees what is missed
//! most. Until there is a forum, this is where such wishes go.

use rules::{
    access::Action,
    keys::EntryKey,
    migration::{normal, tidy},
    refusal::{Fault, FieldFault},
};
use store::systems::{Asked, NewVoice};

use crate::{Actor, Desk, Error, Result, people::keep_pace};

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The tool reads it: by its key in the policy.
    Listed(EntryKey),
    /// Counted, as this name.
    Counted(String),
    /// The organisation, or the person, had been counted for it before.
    CountedBefore(String),
}

/// Counts a system, once for an organisation.
pub async fn ask_system(desk: &Desk, actor: &Actor, written: &str) -> Result<Heard> {
    let signed = actor.signed()?;
    keep_pace(desk, actor)?;
    let missing = || Error::Invalid(vec![FieldFault { field: "system".to_owned(), fault: Fault::Missing }]);
    let name = tidy(written).ok_or_else(missing)?;
    let policy = desk.policy().await?;
    let migration = policy.policy().migration.as_ref().ok_or(Error::NotFound)?;
    if let Some((key, _)) = migration.supported.iter().find(|(_, system)| normal(&system.name) == normal(&name)) {
        return Ok(Heard::Listed(key.clone()));
    }
    let tx = desk.store.begin().await?;
    let voice = NewVoice {
        system: &normal(&name),
        written: &name,
        person: signed.person,
        organisation: signed.organisation(),
        now: desk.now(),
    };
    let is_new = store::systems::ask(&tx, voice).await?;
    tx.commit().await?;
    Ok(if is_new { Heard::Counted(name) } else { Heard::CountedBefore(name) })
}

/// What was asked for, the most wanted first, for staff.
pub async fn asked_systems(desk: &Desk, actor: &Actor) -> Result<Vec<Asked>> {
    actor.staff(Action::UseDesk)?;
    Ok(store::systems::asked(desk.store.read()).await?)
}
