//! The link from the mail: the address is proven, the password set, the person lets themselves in (REG-1, 3 to 5).

use rules::{
    events::{By, Event, OrganisationEvent, PersonEvent},
    ids::PersonId,
    people::{
        Address, Joining,
        password::{self, Meter, Whose},
        token::Purpose,
    },
    refusal::{Fault, FieldFault, Refusal},
};
use store::sessions::Link;

use super::{
    domains::leads_to,
    enter::{Browser, Entered, open_session},
    hash,
    link::expected,
};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// The password that a link lets one set.
#[derive(Clone, Debug, Default)]
pub struct NewPassword {
    /// The link's text.
    pub link: String,
    pub password: String,
}

/// Proves the address, makes the person, joins the organisation, sets the password, opens a session.
pub async fn verify(desk: &Desk, new: NewPassword, browser: Browser<'_>) -> Result<Entered> {
    let link = expected(desk, Purpose::VerifyAddress, &new.link).await?;
    let address = address(&link)?;
    check(desk, &link.name, &address, &new.password).await?;
    let hash = hash::hash(desk, &new.password).await?;
    let mut scribe = Scribe::begin(desk, &Actor::DESK).await?;
    if !store::sessions::use_link(&scribe.tx, link.id, scribe.now).await? {
        return Err(Refusal::LinkUsed.into());
    }
    let person = match link.person {
        Some(person) => {
            super::proven(&scribe, &link.canonical).await?;
            person
        }
        None => register(&mut scribe, &link.name, &address).await?,
    };
    scribe.by = By::person(person);
    store::people::set_password(&scribe.tx, person, &hash, scribe.now).await?;
    store::sessions::use_links_of(&scribe.tx, person, scribe.now).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::PasswordSet { person }), now).await?;
    let entered = open_session(&scribe, person, browser).await?;
    scribe.settle().await?;
    Ok(entered)
}

/// What the meter says of a password for this person.
pub async fn measure(desk: &Desk, name: &str, address: &Address, password: &str) -> Result<Meter> {
    let compiled = desk.policy().await?;
    Ok(password::measure(password, &Whose { name, address, product: &compiled.policy().product.name }))
}

pub(super) async fn check(desk: &Desk, name: &str, address: &Address, password: &str) -> Result<()> {
    match measure(desk, name, address, password).await?.weakness {
        None => Ok(()),
        Some(reason) => {
            let fault = Fault::WeakPassword { reason };
            Err(Error::Invalid(vec![FieldFault { field: "password".into(), fault }]))
        }
    }
}

/// The hash of a password that is good enough for this person.
pub(crate) async fn hashed(desk: &Desk, (name, address): (&str, &Address), password: &str) -> Result<String> {
    check(desk, name, address, password).await?;
    hash::hash(desk, password).await
}

pub(crate) fn address(link: &Link) -> Result<Address> {
    Address::parse(&link.written).map_err(|_| Error::broken("a kept link holds an address that was read before"))
}

/// Makes the person and puts them where their domain leads.
pub(crate) async fn register(scribe: &mut Scribe<'_>, name: &str, address: &Address) -> Result<PersonId> {
    let person = store::people::insert(&scribe.tx, name, scribe.now).await?;
    let row = store::people::Address {
        person,
        written: address.to_string(),
        canonical: address.key(),
        verified_at: scribe.now,
    };
    // Two links of one address, used at once: the second finds the address taken.
    store::people::insert_address(&scribe.tx, &row).await.map_err(|error| match error {
        error if error.is_conflict("address_canonical_key") => Error::from(Refusal::LinkUsed),
        error => error.into(),
    })?;
    let now = scribe.now;
    scribe.by = By::person(person);
    scribe.record(Event::Person(PersonEvent::Verified { person }), now).await?;
    join(scribe, person, address).await?;
    Ok(person)
}

/// REG-4, REG-5: a member of the organisation that the domain names; the first of an unknown one opens it.
async fn join(scribe: &mut Scribe<'_>, person: PersonId, address: &Address) -> Result<()> {
    let compiled = scribe.desk.policy().await?;
    let (organisation, entry) = match leads_to(&scribe.tx, compiled.policy(), address).await? {
        Joining::Joins { organisation, entry } => (organisation, entry),
        Joining::OpensOrganisation { domain, name } => {
            let organisation = store::organisations::insert(&scribe.tx, &name, None, scribe.now).await?;
            store::organisations::claim_domain(&scribe.tx, organisation, domain.as_str()).await?;
            let now = scribe.now;
            let event = OrganisationEvent::Opened { organisation, by_domain: true };
            scribe.record(Event::Organisation(event), now).await?;
            (organisation, domain)
        }
        Joining::StandsAlone { .. } => return Ok(()),
        Joining::Waits { .. } => {
            let now = scribe.now;
            store::people::wait(&scribe.tx, person, now).await?;
            scribe.record(Event::Person(PersonEvent::Waits { person }), now).await?;
            return Ok(());
        }
        Joining::Refused(refusal) => return Err(refusal.into()),
    };
    store::organisations::join_by_entry(&scribe.tx, (organisation, entry.as_str()), person, scribe.now).await?;
    let now = scribe.now;
    scribe.record(Event::Organisation(OrganisationEvent::Joined { organisation, person }), now).await?;
    Ok(())
}
