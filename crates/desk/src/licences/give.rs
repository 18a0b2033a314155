//! An organisation is given a licence, or what a known one says is changed (ENT-1).

use jiff::civil::Date;
use rules::{
    access::Action,
    entitlement::{Kind, Terms},
    events::{Event, OrganisationEvent},
    ids::{LicenceId, OrganisationId},
    keys::{DeploymentKey, PlanKey},
    policy::Policy,
};
use store::licences::Said;

use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// What a licence says.
#[derive(Clone, Debug)]
pub struct Given {
    pub organisation: OrganisationId,
    /// How the vendor's books call it: given again under it, the licence is changed.
    pub external_key: Option<String>,
    pub edition: String,
    pub deployment: Option<DeploymentKey>,
    pub plan: Option<PlanKey>,
    pub kind: Kind,
    pub seats: Option<u32>,
    /// Its last day, in the zone of the desk's hours.
    pub through: Option<Date>,
}

impl Given {
    fn terms(self, policy: &Policy) -> Terms {
        let Self { external_key, edition, deployment, plan, kind, seats, through, .. } = self;
        Terms { external_key, edition, deployment, plan, kind, seats, through, ..Terms::plain(policy) }
    }
}

/// Gives it; its number.
pub async fn give(desk: &Desk, actor: &Actor, given: Given) -> Result<LicenceId> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(Action::SetOrganisation)?;
    }
    let compiled = desk.policy().await?;
    let organisation = given.organisation;
    let terms = given.terms(compiled.policy());
    let faults = terms.check(compiled.policy());
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let organisation = crate::organisations::standing(&scribe.tx, organisation).await?.id;
    let known = match &terms.external_key {
        Some(key) => store::licences::by_external_key(&scribe.tx, key).await?,
        None => None,
    };
    let licence = match known {
        // Another organisation's stays theirs: a slip in the books must not move a licence.
        Some(known) if known.organisation != organisation => return Err(Error::Conflict),
        // Said again, it says nothing new.
        Some(known) if known.terms == terms => known.id,
        known => write(&mut scribe, (organisation, known.map(|known| known.id)), &terms).await?,
    };
    scribe.settle().await?;
    Ok(licence)
}

/// Writes what a licence says, a new one where none is named.
pub(super) async fn write(
    scribe: &mut Scribe<'_>,
    (organisation, known): (OrganisationId, Option<LicenceId>),
    terms: &Terms,
) -> Result<LicenceId> {
    let said = Said { by: scribe.by.person, token: scribe.token, now: scribe.now };
    let licence = match known {
        Some(licence) => {
            store::licences::change(&scribe.tx, licence, terms, said).await?;
            licence
        }
        None => store::licences::insert(&scribe.tx, organisation, terms, said).await?,
    };
    let now = scribe.now;
    scribe.record(Event::Organisation(OrganisationEvent::Licensed { organisation, licence }), now).await?;
    Ok(licence)
}
