//! Staff look at an organisation that its first member opened, and say what it is called (REG-5).

use rules::{
    access::{Action, Earlier},
    events::{Event, OrganisationEvent},
    ids::OrganisationId,
    mail::one_line,
    refusal::OrganisationRefusal,
};

use super::sharing::{NewSharing, refused, share, standing};
use crate::{Actor, Desk, Result, scribe::Scribe};

/// Characters of a name, at most.
const NAME: usize = 200;

/// Confirms it; from then on it shares what the policy has for everybody. Once more changes nothing.
pub async fn confirm(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let organisation = standing(&scribe.tx, id).await?;
    let now = scribe.now;
    if store::organisations::confirm(&scribe.tx, id, now).await? > 0 {
        scribe.record(Event::Organisation(OrganisationEvent::Confirmed { organisation: id }), now).await?;
        let setting = desk.policy().await?.policy().visibility.default;
        share(&mut scribe, &organisation, NewSharing { setting, earlier: Earlier::Kept }).await?;
    }
    scribe.settle().await
}

/// Gives it another name.
pub async fn rename(desk: &Desk, actor: &Actor, id: OrganisationId, name: &str) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let before = standing(&scribe.tx, id).await?.name;
    let name = one_line(name);
    match name.chars().count() {
        0 => return Err(refused(OrganisationRefusal::NameMissing)),
        characters if characters > NAME => {
            return Err(refused(OrganisationRefusal::NameTooLong { characters, limit: NAME }));
        }
        _ => {}
    }
    if before != name {
        store::organisations::rename(&scribe.tx, id, &name).await?;
        let now = scribe.now;
        scribe.record(Event::Organisation(OrganisationEvent::Renamed { organisation: id }), now).await?;
    }
    scribe.settle().await
}
