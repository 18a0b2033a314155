//! Headers on every kind of answer, and what the site does not give: other files, other methods, other hosts, insides.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Method, Request},
};
use jiff::SignedDuration;
use testkit::{
    Browser, Engine, Scene,
    browser::{Answer, demo_site},
};
use web::{
    app::{Site, Transport},
    assets::asset,
    routes::{Permission, all},
};

use crate::doors::{assert_is_guarded, assert_is_sealed, filled, lead_may};

#[tokio::test]
async fn pages_files_redirects_and_refusals_are_sealed_and_kept_by_no_cache() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "bug", "Launches hang at 99 %").await;
    let file = desk::tickets::show(&scene.desk, &scene.dana().await, ticket).await.unwrap().files[0].id;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let elsewhere = Request::post("/drafts").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
    let large = "x".repeat(3 * 1024 * 1024);
    for (status, answer) in [
        (200, dana.get("/requests").await),
        (200, dana.get(&format!("/attachments/{file}")).await),
        (200, dana.get("/support.md").await),
        (200, dana.get("/altcha/challenge").await),
        (303, dana.get("/sign-in").await),
        (303, Browser::visitor(&scene).get("/requests").await),
        (401, Browser::visitor(&scene).post("/drafts", &[]).await),
        (403, dana.send(elsewhere).await),
        (404, dana.get("/nothing/here").await),
        (405, dana.get("/sign-out").await),
        (413, dana.post("/preview", &[("text", &large)]).await),
        (415, dana.send_form("/sign-in", "text/plain", b"x=y".to_vec()).await),
        (422, dana.post("/reset", &[("address", "nobody")]).await),
        (200, dana.ask(Method::HEAD, "/requests").await),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_is_guarded(&answer, &format!("an answer with {status}"));
    }
}

#[tokio::test]
async fn only_what_is_named_by_its_content_is_kept_for_long() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut visitor = Browser::visitor(&scene);
    let style = visitor.get(&asset("portal.css")).await;
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    let mut again = Browser::visitor(&scene);
    again.headers.push(("if-none-match", style.header("etag").to_owned()));
    let unchanged = again.get(&asset("portal.css")).await;
    assert_eq!(unchanged.status, 304);
    let missing = visitor.get("/assets/nothing-00000000.css").await;
    assert_eq!((missing.status.as_u16(), missing.header("cache-control")), (404, "private, no-store"));
    let licence = visitor.get("/assets/OFL-newsreader.txt").await;
    assert_eq!((licence.status.as_u16(), licence.header("cache-control")), (200, "public, max-age=3600"));
    for answer in [style, unchanged, missing, licence] {
        assert_is_sealed(&answer, "an asset");
    }
}

#[tokio::test]
async fn over_https_every_answer_asks_to_come_back_so() {
    let scene = Scene::open(Engine::Sqlite).await;
    let strict = |answer: &Answer| answer.header("strict-transport-security").to_owned();
    let mut at_help = Browser::at(&scene, Site { transport: Transport::Https, ..demo_site() });
    for path in ["/", "/requests", "/nothing/here", "/assets/nothing.css", &asset("portal.css")] {
        assert_eq!(strict(&at_help.get(path).await), "max-age=31536000; includeSubDomains", "{path}");
    }
    // A desk at the domain itself does not speak for what else stands below it.
    let mut desk = scene.desk.clone();
    let settings = (*desk.settings).clone();
    desk.settings = Arc::new(desk::Settings { base_url: "https://desk.example".to_owned(), ..settings });
    let mut at_the_top = Browser::of_desk(desk, Site { transport: Transport::Https, ..demo_site() });
    assert_eq!(strict(&at_the_top.get("/").await), "max-age=31536000");
    assert_eq!(strict(&Browser::visitor(&scene).get("/").await), "");
}

#[tokio::test]
async fn no_path_leads_out_of_the_site() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut theo = Browser::of(&scene, scene.cast.theo()).await;
    for path in [
        "/assets",
        "/assets/",
        "/assets/..%2fpackage.json",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/package.json",
        "/assets/../package.json",
        "/assets/..%5cpackage.json",
        "/assets/%2fetc%2fpasswd",
        "/assets/portal.css%00.txt",
        "/attachments/..%2f..%2fsecret.key",
        "/demo/mails/..%2f1",
        "/.git/config",
        "/.env",
        "/firstline.toml",
        "/secret.key",
        "/healthz",
        "/readyz",
        "/metrics",
        "/openapi.json",
    ] {
        let answer = theo.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn no_route_takes_a_method_that_it_does_not_name() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut theo = Browser::of(&scene, scene.cast.theo()).await;
    let routes = all(web::app::Mode::Demo);
    for route in &routes {
        if matches!(route.permission, Permission::Program(_)) {
            // Of tokens that are none, no network brings many in a few minutes.
            scene.advance(SignedDuration::from_mins(16)).await;
        }
        let named = |method: &Method| routes.iter().any(|it| it.path == route.path && it.method == *method);
        let methods = [Method::TRACE, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
        for method in methods.into_iter().filter(|method| !named(method)) {
            let answer = theo.ask(method.clone(), &filled(route.path, "1")).await;
            let expected = match route.permission {
                Permission::Program(_) => 401,
                _ if lead_may(route) => 405,
                _ => 403,
            };
            assert_eq!(answer.status, expected, "{method} {}", route.path);
            assert_is_guarded(&answer, route.path);
        }
    }
}

#[tokio::test]
async fn a_host_that_is_not_ours_appears_nowhere() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    for name in ["host", "x-forwarded-host", "x-original-url", "forwarded"] {
        dana.headers.push((name, "elsewhere.example".to_owned()));
    }
    for path in ["/", "/support", "/support.md", "/sign-in", "/nothing", "/account", &format!("/requests/{ticket}")] {
        let answer = dana.get(path).await;
        let said = format!("{:?} {}", answer.headers, answer.text());
        assert!(!said.contains("elsewhere.example"), "{path}: {said}");
    }
    let led = dana.post("/sign-out", &[]).await;
    assert_eq!(led.location(), "/");
}

#[tokio::test]
async fn signing_out_takes_what_pages_kept_in_the_browser() {
    let scene = Scene::open(Engine::Sqlite).await;
    for path in ["/sign-out", "/account/sign-out-everywhere"] {
        let answer = Browser::of(&scene, scene.cast.dana()).await.post(path, &[]).await;
        assert_eq!(answer.header("clear-site-data"), "\"storage\"", "{path}");
    }
}

#[tokio::test]
async fn a_fault_of_ours_is_told_without_its_insides() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    scene.desk.store.close().await.unwrap();
    let pair = [("address", "dana@acme.example"), ("password", world::PASSWORD)];
    for answer in [dana.get("/requests").await, Browser::visitor(&scene).post("/sign-in", &pair).await] {
        assert!(answer.status.is_server_error(), "{} {}", answer.status, answer.text());
        let text = answer.text().to_lowercase();
        for inside in ["sql", "pool", "connection", "panic", ".rs:", "ferry-lantern"] {
            assert!(!text.contains(inside), "{inside}: {text}");
        }
        assert_is_guarded(&answer, "a fault of ours");
    }
}
