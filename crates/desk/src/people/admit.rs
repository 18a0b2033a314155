//! Who signed up with an address of a public mail provider waits where the policy has it so, until staff let them in or not
//! (REG-3). Until then they see how it stands, and nothing else.

use rules::{
    access::{Action, Role},
    events::{Event, OrganisationEvent, PersonEvent},
    ids::{OrganisationId, PersonId},
    refusal::{Fault, FieldFault, OrganisationRefusal, Refusal},
};
use store::Handle;
pub use store::people::Waiting;

use crate::{
    Actor, Desk, Error, Result,
    mail::{Order, order},
    scribe::Scribe,
};

/// Who waits, and who was turned away, the longest first.
pub async fn waiting(desk: &Desk, actor: &Actor) -> Result<Vec<Waiting>> {
    actor.staff(Action::UseDesk)?;
    Ok(store::people::waiting(desk.store.read()).await?)
}

/// Lets somebody in: a member of the organisation with that number or domain, or where that is empty on their own.
pub async fn admit(desk: &Desk, actor: &Actor, person: PersonId, into: &str) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if !store::people::admit(&scribe.tx, person).await? {
        return Err(Error::NotFound);
    }
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::Admitted { person }), now).await?;
    if let Some(organisation) = known_by(&scribe.tx, into.trim()).await?
        && store::organisations::role_of(&scribe.tx, organisation, person).await?.is_none()
    {
        store::organisations::join(&scribe.tx, organisation, person, Role::Member, now).await?;
        let event = OrganisationEvent::Joined { organisation, person };
        scribe.record(Event::Organisation(event), now).await?;
    }
    order(&mut scribe, Order::Admission { to: person, at: now.micros() }).await?;
    scribe.settle().await
}

/// An organisation by number or domain; the one in which it ended, where it did.
pub(crate) async fn known_by(conn: &Handle, written: &str) -> Result<Option<OrganisationId>> {
    if written.is_empty() {
        return Ok(None);
    }
    let unknown = || Refusal::Organisation(OrganisationRefusal::Unknown { text: written.chars().take(200).collect() });
    let id = match written.parse() {
        Ok(number) => OrganisationId(number),
        Err(_) => {
            let name = written.trim_start_matches('@').to_lowercase();
            let found = store::organisations::domains(conn, &[name]).await?;
            found.first().map(|(_, id)| *id).ok_or_else(unknown)?
        }
    };
    match store::organisations::get(conn, id).await {
        Ok(found) => Ok(Some(store::merges::survivor(conn, found.id).await?)),
        Err(store::Error::NotFound) => Err(unknown().into()),
        Err(error) => Err(error.into()),
    }
}

/// Does not let somebody in, and tells them why.
pub async fn turn_away(desk: &Desk, actor: &Actor, person: PersonId, reason: &str) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let reason: String = reason.trim().chars().take(2000).collect();
    let is_waiting = store::people::waiting(desk.store.read()).await?.iter().any(|it| it.person == person);
    if !is_waiting {
        return Err(Error::NotFound);
    }
    if reason.is_empty() {
        return Err(Error::Invalid(vec![FieldFault { field: "reason".into(), fault: Fault::Missing }]));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let now = scribe.now;
    if store::people::turn_away(&scribe.tx, person, &reason, now).await? {
        scribe.record(Event::Person(PersonEvent::TurnedAway { person }), now).await?;
        order(&mut scribe, Order::Admission { to: person, at: now.micros() }).await?;
    }
    scribe.settle().await
}
