//! Who belongs to an organisation and as what, and what happens when somebody leaves it (REG-7).

use rules::{
    access::{Grant, Role},
    events::{Event, OrganisationEvent, TicketEvent},
    ids::{OrganisationId, PersonId, TicketId},
    people::Address,
    refusal::OrganisationRefusal,
};

use super::sharing::{refused, standing};
use crate::{
    Actor, Desk, Result, licences,
    mail::{OfOrganisation, Order, OrganisationTold, order},
    scribe::Scribe,
};

/// Makes a member a contact, a manager, or a plain member again.
pub async fn set_role(desk: &Desk, actor: &Actor, id: OrganisationId, person: PersonId, role: Role) -> Result<()> {
    actor.manages(id)?;
    standing(desk.store.read(), id).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let before = store::organisations::role_of(&scribe.tx, id, person).await?;
    let Some(before) = before else { return Err(refused(OrganisationRefusal::NoMember)) };
    if before != role {
        licences::check_role(desk, &scribe.tx, id, (before, role)).await?;
        store::organisations::set_role(&scribe.tx, id, person, role).await?;
        // In what ended in it nobody is more than here; what they were there they may not become by this (VIS-4).
        for ended in store::merges::family(&scribe.tx, id).await? {
            if store::organisations::role_of(&scribe.tx, ended, person).await?.is_some_and(|there| there > role) {
                store::organisations::set_role(&scribe.tx, ended, person, role).await?;
            }
        }
        let now = scribe.now;
        let event = OrganisationEvent::RoleSet { organisation: id, person, role };
        scribe.record(Event::Organisation(event), now).await?;
        if before == Role::Manager {
            miss_managers(&mut scribe, id).await?;
        }
    }
    scribe.settle().await
}

/// Who leaves, and who goes on with their open requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub person: PersonId,
    /// An address of another member; empty: nobody.
    pub heir: String,
}

/// Ends a membership: the person keeps what they filed themselves, and an heir goes on with what is open. What was told in
/// confidence stays with who told it (VIS-2).
pub async fn end_membership(desk: &Desk, actor: &Actor, id: OrganisationId, leaving: Leaving) -> Result<()> {
    actor.manages(id)?;
    standing(desk.store.read(), id).await?;
    end(desk, actor, id, leaving).await
}

/// Leaves an organisation oneself.
pub async fn leave(desk: &Desk, actor: &Actor, id: OrganisationId, heir: &str) -> Result<()> {
    let person = actor.belongs(id)?.person;
    end(desk, actor, id, Leaving { person, heir: heir.to_owned() }).await
}

async fn end(desk: &Desk, actor: &Actor, id: OrganisationId, leaving: Leaving) -> Result<()> {
    let person = leaving.person;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let Some(role) = store::organisations::role_of(&scribe.tx, id, person).await? else {
        return Err(refused(OrganisationRefusal::NoMember));
    };
    let heir = heir_of(&scribe, id, &leaving).await?;
    let now = scribe.now;
    // Who leaves leaves what ended in it too (VIS-4).
    let ended = store::merges::family(&scribe.tx, id).await?;
    let mut open = vec![];
    for left in ended.into_iter().chain([id]) {
        open.extend(store::tickets::to_hand_over(&scribe.tx, person, left).await?);
        store::organisations::leave(&scribe.tx, left, person, now).await?;
    }
    if let Some(heir) = heir {
        hand_over(&mut scribe, open, heir).await?;
    }
    scribe.record(Event::Organisation(OrganisationEvent::Left { organisation: id, person, heir }), now).await?;
    tell(&mut scribe, (id, person), OrganisationTold::Left).await?;
    if role == Role::Manager {
        miss_managers(&mut scribe, id).await?;
    }
    scribe.settle().await
}

/// The member who goes on; `None` where nobody shall.
async fn heir_of(scribe: &Scribe<'_>, id: OrganisationId, leaving: &Leaving) -> Result<Option<PersonId>> {
    if leaving.heir.trim().is_empty() {
        return Ok(None);
    }
    let no_heir = || refused(OrganisationRefusal::NoHeir);
    let address = Address::parse(&leaving.heir).map_err(|_| no_heir())?;
    let heir = store::people::by_address(&scribe.tx, &address.key()).await?.ok_or_else(no_heir)?;
    let is_member = store::organisations::role_of(&scribe.tx, id, heir).await?.is_some();
    if heir == leaving.person || !is_member { Err(no_heir()) } else { Ok(Some(heir)) }
}

async fn hand_over(scribe: &mut Scribe<'_>, open: Vec<TicketId>, heir: PersonId) -> Result<()> {
    for ticket in open {
        store::tickets::add_heir(&scribe.tx, ticket, heir, scribe.now).await?;
        scribe.ticket(ticket, TicketEvent::ParticipantAdded { person: heir }).await?;
    }
    Ok(())
}

/// When the last manager went, those at the desk who look after organisations hear of it.
async fn miss_managers(scribe: &mut Scribe<'_>, id: OrganisationId) -> Result<()> {
    if !store::organisations::managers(&scribe.tx, id).await?.is_empty() {
        return Ok(());
    }
    for lead in store::people::with_any_grant(&scribe.tx, &[Grant::Lead]).await? {
        tell(scribe, (id, lead.id), OrganisationTold::NoManager).await?;
    }
    Ok(())
}

pub(super) async fn tell(
    scribe: &mut Scribe<'_>,
    (id, to): (OrganisationId, PersonId),
    what: OrganisationTold,
) -> Result<()> {
    let at = scribe.now.micros();
    order(scribe, Order::Organisation(OfOrganisation { what, organisation: id, to, at })).await
}
