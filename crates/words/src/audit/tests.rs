//! Every act has its sentence, and no sentence is left without one.

use rules::{
    access::Grant,
    events::{ActorKind, By, EntrySet},
    ids::{ApiTokenId, AttachmentId, DomainNoteId, LicenceId, MessageId, OutgoingId, PolicyVersionId},
    redaction::{Place, Redactor},
};

use super::*;

const ACME: OrganisationId = OrganisationId(3);
const DANA: PersonId = PersonId(4);

/// Every act, in each of its forms.
fn acts() -> Vec<Act> {
    let mut acts = of_people();
    acts.extend(of_the_rest());
    acts
}

fn of_people() -> Vec<Act> {
    let person = DANA;
    vec![
        Act::GrantsSet { person, grants: vec![Grant::Agent, Grant::Security] },
        Act::GrantsSet { person, grants: vec![] },
        Act::PasswordSet { person },
        Act::SessionsEnded { person },
        Act::AddressProven { person },
        Act::AddressDoubted { person, bounced: true },
        Act::AddressDoubted { person, bounced: false },
        Act::Admitted { person },
        Act::TurnedAway { person },
        Act::PersonExported { person },
        Act::PersonErased { person: PersonId(17) },
        Act::TokenMade { token: ApiTokenId(2), permit: rules::programs::Permit::LicencesImport },
        Act::TokenRevoked { token: ApiTokenId(2) },
        Act::MailSentAgain { mail: OutgoingId(3), ticket: Some(TicketId(3)), person: Some(person) },
        Act::MailSentAgain { mail: OutgoingId(4), ticket: None, person: None },
        Act::WorkDropped { job: JobId(7), work: "mail".into(), ticket: Some(TicketId(3)) },
        Act::WorkDropped { job: JobId(8), work: "simulation".into(), ticket: None },
        Act::TokenUsed { token: ApiTokenId(2) },
    ]
    .into_iter()
    .chain(of_teams())
    .collect()
}

fn of_teams() -> Vec<Act> {
    let (team, person) = (TeamId(5), DANA);
    let takes = [Taking::Nothing, Taking::All, Taking::Asked].map(|takes| Act::TeamTakes { team, takes });
    let shares = Sharing::ALL.map(|sharing| Act::TeamShares { team, sharing });
    let others = [
        Act::TeamMade { team },
        Act::TeamRenamed { team },
        Act::TeamJoined { team, person },
        Act::TeamLeft { team, person },
        Act::TeamMovedUp { team },
        Act::TeamEnded { team: TeamId(6) },
        Act::TeamEnded { team: TeamId(99) },
    ];
    others.into_iter().chain(takes).chain(shares).collect()
}

fn of_the_rest() -> Vec<Act> {
    let (organisation, person, ticket, file) = (ACME, DANA, TicketId(1001), AttachmentId(7));
    let says = Licensed {
        licensed: Kind::Paid,
        plan: Some("hedge".into()),
        deployment: Some("server".into()),
        seats: Some(1200),
        through: Some(jiff::civil::date(2027, 1, 5)),
    };
    let plain = Licensed { licensed: Kind::Trial, plan: None, deployment: None, seats: None, through: None };
    let from = "2026-11-20T08:00:00Z".parse().unwrap();
    let passage = Redacted::Passage(Place::Message(MessageId(5)));
    let redacted = |what: &Redacted, others| Act::Redacted {
        ticket,
        what: what.clone(),
        by: Redactor::Support,
        others,
        why: None,
    };
    let mut acts = vec![
        Act::OrganisationOpened { organisation, by_domain: true },
        Act::OrganisationOpened { organisation, by_domain: false },
        Act::OrganisationConfirmed { organisation },
        Act::OrganisationRenamed { organisation },
        Act::Joined { organisation, person },
        Act::Left { organisation, person, heir: None },
        Act::Left { organisation, person, heir: Some(PersonId(17)) },
        Act::RegionSet { organisation, region: Some("emea".into()) },
        Act::RegionSet { organisation, region: None },
        Act::OrganisationMerged { organisation, into: OrganisationId(6) },
        Act::OrganisationSplit { organisation, off: OrganisationId(6) },
        Act::InvitationEnded { organisation },
        Act::InvitingSet { organisation, others: true },
        Act::InvitingSet { organisation, others: false },
        Act::ResaleOffered { organisation },
        Act::ResaleBegun { organisation, reseller: OrganisationId(6) },
        Act::ResaleEnded { organisation, reseller: Some(OrganisationId(6)) },
        Act::ResaleEnded { organisation, reseller: None },
        Act::ParticipantAdded { ticket, person },
        Act::ParticipantRemoved { ticket, person },
        Act::LicenceSet { organisation, licence: LicenceId(9), says },
        Act::LicenceSet { organisation, licence: LicenceId(9), says: plain },
        Act::PolicyApplied { version: PolicyVersionId(2), from, sha256: "ab".into() },
        Act::Recomputed { ticket, version: PolicyVersionId(2) },
        redacted(&passage, 0),
        redacted(&passage, 1),
        redacted(&passage, 2),
        redacted(&Redacted::File(file), 0),
        Act::OriginalRead { ticket, file },
        Act::OrganisationExported { organisation, left_out: 0 },
        Act::OrganisationExported { organisation, left_out: 2 },
        Act::OrganisationErased { organisation: OrganisationId(18) },
    ];
    acts.extend(of_releases(organisation));
    acts.extend(of_bugs(ticket));
    acts.extend(of_domains(organisation));
    for role in [Role::Member, Role::Contact, Role::Manager] {
        acts.push(Act::RoleSet { organisation, person, role });
        acts.push(Act::Invited { organisation, role });
    }
    for (setting, earlier) in
        [(Setting::Own, Earlier::Kept), (Setting::Managers, Earlier::Kept), (Setting::Everyone, Earlier::Shown)]
    {
        acts.push(Act::SharingSet { organisation, setting, earlier });
    }
    acts.extend(
        [Secrecy::Open, Secrecy::Confidential, Secrecy::Security].map(|secrecy| Act::SecrecySet { ticket, secrecy }),
    );
    acts
}

fn of_releases(organisation: OrganisationId) -> Vec<Act> {
    use rules::releases::{Edition, Instance, Version};
    let release = rules::ids::ReleaseId(3);
    let (version, eu1) = (Version::read("5.12.1").unwrap(), Instance::read("eu1").unwrap());
    let withdrawn = |instead| Act::ReleaseWithdrawn { release, version: version.clone(), instead };
    vec![
        Act::ReleasePublished { release, version: version.clone() },
        Act::ReleaseAmended { release, version: version.clone() },
        withdrawn(None),
        withdrawn(Version::read("5.12")),
        Act::RolledOut { release, version: version.clone(), instance: eu1.clone() },
        Act::PlaceSet { organisation, edition: Edition::read("team").ok(), instance: Some(eu1) },
        Act::PlaceSet { organisation, edition: None, instance: None },
    ]
}

fn of_bugs(ticket: TicketId) -> Vec<Act> {
    use rules::{
        audit::{BugAct, BugDid},
        bugs::Did,
        ids::BugId,
        releases::Version,
    };
    let (bug, version) = (Some(BugId(311)), Version::read("5.13"));
    let steps = [
        Did::Confirmed,
        Did::Planned,
        Did::Unplanned,
        Did::Started,
        Did::Fixed,
        Did::Unfixed,
        Did::FoundAgain,
        Did::Refused,
        Did::Reconsidered,
        Did::Settled,
    ];
    let besides = [BugDid::Linked, BugDid::Unlinked, BugDid::Shown, BugDid::Hidden];
    let of_bug =
        [BugDid::Filed, BugDid::Hotfix, BugDid::Planned].into_iter().chain(besides).chain(steps.map(BugDid::Step));
    let mut acts: Vec<Act> =
        of_bug.map(|did| Act::Bug(BugAct { bug, ticket: None, did, version: version.clone(), people: None })).collect();
    acts.push(Act::Bug(BugAct { bug, ticket: None, did: BugDid::Wrote, version: None, people: Some(12) }));
    for (did, bug) in [(BugDid::Joined, bug), (BugDid::Left, bug), (BugDid::ReportRefused, None)] {
        acts.push(Act::Bug(BugAct { bug, ticket: Some(ticket), did, version: None, people: None }));
    }
    use rules::audit::TrackerDid::{Removed, SecretEnded, SecretMade, Set};
    acts.extend([Set, SecretMade, SecretEnded, Removed].map(Act::Tracker));
    acts
}

/// Entries about domains: from before they were named, and named.
fn of_domains(organisation: OrganisationId) -> Vec<Act> {
    let (known, erased) = (DomainNoteId(1), DomainNoteId(2));
    let set = |domains, entry| Act::DomainsSet { organisation, domains, entry };
    let mut acts = [0, 1, 2].map(|domains| set(domains, None)).to_vec();
    acts.extend([(1, known), (2, erased)].map(|(domains, note)| set(domains, Some(EntrySet::Claimed(note)))));
    let released = [(0, known), (1, known), (2, erased)];
    acts.extend(released.map(|(domains, note)| set(domains, Some(EntrySet::Released(note)))));
    acts
}

fn said() -> String {
    let people = HashMap::from([(DANA, "Dana Whitlock".to_owned()), (PersonId(17), String::new())]);
    let organisations = HashMap::from([(ACME, "Acme".to_owned())]);
    let domains = HashMap::from([(DomainNoteId(1), "xn--bcher-kva.example".to_owned())]);
    let platform = Called::standing("Platform".into());
    let ended = Called { name: "Imports".into(), has_ended: true };
    let teams = HashMap::from([(TeamId(5), platform), (TeamId(6), ended)]);
    let names =
        Names { lang: Lang::En, people: &people, organisations: &organisations, domains: &domains, teams: &teams };
    let mut lines = String::new();
    for by in [By::rule(), By::person(DANA)] {
        for act in acts() {
            lines.push_str(&format!("{} | {}\n", names.by(by), names.act(by, &act)));
        }
    }
    lines
}

#[test]
fn who_is_no_person_is_told_apart() {
    let none = (HashMap::new(), HashMap::new(), HashMap::new(), HashMap::new());
    let names = Names { lang: Lang::En, people: &none.0, organisations: &none.1, domains: &none.2, teams: &none.3 };
    let said = [ActorKind::Rule, ActorKind::Command, ActorKind::Job, ActorKind::Integration]
        .map(|kind| names.by(By { kind, person: None }));
    assert_eq!(said, ["the desk", "the command line", "a job of the desk", "a program"]);
}

#[test]
fn every_entry_is_a_sentence() {
    let lines = said();
    for line in lines.lines() {
        let (_, act) = line.split_once(" | ").unwrap();
        assert!(!act.is_empty() && !act.contains('{') && !act.contains("  "), "{line}");
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn every_area_and_every_fault_is_said() {
    let areas = Area::ALL.map(|it| area(Lang::En, it)).join("\n");
    let faults = [
        Broken::Missing { number: 4 },
        Broken::Torn { number: 4 },
        Broken::Changed { number: 4 },
        Broken::Misfiled { number: 4 },
        Broken::CutOff { number: 9, last: 4 },
        Broken::Rewritten { number: 4 },
    ]
    .map(|it| broken(Lang::En, &it))
    .join("\n");
    assert!(!areas.contains('{') && !faults.contains('{'), "{areas}\n{faults}");
}
