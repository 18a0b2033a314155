//! Text of strangers is text everywhere: on the portal, on the desk, in lists, in mails and in headers.

use testkit::{Browser, Engine, Scene, browser::Part};

use crate::{doors::assert_is_guarded, forms::Sheet};

const SCRIPT: &str = "<script>alert(1)</script>";
const PICTURE: &str = "<img src=x onerror=alert(2)>";
const LINK: &str = "[click](javascript:alert(3)) <a href=\"javascript:alert(4)\">here</a> <svg onload=alert(5)>";

/// Nothing of it may run.
fn assert_is_harmless(html: &str, about: &str) {
    for live in ["<script>alert", "<img src=x", "onerror=alert(2)>", "<a href=\"javascript:", "<svg onload"] {
        assert!(!html.contains(live), "{about} holds {live}");
    }
}

/// The headers of a mail.
fn head(raw: &str) -> &str {
    raw.split("\r\n\r\n").next().unwrap_or_default()
}

#[tokio::test]
async fn what_people_write_is_shown_and_never_run() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let subject = format!("Broken {SCRIPT}");
    let sheet = Sheet::of(scene.form("question", &subject).await)
        .with("detail.question", &format!("{PICTURE}\n\n{LINK}"))
        .with_file("file.evidence", "<b>bold<b>.log", b"Viewers read, editors write.\n");
    let filed = dana.upload("/requests", &sheet.parts()).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
    let portal = filed.location().split('?').next().unwrap().to_owned();
    let desk = format!("/desk{portal}");
    scene.settle().await;
    assert_eq!(ines.post(&format!("{desk}/assignment"), &[("agent", "me")]).await.status, 303);
    let text = format!("{SCRIPT}\n\n{PICTURE}\n\n{LINK}");
    assert_eq!(ines.post(&format!("{desk}/replies"), &[("text", &text)]).await.status, 303);
    assert_eq!(ines.post(&format!("{desk}/notes"), &[("text", &text)]).await.status, 303);
    scene.advance(jiff::SignedDuration::from_secs(30)).await;
    assert_eq!(dana.post(&format!("{portal}/messages"), &[("text", &text)]).await.status, 303);
    let reason = [("priority", "medium"), ("reason", SCRIPT)];
    assert_eq!(ines.post(&format!("{desk}/priority"), &reason).await.status, 303);
    assert_eq!(dana.post("/drafts", &[("draft_for", "new/question"), ("subject", SCRIPT)]).await.status, 200);
    scene.settle().await;

    for path in [portal.as_str(), "/requests", "/", "/drafts"] {
        let page = dana.get(path).await;
        assert_eq!(page.status, 200);
        assert_is_harmless(&page.text(), path);
        assert!(page.text().contains("alert(1)"), "{path} shows what was written");
    }
    for path in [desk.as_str(), "/desk", "/desk/views/mine", portal.as_str()] {
        let page = ines.get(path).await;
        assert_eq!(page.status, 200);
        assert_is_harmless(&page.text(), path);
    }
    assert!(!dana.get(&portal).await.text().contains("<b>bold"), "a file's name is text too");
    let again = ines.post(&format!("{desk}/priority"), &[("priority", "low"), ("reason", "")]).await;
    assert_is_harmless(&again.text(), "a refused decision");
    assert_is_harmless(&dana.post("/preview", &[("text", &text)]).await.text(), "the preview");
    for mail in desk::mail::newest(&scene.desk, None).await.unwrap() {
        let Ok(kept) = desk::mail::kept(&scene.desk, mail.id).await else { continue };
        assert_is_harmless(&kept.parts.html, &mail.subject);
    }
}

#[tokio::test]
async fn a_name_is_text_on_the_way_in_and_afterwards() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut visitor = Browser::visitor(&scene);
    let proof = world::proof(&scene.desk).unwrap();
    let form = [("name", SCRIPT), ("address", "mila@acme.example"), ("altcha", proof.as_str())];
    assert_eq!(visitor.post("/sign-up", &form).await.status, 200);
    scene.settle().await;
    let link = format!("/verify/{}", scene.mail.link("mila@acme.example").unwrap());
    assert_is_harmless(&visitor.get(&link).await.text(), "the page of the link");
    assert_eq!(visitor.post(&link, &[("password", world::PASSWORD)]).await.status, 303);
    for path in ["/", "/account"] {
        assert_is_harmless(&visitor.get(path).await.text(), path);
    }
    let filed = visitor.post("/requests", &Sheet::of(scene.form("question", "Mine").await).pairs()).await;
    let desk = format!("/desk{}", filed.location().split('?').next().unwrap());
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    assert_is_harmless(&ines.get(&desk).await.text(), &desk);
    scene.settle().await;
    for raw in scene.mail.raw() {
        assert_is_harmless(&rules::mail::parts(raw.as_bytes()).html, "a mail");
        assert!(!head(&raw).contains("<script>"), "{raw}");
    }
}

#[tokio::test]
async fn nothing_that_is_written_becomes_a_header() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let sheet = Sheet::of(scene.form("question", "x").await)
        .with("subject", "Hello\r\nBcc: evil@elsewhere.example\r\n\r\nBody")
        .with_file(
            "file.evidence",
            "a\u{2028}b; filename=evil.html ü%0D%0AX-Evil: 1.log",
            b"Viewers read, editors write.\n",
        );
    let filed = dana.upload("/requests", &sheet.parts()).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
    scene.settle().await;
    let mut visitor = Browser::visitor(&scene);
    let proof = world::proof(&scene.desk).unwrap();
    let name = "Mila\r\nBcc: evil@elsewhere.example";
    visitor.post("/sign-up", &[("name", name), ("address", "mila@acme.example"), ("altcha", &proof)]).await;
    scene.settle().await;
    for raw in scene.mail.raw() {
        assert!(!head(&raw).lines().any(|line| line.to_lowercase().starts_with("bcc:")), "{raw}");
    }

    let id = filed.location().rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap();
    let shown = desk::tickets::show(&scene.desk, &scene.dana().await, rules::ids::TicketId(id)).await.unwrap();
    assert_eq!(shown.ticket.subject, "Hello Bcc: evil@elsewhere.example Body", "a subject is one line");
    let answer = dana.get(&format!("/attachments/{}", shown.files[0].id)).await;
    assert_eq!(answer.header("x-evil"), "");
    let disposition = answer.header("content-disposition");
    assert!(
        disposition.starts_with("inline; filename*=UTF-8''a%E2%80%A8b%3B%20filename%3Devil.html%20"),
        "{disposition}"
    );
}

#[tokio::test]
async fn log_5_a_page_given_as_a_file_is_only_ever_downloaded() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let saved = dana.post("/drafts", &[("draft_for", "new/question"), ("subject", "x")]).await;
    let draft = serde_json::from_slice::<serde_json::Value>(&saved.body).unwrap()["id"].to_string();
    let given: [(&str, &[u8]); 4] = [
        ("page.html", b"<!DOCTYPE html><html><script>alert(1)</script></html>"),
        ("picture.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        ("../../etc/passwd", b"\x7fELF\x02\x01\x01\x00"),
        ("picture.png", b"<html><body>no picture</body></html>"),
    ];
    for (name, content) in given {
        let answer =
            dana.upload(&format!("/drafts/{draft}/attachments"), &[Part::file("file.evidence", name, content)]).await;
        assert_eq!(answer.status, 303, "{name}");
    }
    let id = rules::ids::DraftId(draft.parse().unwrap());
    let (_, files) = desk::drafts::show(&scene.desk, &scene.dana().await, id).await.unwrap();
    assert_eq!(files.len(), 4);
    for file in files {
        let answer = dana.get(&format!("/attachments/{}", file.id)).await;
        assert_is_guarded(&answer, &file.name);
        assert!(answer.header("content-security-policy").ends_with("frame-ancestors 'none'; sandbox"), "{}", file.name);
        let kind = answer.header("content-type");
        assert!(
            ["application/octet-stream", "text/plain; charset=utf-8"].contains(&kind),
            "{} is sent as {kind}",
            file.name
        );
        assert!(!file.name.contains('/') && !answer.header("content-disposition").contains(".."), "{}", file.name);
    }
}
