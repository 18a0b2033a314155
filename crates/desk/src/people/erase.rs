//! A person is erased: everything that says who they were goes; ids, counts and clocks stay (PRV-1).

use rules::{
    access::Action,
    events::{Event, PersonEvent},
    ids::PersonId,
};

use crate::{Actor, Desk, Result, scribe::Scribe};

pub async fn erase(desk: &Desk, actor: &Actor, person: PersonId) -> Result<()> {
    if !matches!(actor, Actor::Desk) {
        actor.staff(Action::ErasePerson)?;
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    store::people::get(&scribe.tx, person).await?;
    store::erasure::erase(&scribe.tx, person, scribe.now).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::Erased { person }), now).await?;
    scribe.settle().await
}
