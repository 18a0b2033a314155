//! An organisation is erased: its name, its domains, what its licences are called, and the texts, files and mails of the requests
//! that were filed for it (PRV-1). Ids, counts, clocks and the journal stay. The list beside the database has it, so that a
//! restore erases it again.

use rules::{
    access::Action,
    events::{Event, OrganisationEvent},
    ids::{OrganisationId, PersonId},
    people::erased_name,
    refusal::Refusal,
};
use store::erasure::Looked;

use crate::{Actor, Desk, Error, Result, people, scribe::Scribe};

/// What becomes of its people, former ones too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Its {
    /// They stay people without this organisation.
    Kept,
    /// Those who belong to no other and do not work at the desk are erased with it.
    Erased,
}

/// What somebody wants erased.
#[derive(Clone, Debug)]
pub struct Erasing {
    pub people: Its,
    /// Its name once more, of who does it on a page; the command line asks by itself.
    pub typed: String,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Erased {
    /// Every place that was looked at, and what went there.
    pub looked: Vec<Looked>,
    /// Those of its people who were erased with it.
    pub people: Vec<PersonId>,
}

/// How much there is of an organisation, before it is handed out or erased.
#[derive(Clone, Debug)]
pub struct Held {
    pub name: String,
    pub requests: usize,
    /// Former members too.
    pub people: usize,
}

/// For who may hand it out or erase it; what was erased is not there.
pub async fn held(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<Held> {
    actor.staff(Action::ErasePerson)?;
    let conn = desk.store.read();
    let organisation = store::organisations::get(conn, id).await?;
    if organisation.erased_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(Held {
        name: organisation.name,
        requests: store::exports::requests_for(conn, id).await?.len(),
        people: store::exports::members(conn, id).await?.len(),
    })
}

/// Returns when the database and the list have it.
pub async fn erase(desk: &Desk, actor: &Actor, id: OrganisationId, erasing: Erasing) -> Result<Erased> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(Action::ErasePerson)?;
        let name = held(desk, actor, id).await?.name;
        if erasing.typed.trim() != name {
            return Err(Refusal::TypedOtherwise { expected: name }.into());
        }
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    store::organisations::get(&scribe.tx, id).await?;
    // Before their memberships end.
    let members = match erasing.people {
        Its::Kept => vec![],
        Its::Erased => its_own(&scribe, id).await?,
    };
    let mut erased = Erased { looked: whole(&mut scribe, id).await?, people: members };
    for person in &erased.people {
        for of_person in people::erase_in(&mut scribe, *person).await? {
            match erased.looked.iter_mut().find(|it| it.place == of_person.place && it.place != "name") {
                Some(looked) => looked.rows += of_person.rows,
                None => erased.looked.push(of_person),
            }
        }
    }
    scribe.settle().await?;
    desk.store.note_erasures().await?;
    Ok(erased)
}

/// After a restore brought it back.
pub(crate) async fn erase_again(desk: &Desk, id: OrganisationId) -> Result<Erased> {
    erase(desk, &Actor::DESK, id, Erasing { people: Its::Kept, typed: String::new() }).await
}

async fn whole(scribe: &mut Scribe<'_>, id: OrganisationId) -> Result<Vec<Looked>> {
    let now = scribe.now;
    let looked = store::erasure::erase_organisation(&scribe.tx, id, &erased_name(id), now).await?;
    scribe.record(Event::Organisation(OrganisationEvent::Erased { organisation: id }), now).await?;
    Ok(looked)
}

/// Who belongs or belonged to it, and to nothing else.
async fn its_own(scribe: &Scribe<'_>, id: OrganisationId) -> Result<Vec<PersonId>> {
    let mut own = vec![];
    for person in store::exports::members(&scribe.tx, id).await? {
        let elsewhere = store::organisations::memberships(&scribe.tx, person).await?;
        let is_elsewhere = elsewhere.iter().any(|it| it.until.is_none() && it.organisation.id != id);
        let is_staff = !store::people::grants(&scribe.tx, person).await?.is_empty();
        let is_gone = store::people::get(&scribe.tx, person).await?.erased_at.is_some();
        if !is_elsewhere && !is_staff && !is_gone {
            own.push(person);
        }
    }
    Ok(own)
}
