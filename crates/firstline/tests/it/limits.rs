//! What may be tried how often: by an account from everywhere, by a network, and on all nodes together (REG-2).

use std::net::IpAddr;

use axum::{
    body::Body,
    http::{Request, header},
};
use desk::{
    Error,
    people::{Browser as From, Credentials, sign_in},
};
use jiff::SignedDuration;
use rules::refusal::Refusal;
use testkit::{
    Browser, Engine, Scene,
    browser::{Part, demo_site},
    on_both,
};
use web::app::Site;

fn guess(address: &str) -> Credentials {
    Credentials { address: address.to_owned(), password: "not-the-password-9".to_owned() }
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[tokio::test]
async fn reg_2_two_nodes_count_guesses_together() {
    let scene = Scene::open(Engine::Postgres).await;
    let other = scene.node().await;
    for n in 0..5 {
        let network = format!("203.0.113.{n}");
        let from = From { network: &network, agent: "", session: None, known: None };
        let node = if n % 2 == 0 { &scene.desk } else { &other };
        let refused = sign_in(node, guess("dana@acme.example"), from).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongPair))), "{refused:?}");
    }
    for node in [&scene.desk, &other] {
        let from = From { network: "203.0.113.99", agent: "", session: None, known: None };
        assert!(matches!(sign_in(node, guess("dana@acme.example"), from).await, Err(Error::Limited { .. })));
    }
    other.store.close().await.unwrap();
}

on_both! {
    async fn reg_2_an_account_is_guessed_at_from_many_networks_as_seldom_as_from_one(scene) {
        let form = [("address", "dana@acme.example"), ("password", "not-the-password-9")];
        let mut anywhere = Browser::visitor(&scene);
        for n in 0..5u8 {
            anywhere.peer = IpAddr::from([203, 0, 113, n]);
            assert_eq!(anywhere.post("/sign-in", &form).await.status, 422);
        }
        anywhere.peer = ip("198.51.100.1");
        assert_eq!(anywhere.post("/sign-in", &form).await.status, 429);
        // Another account is none of that.
        let others = [("address", "lea@nordwind.example"), ("password", "not-the-password-9")];
        assert_eq!(anywhere.post("/sign-in", &others).await.status, 422);
    }

    async fn reg_2_who_guesses_at_an_account_does_not_keep_its_owner_out(scene) {
        let right = [("address", "dana@acme.example"), ("password", world::PASSWORD)];
        let wrong = [("address", "dana@acme.example"), ("password", "not-the-password-9")];
        let mut dana = Browser::visitor(&scene);
        assert_eq!(dana.post("/sign-in", &right).await.status, 303);
        assert_eq!(dana.post("/sign-out", &[]).await.status, 303);
        let mut guesser = Browser::visitor(&scene);
        guesser.peer = ip("198.51.100.1");
        for _ in 0..4 {
            assert_eq!(guesser.post("/sign-in", &wrong).await.status, 422);
        }
        assert_eq!(guesser.post("/sign-in", &right).await.status, 429);

        let known = dana.cookie("known").unwrap().to_owned();
        assert_eq!(dana.post("/sign-in", &right).await.status, 303, "where she was signed in before");
        assert_ne!(dana.cookie("known"), Some(known.as_str()), "drawn anew each time");

        // What somebody else's browser keeps helps nobody, and one's own is good for as few guesses as an address.
        let mut ravi = Browser::visitor(&scene);
        ravi.peer = ip("198.51.100.2");
        let his = [("address", scene.cast.ravi().address.as_str()), ("password", world::PASSWORD)];
        assert_eq!(ravi.post("/sign-in", &his).await.status, 303);
        assert_eq!(ravi.post("/sign-out", &[]).await.status, 303);
        assert_eq!(ravi.post("/sign-in", &right).await.status, 429);
        assert_eq!(dana.post("/sign-out", &[]).await.status, 303);
        for _ in 0..5 {
            assert_eq!(dana.post("/sign-in", &wrong).await.status, 422);
        }
        assert_eq!(dana.post("/sign-in", &right).await.status, 429);
    }

    async fn a_customer_whose_program_does_not_stop_is_slowed_and_loses_nothing_typed(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        for n in 0..300 {
            assert_eq!(dana.post("/preview", &[("text", "Hello")]).await.status, 200, "{n}");
            assert_eq!(ines.post("/preview", &[("text", "Hello")]).await.status, 200, "{n}");
        }
        let refused = dana.post("/drafts", &[("subject", "It hangs"), ("type", "bug"), ("priority", "low")]).await;
        assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "300"));
        let page = refused.text();
        for words in ["That was too much at once", "in 5 min", "It hangs", "action=\"/drafts\""] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(page.contains("type=\"hidden\" name=\"priority\" value=\"low\""), "chosen, not typed: {page}");
        let file = vec![b'x'; web::app::FORM_BYTES + 1];
        let parts = [Part::file("file.evidence", "run.log", &file), Part::text("subject", "Behind a file")];
        let refused = dana.upload("/requests", &parts).await;
        assert!(refused.status == 429 && refused.text().contains("Behind a file"), "{}", refused.text());
        assert_eq!(dana.get("/requests").await.status, 200, "reading goes on");
        assert_eq!(ines.post("/preview", &[("text", "Hello")]).await.status, 200, "staff are not counted");
        assert_eq!(Browser::of(&scene, scene.cast.ravi()).await.post("/preview", &[("text", "Hi")]).await.status, 200);

        scene.advance(SignedDuration::from_mins(5)).await;
        assert_eq!(dana.post("/preview", &[("text", "Hello")]).await.status, 200);
    }

    async fn who_sent_too_much_can_still_leave(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        for _ in 0..301 {
            dana.post("/preview", &[("text", "Hello")]).await;
        }
        assert_eq!(dana.post("/sign-out", &[]).await.status, 303);
        assert_eq!(dana.get("/requests").await.status, 303, "signed out");
    }

    async fn reg_2_whoever_has_a_whole_64_is_one_network(scene) {
        let mut visitor = Browser::visitor(&scene);
        for n in 0..30 {
            visitor.peer = ip(&format!("2001:db8:1:2:{n}::{n}"));
            let address = format!("nobody-{n}@acme.example");
            assert_eq!(visitor.post("/reset", &[("address", &address)]).await.status, 200, "{n}");
        }
        let one_more = [("address", "one-more@acme.example")];
        visitor.peer = ip("2001:db8:1:2:ffff::1");
        assert_eq!(visitor.post("/reset", &one_more).await.status, 429);
        visitor.peer = ip("2001:db8:1:3::1");
        assert_eq!(visitor.post("/reset", &one_more).await.status, 200);
    }
}

#[tokio::test]
async fn what_a_proxy_did_not_write_hides_nobody() {
    let scene = Scene::open(Engine::Sqlite).await;
    let site = || Site { trusted_proxies: vec![ip("10.0.0.1")], ..demo_site() };
    let body = format!("address=dana@acme.example&password={}", world::PASSWORD);
    let long = format!("{}203.0.113.5", "198.51.100.9, ".repeat(100));
    let cases: [(&str, &[&str], &str); 5] = [
        ("10.0.0.1", &[&long], "203.0.113.5"),
        ("10.0.0.1", &["198.51.100.9", "203.0.113.6"], "203.0.113.6"),
        ("10.0.0.1", &["198.51.100.9, unknown"], "10.0.0.1"),
        ("10.0.0.1", &["198.51.100.9, 203.0.113.7:4711"], "203.0.113.7"),
        ("::ffff:10.0.0.1", &["198.51.100.9, 203.0.113.8, ::ffff:10.0.0.1"], "203.0.113.8"),
    ];
    for (peer, lines, expected) in cases {
        let mut browser = Browser::at(&scene, site());
        browser.peer = ip(peer);
        let mut request = Request::post("/sign-in").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for line in lines {
            request = request.header("x-forwarded-for", *line);
        }
        let answer = browser.send(request.body(Body::from(body.clone())).unwrap()).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let sessions = desk::people::sessions(&scene.desk, &scene.dana().await).await.unwrap();
        let newest = sessions.iter().max_by_key(|session| session.id.0).unwrap();
        assert_eq!(newest.network, expected, "{lines:?}");
    }
}

#[tokio::test]
async fn when_nobody_can_be_told_who_comes_the_page_says_so() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    scene.desk.store.close().await.unwrap();
    let answer = dana.get("/requests").await;
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("went wrong on our side"), "{}", answer.text());
}
