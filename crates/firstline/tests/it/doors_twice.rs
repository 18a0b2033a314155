//! What is sent twice, held, taken back or kept half written, as browsers meet it.

use jiff::SignedDuration;
use testkit::{Browser, Engine, Scene};

use crate::forms::Sheet;

#[tokio::test]
async fn a_form_that_is_sent_twice_files_once() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let form = dana.get("/requests/new/bug").await.field("form").unwrap();
    let other = dana.get("/requests/new/bug").await.field("form").unwrap();
    assert_ne!(form, other);
    let sheet = Sheet::of(scene.form("bug", "Launches hang at 99 %").await).with("form", &form);
    let filed = dana.upload("/requests", &sheet.parts()).await;
    let again = dana.upload("/requests", &sheet.parts()).await;
    assert_eq!(filed.status, 303);
    assert_eq!(again.status, 303, "{}", again.text());
    assert_eq!(filed.location(), again.location());
    assert!(desk::drafts::list(&scene.desk, &scene.dana().await).await.unwrap().is_empty());
    let another = dana.upload("/requests", &sheet.with("form", &other).parts()).await;
    assert_ne!(another.location(), filed.location(), "another form is another request, whatever it says");
    assert_eq!(desk::tickets::own(&scene.desk, &scene.dana().await, None).await.unwrap().rows.len(), 2);
}

#[tokio::test]
async fn a_note_that_was_begun_comes_back_as_a_note() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let purpose = format!("request/{ticket}");
    let typed = [("draft_for", purpose.as_str()), ("kind", "note"), ("text", "Between us")];
    assert_eq!(ines.post("/drafts", &typed).await.status, 200);
    let page = ines.get(&format!("/desk/requests/{ticket}")).await.text();
    assert!(page.contains("Between us"), "{page}");
    assert!(page.contains(r#"id="kind-note" checked"#) && !page.contains(r#"id="kind-reply" checked"#), "{page}");
}

#[tokio::test]
async fn frt_3_a_held_reply_has_changed_nothing_for_the_customer() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
    scene.advance(SignedDuration::from_mins(5)).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let request = format!("/requests/{ticket}");
    let before = (dana.get(&request).await.text(), dana.get("/requests").await.text());
    let sent = ines.post(&format!("/desk{request}/replies"), &[("text", "How much memory does it have?")]).await;
    assert_eq!(sent.status, 303);
    assert!(ines.get(&format!("/desk{request}")).await.text().contains("Waiting for customer"));
    let held = (dana.get(&request).await.text(), dana.get("/requests").await.text());
    assert_eq!(held, before);
    scene.advance(SignedDuration::from_secs(10)).await;
    assert!(dana.get(&request).await.text().contains("Waiting for you"));
    assert!(dana.get("/requests").await.text().contains("Waiting for you"));
}

#[tokio::test]
async fn req_9_a_follow_up_and_what_it_goes_on_with_name_each_other() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    dana.post(&format!("/requests/{ticket}/closure"), &[]).await;
    scene.advance(SignedDuration::from_hours(24 * 15)).await;
    dana.enter(&scene, &scene.cast.dana().address).await;
    let sent = dana.post(&format!("/requests/{ticket}/messages"), &[("text", "It is back.")]).await;
    let page = dana.get(sent.location()).await.text();
    assert!(page.contains(&format!("Goes on from {ticket}")), "{page}");
    assert_eq!(page.matches("class=\"msg\"").count(), 1, "its first message is what was written: {page}");
    let new = sent.location().split(['/', '?']).nth(2).unwrap().to_owned();
    assert!(dana.get(&format!("/requests/{ticket}")).await.text().contains(&format!("Goes on in {new}")));
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    assert!(ines.get(&format!("/desk/requests/{new}")).await.text().contains(&format!("Goes on from {ticket}")));
}

#[tokio::test]
async fn frt_2_a_lead_rules_by_a_form_on_the_page_and_an_agent_has_none() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
    scene.advance(SignedDuration::from_mins(5)).await;
    let replied = scene.replies(&scene.ines().await, ticket, "We received it.").await;
    scene.advance(SignedDuration::from_secs(10)).await;
    let page = format!("/desk/requests/{ticket}");
    let ruling = format!("{page}/replies/{}/ruling", replied.message);
    assert!(!Browser::of(&scene, scene.cast.ines()).await.get(&page).await.text().contains(&ruling));
    let mut theo = Browser::of(&scene, scene.cast.theo()).await;
    assert!(theo.get(&page).await.text().contains(&ruling));
    assert_eq!(theo.post(&ruling, &[("reason", "It says nothing of the matter.")]).await.status, 303);
    let after = theo.get(&page).await.text();
    assert!(after.contains("It says nothing of the matter.") && !after.contains(&ruling), "{after}");
}

#[tokio::test]
async fn frt_2_blank_characters_are_no_message_and_a_quote_alone_is_no_response() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
    scene.advance(SignedDuration::from_mins(5)).await;
    let replies = format!("/desk/requests/{ticket}/replies");
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    assert_eq!(ines.post(&replies, &[("text", "\u{200b} \u{2060}")]).await.status, 422);
    assert_eq!(ines.post(&replies, &[("text", "> quoted only\n-- \nInes"), ("then", "keep")]).await.status, 303);
    scene.advance(SignedDuration::from_mins(1)).await;
    let shown = desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
    assert!(shown.clocks[0].standing.is_unanswered());
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    assert_eq!(dana.post(&format!("/requests/{ticket}/messages"), &[("text", "\u{200b}")]).await.status, 422);
}

#[tokio::test]
async fn names_and_subjects_read_in_one_direction_and_as_they_were_given() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let sheet = Sheet::of(scene.form("question", "Invoice \u{202e}gnp.exe\u{202c} again").await);
    let filed =
        dana.upload("/requests", &sheet.with_file("file.evidence", "a %22b%22 \u{202e}gnp.txt", b"x\n").parts()).await;
    let page = dana.get(filed.location()).await.text();
    assert!(page.contains("<h1>Invoice gnp.exe again</h1>"), "{page}");
    assert!(page.contains("a &#34;b&#34; gnp.txt"), "{page}");
}
