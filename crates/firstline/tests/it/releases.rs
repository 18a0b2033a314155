//! Releases: published and published again, imported, withdrawn, rolled out; read by everybody (BUG-1, 4, 7, 8).

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::{
    Actor, Error, Run,
    programs::{self, NewToken},
    releases::{self, NotDone, ToPublish, ToRollOut, ToWithdraw},
};
use firstline::control::{Releasing, Request as Command, Response, What, perform};
use rules::{
    audit::Area,
    programs::Permit,
    refusal::Refusal,
    releases::{NotReleased, NotTaken},
};
use serde_json::{Value, json};
use testkit::{
    Browser, Scene,
    browser::{Answer, Part},
    on_both,
};

pub(crate) const CHANGELOG: &str = "\
# Changelog

## [Unreleased]

### Added

- Not yet

## [5.12.1] - 2026-11-12

Results are kept, and *exports* are whole.

### Added

- Launches can be archived

### Fixed

- Exports to CSV no longer lose their last line (BUG-311)
- <a id=\"ldap\"></a> Sign-in with nested LDAP groups
  - also over TLS

## [5.12.0] - 2026-10-01 [YANKED]

### Fixed

- Webhooks are sent again after a restart

## [5.9.2] - 2025-10-20

### Fixed

- Test plans keep their order
";

/// What a command of the command line says.
async fn said(scene: &Scene, what: What, dry: bool, json: bool) -> Response {
    perform(&scene.desk, Command::Release(Releasing { what, dry, json })).await
}

fn publish(version: &str, notes: Option<&str>) -> What {
    What::Publish {
        version: version.to_owned(),
        notes: notes.map(str::to_owned),
        commits: None,
        date: None,
        editions: None,
        supported_until: None,
    }
}

/// All of the changelog is there.
pub(crate) async fn released(scene: &Scene) {
    releases::import(&scene.desk, &Actor::COMMAND, CHANGELOG, Run::Real).await.unwrap();
}

async fn latest(scene: &Scene) -> String {
    let catalogue = releases::catalogue(&scene.desk).await.unwrap();
    catalogue.latest(None).map(|release| release.version.to_string()).unwrap_or_default()
}

async fn kept(scene: &Scene) -> usize {
    releases::catalogue(&scene.desk).await.unwrap().releases().len()
}

on_both! {
    async fn bug_1_a_release_is_published_tried_and_published_again_from_the_command_line(scene) {
        let would = said(&scene, publish("5.12.1", Some(CHANGELOG)), true, false).await;
        assert_eq!(would.words(), "5.12.1 of 2026-11-12 would be published: 3 entries, 2 of them fixes.");
        assert_eq!(kept(&scene).await, 0, "only tried");
        let done = said(&scene, publish("v5.12.1", Some(CHANGELOG)), false, false).await;
        assert_eq!(done.words(), "Published 5.12.1 of 2026-11-12: 3 entries, 2 of them fixes.");
        let again = said(&scene, publish("5.12.1", Some(CHANGELOG)), false, false).await;
        assert_eq!(again.words(), "5.12.1 says the same already; nothing changed.");
        let more = CHANGELOG.replace("- Launches can be archived", "- Launches can be archived\n- And found again");
        let changed = said(&scene, publish("5.12.1", Some(&more)), false, true).await;
        let changed: Value = serde_json::from_str(changed.words()).unwrap();
        assert_eq!(changed["changed"], json!(["5.12.1"]));
        assert_eq!(changed["published"], json!([]));
        let ada = scene.actor(scene.cast.ada()).await;
        let asked = desk::audit::Asked { area: Some(Area::Releases), ..desk::audit::Asked::default() };
        let wanted = desk::audit::wanted(&scene.desk, &ada, &asked).await.unwrap().unwrap();
        let entries = desk::audit::list(&scene.desk, &ada, &wanted, None).await.unwrap().entries;
        assert_eq!(entries.len(), 2, "published once, and changed: {entries:?}");
        let missing = said(&scene, publish("5.13", Some(CHANGELOG)), false, false).await;
        let Response::Refused(why) = missing else { panic!("{missing:?}") };
        assert!(why.contains("nothing in it is about 5.13") && why.contains("## [5.13] - 2026-11-26"), "{why}");
        let hotfix = said(&scene, publish("5.13-hotfix.1", None), false, false).await;
        assert!(matches!(&hotfix, Response::Refused(why) if why.contains("Publish 5.13 first")), "{hotfix:?}");
    }

    async fn bug_1_what_is_wrong_is_told_by_line_and_nothing_is_taken(scene) {
        let wrong = "## [5.12] - 12.11.2026\n\n### Repairs\n\n- One\n\n## [5.11] - 2026-10-01\n\n- Two\n";
        let refused = said(&scene, What::Import { text: wrong.to_owned() }, false, false).await;
        let Response::Refused(why) = refused else { panic!("{refused:?}") };
        let lines: Vec<&str> = why.lines().collect();
        assert!(lines[0].starts_with("Line 1: “12.11.2026” is no day"), "{why}");
        assert!(lines.iter().any(|line| line.starts_with("Line 9: it is not said what kind")), "{why}");
        let ahead = CHANGELOG.replace("2026-11-12", "2027-01-01");
        let refused = said(&scene, What::Import { text: ahead }, false, false).await;
        assert!(matches!(&refused, Response::Refused(why) if why.contains("Publish it on its day")), "{refused:?}");
        assert_eq!(kept(&scene).await, 0);
    }

    async fn bug_1_a_list_is_taken_whole_and_once_more_changes_nothing(scene) {
        let done = said(&scene, What::Import { text: CHANGELOG.to_owned() }, false, true).await;
        let done: Value = serde_json::from_str(done.words()).unwrap();
        assert_eq!(done["published"], json!(["5.9.2", "5.12.0", "5.12.1"]));
        assert_eq!(done["to_withdraw"], json!(["5.12.0"]), "that takes a reason");
        let all = said(&scene, What::List, false, true).await;
        let again = said(&scene, What::Import { text: all.words().to_owned() }, false, false).await;
        assert_eq!(again.words(), "3 releases say the same already.");
        let table = "version,date,editions\n5.12.1,2026-11-12,team\n";
        let refused = said(&scene, What::Import { text: table.to_owned() }, false, false).await;
        assert!(matches!(&refused, Response::Refused(why) if why.contains("Line 2: There is no edition “team”")), "{refused:?}");
    }

    async fn bug_7_a_withdrawn_release_is_the_latest_no_more(scene) {
        released(&scene).await;
        assert_eq!(latest(&scene).await, "5.12.1");
        let theo = scene.theo().await;
        let asked = |why: &str, instead: Option<&str>| ToWithdraw {
            version: "5.12.1".into(),
            why: why.into(),
            instead: instead.map(str::to_owned),
        };
        let silent = releases::withdraw(&scene.desk, &theo, &asked(" ", None), Run::Real).await;
        assert!(matches!(silent, Err(NotDone::NotTaken(NotTaken::NotReleased(NotReleased::WhyMissing)))), "{silent:?}");
        let stepped = releases::withdraw(&scene.desk, &theo, &asked("It loses results.", Some("5.12")), Run::Dry).await.unwrap();
        assert_eq!(stepped.latest.len(), 1);
        assert_eq!(latest(&scene).await, "5.12.1", "only tried");
        let words = said(&scene, What::Withdraw { version: "5.12.1".into(), why: "It loses results.".into(), instead: Some("5.12".into()) }, false, false).await;
        assert_eq!(words.words(), "Withdrew 5.12.1.\nThe latest release steps back from 5.12.1 to 5.12.0.");
        assert_eq!(latest(&scene).await, "5.12.0");
        let again = said(&scene, What::Withdraw { version: "5.12.1".into(), why: "Again.".into(), instead: None }, false, false).await;
        assert_eq!(again.words(), "5.12.1 was withdrawn; 5.12 is to be used instead.");
        let page = Browser::visitor(&scene).get("/releases/5.12.1").await.text();
        assert!(page.contains("Please do not use it") && page.contains("It loses results."), "{page}");
        assert!(page.contains("href=\"/releases/5.12\"") || page.contains("href=\"/releases/5.12.0\""), "{page}");
    }

    async fn bug_4_a_release_reaches_an_instance_and_goes_back(scene) {
        released(&scene).await;
        let to = |version: &str| What::RollOut { version: version.into(), instance: "EU1".into() };
        assert_eq!(said(&scene, to("5.12.1"), true, false).await.words(), "5.12.1 would run on eu1.");
        assert_eq!(said(&scene, to("5.12.1"), false, false).await.words(), "5.12.1 runs on eu1 now.");
        assert_eq!(said(&scene, to("5.12.1"), false, false).await.words(), "5.12.1 runs on eu1 already; nothing changed.");
        assert_eq!(said(&scene, to("5.9.2"), false, false).await.words(), "5.9.2 runs on eu1 now, after 5.12.1.");
        let nowhere = said(&scene, What::RollOut { version: "5.12.1".into(), instance: "mars1".into() }, false, false).await;
        assert!(matches!(&nowhere, Response::Refused(why) if why.contains("There is no instance “mars1”")), "{nowhere:?}");
        let page = Browser::visitor(&scene).get("/releases").await.text();
        assert!(page.contains("eu1") && page.contains("not said yet"), "{page}");
    }

    async fn bug_1_who_may_publish_does_and_others_are_told_whose_it_is(scene) {
        let new = ToPublish { version: "5.12.1".into(), notes: Some(CHANGELOG.into()), ..ToPublish::default() };
        let publish = async |actor: &Actor| releases::publish(&scene.desk, actor, &new, Run::Real).await;
        let by_agent = publish(&scene.ines().await).await;
        assert!(matches!(by_agent, Err(NotDone::Error(Error::Refused(Refusal::MayNot { .. })))), "{by_agent:?}");
        let by_customer = publish(&scene.dana().await).await;
        assert!(matches!(by_customer, Err(NotDone::Error(Error::NotFound))), "for customers the desk does not exist");
        let roll = ToRollOut { version: "5.12.1".into(), instance: "eu1".into() };
        let rolled = releases::roll_out(&scene.desk, &scene.ines().await, &roll, Run::Dry).await;
        assert!(matches!(rolled, Err(NotDone::Error(Error::Refused(Refusal::MayNot { .. })))), "{rolled:?}");
        for actor in [scene.actor(scene.cast.lucas()).await, scene.theo().await] {
            publish(&actor).await.unwrap();
        }
        assert_eq!(kept(&scene).await, 1);
    }

    async fn bug_1_everybody_reads_the_releases_and_what_was_fixed_between_two(scene) {
        let mut visitor = Browser::visitor(&scene);
        let none = visitor.get("/releases").await;
        assert!(none.status == StatusCode::OK && none.text().contains("No release is published here yet"));
        assert!(!visitor.get("/support").await.text().contains("href=\"/releases\""), "nothing leads to nothing");
        released(&scene).await;
        let list = visitor.get("/releases").await.text();
        let (newest, oldest) = (list.find("/releases/5.12.1").unwrap(), list.find("/releases/5.9.2").unwrap());
        assert!(newest < oldest && list.contains("the latest") && list.contains("2 fixed, 1 added"), "{list}");
        let home = visitor.get("/").await.text();
        assert!(home.contains("Newest release") && home.contains("Results are kept, and <em>exports</em> are whole"), "{home}");
        let page = visitor.get("/releases/5.12.1").await.text();
        assert!(page.contains("id=\"v5.12.1-bug-311\"") && page.contains("id=\"ldap\""), "{page}");
        assert!(page.contains("also over TLS") && page.contains("Older: 5.12.0"), "{page}");
        let other = visitor.get("/releases/v5.12.1").await;
        assert_eq!((other.status, other.location()), (StatusCode::PERMANENT_REDIRECT, "/releases/5.12.1"));
        for nothing in ["/releases/9.9", "/releases/none", "/releases?edition=team", "/releases.atom?edition=team"] {
            assert_eq!(visitor.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
        }
        let between = visitor.get("/releases/between?from=5.9.2&to=5.12.1").await.text();
        assert!(between.contains("3 things were fixed since 5.9.2."), "{between}");
        assert!(between.contains("href=\"/releases/5.12.1#ldap\"") && !between.contains("Test plans keep"), "{between}");
        let wrong = visitor.get("/releases/between?from=5,9&to=").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Its numbers are parted by points"), "{}", wrong.text());
    }

    async fn bug_4_the_feed_is_atom_and_is_not_sent_twice(scene) {
        released(&scene).await;
        let mut visitor = Browser::visitor(&scene);
        let feed = visitor.get("/releases.atom").await;
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        let text = feed.text();
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"));
        assert_eq!(text.matches("<entry>").count(), 3);
        assert!(text.contains("<id>https://help.desk.example/releases/5.12.1</id>"), "{text}");
        assert!(text.contains("<updated>2026-11-12T00:00:00Z</updated>") && text.contains("&lt;li&gt;"), "{text}");
        let asked = Request::get("/releases.atom").header(header::IF_NONE_MATCH, feed.header("etag"));
        let again = visitor.send(asked.body(Body::empty()).unwrap()).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    }

    async fn bug_4_a_release_and_a_feed_are_of_an_edition(scene) {
        let policy = include_str!("../../../../policies/allure-testops.toml");
        let source = policy.replacen("instances = ", "editions = [\"team\", \"enterprise\"]\ninstances = ", 1);
        let applied = desk::policy::apply(&scene.desk, &Actor::DESK, desk::policy::NewPolicy { source, from: None }).await;
        applied.unwrap();
        for (version, edition) in [("5.12", "Team"), ("5.13", "enterprise")] {
            let new = ToPublish { version: version.into(), editions: Some(vec![edition.into()]), ..ToPublish::default() };
            releases::publish(&scene.desk, &Actor::COMMAND, &new, Run::Real).await.unwrap();
        }
        let mut visitor = Browser::visitor(&scene);
        let team = visitor.get("/releases?edition=team").await.text();
        assert!(team.contains("/releases/5.12\"") && !team.contains("/releases/5.13\""), "{team}");
        let feed = visitor.get("/releases.atom?edition=enterprise").await.text();
        assert!(feed.contains("/releases/5.13<") && !feed.contains("/releases/5.12<") && feed.contains("<category term=\"enterprise\"/>"), "{feed}");
    }

    async fn bug_1_on_the_desk_a_release_is_seen_before_it_is_published(scene) {
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let notes = "### Fixed\n\n- Exports are whole (BUG-311)\n";
        let typed = |do_it: &'static str, notes: &'static str| [("version", "5.12.1"), ("date", "2026-11-12"), ("supported_until", "2027-11-30"), ("notes", notes), ("do", do_it)];
        let wrong = theo.post("/desk/releases", &typed("publish", "### Repairs\n\n- Exports")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Line 1: “Repairs” is no kind of changes") && wrong.text().contains("- Exports"), "{}", wrong.text());
        let seen = theo.post("/desk/releases", &typed("check", notes)).await.text();
        assert!(seen.contains("5.12.1 of 2026-11-12 would be published") && seen.contains("Exports are whole (BUG-311)"), "{seen}");
        assert_eq!(kept(&scene).await, 0);
        let published = theo.post("/desk/releases", &typed("publish", notes)).await;
        assert_eq!(published.location(), "/desk/releases?published=5.12.1");
        for version in ["v5.12.1", "5.12.1"] {
            let again = [("version", version), ("date", ""), ("supported_until", ""), ("notes", ""), ("do", "publish")];
            assert_eq!(theo.post("/desk/releases", &again).await.status, StatusCode::SEE_OTHER, "it takes nothing away");
        }
        let form = theo.get("/desk/releases/5.12.1").await.text();
        assert!(form.contains("- Exports are whole (BUG-311)") && form.contains("value=\"2027-11-30\""), "{form}");
        let same = [("date", "2026-11-12"), ("supported_until", "2027-11-30"), ("notes", notes), ("do", "check")];
        let unchanged = theo.post("/desk/releases/5.12.1", &same).await.text();
        assert!(unchanged.contains("5.12.1 says the same already"), "{unchanged}");
        let check = theo.post("/desk/releases/5.12.1/withdrawal", &[("why", "It loses results."), ("instead", ""), ("do", "check")]).await.text();
        assert!(check.contains("there would be no latest release then") || check.contains("There would be no latest release then"), "{check}");
        let gone = theo.post("/desk/releases/5.12.1/withdrawal", &[("why", "It loses results."), ("instead", ""), ("do", "withdraw")]).await;
        assert_eq!(gone.location(), "/desk/releases?withdrawn=5.12.1");
        let old = ToPublish { version: "5.11".into(), ..ToPublish::default() };
        releases::publish(&scene.desk, &Actor::COMMAND, &old, Run::Real).await.unwrap();
        let rolled = theo.post("/desk/releases/rollout", &[("version", "5.12.1"), ("instance", "eu1")]).await;
        assert_eq!(rolled.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(rolled.text().contains("5.12.1 was withdrawn already"), "{}", rolled.text());
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let read = ines.get("/desk/releases").await.text();
        assert!(read.contains("5.12.1") && !read.contains("/desk/releases/new"), "{read}");
    }

    async fn bug_1_a_list_is_tried_and_taken_on_the_desk(scene) {
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let wrong = CHANGELOG.replace("2026-11-12", "12.11.2026");
        let refused = theo.upload("/desk/releases/import", &[Part::text("text", &wrong), Part::text("do", "import")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Line 9: “12.11.2026”"), "{}", refused.text());
        let file = Part::file("file", "CHANGELOG.md", CHANGELOG.as_bytes());
        let tried = theo.upload("/desk/releases/import", &[Part::text("text", ""), file, Part::text("do", "check")]).await.text();
        assert!(tried.contains("5.12.1 of 2026-11-12 would be published") && tried.contains("Import it"), "{tried}");
        assert_eq!(kept(&scene).await, 0);
        let taken = theo.upload("/desk/releases/import", &[Part::text("text", CHANGELOG), Part::text("do", "import")]).await;
        assert!(taken.text().contains("Published 5.12.1"), "{}", taken.text());
        assert_eq!(kept(&scene).await, 3);
    }

    async fn bug_4_staff_say_where_an_organisation_runs_it(scene) {
        let acme = scene.dana().await.signed().unwrap().organisations[0].0;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let path = format!("/desk/organisations/{acme}");
        assert!(ines.get(&path).await.text().contains("Where it runs the product"));
        let set = ines.post(&format!("{path}/place"), &[("instance", "eu1")]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER);
        let place = releases::where_it_runs(&scene.desk, &scene.ines().await, acme).await.unwrap();
        assert_eq!(place.instance.map(|it| it.to_string()).as_deref(), Some("eu1"));
        let wrong = ines.post(&format!("{path}/place"), &[("instance", "mars1")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn bug_4_a_pipeline_publishes_with_a_token_and_again_without_harm(scene) {
        let ada = scene.actor(scene.cast.ada()).await;
        let token = async |permit| {
            let new = NewToken { name: "Pipeline".into(), permit };
            programs::make(&scene.desk, &ada, new).await.unwrap().text
        };
        let (text, other) = (token(Permit::ReleasesPublish).await, token(Permit::LicencesImport).await);
        let sent = |answer: &Answer| -> Value { serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.text())) };
        let posts = async |token: &str, path: &str, body: &str| {
            let asked = Request::post(format!("/api/releases{path}")).header(header::AUTHORIZATION, format!("Bearer {token}"));
            Browser::visitor(&scene).send(asked.body(Body::from(body.to_owned())).unwrap()).await
        };
        assert_eq!(posts(&other, "/5.12.1", CHANGELOG).await.status, StatusCode::UNAUTHORIZED);
        let tried = posts(&text, "/5.12.1?dry_run=1&supported_until=2027-11-30", CHANGELOG).await;
        assert_eq!((tried.status, sent(&tried)["published"].clone()), (StatusCode::OK, json!(["5.12.1"])), "{}", tried.text());
        assert_eq!(kept(&scene).await, 0);
        for (field, expected) in [("published", json!(["5.12.1"])), ("unchanged", json!(["5.12.1"]))] {
            let done = posts(&text, "/5.12.1", CHANGELOG).await;
            assert_eq!(sent(&done)[field], expected, "{}", done.text());
        }
        let slip = posts(&text, "/5.12.1?dryrun=1", CHANGELOG).await;
        assert!(slip.status == StatusCode::BAD_REQUEST && slip.text().contains("There is no parameter “dryrun” here"));
        let wrong = posts(&text, "/5.12.1", "## [5.12.1] - 2026-11-12\n\n### Repairs\n\n- One\n").await;
        assert_eq!((wrong.status, sent(&wrong)["faults"][0]["line"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!(3)));
        let out = posts(&text, "/5.12.1/rollout?to=eu1", "").await;
        assert_eq!((out.status, sent(&out)["changed"].clone()), (StatusCode::OK, json!(true)));
        let unknown = posts(&text, "/9.9/rollout?to=eu1", "").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND, "{}", unknown.text());
        let taken = posts(&text, "/import", CHANGELOG).await;
        assert_eq!(sent(&taken)["published"], json!(["5.9.2", "5.12.0"]));
        let back = posts(&text, "/5.12.1/withdrawal?because=It%20loses%20results.&use=5.12", "").await;
        assert_eq!(sent(&back)["latest"][0]["to"], json!("5.12.0"), "{}", back.text());
        assert_eq!(posts(&text, "/5.12.1/withdrawal?because=Again", "").await.status, StatusCode::CONFLICT);
        let asked = Request::get("/api/releases").header(header::AUTHORIZATION, format!("Bearer {text}"));
        let list = Browser::visitor(&scene).send(asked.body(Body::empty()).unwrap()).await;
        assert_eq!((sent(&list).as_array().unwrap().len(), sent(&list)[0]["yanked"].clone()), (3, json!(true)));
    }
}
