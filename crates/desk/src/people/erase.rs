//! A person is erased: everything that says who they were goes; ids, counts and clocks stay (PRV-1). The list of who was
//! erased outlives the database, so that a restore, which brings them back, erases them again.

use rules::{
    access::Action,
    events::{Event, PersonEvent},
    ids::PersonId,
};
use store::{
    erasure::Looked,
    erasures::{Erasure, Whom},
};

use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Returns when the database and the list have it; every place that was looked at, and what went there.
pub async fn erase(desk: &Desk, actor: &Actor, person: PersonId) -> Result<Vec<Looked>> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(Action::ErasePerson)?;
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let looked = erase_in(&mut scribe, person).await?;
    scribe.settle().await?;
    desk.store.note_erasures().await?;
    Ok(looked)
}

/// The same within a transaction; who was erased already is erased once more, where a draft or a mail came since.
pub(crate) async fn erase_in(scribe: &mut Scribe<'_>, person: PersonId) -> Result<Vec<Looked>> {
    store::people::get(&scribe.tx, person).await?;
    let looked = store::erasure::erase(&scribe.tx, person, scribe.now).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::Erased { person }), now).await?;
    Ok(looked)
}

/// Erases those of a list whom a restore brought back; who it was. The list is taken into the desk's own first.
pub async fn erase_again(desk: &Desk, erasures: &[Erasure]) -> Result<Vec<Whom>> {
    desk.store.add_erasures(erasures.to_vec()).await?;
    let mut again = Vec::new();
    for erasure in erasures {
        if !is_back(desk, erasure).await? {
            continue;
        }
        match erasure.whom {
            Whom::Person(person) => drop(erase(desk, &Actor::DESK, person).await?),
            // Those of its people who were erased with it stand in the list by themselves.
            Whom::Organisation(id) => drop(crate::organisations::erase_again(desk, id).await?),
        }
        again.push(erasure.whom);
    }
    Ok(again)
}

/// Whether who was erased is there again. Who came after the erasure is somebody else: a restore gives numbers again that
/// were given since the backup.
async fn is_back(desk: &Desk, erasure: &Erasure) -> Result<bool> {
    let conn = desk.store.read();
    let found = match erasure.whom {
        Whom::Person(id) => store::people::get(conn, id).await.map(|it| (it.erased_at, it.created_at)),
        Whom::Organisation(id) => store::organisations::get(conn, id).await.map(|it| (it.erased_at, it.created_at)),
    };
    match found {
        Ok((erased_at, created_at)) => Ok(erased_at.is_none() && created_at <= erasure.at),
        Err(store::Error::NotFound) => Ok(false),
        Err(error) => Err(Error::from(error)),
    }
}
