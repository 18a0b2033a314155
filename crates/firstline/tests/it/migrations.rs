//! Moving from another system (REQ-6): the page, the request, the tool's builds, what is missed, and reports of dry runs.

use bytes::Bytes;
use desk::{
    Actor, Error,
    migration::{Heard, NewBuild, add_tool, ask_system, asked_systems, newest, tools},
};
use futures_util::stream;
use rules::{ids::ToolId, keys::EntryKey};
use testkit::{Browser, Scene, browser::Part, on_both};

use crate::forms::Sheet;

async fn publish(scene: &Scene, actor: &Actor, version: &str, platform: &str) -> desk::Result<ToolId> {
    let name = format!("mover-{version}.zip");
    let build = NewBuild { version: version.to_owned(), platform: platform.to_owned(), name };
    let content = stream::iter([Ok::<_, std::io::Error>(Bytes::from(format!("build {version} for {platform}")))]);
    add_tool(&scene.desk, actor, build, content).await
}

const REPORT: &[u8] = include_bytes!("../../../../fuzz/corpus/migration_report/whole.json");

on_both! {
    async fn req_6_a_listed_system_opens_the_form_with_type_priority_and_subject(scene) {
        let mut visitor = Browser::visitor(&scene);
        let page = visitor.get("/migrate").await.text();
        assert!(page.contains("Earlier") || page.contains("earlier runs"), "{page}");
        assert!(page.contains("Automated test cases need no moving") && page.contains("TestRail"), "{page}");
        assert!(page.contains("href=\"/requests/new/migration?system=testrail\""), "{page}");
        assert!(visitor.get("/support").await.text().contains("href=\"/migrate\""));
        assert!(visitor.get("/requests/new").await.text().contains("href=\"/migrate\""));

        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let form = dana.get("/requests/new/migration?system=testrail").await;
        assert_eq!(form.field("subject").as_deref(), Some("Migration from TestRail"));
        assert_eq!(form.field("detail.source_system").as_deref(), Some("TestRail"));
        assert!(form.text().contains("value=\"medium\" checked"), "{}", form.text());
        let other = dana.get("/requests/new/migration?system=Old%20%3Cb%3Etest").await;
        assert_eq!(other.field("subject").as_deref(), Some("Migration from Old &#60;b&#62;test"));
    }

    async fn req_6_the_subject_says_from_where_also_when_the_system_is_typed(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let mut sheet = Sheet::of(scene.form("migration", "Migration from").await);
        for (typed, subject) in [("test-rail", "Migration from TestRail"), (" Old  Test ", "Migration from Old Test")] {
            sheet = sheet.with("detail.source_system", typed);
            let sent = dana.upload("/requests", &sheet.parts()).await;
            let page = dana.get(sent.location()).await.text();
            assert!(page.contains(&format!("<h1>{subject}</h1>")), "{page}");
        }
        let empty = dana.upload("/requests", &sheet.with("detail.source_system", " ").parts()).await;
        assert_eq!(empty.status, 422);
        assert_eq!(empty.text().matches("This is still empty.").count(), 1, "at its field: {}", empty.text());
    }

    async fn req_6_an_unlisted_system_is_counted_once_for_a_company(scene) {
        let (dana, ravi) = (scene.dana().await, scene.actor(scene.cast.ravi()).await);
        let listed = ask_system(&scene.desk, &dana, " test-rail ").await.unwrap();
        assert_eq!(listed, Heard::Listed(EntryKey::new("testrail")));
        assert_eq!(ask_system(&scene.desk, &dana, "Old  Test").await.unwrap(), Heard::Counted("Old Test".to_owned()));
        assert!(matches!(ask_system(&scene.desk, &dana, "OLD-TEST").await.unwrap(), Heard::CountedBefore(_)));
        ask_system(&scene.desk, &ravi, "oldtest").await.unwrap();
        ask_system(&scene.desk, &ravi, "Caseboard").await.unwrap();
        assert!(matches!(ask_system(&scene.desk, &ravi, " … ").await, Err(Error::Invalid(_))));

        let asked = asked_systems(&scene.desk, &scene.ines().await).await.unwrap();
        let counts: Vec<(i64, String)> = asked.into_iter().map(|it| (it.voices, it.written.to_lowercase())).collect();
        let organisations = [&dana, &ravi].map(|actor| actor.signed().unwrap().organisations.first().map(|(id, _)| *id));
        let voices = if organisations[0] == organisations[1] { 1 } else { 2 };
        assert_eq!(counts[0].0, voices, "{counts:?}");
        assert_eq!(counts.len(), 2, "{counts:?}");
        assert!(matches!(asked_systems(&scene.desk, &dana).await, Err(Error::NotFound)));

        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let counted = browser.post("/migrate/systems", &[("system", "Newtest")]).await;
        assert_eq!((counted.status.as_u16(), counted.location()), (303, "/migrate?counted=Newtest"));
        let page = browser.get(counted.location()).await.text();
        assert!(page.contains("you come from Newtest") && page.contains("?system=Newtest"), "{page}");
        let listed = browser.post("/migrate/systems", &[("system", "TestRail")]).await;
        assert_eq!(listed.location(), "/requests/new/migration?system=testrail");
        let empty = browser.post("/migrate/systems", &[("system", " ")]).await;
        assert!(empty.status == 422 && empty.text().contains("This is still empty."), "{}", empty.text());
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        assert!(ines.get("/desk/migrations").await.text().contains("Caseboard"));
    }

    async fn req_6_the_newest_build_is_offered_with_its_hash_and_put_into_a_reply(scene) {
        publish(&scene, &Actor::DESK, "2.3.0", "Linux").await.unwrap();
        let id = publish(&scene, &Actor::DESK, "2.4.0", "Linux").await.unwrap();
        publish(&scene, &scene.actor(scene.cast.ada()).await, "2.4.0", "Windows").await.unwrap();
        assert!(matches!(publish(&scene, &Actor::DESK, "2.4.0", "Windows").await, Err(Error::Conflict)));
        assert!(matches!(publish(&scene, &scene.ines().await, "3", "Linux").await, Err(Error::Refused(_))));
        assert!(matches!(publish(&scene, &Actor::DESK, " ", "Linux").await, Err(Error::Invalid(_))));
        let all = tools(&scene.desk).await.unwrap();
        assert_eq!((all.len(), newest(&all).len()), (3, 2));

        let mut visitor = Browser::visitor(&scene);
        let (page, hash) = (visitor.get("/migrate").await.text(), all[1].blob.as_str());
        assert!(page.contains(hash) && page.contains("after signing in") && !page.contains("2.3.0"), "{page}");
        assert!(visitor.get(&format!("/migrate/tool/{id}")).await.location().starts_with("/sign-in"));
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let file = dana.get(&format!("/migrate/tool/{id}")).await;
        assert_eq!(file.body, b"build 2.4.0 for Linux");
        assert!(file.header("content-disposition").starts_with("attachment; filename*=UTF-8''mover-2.4.0.zip"));

        let ticket = scene.files(&scene.dana().await, "migration", "Migration from TestRail").await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = format!("/desk/requests/{ticket}");
        assert!(ines.get(&page).await.text().contains("Insert the newest tool"));
        let pressed = [Part::text("text", "Here it is."), Part::text("then", "tool")];
        assert_eq!(ines.upload(&format!("{page}/replies"), &pressed).await.status, 303);
        let written = ines.get(&page).await.text();
        assert!(written.contains("Here it is.") && written.contains(&format!("/migrate/tool/{id}")), "{written}");
        assert!(written.contains(hash), "nothing was sent: it stands in the composer");
        let question = scene.files(&scene.dana().await, "question", "Which role?").await;
        assert!(!ines.get(&format!("/desk/requests/{question}")).await.text().contains("Insert the newest tool"));

        scene.advance(jiff::SignedDuration::from_hours(24 * 3)).await;
        scene.desk.store.sweep_blobs(scene.desk.now()).await.unwrap();
        assert_eq!(dana.get(&format!("/migrate/tool/{id}")).await.status, 200, "the broom leaves it");
    }

    async fn req_6_a_report_of_a_dry_run_shows_its_numbers_beside_the_request(scene) {
        let mut filing = scene.form("migration", "Migration from TestRail").await;
        let file = |name: &str, content: &'static [u8]| world::File {
            field: "detail.evidence".to_owned(),
            name: name.to_owned(),
            content: Bytes::from_static(content),
        };
        filing.files = vec![
            file("report.json", REPORT),
            file("package.json", b"{\"name\":\"other\"}"),
            file("next.json", b"{\"firstline_migration_report\":2}"),
        ];
        let ticket = world::file(&scene.desk, &scene.dana().await, filing).await.unwrap();
        let pages = [format!("/requests/{ticket}"), format!("/desk/requests/{ticket}")];
        for (member, page) in [scene.cast.dana(), scene.cast.ines()].into_iter().zip(pages) {
            let shown = Browser::of(&scene, member).await.get(&page).await.text();
            assert!(shown.contains("1200 test cases in TestRail 8.0.3"), "{shown}");
            assert!(shown.contains("<dt>nested tables</dt><dd class=\"num\">68</dd>"), "{shown}");
            assert!(shown.contains("a report of form 2"), "{shown}");
            assert_eq!(shown.matches("<h2>Dry run</h2>").count(), 2, "any other JSON is a file like others");
        }
    }
}
