//! The audit: each change of rights, of what is seen, of licences and the policy, each redaction, look at an original, export and
//! erasure leaves one entry, and nothing of it is changed unseen.

use axum::http::StatusCode;
use desk::{
    Actor, Run,
    audit::{Broken, Head, verify},
    exports::{About, hand_out},
    licences::{self, Given},
    organisations::{self, Erasing, Its, Leaving, NewInvitation, NewSharing},
    people,
    policy::{NewPolicy, apply},
    tickets,
};
use rules::{
    access::{Earlier, Grant, Role, Setting},
    audit::Act,
    entitlement::Kind,
    events::{ActorKind, EntrySet, Redacted, Secrecy},
    ids::{DomainNoteId, OrganisationId},
    people::Others,
    redaction::{Place, Reason},
};
use sha2::{Digest, Sha256};
use testkit::{Browser, Scene, on_both};

use super::{
    backup::Beside,
    redaction::{because, wanted},
};

pub(crate) async fn head(scene: &Scene) -> Head {
    store::audit::head(scene.desk.store.read()).await.unwrap()
}

async fn acts_since(scene: &Scene, head: &Head) -> Vec<Act> {
    let kept = store::audit::after(scene.desk.store.read(), head.number, 100).await.unwrap();
    kept.iter().map(|kept| kept.act().unwrap()).collect()
}

/// What a verb left, which is one entry.
async fn left<T, E: std::fmt::Debug>(scene: &Scene, verb: impl Future<Output = Result<T, E>>) -> Act {
    let before = head(scene).await;
    if let Err(error) = verb.await {
        panic!("{error:?}");
    }
    let mut acts = acts_since(scene, &before).await;
    assert_eq!(acts.len(), 1, "{acts:?}");
    acts.remove(0)
}

async fn acme(scene: &Scene) -> OrganisationId {
    scene.dana().await.signed().unwrap().organisations[0].0
}

async fn broken(scene: &Scene, known: &[Head]) -> Option<Broken> {
    verify(scene.desk.store.read(), known).await.unwrap().broken
}

on_both! {
    async fn who_works_at_the_desk_and_who_is_signed_out_leave_an_entry_each(scene) {
        let desk = &scene.desk;
        let (ada, ines, dana) = (scene.actor(scene.cast.ada()).await, scene.cast.ines(), scene.cast.dana().person);
        let grants = vec![Grant::Agent, Grant::Security];
        let staff = people::NewStaff { name: ines.name.clone(), address: ines.address.clone(), grants: grants.clone() };
        assert_eq!(left(&scene, people::add_staff(desk, &ada, staff)).await, Act::GrantsSet { person: ines.person, grants });
        assert_eq!(left(&scene, people::end_sessions_of(desk, &ada, dana)).await, Act::SessionsEnded { person: dana });
        let own = left(&scene, people::sign_out_everywhere(desk, &scene.dana().await)).await;
        assert_eq!(own, Act::SessionsEnded { person: dana });
        assert_eq!(left(&scene, desk::exports::ask(desk, &scene.dana().await)).await, Act::PersonExported { person: dana });
        let out = left(&scene, hand_out(desk, &ada, About::Person(dana))).await;
        assert_eq!(out, Act::PersonExported { person: dana });
        let organisation = acme(&scene).await;
        let out = left(&scene, hand_out(desk, &ada, About::Organisation(organisation))).await;
        assert_eq!(out, Act::OrganisationExported { organisation, left_out: 0 });
        assert_eq!(left(&scene, people::erase(desk, &ada, dana)).await, Act::PersonErased { person: dana });
        let kept = Erasing { people: Its::Kept, typed: store::organisations::get(desk.store.read(), organisation).await.unwrap().name };
        let gone = left(&scene, organisations::erase(desk, &ada, organisation, kept)).await;
        assert_eq!(gone, Act::OrganisationErased { organisation });
        assert_eq!(broken(&scene, &[]).await, None);
    }

    async fn every_change_of_an_organisation_leaves_an_entry(scene) {
        let (desk, ines, ravi) = (&scene.desk, scene.ines().await, scene.cast.ravi().person);
        let organisation = acme(&scene).await;
        let renamed = left(&scene, organisations::rename(desk, &ines, organisation, "Acme Robotics KG")).await;
        assert_eq!(renamed, Act::OrganisationRenamed { organisation });
        let claimed = left(&scene, organisations::claim(desk, &ines, organisation, "acme-robotics.example")).await;
        let (came, went) = (EntrySet::Claimed(DomainNoteId(1)), EntrySet::Released(DomainNoteId(2)));
        assert_eq!(claimed, Act::DomainsSet { organisation, domains: 2, entry: Some(came) });
        let released = left(&scene, organisations::release(desk, &ines, organisation, "acme-robotics.example")).await;
        assert_eq!(released, Act::DomainsSet { organisation, domains: 1, entry: Some(went) });
        let new = NewSharing { setting: Setting::Everyone, earlier: Earlier::Shown };
        let shared = left(&scene, organisations::set_sharing(desk, &ines, organisation, new)).await;
        assert_eq!(shared, Act::SharingSet { organisation, setting: Setting::Everyone, earlier: Earlier::Shown });
        let role = left(&scene, organisations::set_role(desk, &ines, organisation, ravi, Role::Manager)).await;
        assert_eq!(role, Act::RoleSet { organisation, person: ravi, role: Role::Manager });
        let asked = NewInvitation { address: "otto@acme.example".into(), role: Role::Contact };
        let asked = left(&scene, organisations::invite(desk, &ines, organisation, asked)).await;
        assert_eq!(asked, Act::Invited { organisation, role: Role::Contact });
        let waiting = organisations::inviting(desk, &ines, organisation).await.unwrap().waiting[0].id;
        let ended = left(&scene, organisations::revoke(desk, &ines, organisation, waiting)).await;
        assert_eq!(ended, Act::InvitationEnded { organisation });
        let others = left(&scene, organisations::set_others(desk, &ines, organisation, Others::Allowed)).await;
        assert_eq!(others, Act::InvitingSet { organisation, others: true });
        let leaving = Leaving { person: ravi, heir: String::new() };
        let gone = left(&scene, organisations::end_membership(desk, &ines, organisation, leaving)).await;
        assert_eq!(gone, Act::Left { organisation, person: ravi, heir: None });
        let before = head(&scene).await;
        organisations::rename(desk, &ines, organisation, "Acme Robotics KG").await.unwrap();
        assert_eq!(head(&scene).await, before, "what changes nothing leaves nothing");
    }

    async fn licences_and_the_policy_leave_an_entry_each(scene) {
        let (desk, ines) = (&scene.desk, scene.ines().await);
        let organisation = acme(&scene).await;
        let through = Some(jiff::civil::date(2027, 3, 31));
        let given = Given { organisation, external_key: Some("SUB-9".into()), edition: String::new(), deployment: None, plan: None, kind: Kind::Trial, seats: Some(40), through };
        let Act::LicenceSet { licence, says, .. } = left(&scene, licences::give(desk, &ines, given)).await else { panic!("no licence") };
        assert_eq!((says.licensed, says.seats, says.through), (Kind::Trial, Some(40), through));
        let Act::LicenceSet { says, .. } = left(&scene, licences::end(desk, &ines, (organisation, licence))).await else { panic!("no licence") };
        assert_eq!(says.through, Some(jiff::civil::date(2026, 11, 16)));
        let table = "key;organisation;seats\nSUB-9;acme.example;41\n";
        let before = head(&scene).await;
        licences::import(desk, &ines, table, Run::Dry).await.unwrap();
        assert_eq!(head(&scene).await, before, "only tried");
        let imported = left(&scene, licences::import(desk, &ines, table, Run::Real)).await;
        assert!(matches!(imported, Act::LicenceSet { says, .. } if says.seats == Some(41)));
        let source = include_str!("../../../../policies/larkspur.toml").to_owned();
        let sha: String = Sha256::digest(&source).iter().map(|byte| format!("{byte:02x}")).collect();
        let new = NewPolicy { source, from: None };
        let Act::PolicyApplied { sha256, from, .. } = left(&scene, apply(desk, &scene.theo().await, new)).await else { panic!("no policy") };
        assert_eq!((sha256, from), (sha, desk.now()), "as sha256sum says it of the file");
    }

    async fn vis_2_who_sees_a_request_what_is_redacted_and_looks_at_originals_leave_an_entry_each(scene) {
        let (desk, ines, dana) = (&scene.desk, scene.ines().await, scene.dana().await);
        let mut filing = scene.form("support", "Launches hang on tulip-4711").await;
        let content = bytes::Bytes::from_static(b"2026-11-20 14:02:11 INFO starting\n2026-11-20 16:02:11 INFO password=rosebud1\n");
        filing.files.push(world::File { field: "detail.evidence".to_owned(), name: "server.log".to_owned(), content });
        let ticket = world::file(desk, &dana, filing).await.unwrap();
        scene.settle().await;
        let ravi = scene.cast.ravi();
        let added = left(&scene, tickets::add_participant(desk, &ines, ticket, &ravi.address)).await;
        assert_eq!(added, Act::ParticipantAdded { ticket, person: ravi.person });
        let removed = left(&scene, tickets::remove_participant(desk, &ines, ticket, ravi.person)).await;
        assert_eq!(removed, Act::ParticipantRemoved { ticket, person: ravi.person });
        let secret = left(&scene, tickets::set_secrecy(desk, &ines, ticket, Secrecy::Confidential)).await;
        assert_eq!(secret, Act::SecrecySet { ticket, secrecy: Secrecy::Confidential });
        let files = tickets::show(desk, &ines, ticket).await.unwrap().files;
        let file = files.iter().find(|file| file.original.is_some()).unwrap().id;
        let seen = left(&scene, tickets::fetch_original(desk, &ines, file, "the address is needed")).await;
        assert_eq!(seen, Act::OriginalRead { ticket, file });
        let gone = because(Reason::Secret, wanted(Place::Subject, "tulip-4711"));
        let redacted = left(&scene, tickets::redact(desk, &ines, ticket, &gone)).await;
        assert!(matches!(&redacted, Act::Redacted { what: Redacted::Passage(Place::Subject), why: Some(Reason::Secret), .. }), "{redacted:?}");
        let gone = tickets::FileGone { why: Some(Reason::Personal), ..tickets::FileGone::default() };
        let redacted = left(&scene, tickets::redact_file(desk, &ines, file, gone)).await;
        assert!(matches!(redacted, Act::Redacted { what: Redacted::File(gone), .. } if gone == file));
        let all = store::audit::after(desk.store.read(), 0, 1000).await.unwrap();
        for text in all.iter().map(|kept| &kept.act) {
            assert!(!text.contains("tulip") && !text.contains("Ravi") && !text.contains('@'), "{text}");
        }
    }

    async fn the_command_line_jobs_and_the_product_itself_are_told_apart(scene) {
        let ines = scene.cast.ines();
        let grants = vec![Grant::Agent, Grant::Security];
        let staff = people::NewStaff { name: ines.name.clone(), address: ines.address.clone(), grants };
        people::add_staff(&scene.desk, &Actor::COMMAND, staff).await.unwrap();
        scene.advance(jiff::SignedDuration::from_hours(24 * 181)).await;
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        let kept = store::audit::after(scene.desk.store.read(), 0, 1000).await.unwrap();
        let by = |wanted: &dyn Fn(&Act) -> bool| {
            let entry = kept.iter().rev().find(|kept| kept.act().is_some_and(|act| wanted(&act))).unwrap();
            entry.by().unwrap().kind
        };
        assert_eq!(by(&|act| matches!(act, Act::GrantsSet { .. })), ActorKind::Command);
        assert_eq!(by(&|act| matches!(act, Act::AddressDoubted { .. })), ActorKind::Job);
        let page = Browser::of(&scene, scene.cast.ada()).await.get("/desk/audit").await.text();
        assert!(page.contains("a job of the desk"), "{page}");
        assert_eq!(broken(&scene, &[]).await, None);
    }

    async fn an_administrator_looks_through_the_audit_and_takes_it_out(scene) {
        let organisation = acme(&scene).await;
        let (dana, ines) = (scene.cast.dana(), scene.ines().await);
        organisations::set_role(&scene.desk, &ines, organisation, dana.person, Role::Manager).await.unwrap();
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        let page = ada.get("/desk/audit").await.text();
        assert!(page.contains(&format!("made {} a manager of Acme Robotics", dana.name)), "{page}");
        assert!(page.contains(&head(&scene).await.to_string()), "{page}");
        let hers = ada.get(&format!("/desk/audit?person={}&thing=&area=organisations&from=2026-11-16&until=2026-11-16", dana.address)).await.text();
        assert!(hers.contains("a manager of Acme Robotics") && !hers.contains("applied version"), "{hers}");
        let of_acme = ada.get("/desk/audit?thing=acme.example&person=").await.text();
        assert!(of_acme.contains("a manager of Acme Robotics"), "{of_acme}");
        assert!(ada.get("/desk/audit?from=2026-11-17").await.text().contains("No entry fits"));
        assert!(ada.get("/desk/audit?person=nobody@nowhere.example").await.text().contains("Nobody has the address"));
        for page in ["/desk/audit", "/desk/audit.csv", "/desk/audit.jsonl", "/desk/people/1"] {
            let mut theo = Browser::of(&scene, scene.cast.theo()).await;
            assert_eq!(theo.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
        }
        let lines = ada.get("/desk/audit.jsonl").await;
        assert!(lines.header("content-disposition").contains("audit.jsonl"));
        let text = lines.text();
        let mut previous = "0".repeat(64);
        for line in text.lines() {
            let said: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(said["previous"], previous.as_str());
            let (counted, _) = line.split_once(",\"hash\":").unwrap();
            let hash: String = Sha256::digest(format!("{counted}}}")).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(said["hash"], hash.as_str(), "anybody can count it: {line}");
            previous = hash;
        }
        assert_eq!(previous, head(&scene).await.hash);
        let table = ada.get(&format!("/desk/audit.csv?person={}", dana.person)).await.text();
        assert!(table.starts_with("number,at,by,person,about,what,previous,hash\r\n") && table.contains("role_set"), "{table}");
        assert!(!text.contains(&dana.name) && !table.contains(&dana.name), "numbers, no names");
    }

    async fn a_page_of_the_audit_goes_on_where_it_ended(scene) {
        let organisation = acme(&scene).await;
        for number in 0..60 {
            organisations::rename(&scene.desk, &scene.ines().await, organisation, &format!("Acme {number}")).await.unwrap();
        }
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        let first = ada.get("/desk/audit?thing=acme.example").await.text();
        let more = first.split("href=\"").find(|link| link.starts_with("/desk/audit?thing=acme.example&amp;at=") || link.starts_with("/desk/audit?thing=acme.example&#38;at=")).unwrap();
        let more = more.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
        let second = ada.get(&more).await.text();
        let entries = |page: &str| page.matches("<tr><td><time").count();
        assert_eq!(entries(&first), 50);
        assert!(entries(&second) >= 10 && second.contains("renamed"), "{second}");
    }

    async fn the_audit_is_proven_on_the_command_line_and_after_a_restore(scene) {
        let organisation = acme(&scene).await;
        organisations::rename(&scene.desk, &scene.ines().await, organisation, "One").await.unwrap();
        let beside = Beside::new();
        let saved = beside.backup(&scene);
        let head = head(&scene).await;
        assert!(saved.out.contains(&format!("The last entry of the audit is {head}")), "{saved:?}");
        assert!(std::fs::read_to_string(beside.path("backup/manifest.json")).unwrap().contains(&head.hash));
        let place = beside.empty(scene.desk.store.place()).await;
        let restored = beside.run(&place, &["restore", "backup"]);
        let whole = format!("The audit is whole: {} entries, and the last is {head}", head.number);
        assert!(restored.well && restored.out.contains(&whole), "{restored:?}");
        let verified = beside.run(&place, &["audit", "verify", "--head", &head.to_string()]);
        assert!(verified.well && verified.out.contains(&whole), "{verified:?}");
        let later = format!("{}:{}", head.number + 1, head.hash);
        let cut = beside.run(&place, &["audit", "verify", "--head", &later]);
        assert!(!cut.well && cut.error.contains("the end was cut off"), "{cut:?}");
        assert!(!beside.run(&place, &["audit", "verify", "--head", "12"]).well);
        let written = beside.run(&place, &["audit", "export", "--into", "audit.jsonl"]);
        assert!(written.well && written.out.contains(&head.to_string()), "{written:?}");
        let lines = std::fs::read_to_string(beside.path("audit.jsonl")).unwrap();
        assert_eq!(i64::try_from(lines.lines().count()).unwrap(), head.number);
        let odd = beside.run(&place, &["audit", "export", "--into", "audit.xls"]);
        assert!(!odd.well && odd.error.contains("end it in .csv"), "{odd:?}");
    }
}
