//! A change of what people see is announced to all members (VIS-1): some at a time, however many they are.

use rules::{
    access::{Earlier, Setting},
    ids::{OrganisationId, PersonId},
};
use serde::{Deserialize, Serialize};

use super::NewSharing;
use crate::{
    Desk, Error, Result,
    jobs::Done,
    mail::{OfOrganisation, Order, OrganisationTold, order},
    scribe::Scribe,
};

/// The kind of job that announces.
pub(crate) const KIND: &str = "announce";

/// Members told in one transaction.
const AT_ONCE: i64 = 200;

#[derive(Debug, Deserialize, Serialize)]
struct Announcement {
    organisation: OrganisationId,
    setting: Setting,
    earlier: Earlier,
    /// When it was set.
    at: i64,
    /// Everybody up to this one was told.
    after: PersonId,
}

pub(super) async fn begin(scribe: &mut Scribe<'_>, organisation: OrganisationId, new: NewSharing) -> Result<()> {
    let NewSharing { setting, earlier } = new;
    let at = scribe.now.micros();
    enqueue(scribe, Announcement { organisation, setting, earlier, at, after: PersonId(0) }).await
}

async fn enqueue(scribe: &mut Scribe<'_>, next: Announcement) -> Result<()> {
    let key = format!("{KIND}/{}/{}/{}", next.organisation, next.at, next.after);
    let now = scribe.now;
    scribe.enqueue(KIND, &key, &next, now).await
}

/// Owes the next members a mail, and goes on with those after them.
pub(crate) async fn step(desk: &Desk, payload: &str) -> Result<Done> {
    let told: Announcement = serde_json::from_str(payload).map_err(Error::broken)?;
    let mut scribe = Scribe::begin(desk, &crate::Actor::Desk).await?;
    let members = store::organisations::members(&scribe.tx, told.organisation, told.after, AT_ONCE).await?;
    for member in &members {
        let what = OrganisationTold::SharingSet { setting: told.setting, earlier: told.earlier };
        let owed = OfOrganisation { what, organisation: told.organisation, to: member.person, at: told.at };
        order(&mut scribe, Order::Organisation(owed)).await?;
    }
    if let Some(last) = members.last() {
        enqueue(&mut scribe, Announcement { after: last.person, ..told }).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}
