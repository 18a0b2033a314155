//! The browsers that somebody named: each ends with the session in which it was named.

use rules::{
    access::Action,
    ids::PushDeviceId,
    instant::Instant,
    push::{DEVICES, Subscription, Unfit},
    refusal::{Fault, FieldFault},
};

use super::{
    keys,
    order::{What, each},
    seal::is_point,
};
use crate::{Actor, Desk, Error, Result, ports::OutsideFault, scribe::Scribe};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub id: PushDeviceId,
    /// What the browser says of itself.
    pub agent: String,
    pub created_at: Instant,
    /// When something was sent to it last.
    pub used_at: Option<Instant>,
    /// It is the one that asks.
    pub is_here: bool,
}

/// What came of naming one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// What the one that was not used for longest says of itself: it gave way, since there were too many.
    pub dropped: Option<String>,
}

/// How the asking browser stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Our public key, as browsers take it.
    pub key: String,
    /// Where this browser is reached, if it was named.
    pub endpoint: Option<String>,
    /// It is bound to the key that is in use.
    pub fits: bool,
}

/// One's own, the one that was named first first.
pub async fn devices(desk: &Desk, actor: &Actor) -> Result<Vec<Device>> {
    let signed = actor.staff(Action::UseDesk)?;
    let devices = store::push::of(desk.store.read(), signed.person).await?;
    let device = |it: store::push::Device| Device {
        id: it.id,
        is_here: Some(it.session) == signed.session,
        agent: it.agent,
        created_at: it.created_at,
        used_at: it.used_at,
    };
    Ok(devices.into_iter().map(device).collect())
}

/// How the browser that asks stands.
pub async fn standing(desk: &Desk, actor: &Actor) -> Result<Standing> {
    let signed = actor.staff(Action::UseDesk)?;
    let ours = keys::ours(desk).await?;
    let device = match signed.session {
        Some(session) => store::push::of_session(desk.store.read(), session).await?,
        None => None,
    };
    let fits = device.as_ref().is_some_and(|it| it.key == ours.number);
    Ok(Standing { key: ours.text(), endpoint: device.map(|it| it.endpoint), fits })
}

/// Names the browser that asks, by what it said of itself (`text`, JSON) and to whom it was bound. Named already, it is
/// renewed.
pub async fn name(desk: &Desk, actor: &Actor, text: &str, agent: &str) -> Result<Named> {
    let signed = actor.staff(Action::UseDesk)?;
    // Only a browser that is signed in shows anything.
    let session = signed.session.ok_or(Error::NotFound)?;
    let unfit =
        |why| Error::Invalid(vec![FieldFault { field: "subscription".into(), fault: Fault::Subscription { why } }]);
    let read = Subscription::read(text).map_err(unfit)?;
    if !is_point(&read.key, &desk.draw()) {
        return Err(unfit(Unfit::Keys));
    }
    match desk.outside.look(&read.target).await {
        Err(OutsideFault::Private) => return Err(unfit(Unfit::Private)),
        // Whoever cannot be found now may be found later.
        Ok(()) | Err(OutsideFault::Failed(_) | OutsideFault::NotSetUp) => {}
    }
    let ours = keys::ours(desk).await?;
    let tx = desk.store.begin().await?;
    let new = store::push::NewDevice {
        person: signed.person,
        session,
        endpoint: &read.endpoint,
        public: &read.key,
        secret: &read.secret,
        key: ours.number,
        agent,
        now: desk.now(),
    };
    let id = store::push::put(&tx, new).await?;
    let mut all = store::push::of(&tx, signed.person).await?;
    let mut dropped = None;
    while all.len() > DEVICES {
        let idle =
            all.iter().enumerate().filter(|it| it.1.id != id).min_by_key(|it| it.1.used_at.max(Some(it.1.created_at)));
        let Some(at) = idle.map(|it| it.0) else { break };
        let device = all.remove(at);
        store::push::remove(&tx, signed.person, device.id).await?;
        dropped = Some(device.agent);
    }
    tx.commit().await?;
    Ok(Named { dropped })
}

/// Nothing is shown on it any more.
pub async fn forget(desk: &Desk, actor: &Actor, id: PushDeviceId) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    let tx = desk.store.begin().await?;
    if !store::push::remove(&tx, signed.person, id).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Sends something to each of one's devices, to see whether it comes; to how many.
pub async fn try_out(desk: &Desk, actor: &Actor) -> Result<usize> {
    let person = actor.staff(Action::UseDesk)?.person;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let sent = each(&mut scribe, person, ("test", What::Test)).await?;
    scribe.settle().await?;
    Ok(sent)
}

/// Whether one's devices show what requests are about.
pub async fn shows_subjects(desk: &Desk, actor: &Actor) -> Result<bool> {
    Ok(store::push::shows_subjects(desk.store.read(), actor.staff(Action::UseDesk)?.person).await?)
}

pub async fn show_subjects(desk: &Desk, actor: &Actor, wanted: bool) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    let tx = desk.store.begin().await?;
    store::push::show_subjects(&tx, signed.person, wanted).await?;
    Ok(tx.commit().await?)
}
