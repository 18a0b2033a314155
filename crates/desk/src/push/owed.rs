//! What is owed to a device as things stand when it is sent.

use rules::{
    events::Secrecy,
    ids::{PersonId, TicketId},
    notices::Notice,
};
use store::push::Device;

use super::order::{Ordered, What};
use crate::{Desk, Error, Result, actor::Signed, live, ports::Pushed};

/// The device and what is pushed to it; `None` where that is owed no more: the device is gone or its session over, its
/// person away or no longer at the desk, the request not theirs to see (VIS-3), open before them, or read meanwhile.
pub(super) async fn owed(desk: &Desk, ordered: &Ordered) -> Result<Option<(Device, Pushed)>> {
    let conn = desk.store.read();
    let Some(device) = store::push::get(conn, ordered.device).await? else { return Ok(None) };
    let Some(signed) = at_the_desk(desk, &device).await? else { return Ok(None) };
    let pushed = match ordered.what {
        What::Test => Some(Pushed::Test),
        _ if store::away::until(conn, device.person, desk.now()).await?.is_some() => None,
        What::Opening { opened, came, due } => opening(desk, device.person, opened, (came, due)).await?,
        What::Notice { kind, ticket } => notice(desk, &signed, (kind, ticket)).await?,
    };
    Ok(pushed.map(|pushed| (device, pushed)))
}

/// Whose it is, where they work at the desk and are still signed in there.
async fn at_the_desk(desk: &Desk, device: &Device) -> Result<Option<Signed>> {
    let conn = desk.store.read();
    let session = store::sessions::of_person(conn, device.person, device.session).await?;
    if session.is_none_or(|it| it.expires_at <= desk.now()) {
        return Ok(None);
    }
    match Signed::read(conn, device.person).await {
        Ok(signed) => Ok(Some(signed).filter(|it| it.grants.is_staff() && it.waiting.is_none())),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn opening(desk: &Desk, person: PersonId, opened: i64, (came, due): (i64, i64)) -> Result<Option<Pushed>> {
    let told = store::digests::of(desk.store.read(), person).await?;
    let is_owed = told.is_some_and(|it| it.opened_at.micros() == opened && it.read_at.is_none());
    Ok(is_owed.then_some(Pushed::Opening { came, due }))
}

async fn notice(desk: &Desk, signed: &Signed, (kind, ticket): (Notice, TicketId)) -> Result<Option<Pushed>> {
    let conn = desk.store.read();
    let facts = match store::tickets::facts(conn, ticket).await {
        Ok(facts) => facts,
        Err(store::Error::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let chosen = store::notifications::choice(conn, signed.person, kind).await?.unwrap_or_default().of(kind);
    if !signed.scope.sees(&facts) || !chosen.push || live::is_before(desk, signed.person, ticket) {
        return Ok(None);
    }
    if chosen.way.on_page() && store::notifications::is_read(conn, signed.person, (kind, ticket)).await? {
        return Ok(None);
    }
    // What shows on a locked screen is read by whoever passes.
    let is_open = facts.secrecy == Secrecy::Open && kind != Notice::Security;
    let subject = if is_open && store::push::shows_subjects(conn, signed.person).await? {
        store::tickets::subjects(conn, &[ticket]).await?.remove(&ticket)
    } else {
        None
    };
    Ok(Some(Pushed::Notice { kind, ticket, subject }))
}
