//! Who files for whom (ENT-4). A manager of the end customer offers it to somebody of the reseller by their address; who manages
//! an organisation there takes it on. Whether the address has an account makes no difference to what is done or answered (REG-2).
//! Staff set it between two that they know. Either side and staff end it, at once.

use rules::{
    access::Action,
    events::{Event, OrganisationEvent},
    ids::{OrganisationId, PersonId, ResaleId},
    instant::Instant,
    people::{Address, OFFER, OPEN_INVITATIONS},
    refusal::{Fault, FieldFault, OrganisationRefusal},
};
use store::resales::{self, Resale};

use super::{
    list::named,
    members::tell,
    sharing::{refused, standing},
};
use crate::{
    Actor, Desk, Error, Result,
    mail::{Order, OrganisationTold, order},
    people::{Trying, attempt},
    scribe::Scribe,
};

/// What stands, or waits for an answer, between an organisation and another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub id: ResaleId,
    /// The other one's name; the address that was asked, while nobody there has taken it on.
    pub with: String,
    /// Since when; when it was offered.
    pub since: Instant,
    pub taken: bool,
    /// Until when an offer can be taken on.
    pub until: Instant,
}

/// Who files for an organisation, and for whom it files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resales {
    pub by: Vec<Filed>,
    pub of: Vec<Filed>,
}

/// For all staff and for its managers.
pub async fn resales(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<Resales> {
    let signed = actor.signed()?;
    if !signed.manages.contains(&id) {
        actor.staff(Action::UseDesk)?;
    }
    let conn = desk.store.read();
    let (mut by, mut of) = (resales::of(conn, id).await?, resales::by(conn, id).await?);
    by.retain(|it| it.ended_at.is_none());
    of.retain(|it| it.ended_at.is_none());
    let others = by.iter().filter_map(|it| it.reseller).chain(of.iter().map(|it| it.organisation)).collect::<Vec<_>>();
    let names = store::organisations::names(conn, &others).await?;
    let row = |it: &Resale, other: Option<OrganisationId>| Filed {
        id: it.id,
        with: other.map_or(it.written.clone(), |other| names.get(&other).cloned()).unwrap_or_default(),
        since: it.taken_at.unwrap_or(it.offered_at),
        taken: it.taken_at.is_some(),
        until: it.offered_at.plus(OFFER),
    };
    Ok(Resales {
        by: by.iter().map(|it| row(it, it.reseller)).collect(),
        of: of.iter().map(|it| row(it, Some(it.organisation))).collect(),
    })
}

/// Asks somebody's organisation to file for this one; once more, the offer counts from then on.
pub async fn offer_resale(desk: &Desk, actor: &Actor, id: OrganisationId, address: &str) -> Result<()> {
    let signed = actor.manages(id)?;
    if standing(desk.store.read(), id).await?.confirmed_at.is_none() {
        return Err(refused(OrganisationRefusal::Unconfirmed));
    }
    let wrong = |fault| Error::Invalid(vec![FieldFault { field: "reseller".into(), fault: Fault::Address(fault) }]);
    let address = Address::parse(address).map_err(wrong)?;
    let (written, canonical) = (address.to_string(), address.key());
    // Counted in a transaction of its own: what is refused counts too.
    let tx = desk.store.begin().await?;
    attempt(&tx, Trying::Invite, &canonical, actor.network(), desk.now()).await?;
    tx.commit().await?;
    let waiting = resales::of(desk.store.read(), id).await?;
    let is_same = |it: &&Resale| it.ended_at.is_none() && it.written.as_deref() == Some(&written);
    if let Some(reseller) = waiting.iter().find(is_same).and_then(|it| it.reseller) {
        let reseller = store::organisations::get(desk.store.read(), reseller).await?.name;
        return Err(refused(OrganisationRefusal::ResellsAlready { reseller }));
    }
    if waiting.iter().filter(|it| it.taken_at.is_none() && it.ended_at.is_none()).count() >= OPEN_INVITATIONS {
        return Err(refused(OrganisationRefusal::TooManyInvitations { limit: OPEN_INVITATIONS }));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    if let Some(person) = store::people::by_address(&scribe.tx, &canonical).await?
        && store::organisations::role_of(&scribe.tx, id, person).await?.is_some()
    {
        return Err(refused(OrganisationRefusal::ResellsItself));
    }
    let now = scribe.now;
    let resale = resales::offer(&scribe.tx, id, (&written, &canonical), signed.person, now).await?;
    scribe.record(Event::Organisation(OrganisationEvent::ResaleOffered { organisation: id }), now).await?;
    order(&mut scribe, Order::ResaleOffered { resale, at: now.micros() }).await?;
    scribe.settle().await
}

/// Staff set it between two organisations; the reseller by number or domain.
pub async fn set_resale(desk: &Desk, actor: &Actor, id: OrganisationId, reseller: &str) -> Result<()> {
    let signed = actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let organisation = standing(&scribe.tx, id).await?;
    let found = named(&scribe.tx, reseller.trim()).await?;
    let missing = || Error::Invalid(vec![FieldFault { field: "reseller".into(), fault: Fault::Missing }]);
    let found = found.ok_or_else(missing)?;
    if found == id {
        return Err(refused(OrganisationRefusal::ResellsItself));
    }
    let reseller = store::organisations::get(&scribe.tx, found).await?;
    if organisation.confirmed_at.is_none() || reseller.confirmed_at.is_none() {
        return Err(refused(OrganisationRefusal::Unconfirmed));
    }
    let (now, by) = (scribe.now, Some(signed.person));
    if resales::set(&scribe.tx, (id, found), by, now).await?.is_none() {
        return Err(refused(OrganisationRefusal::ResellsAlready { reseller: reseller.name }));
    }
    begun(&mut scribe, id, found).await?;
    scribe.settle().await
}

async fn begun(scribe: &mut Scribe<'_>, organisation: OrganisationId, reseller: OrganisationId) -> Result<()> {
    let now = scribe.now;
    scribe.record(Event::Organisation(OrganisationEvent::ResaleBegun { organisation, reseller }), now).await?;
    tell_managers(scribe, (organisation, reseller), OrganisationTold::ResaleBegun { reseller }).await
}

/// The managers of both.
async fn tell_managers(
    scribe: &mut Scribe<'_>,
    (organisation, reseller): (OrganisationId, OrganisationId),
    what: OrganisationTold,
) -> Result<()> {
    let mut managers = store::organisations::managers(&scribe.tx, organisation).await?;
    managers.extend(store::organisations::managers(&scribe.tx, reseller).await?);
    managers.sort_unstable();
    managers.dedup();
    for manager in managers {
        tell(scribe, (organisation, manager), what).await?;
    }
    Ok(())
}

/// An offer to somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub id: ResaleId,
    /// Of the end customer.
    pub name: String,
    /// The organisations for which they could take it on: those that they manage.
    pub takers: Vec<(OrganisationId, String)>,
}

/// Those to one's own addresses that are still good.
pub async fn offered(desk: &Desk, actor: &Actor) -> Result<Vec<Offered>> {
    let signed = actor.signed()?;
    let conn = desk.store.read();
    let mut all = vec![];
    for kept in to_person(desk, signed.person).await? {
        let of = kept.organisation;
        let may_take = |(id, _): &&(OrganisationId, String)| signed.manages.contains(id) && *id != of;
        let name = store::organisations::get(conn, of).await?.name;
        let takers = signed.organisations.iter().filter(may_take).cloned().collect();
        all.push(Offered { id: kept.id, name, takers });
    }
    Ok(all)
}

async fn to_person(desk: &Desk, person: PersonId) -> Result<Vec<Resale>> {
    let (conn, now) = (desk.store.read(), desk.now());
    let mut own = vec![];
    for address in store::people::addresses(conn, person).await? {
        let offers = resales::offered_to(conn, &address.canonical).await?;
        own.extend(offers.into_iter().filter(|it| it.offered_at.plus(OFFER) > now));
    }
    own.sort_by_key(|it| it.id);
    Ok(own)
}

/// Takes one on for an organisation that one manages, or declines it.
pub async fn answer_resale(desk: &Desk, actor: &Actor, id: ResaleId, taker: Option<OrganisationId>) -> Result<()> {
    let signed = actor.signed()?;
    let own = to_person(desk, signed.person).await?;
    let kept = own.into_iter().find(|it| it.id == id).ok_or(Error::NotFound)?;
    let organisation = kept.organisation;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let now = scribe.now;
    let Some(reseller) = taker else {
        if resales::end(&scribe.tx, id, now).await? {
            let event = OrganisationEvent::ResaleEnded { organisation, reseller: None };
            scribe.record(Event::Organisation(event), now).await?;
        }
        return scribe.settle().await;
    };
    if !signed.manages.contains(&reseller) {
        return Err(refused(OrganisationRefusal::ManagersTakeOn));
    }
    if standing(&scribe.tx, reseller).await?.confirmed_at.is_none() {
        return Err(refused(OrganisationRefusal::Unconfirmed));
    }
    if reseller == organisation {
        return Err(refused(OrganisationRefusal::ResellsItself));
    }
    if resales::between(&scribe.tx, organisation, reseller).await?.is_some() {
        let reseller = store::organisations::get(&scribe.tx, reseller).await?.name;
        return Err(refused(OrganisationRefusal::ResellsAlready { reseller }));
    }
    if !resales::take(&scribe.tx, id, reseller, now).await? {
        return Err(Error::NotFound);
    }
    begun(&mut scribe, organisation, reseller).await?;
    scribe.settle().await
}

/// Ends a grant or withdraws an offer, by whichever side or by staff.
pub async fn end_resale(desk: &Desk, actor: &Actor, side: OrganisationId, id: ResaleId) -> Result<()> {
    actor.manages(side)?;
    let kept = resales::get(desk.store.read(), id).await?;
    if kept.organisation != side && kept.reseller != Some(side) {
        return Err(Error::NotFound);
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let now = scribe.now;
    if resales::end(&scribe.tx, id, now).await? {
        let (organisation, reseller) = (kept.organisation, kept.reseller);
        scribe.record(Event::Organisation(OrganisationEvent::ResaleEnded { organisation, reseller }), now).await?;
        if let Some(reseller) = reseller {
            tell_managers(&mut scribe, (organisation, reseller), OrganisationTold::ResaleEnded { reseller }).await?;
        }
    }
    scribe.settle().await
}
