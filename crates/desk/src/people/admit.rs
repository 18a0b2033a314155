//! Who signed up with an address of a public mail provider waits where the policy has it so, until staff let them in or not
//! (REG-3). Until then they see how it stands, and nothing else.

use rules::{
    access::{Action, Role},
    events::{Event, OrganisationEvent, PersonEvent},
    ids::PersonId,
    refusal::{Fault, FieldFault},
};
pub use store::people::Waiting;

use crate::{
    Actor, Desk, Error, Result,
    mail::{Order, order},
    organisations,
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
    if let Some(organisation) = organisations::named(&scribe.tx, into.trim()).await?
        && store::organisations::role_of(&scribe.tx, organisation, person).await?.is_none()
    {
        store::organisations::join(&scribe.tx, organisation, person, Role::Member, now).await?;
        let event = OrganisationEvent::Joined { organisation, person };
        scribe.record(Event::Organisation(event), now).await?;
    }
    order(&mut scribe, Order::Admission { to: person, at: now.micros() }).await?;
    scribe.settle().await
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
