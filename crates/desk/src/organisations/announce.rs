//! Something about an organisation is told to all its members (VIS-1, VIS-4): some at a time, however many they are.

use rules::ids::{OrganisationId, PersonId};
use serde::{Deserialize, Serialize};

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

/// What is told to whom.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(super) struct Announced {
    /// Whose members are told.
    pub organisation: OrganisationId,
    pub what: OrganisationTold,
    /// But for the members of this one, who are told something else.
    pub but: Option<OrganisationId>,
    /// The organisation that the mail names.
    pub about: OrganisationId,
}

#[derive(Debug, Deserialize, Serialize)]
struct Announcement {
    #[serde(flatten)]
    told: Announced,
    /// When it was set.
    at: i64,
    /// Everybody up to this one was told.
    after: PersonId,
}

/// As an older release left it in its jobs.
#[derive(Deserialize)]
struct Earlier {
    organisation: OrganisationId,
    setting: rules::access::Setting,
    earlier: rules::access::Earlier,
    at: i64,
    after: PersonId,
}

impl From<Earlier> for Announcement {
    fn from(old: Earlier) -> Self {
        let Earlier { organisation, setting, earlier, at, after } = old;
        let what = OrganisationTold::SharingSet { setting, earlier };
        Self { told: Announced { organisation, what, but: None, about: organisation }, at, after }
    }
}

pub(super) async fn begin(scribe: &mut Scribe<'_>, told: Announced) -> Result<()> {
    let at = scribe.now.micros();
    enqueue(scribe, Announcement { told, at, after: PersonId(0) }).await
}

async fn enqueue(scribe: &mut Scribe<'_>, next: Announcement) -> Result<()> {
    let Announced { organisation, what, .. } = next.told;
    let key = format!("{KIND}/{}/{organisation}/{}/{}", what.kind(), next.at, next.after);
    let now = scribe.now;
    scribe.enqueue(KIND, &key, &next, now).await
}

/// Owes the next members a mail, and goes on with those after them.
pub(crate) async fn step(desk: &Desk, payload: &str) -> Result<Done> {
    let Announcement { told, at, after } = match serde_json::from_str::<Earlier>(payload) {
        Ok(old) => old.into(),
        Err(_) => serde_json::from_str(payload).map_err(Error::broken)?,
    };
    let mut scribe = Scribe::begin(desk, &crate::Actor::JOB).await?;
    let members = store::organisations::members(&scribe.tx, told.organisation, after, AT_ONCE).await?;
    for member in &members {
        let is_told_otherwise = match told.but {
            Some(but) => store::organisations::role_of(&scribe.tx, but, member.person).await?.is_some(),
            None => false,
        };
        if !is_told_otherwise {
            let owed = OfOrganisation { what: told.what, organisation: told.about, to: member.person, at };
            order(&mut scribe, Order::Organisation(owed)).await?;
        }
    }
    if let Some(last) = members.last() {
        enqueue(&mut scribe, Announcement { told, at, after: last.person }).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}
