//! What of all that happens is worth an entry in the audit: the one place where events become entries. Every event is named
//! here, so that a new one has to be decided about. What has no event, its verb writes by `Scribe::audit`.

use rules::{
    audit::{Act, BugAct, Licensed, of_ticket},
    events::{Event, OrganisationEvent, PersonEvent, PolicyEvent, ReleaseEvent},
    ids::{LicenceId, OrganisationId},
};
use sha2::{Digest, Sha256};
use store::Handle;

use crate::{Error, Result};

/// The entry of an event, with the facts that its rows have by then.
pub(crate) async fn of_event(conn: &Handle, event: &Event) -> Result<Option<Act>> {
    match event {
        Event::Ticket(ticket, event) => Ok(of_ticket(*ticket, event)),
        Event::Person(event) => of_person(conn, event).await,
        Event::Organisation(event) => of_organisation(conn, event).await.map(Some),
        Event::Bug(event) => Ok(BugAct::of(event).map(Act::Bug)),
        Event::Release(event) => of_release(conn, event).await.map(Some),
        Event::Policy(PolicyEvent::Applied { version, from }) => {
            let source = store::policy::get(conn, *version).await?.source;
            let sha256 = Sha256::digest(source).iter().map(|byte| format!("{byte:02x}")).collect();
            Ok(Some(Act::PolicyApplied { version: *version, from: *from, sha256 }))
        }
    }
}

async fn of_release(conn: &Handle, event: &ReleaseEvent) -> Result<Act> {
    let release = event.release();
    let kept = store::releases::get(conn, release).await?;
    let version = kept.version;
    Ok(match event.clone() {
        ReleaseEvent::Published { .. } => Act::ReleasePublished { release, version },
        ReleaseEvent::Amended { .. } => Act::ReleaseAmended { release, version },
        ReleaseEvent::Withdrawn { .. } => {
            Act::ReleaseWithdrawn { release, version, instead: kept.withdrawn.and_then(|it| it.instead) }
        }
        ReleaseEvent::RolledOut { instance, .. } => Act::RolledOut { release, version, instance },
    })
}

async fn of_person(conn: &Handle, event: &PersonEvent) -> Result<Option<Act>> {
    Ok(Some(match event {
        PersonEvent::GrantsSet { person } => {
            Act::GrantsSet { person: *person, grants: store::people::grants(conn, *person).await? }
        }
        PersonEvent::Verified { person } => Act::AddressProven { person: *person },
        PersonEvent::AddressDoubted { person, bounced } => Act::AddressDoubted { person: *person, bounced: *bounced },
        PersonEvent::PasswordSet { person } => Act::PasswordSet { person: *person },
        PersonEvent::SignedOutEverywhere { person } => Act::SessionsEnded { person: *person },
        PersonEvent::Erased { person } => Act::PersonErased { person: *person },
        PersonEvent::Admitted { person } => Act::Admitted { person: *person },
        PersonEvent::TurnedAway { person } => Act::TurnedAway { person: *person },
        // Coming in, or waiting to, changes nothing of what anybody may.
        PersonEvent::SignedIn { .. } | PersonEvent::Waits { .. } => return Ok(None),
    }))
}

async fn of_organisation(conn: &Handle, event: &OrganisationEvent) -> Result<Act> {
    use OrganisationEvent as It;
    Ok(match event.clone() {
        It::Opened { organisation, by_domain } => Act::OrganisationOpened { organisation, by_domain },
        It::Joined { organisation, person } => Act::Joined { organisation, person },
        It::Confirmed { organisation } => Act::OrganisationConfirmed { organisation },
        It::Renamed { organisation } => Act::OrganisationRenamed { organisation },
        It::DomainsSet { organisation, entry } => {
            let domains = store::organisations::count_domains(conn, organisation).await?;
            Act::DomainsSet { organisation, domains: usize::try_from(domains).map_err(Error::broken)?, entry }
        }
        It::RegionSet { organisation, region } => Act::RegionSet { organisation, region },
        It::PlaceSet { organisation, edition, instance } => Act::PlaceSet { organisation, edition, instance },
        It::Merged { organisation, into } => Act::OrganisationMerged { organisation, into },
        It::Split { organisation, off } => Act::OrganisationSplit { organisation, off },
        It::SharingSet { organisation, setting, earlier } => Act::SharingSet { organisation, setting, earlier },
        It::RoleSet { organisation, person, role } => Act::RoleSet { organisation, person, role },
        It::Invited { organisation, role } => Act::Invited { organisation, role },
        It::InvitationEnded { organisation } => Act::InvitationEnded { organisation },
        It::InvitingSet { organisation, others } => Act::InvitingSet { organisation, others },
        It::ResaleOffered { organisation } => Act::ResaleOffered { organisation },
        It::ResaleBegun { organisation, reseller } => Act::ResaleBegun { organisation, reseller },
        It::ResaleEnded { organisation, reseller } => Act::ResaleEnded { organisation, reseller },
        It::Left { organisation, person, heir } => Act::Left { organisation, person, heir },
        It::Licensed { organisation, licence } => licensed(conn, organisation, licence).await?,
        It::Erased { organisation } => Act::OrganisationErased { organisation },
    })
}

async fn licensed(conn: &Handle, organisation: OrganisationId, licence: LicenceId) -> Result<Act> {
    let terms = store::licences::get(conn, licence).await?.terms;
    let says = Licensed {
        licensed: terms.kind,
        plan: terms.plan,
        deployment: terms.deployment,
        seats: terms.seats,
        through: terms.through,
    };
    Ok(Act::LicenceSet { organisation, licence, says })
}
