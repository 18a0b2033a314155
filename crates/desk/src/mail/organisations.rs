//! Mails about an organisation: what its people see of each other's requests, that somebody left it, that nobody manages it.

use rules::{
    access::{Earlier, Setting},
    ids::{InvitationId, OrganisationId, PersonId, PolicyVersionId, ResaleId},
};
use serde::{Deserialize, Serialize};
use store::organisations::Organisation;

use crate::{
    Desk, Result,
    ports::{About, Recipient},
};

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum OrganisationTold {
    /// To each member (VIS-1).
    SharingSet {
        setting: Setting,
        earlier: Earlier,
    },
    /// To each member, and to the managers of the other: it ended in that one (VIS-4).
    Merged {
        into: OrganisationId,
    },
    /// To each member, and to the managers of the other: it is one of its own again.
    Split {
        off: OrganisationId,
    },
    /// To the managers of both (ENT-4): the reseller files for it from now on, or no more.
    ResaleBegun {
        reseller: OrganisationId,
    },
    ResaleEnded {
        reseller: OrganisationId,
    },
    /// To who left (REG-7).
    Left,
    /// To the leads: the last manager went (REG-7).
    NoManager,
}

impl OrganisationTold {
    /// Its name in lists of mails.
    pub fn kind(self) -> &'static str {
        match self {
            OrganisationTold::SharingSet { .. } => "sharing_set",
            OrganisationTold::Merged { .. } => "organisations_merged",
            OrganisationTold::Split { .. } => "organisations_split",
            OrganisationTold::ResaleBegun { .. } => "resale_begun",
            OrganisationTold::ResaleEnded { .. } => "resale_ended",
            OrganisationTold::Left => "membership_ended",
            OrganisationTold::NoManager => "no_manager",
        }
    }
}

/// A mail about an organisation; `at` in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfOrganisation {
    pub what: OrganisationTold,
    pub organisation: OrganisationId,
    pub to: PersonId,
    pub at: i64,
}

/// HRS-4: to who manages an organisation: the days that a version of the policy closes, told against an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedDays {
    pub to: PersonId,
    pub version: PolicyVersionId,
    pub before: PolicyVersionId,
}

/// The days that are still ahead and closed; `None` where none is left, or they manage nothing any more.
pub(super) async fn closed_days(desk: &Desk, owed: &ClosedDays) -> Result<Option<About>> {
    let days = crate::organisations::News::new(desk, owed.version, owed.before).await?.of(owed.to).await?;
    let product = desk.policy().await?.policy().product.name.clone();
    let page = format!("{}/support", desk.settings.base_url);
    Ok((!days.is_empty()).then(|| About::ClosedDays {
        product,
        days: days.into_iter().map(|day| (day.date, day.name)).collect(),
        page,
    }))
}

/// What it says; `None` where it is owed no more: it was set otherwise since, or who was told has left, or there is a
/// manager again.
pub(super) async fn about(desk: &Desk, owed: &OfOrganisation) -> Result<Option<About>> {
    let (conn, id) = (desk.store.read(), owed.organisation);
    let organisation = store::organisations::get(conn, id).await?;
    let (other, shown) = match owed.what {
        OrganisationTold::Merged { into } => (Some(into), into),
        OrganisationTold::Split { off } => (Some(off), id),
        _ => (None, id),
    };
    if let OrganisationTold::ResaleBegun { reseller } | OrganisationTold::ResaleEnded { reseller } = owed.what {
        return resale(desk, owed, (organisation, reseller)).await;
    }
    if let Some(other) = other {
        return merger(desk, owed, (organisation, other), shown).await;
    }
    let is_member = store::organisations::role_of(conn, id, owed.to).await?.is_some();
    let (is_owed, page) = match owed.what {
        OrganisationTold::SharingSet { setting, .. } => {
            (is_member && organisation.sharing.setting() == setting, "requests".to_owned())
        }
        OrganisationTold::Merged { .. }
        | OrganisationTold::Split { .. }
        | OrganisationTold::ResaleBegun { .. }
        | OrganisationTold::ResaleEnded { .. } => (false, String::new()),
        OrganisationTold::Left => (!is_member, "requests".to_owned()),
        OrganisationTold::NoManager => {
            (store::organisations::managers(conn, id).await?.is_empty(), format!("desk/organisations/{id}"))
        }
    };
    let product = desk.policy().await?.policy().product.name.clone();
    let page = format!("{}/{page}", desk.settings.base_url);
    Ok(is_owed.then_some(About::Organisation { product, name: organisation.name, what: owed.what, page }))
}

/// That an organisation ended in another or is one of its own again, with what its people see from then on; `None` where that
/// was undone since.
async fn merger(
    desk: &Desk,
    owed: &OfOrganisation,
    (organisation, other): (Organisation, OrganisationId),
    shown: OrganisationId,
) -> Result<Option<About>> {
    let conn = desk.store.read();
    let is_one = organisation.merged_into == Some(other);
    if is_one != matches!(owed.what, OrganisationTold::Merged { .. }) {
        return Ok(None);
    }
    let setting = store::organisations::get(conn, shown).await?.view().setting();
    Ok(Some(About::Merger {
        product: desk.policy().await?.policy().product.name.clone(),
        name: organisation.name,
        other: store::organisations::get(conn, other).await?.name,
        merged: is_one,
        setting,
        page: format!("{}/requests", desk.settings.base_url),
    }))
}

/// That one files for another or does no more; `None` where that is otherwise by now.
async fn resale(
    desk: &Desk,
    owed: &OfOrganisation,
    (organisation, reseller): (Organisation, OrganisationId),
) -> Result<Option<About>> {
    let conn = desk.store.read();
    let stands = store::resales::between(conn, organisation.id, reseller).await?.is_some();
    if stands != matches!(owed.what, OrganisationTold::ResaleBegun { .. }) {
        return Ok(None);
    }
    let own = match store::organisations::role_of(conn, organisation.id, owed.to).await? {
        Some(_) => organisation.id,
        None => reseller,
    };
    Ok(Some(About::Resale {
        product: desk.policy().await?.policy().product.name.clone(),
        name: organisation.name,
        reseller: store::organisations::get(conn, reseller).await?.name,
        begun: stands,
        page: format!("{}/organisations/{own}#resellers", desk.settings.base_url),
    }))
}

/// What an offer to file for an organisation says, to its address; `None` where it was answered, withdrawn or sent again since.
pub(super) async fn offer(desk: &Desk, id: ResaleId, at: i64) -> Result<Option<(Recipient, About)>> {
    let conn = desk.store.read();
    let resale = store::resales::get(conn, id).await?;
    let is_owed = resale.offered_at.micros() == at && resale.taken_at.is_none() && resale.ended_at.is_none();
    let (Some(address), true) = (resale.written, is_owed) else { return Ok(None) };
    let about = About::ResaleOffered {
        product: desk.policy().await?.policy().product.name.clone(),
        name: store::organisations::get(conn, resale.organisation).await?.name,
        page: format!("{}/account", desk.settings.base_url),
        expires: resale.offered_at.plus(rules::people::OFFER),
    };
    Ok(Some((Recipient { name: String::new(), address, zone: None }, about)))
}

/// What an invitation says, to its address; `None` where it was answered, withdrawn or sent again since.
pub(super) async fn invitation(desk: &Desk, id: InvitationId, at: i64) -> Result<Option<(Recipient, About)>> {
    let conn = desk.store.read();
    let invitation = match store::invitations::get(conn, id).await {
        Ok(it) if it.sent_at.micros() == at && it.expires_at > desk.now() => it,
        Ok(_) | Err(store::Error::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let link = format!("{}/invitations/{}", desk.settings.base_url, crate::organisations::link(desk, &invitation)?);
    let about = About::Invitation {
        product: desk.policy().await?.policy().product.name.clone(),
        name: store::organisations::get(conn, invitation.organisation).await?.name,
        by: crate::organisations::asker(desk, invitation.by).await?,
        link,
        expires: invitation.expires_at,
    };
    Ok(Some((Recipient { name: String::new(), address: invitation.written, zone: None }, about)))
}
