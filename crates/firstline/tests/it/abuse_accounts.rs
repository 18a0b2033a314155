//! Proofs, links and sessions that are used twice, too late, or by somebody else.

use jiff::SignedDuration;
use testkit::{Browser, Engine, Scene};

use crate::doors::assert_is_page;

async fn sign_up(browser: &mut Browser, address: &str, proof: &str) -> testkit::browser::Answer {
    browser.post("/sign-up", &[("name", "Mila Novak"), ("address", address), ("altcha", proof)]).await
}

#[tokio::test]
async fn reg_1_a_proof_of_work_counts_once_and_only_when_it_is_ours() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut visitor = Browser::visitor(&scene);
    // As the widget does it: ask for the challenge, do the work.
    let challenge = serde_json::from_slice(&visitor.get("/altcha/challenge").await.body).unwrap();
    let proof = rules::people::captcha::solve(&challenge).unwrap();
    assert_eq!(sign_up(&mut visitor, "mila@acme.example", &proof).await.status, 200);
    let again = sign_up(&mut visitor, "otto@acme.example", &proof).await;
    assert_eq!(again.status, 422);
    assert_is_page(&again, "a replayed proof");
    assert!(again.text().contains("was used once already"), "{}", again.text());
    assert_eq!(again.field("address").as_deref(), Some("otto@acme.example"), "what was typed is still there");

    let late = world::proof(&scene.desk).unwrap();
    scene.advance(SignedDuration::from_mins(21)).await;
    for (proof, words) in [("", "has not run yet"), ("garbage", "could not read"), (late.as_str(), "too old")] {
        let refused = sign_up(&mut visitor, "otto@acme.example", proof).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(words), "{words}: {}", refused.text());
    }
    scene.settle().await;
    assert!(scene.mail.of("otto@acme.example").is_empty());
}

#[tokio::test]
async fn reg_1_a_link_that_was_used_or_ran_out_says_so_and_what_to_do() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut visitor = Browser::visitor(&scene);
    for address in ["mila@acme.example", "otto@acme.example"] {
        let proof = world::proof(&scene.desk).unwrap();
        sign_up(&mut visitor, address, &proof).await;
    }
    scene.settle().await;
    let [used, late] =
        ["mila@acme.example", "otto@acme.example"].map(|it| format!("/verify/{}", scene.mail.link(it).unwrap()));
    let password = [("password", world::PASSWORD)];
    assert_eq!(visitor.post(&used, &password).await.status, 303);
    for answer in [visitor.get(&used).await, visitor.post(&used, &password).await] {
        assert_eq!(answer.status, 410);
        assert_is_page(&answer, "a used link");
        assert!(answer.text().contains("This link was used already") && answer.text().contains("href=\"/sign-in\""));
    }
    scene.advance(SignedDuration::from_hours(24)).await;
    for answer in [visitor.get(&late).await, visitor.post(&late, &password).await] {
        assert_eq!(answer.status, 410);
        assert!(answer.text().contains("This link has run out") && answer.text().contains("href=\"/sign-up\""));
    }
    // A link for one thing opens no other.
    let token = late.rsplit('/').next().unwrap();
    for path in [format!("/reset/{token}"), format!("/verify/{}", "x".repeat(43)), "/verify/..%2F".to_owned()] {
        let answer = visitor.get(&path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_is_page(&answer, &path);
    }
}

#[tokio::test]
async fn reg_6_a_session_that_ended_or_ran_out_is_nobodys() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let token = dana.cookie("session").unwrap().to_owned();
    assert_eq!(dana.post("/sign-out", &[]).await.location(), "/");
    assert_eq!(dana.cookie("session"), None, "the browser forgets it");
    let mut idle = Browser::of(&scene, scene.cast.dana()).await;
    scene.advance(SignedDuration::from_hours(24 * 15)).await;
    let mut thief = Browser::visitor(&scene);
    thief.set_cookie("session", &token);
    let mut forger = Browser::visitor(&scene);
    forger.set_cookie("session", "AAAA");
    for browser in [&mut idle, &mut thief, &mut forger] {
        assert_eq!(browser.get("/requests").await.location(), "/sign-in?then=/requests");
        let answer = browser.post("/drafts", &[("draft_for", "new/question"), ("subject", "Half")]).await;
        assert_eq!(answer.status, 401);
        assert_is_page(&answer, "an ended session");
        assert!(answer.text().contains("You are signed out") && answer.text().contains("href=\"/sign-in\""));
    }
}

#[tokio::test]
async fn reg_6_a_session_is_ended_by_its_owner_from_the_list() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut lost = Browser::of(&scene, scene.cast.dana()).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let sessions = desk::people::sessions(&scene.desk, &scene.dana().await).await.unwrap();
    let id = sessions.iter().map(|session| session.id.0).collect::<Vec<_>>();
    // The last two are these browsers', the lost one's came first.
    let mut newest = id.clone();
    newest.sort_unstable();
    let lost_id = newest[newest.len() - 2];
    let answer = dana.post(&format!("/account/sessions/{lost_id}/revocation"), &[]).await;
    assert_eq!(answer.location(), "/account");
    assert_eq!(lost.get("/account").await.status, 303);
    assert_eq!(dana.get("/account").await.status, 200);
    dana.post("/account/sign-out-everywhere", &[]).await;
    assert_eq!(dana.get("/account").await.status, 303);
}

#[tokio::test]
async fn reg_2_guessing_is_slowed_and_says_until_when() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut visitor = Browser::visitor(&scene);
    for n in 0..5 {
        let guess = format!("guess number {n}");
        let answer = visitor.post("/sign-in", &[("address", "dana@acme.example"), ("password", &guess)]).await;
        assert_eq!(answer.status, 422);
    }
    let answer = visitor.post("/sign-in", &[("address", "dana@acme.example"), ("password", world::PASSWORD)]).await;
    assert_eq!(answer.status, 429);
    assert_is_page(&answer, "too many guesses");
    let seconds: i64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=15 * 60).contains(&seconds), "{seconds}");
    assert!(answer.text().contains("Too many attempts"));
    scene.advance(SignedDuration::from_secs(seconds)).await;
    let answer = visitor.post("/sign-in", &[("address", "dana@acme.example"), ("password", world::PASSWORD)]).await;
    assert_eq!(answer.location(), "/");
}

#[tokio::test]
async fn reg_2_no_answer_tells_whether_an_address_is_registered() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut visitor = Browser::visitor(&scene);
    let (known, unknown) = ("dana@acme.example", "nemo@acme.example");
    let mut bodies = vec![];
    for address in [known, unknown] {
        let proof = world::proof(&scene.desk).unwrap();
        let up = sign_up(&mut visitor, address, &proof).await;
        let reset = visitor.post("/reset", &[("address", address)]).await;
        let pair = visitor.post("/sign-in", &[("address", address), ("password", "a wrong one")]).await;
        bodies.push([up, reset, pair].map(|answer| (answer.status, answer.text().replace(address, "ADDRESS"))));
    }
    assert_eq!(bodies[0], bodies[1]);
}
