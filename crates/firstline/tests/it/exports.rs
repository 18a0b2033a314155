//! All that concerns somebody, handed out (PRV-3): what is in it, what is not, and to whom.

use std::{collections::BTreeMap, io::Read};

use bytes::Bytes;
use desk::{
    Actor, Error,
    exports::{About, gather, zip},
    tickets::{link, note},
};
use futures_util::TryStreamExt;
use jiff::SignedDuration;
use rules::ids::TicketId;
use serde_json::Value;
use testkit::{Browser, Scene, on_both};

/// The files of an archive, by path.
fn unpacked(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let mut files = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let mut content = vec![];
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

async fn exported(scene: &Scene, actor: &Actor, about: About) -> BTreeMap<String, Vec<u8>> {
    let gathered = gather(&scene.desk, actor, about).await.unwrap();
    let pieces: Vec<Bytes> = zip(gathered.files).try_collect().await.unwrap();
    unpacked(&pieces.concat())
}

fn document(files: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice(&files["export.json"]).unwrap()
}

fn numbers(document: &Value) -> Vec<i64> {
    document["requests"].as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()).collect()
}

/// Dana's request with a file, an answer and a note.
async fn talked(scene: &Scene) -> TicketId {
    let mut filing = scene.form("question", "Which role may only read?").await;
    let content = Bytes::from_static(b"Viewers read, editors write.\n");
    filing.files = vec![world::File { field: "detail.evidence".to_owned(), name: "../a:log.txt".to_owned(), content }];
    let ticket = world::file(&scene.desk, &scene.dana().await, filing).await.unwrap();
    scene.settle().await;
    scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
    note(&scene.desk, &scene.ines().await, ticket, world::text("She asked this in March.")).await.unwrap();
    let other = scene.files(&scene.actor(scene.cast.lea()).await, "question", "Another company's").await;
    link(&scene.desk, &scene.ines().await, ticket, other).await.unwrap();
    scene.advance(SignedDuration::from_mins(1)).await;
    ticket
}

on_both! {
    async fn prv_3_an_archive_arrives_whole_in_a_browser(scene) {
        let ticket = talked(&scene).await;
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        ada.headers.push(("accept-encoding", "gzip".to_owned()));
        let acme = desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap().ticket.organisation.unwrap();
        for page in [format!("/desk/people/{}", scene.cast.dana().person), format!("/desk/organisations/{acme}")] {
            let given = ada.post(&format!("{page}/export"), &[]).await;
            assert_eq!((given.status.as_u16(), given.header("content-encoding")), (200, "gzip"));
            // What gzip holds ends with the sum and the length of what was packed (RFC 1952).
            let [.., a, b, c, d] = given.body[..] else { panic!("nothing came") };
            assert!(u32::from_le_bytes([a, b, c, d]) > 500);
        }
    }

    async fn prv_3_a_customer_gets_what_they_see_and_staff_all_of_it(scene) {
        let ticket = talked(&scene).await;
        let ravis = scene.files(&scene.actor(scene.cast.ravi()).await, "question", "Mine alone").await;
        let person = scene.cast.dana().person;
        let own = exported(&scene, &scene.dana().await, About::Person(person)).await;
        let told = document(&own);
        assert_eq!((told["firstline_export"].as_i64(), told["seen_by"].as_str()), (Some(1), Some("customer")));
        assert_eq!(numbers(&told), [ticket.0], "not {ravis}");
        assert_eq!(told["people"][0]["addresses"][0]["address"], *scene.cast.dana().address);
        let request = &told["requests"][0];
        assert_eq!(request["messages"][0]["text"], "The viewer's role.");
        assert!(request["mails"].as_array().unwrap().len() >= 2, "{request}");
        let path = request["files"][0]["path"].as_str().unwrap();
        assert_eq!(own[path], b"Viewers read, editors write.\n");
        assert!(path.starts_with("files/") && !path.contains("..") && !path.contains(':'), "{path}");
        let text = String::from_utf8(own["export.json"].clone()).unwrap();
        assert!(!text.contains("She asked this in March") && !text.contains("internal"), "no notes: {text}");
        let happened = request["happened"].to_string();
        assert!(happened.contains("posted") && !happened.contains("linked"), "no other request: {happened}");
        assert_eq!(request["ratings"], serde_json::json!([]));

        let all = exported(&scene, &Actor::DESK, About::Person(person)).await;
        let everything = String::from_utf8(all["export.json"].clone()).unwrap();
        assert!(everything.contains("She asked this in March.") && everything.contains("linked"), "{everything}");
        let of_ines = exported(&scene, &Actor::DESK, About::Person(scene.cast.ines().person)).await;
        assert_eq!(numbers(&document(&of_ines)), [ticket.0], "she wrote in it");
        let theirs = gather(&scene.desk, &scene.ines().await, About::Person(person)).await;
        assert!(matches!(theirs, Err(Error::Refused(_))), "an agent does not hand out people's data");
        let another = gather(&scene.desk, &scene.actor(scene.cast.ravi()).await, About::Person(person)).await;
        assert!(matches!(another, Err(Error::NotFound)));
    }

    async fn prv_3_an_organisations_holds_its_people_licences_and_requests(scene) {
        let ticket = talked(&scene).await;
        let (acme, name) = scene.dana().await.signed().unwrap().organisations[0].clone();
        let told = document(&exported(&scene, &Actor::DESK, About::Organisation(acme)).await);
        assert_eq!(told["organisation"]["name"], name);
        assert!(numbers(&told).contains(&ticket.0));
        assert!(told["people"].as_array().unwrap().iter().any(|it| it["number"] == scene.cast.dana().person.0));
        let nobody = gather(&scene.desk, &Actor::DESK, About::Organisation(rules::ids::OrganisationId(999))).await;
        assert!(matches!(nobody, Err(Error::NotFound)));
    }

    async fn prv_3_no_secret_is_in_an_export(scene) {
        talked(&scene).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        dana.get("/account").await;
        desk::people::ask_reset(&scene.desk, &Actor::Visitor { network: String::new() }, &scene.cast.dana().address)
            .await
            .unwrap();
        scene.settle().await;
        let link = scene.mail.link(&scene.cast.dana().address).unwrap();
        let person = scene.cast.dana().person;
        let hash = store::people::password(scene.desk.store.read(), person).await.unwrap().unwrap();
        for actor in [scene.dana().await, Actor::DESK] {
            let text = String::from_utf8(exported(&scene, &actor, About::Person(person)).await["export.json"].clone());
            let text = text.unwrap();
            assert!(text.contains("\"sessions\": [\n"), "the sessions are told: {text}");
            for secret in [hash.as_str(), &link, "$argon2", "token", "nonce"] {
                assert!(!text.contains(secret), "{secret}");
            }
        }
    }

    async fn prv_3_a_customer_downloads_their_archive_from_the_account_page_for_a_week(scene) {
        talked(&scene).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        assert!(dana.get("/account").await.text().contains("Make an archive"));
        assert_eq!(dana.post("/account/exports", &[]).await.location(), "/account#data");
        dana.post("/account/exports", &[]).await;
        assert!(dana.get("/account").await.text().contains("The archive is being made"));
        scene.settle().await;
        let page = dana.get("/account").await.text();
        assert!(page.contains("Download the archive") && page.contains("/account/exports/1"), "pressed twice, made once");
        let answer = dana.get("/account/exports/1").await;
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"my-data.zip\"");
        assert_eq!(document(&unpacked(&answer.body))["people"][0]["name"], scene.cast.dana().name);
        let mut ravi = Browser::of(&scene, scene.cast.ravi()).await;
        assert_eq!(ravi.get("/account/exports/1").await.status, 404);

        scene.advance(SignedDuration::from_hours(24 * 8)).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        assert_eq!(dana.get("/account/exports/1").await.status, 404);
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        assert!(!dana.get("/account").await.text().contains("Download the archive"));
    }
}
