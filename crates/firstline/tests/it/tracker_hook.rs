//! The tracker calls: signed, once, and as a hint (BUG-5).

use axum::{body::Body, http::Request};
use desk::tracker;
use jiff::SignedDuration;
use rules::{ids::BugId, people::SecretKey};
use serde_json::{Value, json};
use testkit::{Browser, Scene, on_both};

use crate::{
    github::{GitHub, PLACE},
    tracker::{ada, life, mirrored, set_up, shown, v},
};

fn signature(secret: &str, body: &str) -> String {
    let hex: String =
        SecretKey::new(secret.as_bytes()).sign(&[body.as_bytes()]).iter().map(|it| format!("{it:02x}")).collect();
    format!("sha256={hex}")
}

/// A call as GitHub makes it; what it was answered.
async fn calls(scene: &Scene, secret: &str, (event, delivery): (&str, &str), payload: &Value) -> u16 {
    let body = payload.to_string();
    let request = Request::post("/hooks/github")
        .header("content-type", "application/json")
        .header("x-github-event", event)
        .header("x-github-delivery", delivery)
        .header("x-hub-signature-256", signature(secret, &body))
        .body(Body::from(body))
        .unwrap();
    let mut there = Browser::visitor(scene);
    there.peer = [198, 51, 100, 7].into();
    there.send(request).await.status.as_u16()
}

fn issues(action: &str, number: i64) -> Value {
    json!({ "action": action, "issue": { "number": number, "state": "closed" }, "repository": { "full_name": PLACE } })
}

async fn standing(scene: &Scene) -> tracker::Standing {
    tracker::standing(&scene.desk, &ada(scene).await).await.unwrap().unwrap()
}

async fn fixed(scene: &Scene, bug: BugId) -> bool {
    life(scene, bug).await.is_fixed()
}

on_both! {
    async fn bug_5_a_signed_call_is_heard_and_its_replay_does_nothing(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        let secret = set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Exports lose a line").await;
        assert_eq!(calls(&scene, &secret, ("ping", "p-1"), &json!({ "zen": "Keep it simple." })).await, 202);
        scene.settle().await;
        assert!(standing(&scene).await.heard_at.is_some());
        scene.advance(SignedDuration::from_mins(1)).await;
        github.at(scene.desk.now());
        github.sets(1, "open", Some("5.13"));
        assert_eq!(calls(&scene, &secret, ("issues", "d-1"), &issues("milestoned", 1)).await, 202);
        scene.settle().await;
        assert_eq!(life(&scene, bug).await.state.planned(), Some(&v("5.13")));
        github.heard();
        for _ in 0..3 {
            assert_eq!(calls(&scene, &secret, ("issues", "d-1"), &issues("milestoned", 1)).await, 202);
        }
        scene.settle().await;
        assert_eq!(github.heard().len(), 0, "the same call is heard once");
        // Under another name, which nobody signs, it is asked again what is true, and nothing changes.
        assert_eq!(calls(&scene, &secret, ("issues", "d-2"), &issues("milestoned", 1)).await, 202);
        scene.settle().await;
        assert_eq!((github.changes(), life(&scene, bug).await.state.planned()), (0, Some(&v("5.13"))));
        for (event, payload) in [("star", json!({ "action": "created" })), ("issues", issues("closed", 99))] {
            assert_eq!(calls(&scene, &secret, (event, &format!("o-{event}")), &payload).await, 202);
        }
        let mut elsewhere = issues("closed", 1);
        elsewhere["repository"]["full_name"] = json!("acme/site");
        assert_eq!(calls(&scene, &secret, ("issues", "d-3"), &elsewhere).await, 202);
        scene.settle().await;
        assert_eq!(github.heard().len(), 0, "what is not mirrored is not asked for");
        assert_eq!(calls(&scene, &secret, ("issues", "d-4"), &json!({ "action": "closed", "repository": { "full_name": PLACE } })).await, 400);
        assert_eq!(calls(&scene, &secret, ("issues", ""), &issues("closed", 1)).await, 400);
    }

    async fn bug_5_calls_that_come_late_twice_or_in_another_order_do_no_harm(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        let secret = set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Exports lose a line").await;
        scene.advance(SignedDuration::from_mins(1)).await;
        github.at(scene.desk.now());
        // Planned, closed, and opened again; the calls come the other way round, and one of them twice.
        github.sets(1, "completed", Some("5.13"));
        github.sets(1, "open", Some("5.13"));
        for (name, action) in [("c", "reopened"), ("b", "closed"), ("a", "milestoned"), ("b2", "closed")] {
            assert_eq!(calls(&scene, &secret, ("issues", name), &issues(action, 1)).await, 202);
            scene.settle().await;
        }
        assert!(!fixed(&scene, bug).await, "what is true counts, and not which call came last");
        assert_eq!(life(&scene, bug).await.state.planned(), Some(&v("5.13")));
        let comment = github.says(1, "A slip.");
        let said = |action: &str| json!({
            "action": action, "issue": { "number": 1 }, "comment": { "id": comment }, "repository": { "full_name": PLACE },
        });
        assert_eq!(calls(&scene, &secret, ("issue_comment", "e"), &said("created")).await, 202);
        scene.settle().await;
        assert_eq!(shown(&scene, bug).await.comments.len(), 1);
        github.deletes(comment);
        assert_eq!(calls(&scene, &secret, ("issue_comment", "f"), &said("deleted")).await, 202);
        assert_eq!(calls(&scene, &secret, ("issue_comment", "g"), &said("edited")).await, 202);
        scene.settle().await;
        assert_eq!(shown(&scene, bug).await.comments.len(), 0, "it stays gone");
        // A milestone that has another name changes no issue there, and the plan here.
        scene.advance(SignedDuration::from_mins(1)).await;
        github.at(scene.desk.now());
        github.sets(1, "open", Some("5.14"));
        let renamed = json!({
            "action": "edited", "milestone": { "title": "5.14" }, "changes": { "title": { "from": "5.13" } }, "repository": { "full_name": PLACE },
        });
        assert_eq!(calls(&scene, &secret, ("milestone", "h"), &renamed).await, 202);
        scene.settle().await;
        assert_eq!(life(&scene, bug).await.state.planned(), Some(&v("5.14")));
    }

    async fn bug_5_a_forged_call_does_nothing_and_is_counted(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        let nobody = calls(&scene, "x", ("issues", "d-0"), &issues("closed", 1)).await;
        assert_eq!(nobody, 404, "no tracker is set up");
        let secret = set_up(&scene, &github).await;
        let bug = mirrored(&scene, "Exports lose a line").await;
        scene.advance(SignedDuration::from_mins(1)).await;
        github.at(scene.desk.now());
        github.sets(1, "completed", Some("5.13"));
        github.heard();
        assert_eq!(calls(&scene, "guessed", ("issues", "d-1"), &issues("closed", 1)).await, 401);
        assert_eq!(calls(&scene, "", ("issues", "d-1"), &issues("closed", 1)).await, 401);
        scene.settle().await;
        let now = standing(&scene).await;
        assert_eq!((now.forged, now.heard_at, github.heard().len()), (2, None, 0));
        assert!(!fixed(&scene, bug).await);
        let page = Browser::of(&scene, scene.cast.ada()).await.get("/desk/tracker").await.text();
        assert!(page.contains("Calls that nobody signed") && !page.contains(&secret) && !page.contains("github_pat"));
        // The name of a forged call is not used up by it.
        assert_eq!(calls(&scene, &secret, ("issues", "d-1"), &issues("closed", 1)).await, 202);
    }

    async fn bug_5_the_secret_is_exchanged_without_losing_a_call(scene) {
        let github = GitHub::open().await;
        let scene = github.beside(scene);
        let before = set_up(&scene, &github).await;
        let ada = ada(&scene).await;
        let after = tracker::new_secret(&scene.desk, &ada).await.unwrap();
        let ping = json!({ "zen": "x" });
        assert_eq!(calls(&scene, &before, ("ping", "a"), &ping).await, 202);
        assert_eq!(calls(&scene, &after, ("ping", "b"), &ping).await, 202);
        tracker::end_secret(&scene.desk, &ada).await.unwrap();
        assert_eq!(calls(&scene, &before, ("ping", "c"), &ping).await, 401);
        assert_eq!(calls(&scene, &after, ("ping", "d"), &ping).await, 202);
        let kept = store::tracker::get(scene.desk.store.read()).await.unwrap().unwrap();
        for secret in [before.as_bytes(), after.as_bytes(), crate::github::TOKEN.as_bytes()] {
            let is_there = |bytes: &[u8]| bytes.windows(secret.len()).any(|it| it == secret);
            assert!(!is_there(&kept.secret) && !is_there(&kept.token), "what is kept tells nobody");
        }
    }
}
