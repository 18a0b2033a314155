//! The version of a bug report is held against the latest release (BUG-1): as it is typed, when it is sent, and on every channel.

use axum::http::StatusCode;
use desk::{
    Actor, Error, Run,
    releases::{self, ToPublish, ToRollOut, ToWithdraw},
};
use rules::{keys::DetailKey, refusal::Fault};
use testkit::{Browser, Scene, on_both};
use world::Filing;

use super::{forms::Sheet, releases::released};

/// A complete report from a server of their own, of that version.
async fn report(scene: &Scene, version: &str, deployment: &str) -> Filing {
    let mut filing = scene.form("bug", "Exporting a launch to CSV loses the last line").await;
    for (key, value) in [("version", version), ("deployment", deployment)] {
        filing.filled.details.insert(DetailKey::from(key), value.to_owned());
    }
    filing
}

/// The fault of the version, where it is not taken.
async fn fault(scene: &Scene, actor: &Actor, filing: Filing) -> Option<Fault> {
    match world::file(&scene.desk, actor, filing).await {
        Ok(_) => None,
        Err(Error::Invalid(faults)) => {
            let of_version = faults.into_iter().find(|it| it.field == "detail.version");
            Some(of_version.expect("only the version is wrong").fault)
        }
        Err(other) => panic!("{other:?}"),
    }
}

on_both! {
    async fn bug_1_only_the_latest_release_with_its_hotfix_is_taken_up(scene) {
        let dana = scene.dana().await;
        assert_eq!(fault(&scene, &dana, report(&scene, "5.9.2", "server").await).await, None, "no release is known");
        released(&scene).await;
        assert_eq!(fault(&scene, &dana, report(&scene, "v5.12.1", "server").await).await, None);
        let old = fault(&scene, &dana, report(&scene, "5.9.2", "server").await).await;
        assert!(matches!(&old, Some(Fault::VersionOutdated { latest, .. }) if latest.to_string() == "5.12.1"), "{old:?}");
        let new = ToPublish { version: "5.12.1-hotfix.1".into(), ..ToPublish::default() };
        releases::publish(&scene.desk, &Actor::COMMAND, &new, Run::Real).await.unwrap();
        let base = fault(&scene, &dana, report(&scene, "5.12.1", "server").await).await;
        assert!(matches!(base, Some(Fault::VersionOutdated { .. })), "its hotfix belongs to it: {base:?}");
        assert_eq!(fault(&scene, &dana, report(&scene, "5.12.1 hotfix 1", "server").await).await, None);
        assert_eq!(fault(&scene, &dana, report(&scene, "6.0", "server").await).await, None, "perhaps mistyped: staff look");
        let mut support = scene.form("support", "Exports lose their last line").await;
        support.filled.details.insert(DetailKey::from("version"), "5.9.2".to_owned());
        world::file(&scene.desk, &dana, support).await.expect("a support request may be of any version");
    }

    async fn bug_7_a_withdrawn_release_is_no_latest_and_says_what_to_use(scene) {
        released(&scene).await;
        let back = ToWithdraw { version: "5.12.1".into(), why: "It loses results.".into(), instead: Some("5.12".into()) };
        releases::withdraw(&scene.desk, &Actor::COMMAND, &back, Run::Real).await.unwrap();
        let dana = scene.dana().await;
        let gone = fault(&scene, &dana, report(&scene, "5.12.1", "server").await).await;
        assert!(matches!(&gone, Some(Fault::VersionWithdrawn { instead: Some(instead), .. }) if instead.to_string() == "5.12"), "{gone:?}");
        assert_eq!(fault(&scene, &dana, report(&scene, "5.12", "server").await).await, None);
    }

    async fn bug_1_in_the_cloud_nobody_is_asked_to_upgrade(scene) {
        released(&scene).await;
        let dana = scene.dana().await;
        let acme = dana.signed().unwrap().organisations[0].0;
        releases::set_place(&scene.desk, &scene.ines().await, acme, ("", "eu1")).await.unwrap();
        let out = ToRollOut { version: "5.9.2".into(), instance: "eu1".into() };
        releases::roll_out(&scene.desk, &Actor::COMMAND, &out, Run::Real).await.unwrap();
        for typed in ["unknown", "5.9.2"] {
            assert_eq!(fault(&scene, &dana, report(&scene, typed, "cloud").await).await, None, "{typed}");
        }
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let fields = [("type", "bug"), ("detail.deployment", "cloud"), ("detail.version", "unknown")];
        let said = browser.post("/verdict", &fields).await.text();
        assert!(said.contains("We run it for you: 5.9.2 is on eu1"), "{said}");
        let own = [("type", "bug"), ("detail.deployment", "server"), ("detail.version", "unknown")];
        let said = browser.post("/verdict", &own).await.text();
        assert!(said.contains("The latest release is 5.12.1") && !said.contains("instead"), "{said}");
    }

    async fn bug_1_the_form_shows_what_was_fixed_since_the_best_match_first(scene) {
        released(&scene).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let typed = [
            ("type", "bug"),
            ("subject", "Exporting a launch to CSV loses the last line"),
            ("detail.deployment", "server"),
            ("detail.version", "5.9.2"),
        ];
        let nothing = dana.post("/verdict", &[("type", "question"), ("detail.version", "5.9.2")]).await;
        assert_eq!(nothing.status, StatusCode::NO_CONTENT, "a question may be of any version");
        let said = dana.post("/verdict", &typed).await.text();
        assert!(said.contains("5.12.1 is the latest release") && said.contains("3 things were fixed since 5.9.2."), "{said}");
        let (best, other) = (said.find("Exports to CSV").unwrap(), said.find("Webhooks").unwrap());
        assert!(best < other && said.contains("looks like yours") && said.contains("#v5.12.1-bug-311"), "{said}");
        assert!(said.contains("File it as a support request instead"), "{said}");
        let sheet = Sheet::of(report(&scene, "5.9.2", "server").await);
        let refused = dana.upload("/requests", &sheet.parts()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = refused.text();
        assert!(page.contains("A bug is taken up for 5.12.1") && page.contains("3 things were fixed since 5.9.2."), "{page}");
        assert!(page.contains("value=\"instead\"") && page.contains("What happens, in a few words."), "{page}");
    }

    async fn bug_8_what_the_product_runs_on_is_asked_and_compared(scene) {
        let needs = "[{\"what\": \"PostgreSQL\", \"required\": \">= 14 < 18\", \"recommended\": \"16.x\"}]";
        let list = format!("{{\"releases\": [{{\"version\": \"5.12.1\", \"date\": \"2026-11-02\", \"runs_on\": {needs}}}]}}");
        releases::import(&scene.desk, &Actor::COMMAND, &list, Run::Real).await.unwrap();
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let form = dana.get("/requests/new/bug").await.text();
        assert!(form.contains("name=\"detail.postgresql\""), "{form}");
        let typed = |on: &'static str, where_: &'static str| {
            [("type", "bug"), ("detail.deployment", where_), ("detail.version", "5.12.1"), ("detail.postgresql", on)]
        };
        let old = "5.12.1 does not run on PostgreSQL 9.6. Needed: from 14 before 18.";
        for (on, where_, expected) in
            [("9.6", "server", Some(old)), ("16.4", "server", None), ("", "server", None), ("9.6", "cloud", None)]
        {
            let said = dana.post("/verdict", &typed(on, where_)).await.text();
            let said = said.contains("PostgreSQL").then_some(said);
            assert_eq!(said.is_some(), expected.is_some(), "{on} {where_}: {said:?}");
            assert!(expected.is_none_or(|it| said.as_ref().is_some_and(|said| said.contains(it))), "{said:?}");
        }
        let mut filing = report(&scene, "5.12.1", "server").await;
        filing.filled.details.insert(DetailKey::from("postgresql"), "PostgreSQL 9.6 on Debian".to_owned());
        let ticket = world::file(&scene.desk, &scene.dana().await, filing).await.expect("it is no fault of the form");
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = ines.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains(old), "staff see it beside the request: {page}");
    }

    async fn bug_1_a_report_of_an_older_version_becomes_a_support_request_with_all_that_was_typed(scene) {
        released(&scene).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let sheet = Sheet::of(report(&scene, "5.9.2", "server").await).with("do", "instead");
        let kept = dana.upload("/requests", &sheet.parts()).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
        let location = kept.location().to_owned();
        assert!(location.starts_with("/drafts/"), "{location}");
        let page = dana.get(&location).await.text();
        assert!(page.contains("name=\"type\" value=\"support\""), "{page}");
        for typed in ["Exporting a launch to CSV loses the last line", "5.9.2", "What happens, in a few words."] {
            assert!(page.contains(typed), "{typed}: {page}");
        }
    }
}
