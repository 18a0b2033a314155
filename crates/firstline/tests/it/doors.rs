//! What surrounds every answer: headers, cookies, the look of refusals, and whom the site believes.

use axum::{
    body::Body,
    http::{Method, Request},
};
use desk::ports::About;
use rules::access::{Grant, may};
use testkit::{
    Browser, Engine, Scene,
    browser::{Answer, demo_site},
};
use web::{
    app::{Mode, Site, Transport},
    routes::{Permission, Route, all},
};

/// A page of ours, with its style sheet and a headline, that nobody else keeps.
pub(crate) fn assert_is_page(answer: &Answer, about: &str) {
    let text = answer.text();
    assert!(answer.header("content-type").starts_with("text/html"), "{about}: {} {text}", answer.status);
    assert!(text.contains("<h1>") && text.contains("/assets/"), "{about}: {text}");
    assert_is_guarded(answer, about);
}

/// The headers of what is somebody's.
pub(crate) fn assert_is_guarded(answer: &Answer, about: &str) {
    assert_is_sealed(answer, about);
    assert_eq!(answer.header("cache-control"), "private, no-store", "{about}");
}

/// The headers of every answer.
pub(crate) fn assert_is_sealed(answer: &Answer, about: &str) {
    let policy = answer.header("content-security-policy");
    for directive in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors", "form-action"] {
        assert!(policy.contains(directive), "{about} has no {directive}: {policy}");
    }
    let is_sandboxed = policy.ends_with("; sandbox");
    assert!(!policy.contains("unsafe-eval") && (is_sandboxed || !policy.contains("unsafe-")), "{about}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{about}");
    }
    for device in ["camera=()", "geolocation=()", "microphone=()"] {
        assert!(answer.header("permissions-policy").contains(device), "{about}");
    }
    assert_eq!(answer.header("access-control-allow-origin"), "", "{about}");
    if !answer.body.is_empty() {
        let kind = answer.header("content-type");
        assert!(!kind.is_empty() && (!kind.starts_with("text/") || kind.ends_with("charset=utf-8")), "{about}: {kind}");
    }
}

/// Whether a lead is let through to a route's handler.
pub(crate) fn lead_may(route: &Route) -> bool {
    match route.permission {
        Permission::Staff(action) => may([Grant::Lead].into_iter().collect(), action),
        Permission::Everybody | Permission::SignedIn => true,
        Permission::Program(_) => false,
    }
}

/// An address with numbers where it names something.
pub(crate) fn filled(path: &str, id: &str) -> String {
    path.replace("{id}", id)
        .replace("{message}", id)
        .replace("{other}", id)
        .replace("{person}", id)
        .replace("{ticket}", id)
        .replace("{signature}", id)
        .replace("{token}", id)
        .replace("{type}", "question")
        .replace("{view}", "mine")
        .replace("{role}", "agent")
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    for route in
        all(Mode::Demo).iter().filter(|route| route.method == Method::GET && !route.path.contains("/demo/sign-in"))
    {
        let answer = ines.get(&filled(route.path, "1")).await;
        // The same for everybody. The worker is asked for anew each time, so that no browser keeps an old one.
        let everybodys = [("/push-worker.js", "no-cache"), ("/releases.atom", "public, max-age=300")];
        if let Some((_, kept)) = everybodys.iter().find(|(path, _)| *path == route.path) {
            assert_is_sealed(&answer, route.path);
            assert_eq!(answer.header("cache-control"), *kept, "{}", route.path);
            continue;
        }
        assert_is_guarded(&answer, route.path);
    }
    for path in ["/nothing/here", "/requests/abc", "/verify/abc"] {
        assert_is_guarded(&ines.get(path).await, path);
    }
    assert_is_guarded(&ines.post("/sign-in", &[]).await, "a refused form");
}

#[tokio::test]
async fn refusals_have_the_look_of_the_site() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    for (path, status) in [
        ("/nothing/here", 404),
        ("/requests/abc", 404),
        ("/requests/99999999999999999999", 404),
        ("/drafts/%00", 404),
        ("/attachments/%FF", 404),
        ("/requests?before=abc", 400),
        ("/requests?before=1&before=2", 400),
        ("/requests/new/no-such-type", 422),
        ("/verify/abc", 404),
        ("/desk", 404),
    ] {
        let answer = dana.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_is_page(&answer, path);
    }
    let wrong_method = dana.ask(Method::DELETE, "/account").await;
    assert_eq!(wrong_method.status, 405);
    assert_is_page(&wrong_method, "405");
    assert_eq!(wrong_method.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_on_every_route() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let from: [(&str, &str); 4] = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
    ];
    for route in all(Mode::Demo).iter().filter(|route| route.method == Method::POST) {
        for (name, value) in from {
            let request = Request::post(filled(route.path, "1")).header(name, value).body(Body::empty()).unwrap();
            let answer = ines.send(request).await;
            assert_eq!(answer.status, 403, "{} with {name}: {value}", route.path);
            // Programs hear it in JSON.
            if !matches!(route.permission, Permission::Program(_)) {
                assert_is_page(&answer, route.path);
            }
            assert!(answer.text().contains("This was sent from another site"), "{}", route.path);
        }
    }
    let own = Request::post("/preview").header("origin", "https://help.desk.example").body(Body::empty()).unwrap();
    assert_eq!(ines.send(own).await.status, 200);
}

#[tokio::test]
async fn reg_6_our_cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let scene = Scene::open(Engine::Sqlite).await;
    let pair = [("address", "dana@acme.example"), ("password", world::PASSWORD)];
    let plain = Browser::visitor(&scene).post("/sign-in", &pair).await;
    let cookies = plain.cookies();
    for (name, cookie) in ["known=", "session="].iter().zip(sorted(&cookies)) {
        assert!(cookie.starts_with(name), "{cookies:?}");
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "{cookie}");
    }
    assert!(cookies.len() == 2 && plain.header("strict-transport-security").is_empty(), "{cookies:?}");

    let site = Site { transport: Transport::Https, mode: Mode::Production, trusted_proxies: vec![] };
    let mut browser = Browser::at(&scene, site);
    let safe = browser.post("/sign-in", &pair).await;
    for (name, cookie) in ["__Host-known=", "__Host-session="].iter().zip(sorted(&safe.cookies())) {
        assert!(cookie.starts_with(name), "{cookie}");
        for flag in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert!(safe.header("strict-transport-security").starts_with("max-age="));
    assert_eq!(browser.get("/account").await.status, 200);
    // A cookie of the plain name, which another host of the domain could set, is nobody's.
    let token = browser.cookie("__Host-session").unwrap().to_owned();
    let mut other = Browser::at(&scene, Site { transport: Transport::Https, ..demo_site() });
    other.set_cookie("session", &token);
    assert_eq!(other.get("/account").await.status, 303);
}

fn sorted<'a>(cookies: &[&'a str]) -> Vec<&'a str> {
    let mut cookies = cookies.to_vec();
    cookies.sort_unstable();
    cookies
}

#[tokio::test]
async fn signing_in_leads_to_no_other_site() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    for then in [
        "//elsewhere.example",
        "/%5Celsewhere.example",
        "https://elsewhere.example",
        "javascript:alert(1)",
        "/%09/elsewhere.example",
        "%20//elsewhere.example",
        "/%0D%0ALocation:%20https://elsewhere.example",
        "/%C3%BC",
    ] {
        assert_eq!(dana.get(&format!("/sign-in?then={then}")).await.location(), "/", "{then}");
    }
    assert_eq!(
        dana.get("/sign-in?then=/requests/new/bug?subject=a%2526b").await.location(),
        "/requests/new/bug?subject=a%26b"
    );
    let mut visitor = Browser::visitor(&scene);
    let asked = visitor.get("/requests?before=17").await;
    assert_eq!(asked.location(), "/sign-in?then=/requests%3Fbefore%3D17");
    let form = visitor.get(asked.location()).await;
    let then = form.field("then").unwrap();
    let pair = [("address", "dana@acme.example"), ("password", world::PASSWORD), ("then", then.as_str())];
    assert_eq!(visitor.post("/sign-in", &pair).await.location(), "/requests?before=17");
    let elsewhere = [("address", "dana@acme.example"), ("password", world::PASSWORD), ("then", "//elsewhere.example")];
    assert_eq!(visitor.post("/sign-in", &elsewhere).await.location(), "/");
}

#[tokio::test]
async fn what_a_browser_says_of_its_page_cannot_break_the_redirect() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let page = format!("/desk/requests/{ticket}?view=mine%0D%0ASet-Cookie%3A%20session%3Dstolen%3B%20%C3%BC");
    ines.headers.push(("referer", format!("https://elsewhere.example{page}")));
    let answer = ines.post(&format!("/desk/requests/{ticket}/assignment"), &[("agent", "me")]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.location(), page, "of what it says, the name of a list is taken, and written anew");
    assert_eq!(answer.header("set-cookie"), "");
    ines.headers.clear();
    let draft = ines.post("/drafts", &[("draft_for", "request/1\r\nX: y"), ("text", "Half")]).await;
    let id: serde_json::Value = serde_json::from_slice(&draft.body).unwrap();
    assert_eq!(ines.get(&format!("/drafts/{}", id["id"])).await.status, 404);
}

#[tokio::test]
async fn links_in_mails_lead_to_the_configured_site_whatever_the_host_header_says() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut visitor = Browser::visitor(&scene);
    visitor.headers.push(("host", "elsewhere.example".to_owned()));
    visitor.headers.push(("x-forwarded-host", "elsewhere.example".to_owned()));
    assert_eq!(visitor.post("/reset", &[("address", "dana@acme.example")]).await.status, 200);
    scene.settle().await;
    let Some(About::PasswordReset { link, .. }) = scene.mail.last("dana@acme.example") else { panic!("no mail") };
    assert!(link.starts_with("https://help.desk.example/reset/"), "{link}");
}

#[tokio::test]
async fn only_trusted_proxies_say_where_somebody_comes_from() {
    let scene = Scene::open(Engine::Sqlite).await;
    let proxy = "10.0.0.1".parse().unwrap();
    let site = || Site { trusted_proxies: vec![proxy], ..demo_site() };
    let pair = [("address", "dana@acme.example"), ("password", world::PASSWORD)];
    let forwarded = ("x-forwarded-for", "198.51.100.99, 203.0.113.5, 10.0.0.1".to_owned());

    let mut behind = Browser::at(&scene, site());
    (behind.peer, behind.headers) = (proxy, vec![forwarded.clone()]);
    behind.post("/sign-in", &pair).await;
    let account = behind.get("/account").await.text();
    assert!(
        account.contains("203.0.113.5") && !account.contains("198.51.100.99"),
        "the last that no proxy of ours added"
    );

    let mut liar = Browser::at(&scene, site());
    liar.headers = vec![("x-forwarded-for", "203.0.113.66".to_owned())];
    liar.post("/sign-in", &pair).await;
    let account = liar.get("/account").await.text();
    assert!(account.contains("192.0.2.77") && !account.contains("203.0.113.66"));
}
