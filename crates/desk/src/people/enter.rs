//! A browser comes with its session's token.

use jiff::SignedDuration;
use rules::{
    ids::{PersonId, SessionId},
    instant::Instant,
    people::{
        known,
        session::{Lifetime, Used, ends, stands, worth_noting},
        token::{Purpose, Token},
    },
    policy::Policy,
};
use store::sessions::{NewSession, Session};

use crate::{Actor, Desk, Error, Result, actor::Signed, scribe::Scribe};

/// Where a browser comes from and what it says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    pub network: &'a str,
    pub agent: &'a str,
    /// The session that it came with; a new one takes its place.
    pub session: Option<SessionId>,
    /// What it keeps of having been signed in with before.
    pub known: Option<&'a str>,
}

/// A session that was just opened: its token goes into the cookie, and is not kept.
#[derive(Clone, Debug)]
pub struct Entered {
    pub person: PersonId,
    pub token: String,
    /// What the browser keeps of it, also after signing out.
    pub known: String,
    /// How long it holds at most, however much it is used.
    pub longest: SignedDuration,
}

/// Who comes with this token; a visitor where the session is unknown, over or ended.
pub async fn enter(desk: &Desk, token: &str, browser: Browser<'_>) -> Result<Actor> {
    let visitor = Actor::Visitor { network: browser.network.to_owned() };
    let Ok(token) = Token::parse(token) else { return Ok(visitor) };
    let found = store::sessions::by_token(desk.store.read(), token.hash().0).await?;
    let Some((session, reader)) = found else { return Ok(visitor) };
    let (lifetime, used, now) = (lifetime(desk.policy().await?.policy()), used(&session), desk.now());
    if !stands(used, lifetime, now) {
        return Ok(visitor);
    }
    let mut signed = match Signed::of(desk.store.read(), reader).await {
        Ok(signed) => signed,
        Err(Error::NotFound) => return Ok(visitor),
        Err(error) => return Err(error),
    };
    if worth_noting(used, lifetime, now) {
        let until = ends(Used { last_seen: now, ..used }, lifetime);
        match note(desk, &session, browser, until).await {
            // Who only reads goes on reading while nothing can be written; the next visit is noted instead.
            Err(Error::Unwritable(_)) => {}
            noted => noted?,
        }
    }
    signed.session = Some(session.id);
    browser.network.clone_into(&mut signed.network);
    Ok(Actor::Person(Box::new(signed)))
}

/// The same person again, as they are now; none where their session is over.
pub(crate) async fn again(desk: &Desk, signed: &Signed) -> Result<Option<Signed>> {
    if let Some(id) = signed.session {
        let session = store::sessions::of_person(desk.store.read(), signed.person, id).await?;
        let lifetime = lifetime(desk.policy().await?.policy());
        if !session.is_some_and(|session| stands(used(&session), lifetime, desk.now())) {
            return Ok(None);
        }
    }
    match Signed::read(desk.store.read(), signed.person).await {
        Ok(now) => Ok(Some(Signed { session: signed.session, network: signed.network.clone(), ..now })),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes down that a session is in use.
async fn note(desk: &Desk, session: &Session, browser: Browser<'_>, until: Instant) -> Result<()> {
    let tx = desk.store.begin().await?;
    store::sessions::seen(&tx, session.id, browser.network, desk.now(), until).await?;
    Ok(tx.commit().await?)
}

/// Opens a session for a person who has proven to be one.
pub(crate) async fn open_session(scribe: &Scribe<'_>, person: PersonId, browser: Browser<'_>) -> Result<Entered> {
    let desk = scribe.desk;
    let token = Token::of(&desk.settings.secret_key, Purpose::Session, &desk.draw());
    let used = Used { created: scribe.now, last_seen: scribe.now };
    let lifetime = lifetime(desk.policy().await?.policy());
    let session = NewSession {
        token_hash: token.hash().0,
        person,
        network: browser.network,
        agent: browser.agent,
        now: scribe.now,
        expires_at: ends(used, lifetime),
    };
    let session = store::sessions::insert(&scribe.tx, session).await?;
    if let Some(before) = browser.session {
        store::push::follow(&scribe.tx, person, (before, session)).await?;
        store::sessions::replaced(&scribe.tx, before).await?;
    }
    let known = known::text(&desk.settings.secret_key, person, &desk.draw());
    Ok(Entered { person, token: token.text(), known, longest: lifetime.longest })
}

fn used(session: &Session) -> Used {
    Used { created: session.created_at, last_seen: session.seen_at }
}

fn lifetime(policy: &Policy) -> Lifetime {
    let days = |days: u32| SignedDuration::from_hours(24 * i64::from(days));
    Lifetime { idle: days(policy.sessions.idle_days), longest: days(policy.sessions.longest_days) }
}
