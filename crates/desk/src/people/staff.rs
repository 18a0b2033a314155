//! Staff are added by the administrator: a person with grants, and a link that lets them set a password.

use jiff::SignedDuration;
use rules::{
    access::{Action, Grant},
    events::{Event, PersonEvent},
    ids::PersonId,
    people::{Address, token::Purpose},
    refusal::{Fault, FieldFault},
};

use super::link::{NewLink, link_text, make};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// A member of staff about to be added.
#[derive(Clone, Debug)]
pub struct NewStaff {
    pub name: String,
    pub address: String,
    pub grants: Vec<Grant>,
}

/// Adds the person, or gives the grants to who has the address already; the link with which they set a password.
pub async fn add_staff(desk: &Desk, actor: &Actor, new: NewStaff) -> Result<String> {
    if !matches!(actor, Actor::Desk) {
        actor.staff(Action::SetGrants)?;
    }
    let address = Address::parse(&new.address)
        .map_err(|fault| Error::Invalid(vec![FieldFault { field: "address".into(), fault: Fault::Address(fault) }]))?;
    let hours = i64::from(desk.policy().await?.policy().links.verification_hours);
    let mut scribe = Scribe::begin(desk, actor).await?;
    let person = match store::people::by_address(&scribe.tx, &address.key()).await? {
        Some(person) => person,
        None => {
            let person = store::people::insert(&scribe.tx, &new.name, scribe.now).await?;
            let row = store::people::Address {
                person,
                written: address.to_string(),
                canonical: address.key(),
                verified_at: scribe.now,
            };
            store::people::insert_address(&scribe.tx, &row).await?;
            person
        }
    };
    store::people::set_grants(&scribe.tx, person, &new.grants, scribe.now).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::GrantsSet { person }), now).await?;
    let expires_at = scribe.now.plus(SignedDuration::from_hours(hours));
    let link = NewLink {
        purpose: Purpose::VerifyAddress,
        person: Some(person),
        name: &new.name,
        address: &address,
        expires_at,
    };
    let link = make(&scribe, link).await?;
    let link = store::sessions::link(&scribe.tx, link).await?;
    let url = format!("{}/verify/{}", desk.settings.base_url, link_text(desk, &link)?);
    scribe.settle().await?;
    Ok(url)
}

/// Whether a person works at the desk.
pub async fn is_staff(desk: &Desk, person: PersonId) -> Result<bool> {
    Ok(!store::people::grants(desk.store.read(), person).await?.is_empty())
}
