//! One organisation ends in another, and is given back (VIS-4). The narrower setting wins; requests stay with the organisation
//! for which they were filed, and those who come along see of the others' what is filed from then on, so nothing becomes
//! readable by merging.

use std::collections::BTreeMap;

use rules::{
    access::{Action, Reach, Setting, Sharing},
    events::{Event, OrganisationEvent},
    ids::{OrganisationId, PersonId},
    instant::Instant,
    refusal::OrganisationRefusal,
};
use store::{
    Handle,
    merges::{self, Merge, NewMerge, Parts},
    organisations::Organisation,
};

use super::{
    announce::{self, Announced},
    resale::{Resales, resales},
    sharing::{NewSharing, refused, standing},
};
use crate::{Actor, Desk, Error, Result, mail::OrganisationTold, scribe::Scribe};

/// What a merge would do.
#[derive(Clone, Debug)]
pub struct MergePreview {
    pub from: Organisation,
    pub into: Organisation,
    /// What goes along.
    pub parts: Parts,
    /// Who belongs to both, and stays in the survivor as they are.
    pub in_both: Vec<String>,
    /// Requests that stay with the organisation for which they were filed.
    pub requests: i64,
    /// Who files for it and for whom it files, which rests while it is merged (ENT-4).
    pub resales: Resales,
    /// What both see of each other's requests from then on: the narrower of the two settings.
    pub setting: Setting,
    /// Whether the people of either see less by it.
    pub narrows: (bool, bool),
}

pub async fn preview_merge(
    desk: &Desk,
    actor: &Actor,
    from: OrganisationId,
    into: OrganisationId,
) -> Result<MergePreview> {
    actor.staff(Action::SetOrganisation)?;
    let conn = desk.store.read();
    let (from, into) = pair(conn, from, into).await?;
    let setting = from.view().setting().min(into.view().setting());
    Ok(MergePreview {
        parts: merges::to_move(conn, from.id, into.id).await?,
        in_both: merges::in_both(conn, from.id, into.id).await?,
        requests: merges::filed(conn, from.id, None).await?,
        resales: resales(desk, actor, from.id).await?,
        narrows: (from.view().setting() > setting, into.view().setting() > setting),
        setting,
        from,
        into,
    })
}

async fn pair(conn: &Handle, from: OrganisationId, into: OrganisationId) -> Result<(Organisation, Organisation)> {
    let (from, into) = (standing(conn, from).await?, standing(conn, into).await?);
    if from.id == into.id { Err(refused(OrganisationRefusal::MergeItself)) } else { Ok((from, into)) }
}

/// Merges one into the other. Those who come along and those who manage the survivor are told; so is everybody who sees less.
pub async fn merge(desk: &Desk, actor: &Actor, from: OrganisationId, into: OrganisationId) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let (from, into) = pair(&scribe.tx, from, into).await?;
    let setting = from.view().setting().min(into.view().setting());
    let (of_from, after) = (from.sharing.at_most(setting), into.sharing.at_most(setting));
    let now = scribe.now;
    let new = NewMerge {
        from: (from.id, from.sharing),
        into: (into.id, into.sharing),
        after,
        by: actor.signed().ok().map(|it| it.person),
        now,
    };
    merges::insert(&scribe.tx, new).await?;
    let event = OrganisationEvent::Merged { organisation: from.id, into: into.id };
    scribe.record(Event::Organisation(event), now).await?;
    set(&mut scribe, from.id, (from.sharing, of_from)).await?;
    narrow_family(&mut scribe, from.id, setting).await?;
    if set(&mut scribe, into.id, (into.sharing, after)).await? {
        announce::begin(&mut scribe, narrowed(into.id, setting, Some(from.id))).await?;
        narrow_family(&mut scribe, into.id, setting).await?;
    }
    let what = OrganisationTold::Merged { into: into.id };
    tell(&mut scribe, (from.id, into.id), what).await?;
    scribe.settle().await
}

/// Writes down what somebody shares now, where that is something else; whether it is.
async fn set(scribe: &mut Scribe<'_>, id: OrganisationId, (before, after): (Sharing, Sharing)) -> Result<bool> {
    if before == after {
        return Ok(false);
    }
    store::organisations::set_sharing(&scribe.tx, id, after).await?;
    let event =
        OrganisationEvent::SharingSet { organisation: id, setting: after.setting(), earlier: Default::default() };
    scribe.record(Event::Organisation(event), scribe.now).await?;
    Ok(true)
}

/// What ended in an organisation shares no more than it does.
pub(super) async fn narrow_family(scribe: &mut Scribe<'_>, id: OrganisationId, setting: Setting) -> Result<()> {
    for ended in merges::family(&scribe.tx, id).await? {
        let before = store::organisations::get(&scribe.tx, ended).await?.sharing;
        set(scribe, ended, (before, before.at_most(setting))).await?;
    }
    Ok(())
}

fn narrowed(organisation: OrganisationId, setting: Setting, but: Option<OrganisationId>) -> Announced {
    let what = OrganisationTold::SharingSet { setting, earlier: Default::default() };
    Announced { organisation, what, but, about: organisation }
}

/// The members of the one, and the managers of the other.
async fn tell(
    scribe: &mut Scribe<'_>,
    (from, into): (OrganisationId, OrganisationId),
    what: OrganisationTold,
) -> Result<()> {
    announce::begin(scribe, Announced { organisation: from, what, but: None, about: from }).await?;
    for manager in store::organisations::managers(&scribe.tx, into).await? {
        if store::organisations::role_of(&scribe.tx, from, manager).await?.is_none() {
            super::members::tell(scribe, (from, manager), what).await?;
        }
    }
    Ok(())
}

/// An organisation that ended in another, and what would go back.
#[derive(Clone, Debug)]
pub struct Ended {
    pub organisation: Organisation,
    pub at: Instant,
    pub by: Option<String>,
    pub back: Parts,
    /// What came with it and is not there any more, or is somebody else's: it stays as it is.
    pub changed: Changed,
    /// How many joined the survivor by its domains since.
    pub joined: i64,
    /// What each would share again.
    pub sharing: (Setting, Setting),
}

/// How many of what came stay as they are now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub domains: i64,
    pub licences: i64,
    pub invitations: i64,
    pub members: i64,
}

/// Those that ended in it, the oldest first.
pub async fn ended_here(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<Vec<Ended>> {
    actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let mut ended = vec![];
    for merge in merges::into(conn, id).await? {
        let back = merges::to_give_back(conn, &merge).await?;
        let came = merges::came(conn, merge.id).await?;
        let gone = |kind: &str, left: i64| came.get(kind).copied().unwrap_or_default() - left;
        let (of_from, of_into) = shared_again(conn, &merge, desk.now()).await?;
        let count = |all: usize| i64::try_from(all).map_err(Error::broken);
        let by = match merge.by {
            Some(person) => Some(store::people::get(conn, person).await?.name),
            None => None,
        };
        ended.push(Ended {
            organisation: store::organisations::get(conn, merge.from).await?,
            at: merge.at,
            by,
            changed: Changed {
                domains: gone("domain", count(back.domains.len())?),
                licences: gone("licence", back.licences),
                invitations: gone("invitation", back.invitations),
                members: gone("member", count(back.members.len())?),
            },
            back,
            joined: merges::joined_since(conn, &merge).await?,
            sharing: (of_from.setting(), of_into.setting()),
        });
    }
    Ok(ended)
}

/// Who joined a survivor by a domain that was given back since, and is in that one alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub into: OrganisationId,
    pub name: String,
    pub people: Vec<(PersonId, String)>,
}

/// Those of an organisation that was split off: they stay where they are until somebody decides (REG-7).
pub async fn joined_elsewhere(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<Vec<Elsewhere>> {
    actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let mut all: BTreeMap<OrganisationId, Vec<(PersonId, String)>> = BTreeMap::new();
    for (into, person, name) in merges::joined_elsewhere(conn, id).await? {
        all.entry(into).or_default().push((person, name));
    }
    let mut names = store::organisations::names(conn, &all.keys().copied().collect::<Vec<_>>()).await?;
    let of = |(into, mut people): (OrganisationId, Vec<(PersonId, String)>)| {
        people.sort_unstable();
        people.dedup();
        Elsewhere { into, name: names.remove(&into).unwrap_or_default(), people }
    };
    Ok(all.into_iter().map(of).collect())
}

/// What each shares once they are apart: what it did before, no more than was chosen since, than others that ended in the
/// survivor allow, and of the survivor's only what was not filed while they were one.
async fn shared_again(conn: &Handle, merge: &Merge, now: Instant) -> Result<(Sharing, Sharing)> {
    let into = store::organisations::get(conn, merge.into).await?.sharing;
    if into != merge.into_after {
        return Ok((merge.from_before.at_most(into.setting()), into));
    }
    let mut most = Setting::Everyone;
    for other in merges::into(conn, merge.into).await?.iter().filter(|it| it.id != merge.id) {
        most = most
            .min(store::organisations::get(conn, other.from).await?.view().setting())
            .min(other.from_before.setting());
    }
    let before = merge.into_before.at_most(most);
    let of_into = match merges::filed(conn, merge.into, Some(merge.at)).await? {
        0 => before,
        _ => into.set(before.setting(), Reach::FiledFrom(now)),
    };
    Ok((merge.from_before, of_into))
}

/// Where an organisation goes on that ended in another: for staff, and for who belongs to that one. `None` where it did not end,
/// and for everybody else.
pub async fn goes_on_in(desk: &Desk, actor: &Actor, id: OrganisationId) -> Result<Option<OrganisationId>> {
    let signed = actor.signed()?;
    let into = merges::survivor(desk.store.read(), id).await?;
    let may_know = signed.grants.is_staff() || actor.belongs(into).is_ok();
    Ok((into != id && may_know).then_some(into))
}

/// Gives back an organisation that ended in `into`: exactly what came with it, as far as nobody changed it since.
pub async fn split(desk: &Desk, actor: &Actor, into: OrganisationId, from: OrganisationId) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    standing(&scribe.tx, into).await?;
    let merge = merges::of(&scribe.tx, from).await?.filter(|it| it.into == into).ok_or(Error::NotFound)?;
    let now = scribe.now;
    let (of_from, of_into) = shared_again(&scribe.tx, &merge, now).await?;
    let by: Option<PersonId> = actor.signed().ok().map(|it| it.person);
    // Before those who came are members of the one alone again.
    let what = OrganisationTold::Split { off: into };
    tell(&mut scribe, (from, into), what).await?;
    merges::undo(&scribe.tx, &merge, by, now).await?;
    let event = OrganisationEvent::Split { organisation: from, off: into };
    scribe.record(Event::Organisation(event), now).await?;
    let before = store::organisations::get(&scribe.tx, from).await?.sharing;
    set(&mut scribe, from, (before, of_from)).await?;
    let before = store::organisations::get(&scribe.tx, into).await?.sharing;
    if set(&mut scribe, into, (before, of_into)).await? {
        announce::begin(&mut scribe, narrowed(into, of_into.setting(), None)).await?;
    }
    scribe.settle().await
}

/// An announcement of what staff chose.
pub(super) fn chosen(organisation: OrganisationId, new: NewSharing) -> Announced {
    let NewSharing { setting, earlier } = new;
    let what = OrganisationTold::SharingSet { setting, earlier };
    Announced { organisation, what, but: None, about: organisation }
}
