//! A forgotten password: a link to the address, and a new password that ends the other sessions (REG-6).

use jiff::SignedDuration;
use rules::{
    events::{By, Event, PersonEvent},
    people::{Address, token::Purpose},
    refusal::{Fault, FieldFault, Refusal},
};

use super::{
    enter::{Browser, Entered, open_session},
    hash,
    limits::{Trying, attempt},
    link::{NewLink, expected, make},
    verify::{NewPassword, address, check},
};
use crate::{
    Actor, Desk, Error, Result,
    mail::{Order, order},
    scribe::Scribe,
};

/// Sends a link, if the address has an account; the answer and the work are the same either way (REG-2).
pub async fn ask_reset(desk: &Desk, actor: &Actor, written: &str) -> Result<Address> {
    let address = Address::parse(written)
        .map_err(|fault| Error::Invalid(vec![FieldFault { field: "address".into(), fault: Fault::Address(fault) }]))?;
    let tx = desk.store.begin().await?;
    attempt(&tx, Trying::Reset, &address.key(), actor.network(), desk.now()).await?;
    tx.commit().await?;
    let hours = i64::from(desk.policy().await?.policy().links.password_reset_hours);
    let mut scribe = Scribe::begin(desk, actor).await?;
    let person = store::people::by_address(&scribe.tx, &address.key()).await?;
    let name = match person {
        Some(person) => store::people::get(&scribe.tx, person).await?.name,
        None => String::new(),
    };
    // An unknown address gets its rows and its job too, which then finds nobody to write to: else the time that the disk
    // takes would tell.
    let expires_at = scribe.now.plus(SignedDuration::from_hours(hours));
    let new = NewLink { purpose: Purpose::ResetPassword, person, name: &name, address: &address, expires_at };
    let link = make(&scribe, new).await?;
    order(&mut scribe, Order::PasswordReset { link }).await?;
    scribe.settle().await?;
    Ok(address)
}

/// Sets the new password, ends all sessions and links, and opens one session here.
pub async fn reset(desk: &Desk, new: NewPassword, browser: Browser<'_>) -> Result<Entered> {
    let link = expected(desk, Purpose::ResetPassword, &new.link).await?;
    let person = link.person.ok_or(Refusal::LinkUnknown)?;
    check(desk, &link.name, &address(&link)?, &new.password).await?;
    let hash = hash::hash(desk, &new.password).await?;
    let mut scribe = Scribe::begin(desk, &Actor::DESK).await?;
    if !store::sessions::use_link(&scribe.tx, link.id, scribe.now).await? {
        return Err(Refusal::LinkUsed.into());
    }
    scribe.by = By::person(person);
    store::people::set_password(&scribe.tx, person, &hash, scribe.now).await?;
    super::proven(&scribe, &link.canonical).await?;
    store::sessions::use_links_of(&scribe.tx, person, scribe.now).await?;
    store::sessions::end_all(&scribe.tx, person, None).await?;
    let (now, at) = (scribe.now, scribe.now.micros());
    scribe.record(Event::Person(PersonEvent::PasswordSet { person }), now).await?;
    order(&mut scribe, Order::PasswordChanged { to: person, at }).await?;
    let entered = open_session(&scribe, person, browser).await?;
    scribe.settle().await?;
    Ok(entered)
}
