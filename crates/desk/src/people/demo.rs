//! The demo's doors: in as somebody of the cast, without a password. Only the demo has routes to it.

use rules::{events::By, people::Address};

use super::enter::{Browser, Entered, open_session};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// The name of who has this address.
pub async fn name_of(desk: &Desk, address: &str) -> Result<Option<String>> {
    let Ok(address) = Address::parse(address) else { return Ok(None) };
    match store::people::by_address(desk.store.read(), &address.key()).await? {
        Some(person) => Ok(Some(store::people::get(desk.store.read(), person).await?.name)),
        None => Ok(None),
    }
}

/// Opens a session for who has this address.
pub async fn enter_as(desk: &Desk, address: &str, browser: Browser<'_>) -> Result<Entered> {
    let address = Address::parse(address).map_err(|_| Error::NotFound)?;
    let person = store::people::by_address(desk.store.read(), &address.key()).await?.ok_or(Error::NotFound)?;
    let mut scribe = Scribe::begin(desk, &Actor::DESK).await?;
    scribe.by = By::person(person);
    let entered = open_session(&scribe, person, browser).await?;
    scribe.settle().await?;
    Ok(entered)
}
