//! Somebody signs in with a password (REG-6). The answer and the time it takes never tell whether the address
//! has an account (REG-2).

use rules::{
    events::{By, Event, PersonEvent},
    ids::PersonId,
    people::{Address, known},
    refusal::Refusal,
};

use super::{
    enter::{Browser, Entered, open_session},
    hash,
    limits::{Trying, attempt},
};
use crate::{Actor, Desk, Result, scribe::Scribe};

/// The pair.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    pub address: String,
    pub password: String,
}

pub async fn sign_in(desk: &Desk, pair: Credentials, browser: Browser<'_>) -> Result<Entered> {
    let address = Address::parse(&pair.address).map_err(|_| Refusal::WrongPair)?;
    let conn = desk.store.read();
    let person = store::people::by_address(conn, &address.key()).await?;
    count(desk, (&address, person), browser).await?;
    let kept = match person {
        Some(person) => store::people::password(conn, person).await?,
        None => None,
    };
    let right = hash::matches(&pair.password, kept).await?;
    let Some(person) = person.filter(|_| right) else { return Err(Refusal::WrongPair.into()) };
    let mut scribe = Scribe::begin(desk, &Actor::DESK).await?;
    scribe.by = By::person(person);
    let entered = open_session(&scribe, person, browser).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::SignedIn { person }), now).await?;
    scribe.settle().await?;
    Ok(entered)
}

/// By address; from a browser that the person signed in with before, by that.
async fn count(desk: &Desk, (address, person): (&Address, Option<PersonId>), browser: Browser<'_>) -> Result<()> {
    let is_known = |text: &&str| person.is_some_and(|id| known::is_known(&desk.settings.secret_key, id, text));
    let (trying, whose) = match browser.known.filter(is_known) {
        Some(text) => (Trying::SignInWhereKnown, text.to_owned()),
        None => (Trying::SignIn, address.key()),
    };
    let tx = desk.store.begin().await?;
    attempt(&tx, trying, &whose, browser.network, desk.now()).await?;
    Ok(tx.commit().await?)
}
