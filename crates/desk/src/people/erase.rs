//! A person is erased: everything that says who they were goes; ids, counts and clocks stay (PRV-1). The list of who was
//! erased outlives the database, so that a restore, which brings them back, erases them again.

use rules::{
    access::Action,
    events::{Event, PersonEvent},
    ids::PersonId,
};
use store::erasures::Erasure;

use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Returns when the database and the list have it.
pub async fn erase(desk: &Desk, actor: &Actor, person: PersonId) -> Result<()> {
    if !matches!(actor, Actor::Desk) {
        actor.staff(Action::ErasePerson)?;
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    store::people::get(&scribe.tx, person).await?;
    store::erasure::erase(&scribe.tx, person, scribe.now).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::Erased { person }), now).await?;
    scribe.settle().await?;
    desk.store.note_erasures().await?;
    Ok(())
}

/// Erases those of a list whom a restore brought back; who it was. The list is taken into the desk's own first.
pub async fn erase_again(desk: &Desk, erasures: &[Erasure]) -> Result<Vec<PersonId>> {
    desk.store.add_erasures(erasures.to_vec()).await?;
    let mut again = Vec::new();
    for erasure in erasures {
        match store::people::get(desk.store.read(), erasure.person).await {
            // Who came after the erasure is somebody else: a restore gives numbers again that were given since the backup.
            Ok(person) if person.erased_at.is_none() && person.created_at <= erasure.at => {
                erase(desk, &Actor::Desk, erasure.person).await?;
                again.push(erasure.person);
            }
            Ok(_) | Err(store::Error::NotFound) => {}
            Err(error) => return Err(Error::from(error)),
        }
    }
    Ok(again)
}
