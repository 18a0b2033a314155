//! What an organisation's people see of each other's requests (VIS-1), from when on, and whether that reaches back (VIS-4).

use rules::{
    access::{Action, Earlier, Reach, Setting},
    events::{Event, OrganisationEvent},
    ids::OrganisationId,
    refusal::{OrganisationRefusal, Refusal},
};

use store::{Handle, organisations::Organisation};

use super::{announce, merge};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// What staff chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewSharing {
    pub setting: Setting,
    pub earlier: Earlier,
}

/// Sets it and announces it to all members. An unconfirmed organisation shares nothing (REG-5).
pub async fn set_sharing(desk: &Desk, actor: &Actor, id: OrganisationId, new: NewSharing) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let organisation = standing(&scribe.tx, id).await?;
    if organisation.confirmed_at.is_none() {
        return Err(refused(OrganisationRefusal::Unconfirmed));
    }
    share(&mut scribe, &organisation, new).await?;
    scribe.settle().await
}

/// Sets it where that changes anything.
pub(super) async fn share(scribe: &mut Scribe<'_>, organisation: &Organisation, new: NewSharing) -> Result<()> {
    let (now, id) = (scribe.now, organisation.id);
    let reach = match new.earlier {
        Earlier::Kept => Reach::FiledFrom(now),
        Earlier::Shown => Reach::Everything,
    };
    let sharing = organisation.sharing.set(new.setting, reach);
    if sharing != organisation.sharing {
        store::organisations::set_sharing(&scribe.tx, id, sharing).await?;
        let NewSharing { setting, earlier } = new;
        let event = OrganisationEvent::SharingSet { organisation: id, setting, earlier };
        scribe.record(Event::Organisation(event), now).await?;
        announce::begin(scribe, merge::chosen(id, new)).await?;
        merge::narrow_family(scribe, id, setting).await?;
    }
    Ok(())
}

/// An organisation that goes on as itself; one that ended in another is changed there.
pub(crate) async fn standing(conn: &Handle, id: OrganisationId) -> Result<Organisation> {
    let organisation = store::organisations::get(conn, id).await?;
    if organisation.merged_into.is_none() {
        return Ok(organisation);
    }
    let into = store::merges::survivor(conn, id).await?;
    Err(refused(OrganisationRefusal::Ended { into: store::organisations::get(conn, into).await?.name }))
}

pub(super) fn refused(why: OrganisationRefusal) -> Error {
    Refusal::Organisation(why).into()
}
