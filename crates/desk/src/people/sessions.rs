//! One's sessions: listed, ended one by one, or all at once (REG-6).

use rules::{
    events::{Event, PersonEvent},
    ids::{PersonId, SessionId},
};
use store::sessions::Session;

use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// One's sessions, the one seen last first.
pub async fn sessions(desk: &Desk, actor: &Actor) -> Result<Vec<Session>> {
    let signed = actor.signed()?;
    let mut sessions = store::sessions::of(desk.store.read(), signed.person).await?;
    let now = desk.now();
    sessions.retain(|session| session.expires_at > now);
    Ok(sessions)
}

/// Ends one of one's sessions.
pub async fn end_session(desk: &Desk, actor: &Actor, id: SessionId) -> Result<()> {
    let signed = actor.signed()?;
    let tx = desk.store.begin().await?;
    if !store::sessions::end(&tx, signed.person, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    desk.is_otherwise(signed.person).await;
    Ok(())
}

/// Ends the session that this request came with.
pub async fn sign_out(desk: &Desk, actor: &Actor) -> Result<()> {
    let signed = actor.known()?;
    if let Some(session) = signed.session {
        let tx = desk.store.begin().await?;
        store::sessions::end(&tx, signed.person, session).await?;
        tx.commit().await?;
        desk.is_otherwise(signed.person).await;
    }
    Ok(())
}

/// Ends all of one's sessions, this one too.
pub async fn sign_out_everywhere(desk: &Desk, actor: &Actor) -> Result<()> {
    let person = actor.signed()?.person;
    let mut scribe = Scribe::begin(desk, actor).await?;
    store::sessions::end_all(&scribe.tx, person, None).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::SignedOutEverywhere { person }), now).await?;
    scribe.settle().await
}

/// The address that a person's mail goes to.
pub async fn address(desk: &Desk, person: PersonId) -> Result<Option<String>> {
    let addresses = store::people::addresses(desk.store.read(), person).await?;
    Ok(addresses.into_iter().next().map(|address| address.written))
}
