//! A release is published with its commits: bugs that they say are fixed are fixed in it (BUG-5).

use axum::{body::Body, http::Request};
use desk::{
    Actor, Run,
    bugs::{self, NewBug, Says},
    programs::{self, NewToken},
    releases::{NotDone, ToPublish},
};
use rules::{
    bugs::{CameOf, NotMoved, Refused, Severity, Source, Stage, Step},
    ids::BugId,
    programs::Permit,
    releases::Version,
};
use testkit::{Browser, Scene, on_both};

async fn filed(scene: &Scene, title: &str) -> BugId {
    let says = Says { title: title.into(), public: true, said: "It ends early.".into(), ..Says::default() };
    let new = NewBug { says, severity: Severity::Major, source: Source::OwnTests, affected: None };
    bugs::file(&scene.desk, &scene.theo().await, new).await.expect("it goes well")
}

async fn stage(scene: &Scene, bug: BugId) -> (Stage, Vec<Version>) {
    let life = store::bugs::get(scene.desk.store.read(), bug).await.expect("it goes well").life;
    (life.state.stage(), life.fixed_in().to_vec())
}

fn release(notes: &str) -> ToPublish {
    ToPublish { version: "7.1".into(), notes: Some(notes.into()), ..ToPublish::default() }
}

const FIXED: &str = "### Fixed\n\n- Exports are whole\n";

on_both! {
    async fn bug_5_commits_fix_bugs_in_the_release_that_has_them_and_publishing_again_does_nothing(scene) {
        let (first, second, none) = (filed(&scene, "One").await, filed(&scene, "Two").await, filed(&scene, "Three").await);
        let refused = Step::Refuse(Refused::DuplicateOf(first));
        bugs::step(&scene.desk, &scene.theo().await, none, refused).await.expect("it goes well");
        let commits = format!("Export whole files\n\nFixes BUG-{first}\n\nmerge: closes bug-{none}, BUG-999\n");
        let notes = format!("{FIXED}- Imports, too (fixes BUG-{second})\n");
        let publish = async |run| bugs::publish(&scene.desk, &Actor::COMMAND, (&release(&notes), Some(commits.as_str())), run).await;
        let v = Version::read("7.1").expect("it goes well");
        let tried = publish(Run::Dry).await.expect("it goes well");
        assert_eq!(tried.fixes.len(), 4);
        assert_eq!(stage(&scene, first).await, (Stage::New, vec![]), "a trial changes nothing");
        let done = publish(Run::Real).await.expect("it goes well");
        scene.settle().await;
        assert_eq!(tried.fixes, done.fixes);
        let came: Vec<(BugId, CameOf)> = done.fixes.into_iter().map(|it| (it.bug, it.came)).collect();
        assert_eq!(came[0], (first, CameOf::Fixed));
        assert!(matches!(&came[1], (bug, CameOf::NotMoved(NotMoved::NotFrom(_))) if *bug == none));
        assert_eq!(came[2..], [(BugId(999), CameOf::NoSuchBug), (second, CameOf::Fixed)]);
        for bug in [first, second] {
            assert_eq!(stage(&scene, bug).await, (Stage::Released, vec![v.clone()]));
        }
        let again = publish(Run::Real).await.expect("it goes well");
        assert_eq!((again.told.unchanged.len(), &again.fixes[0].came), (1, &CameOf::WasFixed));
        let page = Browser::visitor(&scene).get("/releases/7.1").await.text();
        assert!(page.contains(&format!("<a href=\"/bugs/{second}\">BUG-{second}</a>")), "{page}");
    }

    async fn bug_5_a_release_that_is_not_taken_fixes_nothing(scene) {
        let bug = filed(&scene, "One").await;
        let commits = format!("Fixes BUG-{bug}");
        let wrong = bugs::publish(&scene.desk, &Actor::COMMAND, (&release("### Repairs\n\n- x\n"), Some(&commits)), Run::Real).await;
        assert!(matches!(wrong, Err(NotDone::NotTaken(_))));
        let dana = bugs::publish(&scene.desk, &scene.dana().await, (&release(FIXED), Some(&commits)), Run::Real).await;
        assert!(matches!(dana, Err(NotDone::Error(_))));
        assert_eq!(stage(&scene, bug).await, (Stage::New, vec![]));
    }

    async fn bug_5_a_pipeline_sends_notes_and_commits_as_json(scene) {
        let bug = filed(&scene, "One").await;
        let token = NewToken { name: "Pipeline".into(), permit: Permit::ReleasesPublish };
        let token = programs::make(&scene.desk, &scene.actor(scene.cast.ada()).await, token).await.expect("it goes well").text;
        let send = async |body: serde_json::Value| {
            let request = Request::post("/api/releases/7.1")
                .header("content-type", "application/json")
                .header("authorization", format!("Bearer {token}"))
                .body(Body::from(body.to_string()))
                .expect("it goes well");
            Browser::visitor(&scene).send(request).await
        };
        let answer = send(serde_json::json!({ "notes": FIXED, "commits": format!("Fixes BUG-{bug}") })).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.text().contains(&format!("\"fixes\":[{{\"bug\":\"BUG-{bug}\",\"came\":\"fixed\"}}]")), "{}", answer.text());
        scene.settle().await;
        assert_eq!(stage(&scene, bug).await.0, Stage::Released);
        let unknown = send(serde_json::json!({ "note": FIXED })).await;
        assert_eq!(unknown.status, 422);
        assert!(unknown.text().contains("notes"), "{}", unknown.text());
    }
}
