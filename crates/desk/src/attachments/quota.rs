//! Whether there is room for a file (LOG-5): on the disk, and within what the policy gives an organisation.

use rules::{
    ids::{OrganisationId, UploadId},
    instant::Instant,
    policy::Policy,
    refusal::Refusal,
};
use store::{
    Handle,
    quota::{RoomOf, taken},
};

use crate::{Desk, Error, Result, actor::Signed};

/// How often a file lies on the disk while it is read: as it came, sealed, and as people read it.
const COPIES: u64 = 3;

/// How much of its room somebody's files take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// With those on their way.
    pub used_bytes: u64,
    pub limit_bytes: u64,
}

/// How much of its room the files of an organisation take.
pub async fn quota_of(desk: &Desk, organisation: OrganisationId) -> Result<Quota> {
    let taken = taken(desk.store.read(), RoomOf::Organisation(organisation), desk.now()).await?;
    let limit_bytes = desk.policy().await?.policy().attachments.organisation_bytes();
    Ok(Quota { used_bytes: u64::try_from(taken.bytes()).unwrap_or(0), limit_bytes })
}

/// Whose room somebody's files take: nobody's, where they are staff.
pub(super) fn room_of(signed: &Signed) -> Option<RoomOf> {
    if signed.grants.is_staff() {
        return None;
    }
    let own = RoomOf::Person(signed.person);
    Some(signed.organisation().map_or(own, RoomOf::Organisation))
}

pub(super) fn organisation(room: Option<RoomOf>) -> Option<OrganisationId> {
    match room {
        Some(RoomOf::Organisation(id)) => Some(id),
        Some(RoomOf::Person(_)) | None => None,
    }
}

/// Refuses what would be more than there is. What was reserved for the upload that it came by is its own.
pub(super) async fn leave(
    tx: &Handle,
    room: RoomOf,
    (policy, now): (&Policy, Instant),
    (bytes, upload): (u64, Option<UploadId>),
) -> Result<()> {
    let taken = taken(tx, room, now).await?;
    let own = match upload {
        Some(id) => store::uploads::reserved(tx, id).await?,
        None => 0,
    };
    let used_bytes = u64::try_from(taken.bytes() - own).unwrap_or(0);
    let limit_bytes = policy.attachments.organisation_bytes();
    if used_bytes.saturating_add(bytes) <= limit_bytes {
        return Ok(());
    }
    let frees_on = taken.frees_at.map(|at| at.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date());
    Err(Refusal::QuotaFull { used_bytes, limit_bytes, frees_on }.into())
}

/// Refuses a file of so many bytes where the disk would then have less left than is to stay free, with all that is on its
/// way already.
pub(super) async fn check_disk(desk: &Desk, bytes: u64) -> Result<()> {
    let Some(free) = desk.space.free() else { return Ok(()) };
    let coming = store::uploads::outstanding(desk.store.read(), desk.now()).await?;
    let coming = u64::try_from(coming).map_err(Error::broken)?;
    let needed = bytes.saturating_mul(COPIES).saturating_add(coming).saturating_add(desk.kept_free);
    if free >= needed {
        return Ok(());
    }
    tracing::warn!(free, needed, "a file was refused, since the disk of the data folder has too little room for it");
    Err(Refusal::NoRoomOnDisk.into())
}
