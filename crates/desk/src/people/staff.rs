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

/// What came of it.
#[derive(Clone, Debug)]
pub struct Added {
    /// As the desk knows them: the name of somebody who was here before stays.
    pub name: String,
    pub was_known: bool,
    /// None for who has a password.
    pub link: Option<PasswordLink>,
}

/// With which somebody sets their first password.
#[derive(Clone, Debug)]
pub struct PasswordLink {
    pub url: String,
    /// For how long it is good.
    pub hours: u32,
}

/// Adds the person, or sets the grants of who has the address already. Who has no password yet gets a link to set one.
pub async fn add_staff(desk: &Desk, actor: &Actor, new: NewStaff) -> Result<Added> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(Action::SetGrants)?;
    }
    let address = Address::parse(&new.address)
        .map_err(|fault| Error::Invalid(vec![FieldFault { field: "address".into(), fault: Fault::Address(fault) }]))?;
    let hours = desk.policy().await?.policy().links.verification_hours;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let known = store::people::by_address(&scribe.tx, &address.key()).await?;
    let person = match known {
        Some(person) => person,
        None => insert(&scribe, &new.name, &address).await?,
    };
    store::people::admit(&scribe.tx, person).await?;
    store::people::set_grants(&scribe.tx, person, &new.grants, scribe.now).await?;
    if new.grants.is_empty() {
        store::push::remove_all(&scribe.tx, person).await?;
    }
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::GrantsSet { person }), now).await?;
    let name = store::people::get(&scribe.tx, person).await?.name;
    let link = match store::people::password(&scribe.tx, person).await? {
        Some(_) => None,
        None => Some(PasswordLink { url: password_link(&scribe, (person, &name, &address), hours).await?, hours }),
    };
    scribe.settle().await?;
    Ok(Added { name, was_known: known.is_some(), link })
}

async fn insert(scribe: &Scribe<'_>, name: &str, address: &Address) -> Result<PersonId> {
    let person = store::people::insert(&scribe.tx, name, scribe.now).await?;
    let row = store::people::Address {
        person,
        written: address.to_string(),
        canonical: address.key(),
        verified_at: scribe.now,
    };
    store::people::insert_address(&scribe.tx, &row).await?;
    Ok(person)
}

async fn password_link(
    scribe: &Scribe<'_>,
    (person, name, address): (PersonId, &str, &Address),
    hours: u32,
) -> Result<String> {
    let expires_at = scribe.now.plus(SignedDuration::from_hours(i64::from(hours)));
    let new = NewLink { purpose: Purpose::VerifyAddress, person: Some(person), name, address, expires_at };
    let link = make(scribe, new).await?;
    let link = store::sessions::link(&scribe.tx, link).await?;
    Ok(format!("{}/verify/{}", scribe.desk.settings.base_url, link_text(scribe.desk, &link)?))
}

/// Whether a person works at the desk.
pub async fn is_staff(desk: &Desk, person: PersonId) -> Result<bool> {
    Ok(!store::people::grants(desk.store.read(), person).await?.is_empty())
}
