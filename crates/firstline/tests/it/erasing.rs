//! An organisation is erased and handed out, and a person from the desk: what goes, what stays, and what proves it (PRV-1, PRV-3).

use axum::http::StatusCode;
use desk::{
    Actor, Error,
    exports::{About, hand_out},
    organisations::{self, Erasing, Its, erase},
    search::{self, At},
    tickets,
};
use rules::{
    events::Secrecy,
    ids::{OrganisationId, TicketId},
    refusal::Refusal,
};
use store::Store;
use testkit::{Browser, Outcome, Scene, on_both};

use super::backup::Beside;

async fn acme(scene: &Scene) -> OrganisationId {
    scene.dana().await.signed().unwrap().organisations[0].0
}

fn erasing(people: Its) -> Erasing {
    Erasing { people, typed: String::new() }
}

/// A talk between Dana of Acme and Ines, with a file, a note and a reason.
async fn a_talk(scene: &Scene) -> TicketId {
    let (dana, ines) = (scene.dana().await, scene.ines().await);
    let mut filing = scene.form("support", "zanzibar subject").await;
    let content = bytes::Bytes::from_static(b"2026-11-20 14:02:11 INFO zanzibar starting\n");
    filing.files.push(world::File { field: "detail.evidence".to_owned(), name: "zanzibar.log".to_owned(), content });
    let ticket = world::file(&scene.desk, &dana, filing).await.unwrap();
    scene.settle().await;
    scene.replies(&ines, ticket, "zanzibar reply").await;
    tickets::note(&scene.desk, &ines, ticket, world::text("zanzibar note")).await.unwrap();
    let decided = tickets::Decided { priority: "high".into(), reason: "zanzibar reason".into() };
    tickets::decide_priority(&scene.desk, &ines, ticket, decided).await.unwrap();
    scene.advance(jiff::SignedDuration::from_hours(1)).await;
    tickets::answer(&scene.desk, &dana, ticket, world::text("zanzibar answer")).await.unwrap();
    scene.settle().await;
    ticket
}

/// How many requests are found by words.
async fn found(scene: &Scene, words: &str) -> usize {
    search::catch_up(&scene.desk).await.unwrap();
    search::find(&scene.desk, &scene.ines().await, words, (At::Desk, 1)).await.unwrap().requests.len()
}

on_both! {
    async fn prv_1_an_erased_organisation_is_gone_and_clocks_and_other_people_stay(scene) {
        let (ticket, id) = (a_talk(&scene).await, acme(&scene).await);
        let other = scene.files(&scene.actor(scene.cast.lea()).await, "question", "Which role may only read?").await;
        let ines = scene.ines().await;
        let before = tickets::show(&scene.desk, &ines, ticket).await.unwrap();

        let erased = erase(&scene.desk, &Actor::DESK, id, erasing(Its::Kept)).await.unwrap();

        assert!(erased.people.is_empty());
        let rows = |place| erased.looked.iter().find(|it| it.place == place).map_or(0, |it| it.rows);
        assert!(rows("messages") >= 3 && rows("subjects") >= 1 && rows("files") >= 1 && rows("mails") >= 2, "{:?}", erased.looked);
        assert_eq!((rows("domains"), rows("name")), (1, 1));
        let after = tickets::show(&scene.desk, &ines, ticket).await.unwrap();
        assert_eq!(after.clocks, before.clocks);
        assert_eq!(after.messages.len(), before.messages.len());
        assert!(!format!("{after:?}").contains("zanzibar") && after.files.is_empty(), "{after:?}");
        for mail in store::outgoing::newest(scene.desk.store.read(), None, 100).await.unwrap() {
            let bytes = String::from_utf8_lossy(mail.bytes.as_deref().unwrap_or_default()).into_owned();
            assert!(mail.ticket != Some(ticket) || (mail.recipient.is_empty() && bytes.is_empty()), "{mail:?}");
        }
        assert!(tickets::show(&scene.desk, &ines, other).await.unwrap().ticket.subject.contains("role"), "others stay");
        let dana = scene.dana().await;
        assert!(dana.signed().unwrap().organisations.is_empty(), "its people belong to it no more");
        assert!(organisations::list(&scene.desk, &ines, organisations::Listed::All, None).await.unwrap().organisations.iter().all(|it| it.id != id));
        let list = std::fs::read_to_string(scene.folder.path().join("erasures.log")).unwrap();
        assert_eq!(list, format!("{} organisation {id}\n", scene.desk.now()));
        scene.settle().await;
        let proof = desk::proof::compare(scene.desk.store.read()).await.unwrap();
        assert!(proof.differences.is_empty(), "{:?}", proof.differences);
    }

    async fn prv_1_its_people_are_erased_with_it_but_for_those_who_are_elsewhere_or_staff(scene) {
        let (id, dana, ravi) = (acme(&scene).await, scene.cast.dana(), scene.cast.ravi());
        let lea = scene.actor(scene.cast.lea()).await;
        let elsewhere = lea.signed().unwrap().organisations[0].0;
        let tx = scene.desk.store.begin().await.unwrap();
        store::organisations::join(&tx, elsewhere, ravi.person, rules::access::Role::Member, scene.desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        let erased = erase(&scene.desk, &Actor::DESK, id, erasing(Its::Erased)).await.unwrap();
        assert!(erased.people.contains(&dana.person) && !erased.people.contains(&ravi.person), "{:?}", erased.people);
        assert!(matches!(dana.actor(&scene.desk).await, Err(Error::NotFound)));
        let organisations = scene.ravi().await.signed().unwrap().organisations.clone();
        assert_eq!(organisations.iter().map(|it| it.0).collect::<Vec<_>>(), [elsewhere]);
    }

    async fn prv_1_mail_that_waits_for_an_erased_organisation_never_leaves(scene) {
        let dana = scene.cast.dana();
        scene.mail.expect(&dana.address, [Outcome::Defer]);
        scene.files(&scene.dana().await, "question", "zanzibar?").await;
        erase(&scene.desk, &Actor::DESK, acme(&scene).await, erasing(Its::Kept)).await.unwrap();
        scene.advance(jiff::SignedDuration::from_hours(30)).await;
        assert!(scene.mail.of(&dana.address).is_empty(), "{:?}", scene.mail.of(&dana.address));
    }

    async fn prv_1_an_organisation_that_a_restore_brings_back_is_erased_again(scene) {
        let (ticket, id) = (a_talk(&scene).await, acme(&scene).await);
        let beside = Beside::new();
        beside.backup(&scene);
        erase(&scene.desk, &Actor::DESK, id, erasing(Its::Erased)).await.unwrap();
        let list = scene.folder.path().join("erasures.log");
        let place = beside.empty(scene.desk.store.place()).await;
        let restored = beside.run(&place, &["restore", "backup", "--erasures", list.to_str().unwrap()]);
        assert!(restored.well && restored.out.contains("and one organisation again"), "{restored:?}");
        assert!(restored.out.contains("The audit is whole"), "{restored:?}");
        let store = Store::open(&place).await.unwrap();
        let organisation = store::organisations::get(store.read(), id).await.unwrap();
        assert!(organisation.erased_at.is_some() && organisation.name == format!("‹erased organisation {id}›"), "{organisation:?}");
        assert_eq!(store::tickets::get(store.read(), ticket).await.unwrap().subject, "");
    }

    async fn prv_1_the_command_says_first_and_proves_itself_by_a_list(scene) {
        a_talk(&scene).await;
        let beside = Beside::new();
        beside.backup(&scene);
        let place = beside.empty(scene.desk.store.place()).await;
        assert!(beside.run(&place, &["restore", "backup"]).well);
        let said = beside.run(&place, &["erase", "organisation", "acme.example"]);
        assert!(!said.well && said.error.contains("Say it again with --yes"), "{said:?}");
        let erased = beside.run(&place, &["erase", "organisation", "acme.example", "--people", "--yes"]);
        assert!(erased.well && erased.out.contains("Every place that was looked at:") && erased.out.contains("  messages\n"), "{erased:?}");
        let lea = &scene.cast.lea().address;
        let person = beside.run(&place, &["erase", "person", lea, "--yes"]);
        assert!(person.well && person.out.contains("  addresses\n"), "{person:?}");
        let verified = beside.run(&place, &["audit", "verify"]);
        assert!(verified.well, "{verified:?}");
        let nobody = beside.run(&place, &["erase", "person", lea, "--yes"]);
        assert!(!nobody.well && nobody.error.contains("nobody has the address"), "{nobody:?}");
    }

    async fn prv_1_an_administrator_types_the_name_and_the_page_lists_every_place(scene) {
        a_talk(&scene).await;
        let id = acme(&scene).await;
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        let page = ada.get(&format!("/desk/organisations/{id}/data")).await.text();
        assert!(page.contains("Type Acme Robotics to confirm"), "{page}");
        let wrong = ada.post(&format!("/desk/organisations/{id}/erasure"), &[("typed", "acme"), ("people", "kept")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("exactly as it stands here"), "{}", wrong.text());
        let done = ada.post(&format!("/desk/organisations/{id}/erasure"), &[("typed", "Acme Robotics"), ("people", "kept")]).await.text();
        assert!(done.contains(&format!("Organisation {id} is erased")) && done.contains("messages"), "{done}");
        assert_eq!(ada.get(&format!("/desk/organisations/{id}/data")).await.status, StatusCode::NOT_FOUND, "once is enough");
        let lea = scene.cast.lea();
        let page = ada.get(&format!("/desk/people/{}", lea.person)).await.text();
        assert!(page.contains(&lea.address), "{page}");
        let erasure = format!("/desk/people/{}/erasure", lea.person);
        assert_eq!(ada.post(&erasure, &[("typed", &lea.name)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = ada.post(&erasure, &[("typed", &lea.address)]).await.text();
        assert!(done.contains("is erased") && done.contains("addresses"), "{done}");
        let refused = erase(&scene.desk, &scene.theo().await, id, erasing(Its::Kept)).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::MayNot { .. }))));
    }

    async fn prv_3_what_an_administrator_may_not_see_is_left_out_and_said(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        scene.files(&dana, "question", "Which role may only read?").await;
        let secret = scene.files(&dana, "support", "Our takeover").await;
        tickets::set_secrecy(&scene.desk, &ines, secret, Secrecy::Confidential).await.unwrap();
        scene.files(&dana, "security", "A hole").await;
        let (id, ada) = (acme(&scene).await, scene.actor(scene.cast.ada()).await);
        let gathered = hand_out(&scene.desk, &ada, About::Organisation(id)).await.unwrap();
        assert_eq!((gathered.requests, gathered.left_out), (1, 2));
        let whole = hand_out(&scene.desk, &Actor::DESK, About::Organisation(id)).await.unwrap();
        assert_eq!((whole.requests, whole.left_out), (3, 0));
        let mut browser = Browser::of(&scene, scene.cast.ada()).await;
        let archive = browser.post(&format!("/desk/organisations/{id}/export"), &[]).await;
        assert_eq!(archive.header("content-type"), "application/zip");
        assert!(archive.body.starts_with(b"PK"));
    }

    async fn prv_1_what_was_erased_is_found_no_more(scene) {
        a_talk(&scene).await;
        assert_eq!(found(&scene, "zanzibar").await, 1);
        erase(&scene.desk, &Actor::DESK, acme(&scene).await, erasing(Its::Kept)).await.unwrap();
        assert_eq!(found(&scene, "zanzibar").await, 0);
    }
}
