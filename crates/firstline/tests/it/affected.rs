//! Whom a bug affects (BUG-2): which version runs where, from requests, from lists and from the product itself, and the table of it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::{
    Actor, Run,
    bugs::{self, NewBug, Says, Stands, Wanted},
    installed::{Imported, import},
    licences::{Given, give},
    programs::{self, NewToken},
    tickets::{Conversion, convert},
};
use firstline::control::{Request as Asked, Response, perform};
use rules::{
    bugs::{Severity, Source, affected::Holder},
    entitlement::Kind,
    ids::{BugId, OrganisationId},
    installed::Source as From,
    programs::Permit,
    releases::{Range, Version},
};
use testkit::{Browser, Scene, browser::Part, on_both};

fn v(written: &str) -> Version {
    Version::read(written).unwrap()
}

async fn acme(scene: &Scene) -> OrganisationId {
    scene.dana().await.signed().unwrap().organisations[0].0
}

async fn licensed(scene: &Scene, organisation: OrganisationId, key: &str) {
    let given = Given {
        organisation,
        external_key: Some(key.to_owned()),
        edition: String::new(),
        deployment: None,
        plan: None,
        kind: Kind::Paid,
        seats: None,
        through: None,
    };
    give(&scene.desk, &Actor::DESK, given).await.unwrap();
}

/// A bug of 5.10 and later ones.
async fn bug(scene: &Scene) -> BugId {
    let says = Says { title: "Exports lose a line".into(), ..Says::default() };
    let affected = Some(Range::read(">= 5.10").unwrap());
    let new = NewBug { says, severity: Severity::Major, source: Source::OwnTests, affected };
    bugs::file(&scene.desk, &scene.theo().await, new).await.unwrap()
}

/// Version, source and whether it is a report, of who stands so.
async fn stands(scene: &Scene, bug: BugId, stands: Stands) -> Vec<(String, Option<From>)> {
    let wanted = Wanted { stands, ..Wanted::default() };
    let found = bugs::affected(&scene.desk, &scene.ines().await, bug, &wanted).await.unwrap();
    let version = |it: &rules::installed::Installed| it.version.to_string();
    found
        .lines
        .iter()
        .map(|it| (it.installed.as_ref().map_or_else(String::new, version), it.installed.as_ref().map(|it| it.source)))
        .collect()
}

async fn imports(scene: &Scene, list: &str, run: Run) -> Imported {
    import(&scene.desk, &scene.ines().await, list, run).await.unwrap()
}

on_both! {
    async fn bug_2_a_request_says_which_version_runs_there(scene) {
        let bug = bug(&scene).await;
        assert!(stands(&scene, bug, Stands::Affected).await.is_empty());
        let ticket = scene.files(&scene.dana().await, "bug", "Exports lose the last line").await;
        let said = store::tickets::details(scene.desk.store.read(), ticket).await.unwrap();
        let version = said.iter().find(|(key, _)| key.as_str() == "version").map(|(_, value)| v(value).to_string()).unwrap();
        assert_eq!(stands(&scene, bug, Stands::Affected).await, [(version.clone(), Some(From::Request))]);
        scene.advance(jiff::SignedDuration::from_secs(60)).await;
        let list = "organisation,version\nacme.example,99.1\n";
        assert_eq!(imports(&scene, &list.replace("acme.example", &acme(&scene).await.to_string()), Run::Real).await.added, 1);
        assert_eq!(stands(&scene, bug, Stands::Affected).await, [("99.1".to_owned(), Some(From::Import))], "the newest word");
        let to = Conversion { to: "security".into(), reason: String::new() };
        convert(&scene.desk, &scene.actor(scene.cast.jana()).await, ticket, to).await.unwrap();
        let kept = store::installed::of_organisations(scene.desk.store.read(), &[acme(&scene).await]).await.unwrap();
        assert!(kept.iter().all(|(_, it)| it.source != From::Request), "a security report says nothing (SEC-1)");
    }

    async fn bug_2_what_requests_said_before_it_was_kept_is_read_once(scene) {
        let bug = bug(&scene).await;
        let dana = scene.dana().await;
        let mut tickets = vec![];
        for at in 0..102 {
            tickets.push(scene.files(&dana, "bug", &format!("Exports lose line {at}")).await);
        }
        let known = stands(&scene, bug, Stands::Affected).await;
        assert_eq!(known.len(), 1);
        // As an upgrade finds it.
        let (tx, now) = (scene.desk.store.begin().await.unwrap(), scene.desk.now());
        for ticket in tickets {
            store::installed::forget(&tx, ticket).await.unwrap();
        }
        let (kind, payload) = ("installed_before", "{\"after\":0}");
        let job = store::jobs::NewJob { kind, payload, unique_key: Some("installed_before/0"), run_at: now, now };
        store::jobs::enqueue(&tx, job).await.unwrap();
        tx.commit().await.unwrap();
        assert!(stands(&scene, bug, Stands::Affected).await.is_empty());
        scene.settle().await;
        assert_eq!(stands(&scene, bug, Stands::Affected).await, known, "the last step has two of them");
        assert!(store::jobs::all(scene.desk.store.read()).await.unwrap().iter().all(|job| job.kind != kind));
    }

    async fn bug_2_who_has_a_licence_and_no_version_is_shown_apart(scene) {
        let bug = bug(&scene).await;
        licensed(&scene, acme(&scene).await, "SUB-1").await;
        assert_eq!(stands(&scene, bug, Stands::Unknown).await, [(String::new(), None)]);
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = ines.get(&format!("/desk/bugs/{bug}/affected?stand=unknown")).await;
        assert!(page.text().contains("Acme Robotics") && page.text().contains("not known"), "{}", page.text());
        let csv = ines.get(&format!("/desk/bugs/{bug}/affected.csv?stand=unknown")).await.text();
        assert!(csv.starts_with("customer,number,version,") && csv.contains("Acme Robotics"), "{csv}");
    }

    async fn bug_2_a_list_is_tried_taken_and_taken_again(scene) {
        let (bug, acme) = (bug(&scene).await, acme(&scene).await);
        licensed(&scene, acme, "SUB-1").await;
        let list = format!("organisation;licence;version;instance;seen\n{acme};;5.12;Prod;2026-01-02\n;SUB-1;5.9;test;2026-01-02\n");
        let would = imports(&scene, &list, Run::Dry).await;
        assert_eq!((would.added, would.changed, would.same, would.older), (2, 0, 0, 0), "{would:?}");
        assert!(stands(&scene, bug, Stands::Affected).await.is_empty(), "only tried");
        assert_eq!(imports(&scene, &list, Run::Real).await, would);
        let again = imports(&scene, &list, Run::Real).await;
        assert_eq!((again.added, again.changed, again.same), (0, 0, 2));
        let older = imports(&scene, &list.replace("2026-01-02", "2025-01-02").replace("5.12", "5.11"), Run::Real).await;
        assert_eq!(older.older, 2, "{older:?}");
        assert_eq!(stands(&scene, bug, Stands::Affected).await, [("5.12".to_owned(), Some(From::Import))]);
        assert_eq!(stands(&scene, bug, Stands::Spared).await, [("5.9".to_owned(), Some(From::Import))]);
        let wrong = imports(&scene, "organisation,version\nnobody.example,5.1\n7,=5\n", Run::Real).await;
        assert!(wrong.faults.iter().all(|it| it.line == 3), "lines are read before owners are looked for: {wrong:?}");
        let unknown = imports(&scene, "organisation,licence,version\nnobody.example,,5.1\n,SUB-9,5\n", Run::Real).await;
        assert_eq!((unknown.faults.len(), unknown.added), (2, 0));
        let Response::Done(words) = perform(&scene.desk, Asked::ImportInstalled { text: list, dry: true }).await else {
            panic!("it can be taken")
        };
        assert!(words.contains("2 are known to run what the list says"), "{words}");
    }

    async fn bug_2_staff_import_a_list_on_its_page(scene) {
        let acme = acme(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        assert_eq!(ines.get("/desk/installed/import").await.status, StatusCode::OK);
        let list = format!("organisation,version\n{acme},5.12\n");
        let tried = ines.upload("/desk/installed/import", &[Part::text("text", &list), Part::text("do", "check")]).await;
        assert!(tried.text().contains("One installation would be added"), "{}", tried.text());
        let taken = ines.upload("/desk/installed/import", &[Part::text("text", &list), Part::text("do", "import")]).await;
        assert!(taken.text().contains("One installation was added"), "{}", taken.text());
        let wrong = ines.upload("/desk/installed/import", &[Part::text("text", "organisation,version\n1,soon\n"), Part::text("do", "import")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Line 2: "), "{}", wrong.text());
        let garbage = ines.upload("/desk/installed/import", &[Part::text("text", "\u{1}\u{2}"), Part::text("do", "check")]).await;
        assert!(garbage.text().contains("That is no text"), "{}", garbage.text());
    }

    async fn bug_2_the_product_says_it_itself_with_a_token(scene) {
        let (bug, acme) = (bug(&scene).await, acme(&scene).await);
        licensed(&scene, acme, "SUB-1").await;
        let ada = scene.actor(scene.cast.ada()).await;
        let token = async |permit| {
            programs::make(&scene.desk, &ada, NewToken { name: "Telemetry".into(), permit }).await.unwrap().text
        };
        let (text, other) = (token(Permit::InstalledTell).await, token(Permit::RequestsRead).await);
        let says = async |token: &str, body: String| {
            let asked = Request::post("/api/installed").header(header::AUTHORIZATION, format!("Bearer {token}"));
            Browser::visitor(&scene).send(asked.body(Body::from(body)).unwrap()).await
        };
        let said = r#"{"licence":"SUB-1","version":"5.12","instance":"prod"}"#;
        assert_eq!(says(&other, said.to_owned()).await.status, StatusCode::UNAUTHORIZED);
        for came in ["added", "same"] {
            let answer = says(&text, said.to_owned()).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            assert!(answer.text().contains(came), "{}", answer.text());
        }
        assert_eq!(stands(&scene, bug, Stands::Affected).await, [("5.12".to_owned(), Some(From::Ping))]);
        assert!(says(&text, said.replace("5.12", "5.9")).await.text().contains("changed"));
        assert_eq!(stands(&scene, bug, Stands::Spared).await, [("5.9".to_owned(), Some(From::Ping))]);
        let old = said.replace("}", r#","seen_at":"2020-01-01T00:00:00Z"}"#);
        assert!(says(&text, old).await.text().contains("older"));
        for (body, status) in [
            (said.replace("SUB-1", "SUB-9"), StatusCode::NOT_FOUND),
            (said.replace("5.12", "soon"), StatusCode::UNPROCESSABLE_ENTITY),
            (said.replace("instance", "user"), StatusCode::UNPROCESSABLE_ENTITY),
            (said.replace("}", r#","seen_at":"2099-01-01T00:00:00Z"}"#), StatusCode::UNPROCESSABLE_ENTITY),
            (" ".repeat(5_000), StatusCode::PAYLOAD_TOO_LARGE),
        ] {
            assert_eq!(says(&text, body.clone()).await.status, status, "{body}");
        }
    }

    async fn bug_2_of_organisations_that_were_merged_nothing_is_forgotten(scene) {
        let (bug, acme) = (bug(&scene).await, acme(&scene).await);
        let lea = scene.actor(scene.cast.lea()).await;
        let nordlicht = lea.signed().unwrap().organisations[0].0;
        imports(&scene, &format!("organisation,version\n{nordlicht},5.12\n"), Run::Real).await;
        desk::organisations::merge(&scene.desk, &scene.ines().await, nordlicht, acme).await.unwrap();
        let wanted = Wanted::default();
        let found = bugs::affected(&scene.desk, &scene.ines().await, bug, &wanted).await.unwrap();
        assert_eq!(found.lines.iter().map(|it| it.holder).collect::<Vec<_>>(), [Holder::Organisation(acme)]);
        assert_eq!(found.counts.affected, 1);
    }

    async fn bug_2_a_conversion_to_a_report_keeps_its_version(scene) {
        let bug = bug(&scene).await;
        let ticket = scene.files(&scene.dana().await, "support", "Exports lose a line").await;
        let tx = scene.desk.store.begin().await.unwrap();
        store::tickets::add_details(&tx, ticket, &[("version".into(), "5.12.7".to_owned())]).await.unwrap();
        tx.commit().await.unwrap();
        let to = Conversion { to: "bug".into(), reason: String::new() };
        convert(&scene.desk, &scene.ines().await, ticket, to).await.unwrap();
        assert!(stands(&scene, bug, Stands::Affected).await.iter().any(|(version, _)| version == "5.12.7"));
    }
}
