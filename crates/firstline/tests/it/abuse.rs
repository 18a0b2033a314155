//! Bad input: too large, of the wrong type, cut off, forged. Each gets a clear page and loses nothing.

use axum::http::Method;
use desk::{Actor, policy::NewPolicy};
use testkit::{Browser, Engine, Scene, browser::Part};
use web::{app::Mode, routes::all};

use crate::{
    doors::{assert_is_page, filled, lead_may},
    forms::Sheet,
};

const FORM: &str = "application/x-www-form-urlencoded";

async fn sheet(scene: &Scene, request_type: &str) -> Sheet {
    Sheet::of(scene.form(request_type, "Which role may only read?").await)
}

#[tokio::test]
async fn a_form_beyond_its_limit_is_refused_with_the_limit() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let long = "x".repeat(3 * 1024 * 1024);
    for answer in [
        dana.send_form("/sign-in", FORM, format!("address={long}").into_bytes()).await,
        dana.send_form("/requests", FORM, format!("subject={long}").into_bytes()).await,
        dana.upload("/requests", &[Part::text("subject", &long)]).await,
        dana.upload("/requests", &[Part::text(&long, "")]).await,
        dana.post("/preview", &[("text", &long)]).await,
    ] {
        assert_eq!(answer.status, 413, "{}", answer.text());
        assert_is_page(&answer, "413");
        assert!(answer.text().contains("That is too large") && answer.text().contains("2 MiB"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_file_beyond_the_policys_limit_is_refused_with_the_limit() {
    let scene = Scene::open(Engine::Sqlite).await;
    let reference = include_str!("../../../../policies/allure-testops.toml");
    let source = reference.replace("file_mebibytes = 2048", "file_mebibytes = 1");
    assert_ne!(source, reference);
    desk::policy::apply(&scene.desk, &Actor::DESK, NewPolicy { source, from: None }).await.unwrap();
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let fits = vec![b'a'; 1024 * 1024];
    let large = vec![b'a'; 1024 * 1024 + 1];
    let complete = sheet(&scene, "question").await;
    let refused =
        dana.upload("/requests", &complete.clone().with_file("file.evidence", "large.log", &large).parts()).await;
    assert_eq!(refused.status, 413);
    assert_is_page(&refused, "413");
    assert!(refused.text().contains("1 MiB") && refused.text().contains("/drafts"), "{}", refused.text());
    assert!(desk::tickets::own(&scene.desk, &scene.dana().await, None).await.unwrap().rows.is_empty());
    let kept = desk::drafts::list(&scene.desk, &scene.dana().await).await.unwrap();
    assert_eq!(kept[0].fields["subject"], "Which role may only read?", "what was typed is kept as a draft");
    let taken = dana.upload("/requests", &complete.with_file("file.evidence", "fits.log", &fits).parts()).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
}

#[tokio::test]
async fn what_is_no_form_is_refused_as_such() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let messages = format!("/requests/{ticket}/messages");
    let cut = b"------part\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHalf of";
    for (path, kind, body, status) in [
        ("/sign-in", "application/json", &b"{\"address\":\"dana@acme.example\"}"[..], 415),
        ("/sign-in", "text/plain", b"address=dana@acme.example", 415),
        ("/sign-in", "", b"address=dana@acme.example", 415),
        (&messages, "application/json", b"{\"text\":\"Hello\"}", 415),
        (&messages, "multipart/form-data", b"text=Hello", 400),
        (&messages, "multipart/form-data; boundary=", b"text=Hello", 400),
        (&messages, "multipart/form-data; boundary=----part", b"\x00\xff garbage \r\n\r\n", 400),
        (&messages, "multipart/form-data; boundary=----part", cut, 400),
        (&messages, "multipart/form-data; boundary=----part", b"", 400),
        ("/requests", "multipart/form-data; boundary=\"", b"", 400),
    ] {
        let answer = dana.send_form(path, kind, body.to_vec()).await;
        assert_eq!(answer.status, status, "{path} {kind}: {}", String::from_utf8_lossy(body));
        assert_is_page(&answer, kind);
        assert!(answer.text().contains(&format!("<p class=\"code\">{status}</p>")), "the page says what was sent");
    }
    let opened = dana.get("/sign-out").await;
    assert_eq!(opened.status, 405);
    assert!(opened.text().contains("<p class=\"code\">405</p>"), "{}", opened.text());
    let shown = desk::tickets::show(&scene.desk, &scene.dana().await, ticket).await.unwrap();
    assert!(shown.messages.is_empty(), "nothing was changed");
}

#[tokio::test]
async fn a_form_in_which_nothing_was_written_leaves_no_draft() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let empty = [Part::text("type", "question"), Part::text("subject", " "), Part::text("detail.question", "")];
    let refused = dana.upload("/requests", &empty).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("<a href=\"#subject\">Subject</a> <span class=\"muted\">still empty</span>"));
    let kept = dana.upload("/requests", &[&empty[..], &[Part::text("do", "draft")]].concat()).await;
    assert_eq!(kept.location(), "/requests/new/question");
    assert!(desk::drafts::list(&scene.desk, &scene.dana().await).await.unwrap().is_empty());
    dana.upload("/requests", &[Part::text("type", "question"), Part::text("subject", "Half")]).await;
    assert_eq!(desk::drafts::list(&scene.desk, &scene.dana().await).await.unwrap().len(), 1);
}

#[tokio::test]
async fn text_that_is_none_is_refused_and_kept_as_nothing_else() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    for body in ["type=question&subject=%FF%FEg", "type=question&subject=a%00b", "type=question&%C0%80=x"] {
        let answer = dana.send_form("/requests", FORM, body.as_bytes().to_vec()).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_is_page(&answer, body);
    }
    for content in [&b"caf\xe9"[..], b"a\0b"] {
        let answer = dana.upload("/requests", &[Part { name: "subject", file: None, content }]).await;
        assert_eq!(answer.status, 400);
    }
    assert!(desk::drafts::list(&scene.desk, &scene.dana().await).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_subject_of_a_megabyte_is_told_how_long_it_may_be() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let long = "s".repeat(1024 * 1024);
    let answer = dana.upload("/requests", &sheet(&scene, "question").await.with("subject", &long).parts()).await;
    assert_eq!(answer.status, 422);
    assert_is_page(&answer, "a long subject");
    let text = answer.text();
    assert!(text.contains("200") && text.contains("What you wrote is kept"), "{}", &text[..2000]);
    assert!(text.contains(&long), "it can be shortened, not typed anew");
}

#[tokio::test]
async fn forged_numbers_lead_nowhere() {
    let scene = Scene::open(Engine::Sqlite).await;
    scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    // The lead, who may everything that names a number.
    let mut theo = Browser::of(&scene, scene.cast.theo()).await;
    let forged = [
        "-1",
        "0",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "abc",
        "1e3",
        "1%20",
        "%2e%2e",
    ];
    for route in all(Mode::Demo).iter().filter(|route| route.path.contains("{id}")) {
        for id in forged {
            let path = filled(route.path, id);
            let answer = match route.method {
                Method::GET => theo.get(&path).await,
                _ if route.path.ends_with("/attachments") => {
                    theo.upload(&path, &[Part::file("file.logs", "a.log", b"a")]).await
                }
                _ => {
                    theo.post(
                        &path,
                        &[("do", "discard"), ("to", "open"), ("text", "x"), ("reason", "x"), ("priority", "low")],
                    )
                    .await
                }
            };
            // What a lead is not entrusted with is refused before its number is read.
            let expected = if lead_may(route) { 404 } else { 403 };
            assert_eq!(answer.status, expected, "{} {path}", route.method);
            assert_is_page(&answer, &path);
        }
    }
}

#[tokio::test]
async fn a_forms_own_numbers_open_nobody_elses_things() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut lea = Browser::of(&scene, scene.cast.lea()).await;
    let saved = lea.post("/drafts", &[("draft_for", "new/question"), ("subject", "Lea’s own")]).await;
    let draft = serde_json::from_slice::<serde_json::Value>(&saved.body).unwrap()["id"].to_string();
    lea.upload(&format!("/drafts/{draft}/attachments"), &[Part::file("file.evidence", "leas.log", b"08:00 up\n")])
        .await;
    let lea_actor = scene.actor(scene.cast.lea()).await;
    let id = rules::ids::DraftId(draft.parse().unwrap());
    let file = desk::drafts::show(&scene.desk, &lea_actor, id).await.unwrap().1[0].id.to_string();

    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let complete = sheet(&scene, "question").await;
    let messages = format!("/requests/{ticket}/messages");
    for answer in [
        dana.post("/requests", &complete.clone().with("draft", &draft).pairs()).await,
        dana.post("/requests", &complete.clone().with("draft", &draft).with("do", "draft").pairs()).await,
        dana.post("/requests", &complete.with("remove", &file).pairs()).await,
        dana.post(&messages, &[("text", "Mine"), ("draft", &draft)]).await,
        dana.post("/drafts", &[("draft", &draft), ("subject", "Overwritten")]).await,
        dana.get(&format!("/attachments/{file}")).await,
    ] {
        assert_eq!(answer.status, 404, "{}", answer.text());
        assert!(!answer.text().contains("Lea"));
    }
    let (kept, files) = desk::drafts::show(&scene.desk, &lea_actor, id).await.unwrap();
    assert_eq!((kept.fields["subject"].as_str(), files.len()), ("Lea’s own", 1));
}

#[tokio::test]
async fn nobody_is_given_a_request_who_may_not_have_it() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let to = scene.cast.lea().person.to_string();
    for agent in [to.as_str(), "-1", "99999999"] {
        let answer = ines.post(&format!("/desk/requests/{ticket}/assignment"), &[("agent", agent)]).await;
        assert_eq!(answer.status, 404, "{agent}");
    }
    let shown = desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
    assert_eq!(shown.ticket.assignee, None);
}
