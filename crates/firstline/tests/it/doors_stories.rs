//! What people do in a browser without script, from signing up to closing.

use jiff::SignedDuration;
use testkit::{Browser, Engine, Scene, browser::Answer};

use crate::forms::Sheet;

/// The path that a redirect leads to, without what it says about itself.
fn path(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().split('?').next().unwrap().to_owned()
}

/// Waits until a reply's hold is over and its mail is out.
async fn after_the_hold(scene: &Scene) {
    scene.advance(SignedDuration::from_secs(15)).await;
}

#[tokio::test]
async fn mila_signs_up_files_a_bug_reads_the_answer_and_closes_it() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut mila = Browser::visitor(&scene);
    assert!(mila.get("/").await.text().contains("href=\"/sign-up\""));
    let proof = world::proof(&scene.desk).unwrap();
    let form = [("name", "Mila Novak"), ("address", "mila@acme.example"), ("altcha", proof.as_str())];
    let sent = mila.post("/sign-up", &form).await;
    assert!(sent.text().contains("mila@acme.example"), "{}", sent.text());
    scene.settle().await;
    let link = format!("/verify/{}", scene.mail.link("mila@acme.example").unwrap());
    assert!(mila.get(&link).await.text().contains("Mila Novak"));
    let weak = mila.post(&link, &[("password", "password1")]).await;
    assert_eq!(weak.status, 422, "a weak password is refused, and the link still works");
    assert_eq!(path(&mila.post(&link, &[("password", world::PASSWORD)]).await), "/");

    let form = mila.get("/requests/new/bug").await.text();
    assert!(form.contains("enctype=\"multipart/form-data\"") && form.contains("name=\"file.logs\""), "{form}");
    let sheet = Sheet::of(scene.form("bug", "Launches hang at 99 %").await);
    assert!(sheet.files.iter().any(|(input, ..)| input == "file.logs"));
    let filed = mila.upload("/requests", &sheet.parts()).await;
    let request = path(&filed);
    let page = mila.get(filed.location()).await.text();
    assert!(page.contains("Launches hang at 99 %") && page.contains("With us"), "{page}");
    assert!(page.contains(&sheet.files[0].1), "the log is listed");
    scene.settle().await;
    let number = request.rsplit('/').next().unwrap();
    assert_eq!(scene.mail.of("mila@acme.example").last().unwrap(), &format!("Receipt {number}"));

    scene.advance(SignedDuration::from_mins(5)).await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let desk = format!("/desk{request}");
    assert!(ines.get("/desk").await.text().contains(&desk));
    assert_eq!(
        path(&ines.post(&format!("{desk}/replies"), &[("text", "Please restart the **gateway-7**.")]).await),
        desk
    );
    assert!(!mila.get(&request).await.text().contains("gateway-7"), "held for ten seconds");
    after_the_hold(&scene).await;
    let page = mila.get(&request).await.text();
    assert!(page.contains("<strong>gateway-7</strong>") && page.contains("Waiting for you"), "{page}");
    assert_eq!(scene.mail.of("mila@acme.example").last().unwrap(), &format!("Reply {number}"));

    let closed = mila.post(&format!("{request}/closure"), &[]).await;
    assert!(mila.get(closed.location()).await.text().contains("Solved"));
    assert!(!ines.get("/desk").await.text().contains(&desk), "nothing more to answer");
}

#[tokio::test]
async fn an_incomplete_form_comes_back_with_everything_typed_and_its_files() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let complete = Sheet::of(scene.form("bug", "Launches hang at 99 %").await);
    let file = complete.files[0].1.clone();
    let mut sheet = complete.clone().with("subject", "");
    sheet.fields.retain(|(name, _)| !name.starts_with("tick."));
    let refused = dana.upload("/requests", &sheet.parts()).await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("need another look") && page.contains(&file), "{page}");
    let draft = refused.field("draft").unwrap();
    assert!(dana.get("/drafts").await.text().contains(&format!("/drafts/{draft}")));
    assert!(dana.get(&format!("/drafts/{draft}")).await.text().contains(&file));
    // The page's form brings the draft along; the file need not be chosen again.
    let again = complete.with("draft", &draft);
    let filed = dana.post("/requests", &again.pairs()).await;
    assert!(dana.get(&path(&filed)).await.text().contains(&file));
    assert!(!dana.get("/drafts").await.text().contains(&format!("/drafts/{draft}")), "the draft became the request");
}

#[tokio::test]
async fn req_10_keep_as_draft_keeps_text_and_files_without_script() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let sheet = Sheet::of(scene.form("bug", "Launches hang at 99 %").await);
    let kept = dana.upload("/requests", &sheet.clone().with("do", "draft").parts()).await;
    let page = dana.get(&path(&kept)).await.text();
    assert!(page.contains("Launches hang at 99 %") && page.contains(&sheet.files[0].1), "{page}");
    let list = dana.get("/drafts").await.text();
    assert!(list.contains("Launches hang at 99 %") && list.contains("Bug report"), "{list}");
    assert!(desk::tickets::own(&scene.desk, &scene.dana().await, None).await.unwrap().rows.is_empty());
    assert_eq!(path(&dana.post(&path(&kept), &[("do", "discard")]).await), "/drafts");
    assert_eq!(dana.get(&path(&kept)).await.status, 404);
}

#[tokio::test]
async fn pri_2_a_decision_without_its_reason_is_refused_and_keeps_what_was_chosen() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let decide = format!("/desk/requests/{ticket}/priority");
    let wish = desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap().ticket.wish;
    let other = if wish.as_str() == "high" { "low" } else { "high" };
    let refused = ines.post(&decide, &[("priority", other), ("reason", "  ")]).await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains(&format!("value=\"{other}\" checked")), "the choice is still there");
    assert!(page.contains("class=\"fault\""), "and what is missing");
    let reason = "It stops every release of the team.";
    assert_eq!(ines.post(&decide, &[("priority", other), ("reason", reason)]).await.status, 303);
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    assert!(dana.get(&format!("/requests/{ticket}")).await.text().contains(reason), "the customer sees why");
}

#[tokio::test]
async fn req_11_a_raise_that_is_refused_says_why_and_loses_neither_reason_nor_reply() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
    let (page, wish) = (format!("/requests/{ticket}"), format!("/requests/{ticket}/wish"));
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let begun = [("draft_for", &*format!("request/{ticket}")), ("text", "Half a reply")];
    assert!(dana.post("/drafts", &begun).await.status.is_success());
    let raise = |reason: &'static str| [("priority", "urgent"), ("reason", reason)];
    let refused = dana.post(&wish, &raise("  ")).await;
    assert_eq!(refused.status, 422);
    let said = refused.text();
    assert!(
        said.contains("The agent decides by what has changed") && said.contains("value=\"urgent\" required checked")
    );
    assert!(said.contains(">Half a reply</textarea>"), "what was begun elsewhere on the page stays");

    assert_eq!(dana.post(&wish, &raise("The plant stands still.")).await.location(), format!("{page}?just=raised"));
    let pressed_twice = dana.post(&wish, &raise("The plant stands still.")).await;
    assert_eq!(pressed_twice.status, 422);
    let said = pressed_twice.text();
    assert!(
        said.contains("Nothing was changed: this priority is not above what you asked for before")
            && !said.contains("Ask for a higher one"),
        "{said}"
    );

    dana.post(&format!("{page}/closure"), &[]).await;
    let late = dana.post(&wish, &raise("It is back.")).await.text();
    assert!(late.contains("This request is solved or closed, so nothing was changed"), "{late}");
}

#[tokio::test]
async fn sec_1_who_finds_a_vulnerability_is_told_where_to_report_it_and_the_word_does_not_run_out() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut visitor = Browser::visitor(&scene);
    for (at, expires) in [("2026-11-20T16:40:00Z", "2026-12-20"), ("2029-02-01T08:00:00Z", "2029-03-03")] {
        scene.at(at).await;
        let told = visitor.get("/.well-known/security.txt").await;
        assert_eq!(told.header("content-type"), "text/plain; charset=utf-8");
        let base = &scene.desk.settings.base_url;
        let expected = format!(
            "Contact: {base}/requests/new/security\nExpires: {expires}T00:00:00Z\nPolicy: {base}/support#security\n\
             Canonical: {base}/.well-known/security.txt\n"
        );
        assert_eq!(told.text(), expected);
    }
    assert_eq!(visitor.get("/requests/new/security").await.location(), "/sign-in?then=/requests/new/security");
    assert!(visitor.get("/support").await.text().contains("id=\"security\""));
}

#[tokio::test]
async fn a_held_reply_is_taken_back_and_stands_in_the_composer_again() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    let mut ines = Browser::of(&scene, scene.cast.ines()).await;
    let desk = format!("/desk/requests/{ticket}");
    ines.post(&format!("{desk}/replies"), &[("text", "The guest role, unless")]).await;
    let page = ines.get(&desk).await.text();
    let undo = page.split("action=\"").find(|rest| rest.contains("/retraction\"")).unwrap();
    let undo = undo.split('"').next().unwrap().to_owned();
    ines.post("/drafts", &[("draft_for", &format!("request/{ticket}")), ("text", "Begun since")]).await;
    let back = ines.post(&undo, &[]).await;
    assert_eq!((back.status.as_u16(), back.location()), (303, desk.as_str()), "reloading posts nothing");
    let back = ines.get(&desk).await;
    assert!(back.text().contains(">The guest role, unless\n\nBegun since</textarea>"), "{}", back.text());
    after_the_hold(&scene).await;
    assert!(!scene.mails(scene.cast.dana()).iter().any(|line| line.starts_with("Reply")));
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    assert!(!dana.get(&format!("/requests/{ticket}")).await.text().contains("guest role"));
    ines.post(&format!("{desk}/replies"), &[("text", "The guest role.")]).await;
    after_the_hold(&scene).await;
    let late = ines.post(&undo, &[]).await;
    assert!(matches!(late.status.as_u16(), 404 | 422), "what has left stays: {}", late.status);
}

#[tokio::test]
async fn sec_1_a_security_report_is_seen_by_its_reporter_and_the_security_role() {
    let scene = Scene::open(Engine::Sqlite).await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    let sheet = Sheet::of(scene.form("security", "Tokens in the log").await);
    let request = path(&dana.upload("/requests", &sheet.parts()).await);
    scene.settle().await;
    let page = dana.get(&request).await.text();
    assert!(page.contains("Urgent") && page.contains("our security team"), "{page}");
    for member in [scene.cast.ines(), scene.cast.theo(), scene.cast.ada(), scene.cast.ravi()] {
        let mut other = Browser::of(&scene, member).await;
        assert_eq!(other.get(&request).await.status, 404, "{}", member.name);
        assert_eq!(other.get(&format!("/desk{request}")).await.status, 404, "{}", member.name);
        for list in ["/desk", "/desk/views/unassigned", "/requests"] {
            assert!(!other.get(list).await.text().contains("Tokens in the log"), "{} in {list}", member.name);
        }
    }
    let mut jana = Browser::of(&scene, scene.cast.jana()).await;
    assert!(jana.get("/desk").await.text().contains("Tokens in the log"));
    assert_eq!(jana.get(&format!("/desk{request}")).await.status, 200);
}

#[tokio::test]
async fn req_9_writing_in_a_closed_request_opens_one_that_goes_on_with_it() {
    let scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    let mut dana = Browser::of(&scene, scene.cast.dana()).await;
    dana.post(&format!("/requests/{ticket}/closure"), &[]).await;
    scene.advance(SignedDuration::from_hours(24 * 14)).await;
    let page = dana.get(&format!("/requests/{ticket}")).await;
    // Two weeks idle: signed out, and back again after signing in.
    assert_eq!(page.location(), format!("/sign-in?then=/requests/{ticket}"));
    dana.enter(&scene, "dana@acme.example").await;
    assert!(dana.get(&format!("/requests/{ticket}")).await.text().contains("Closed"));
    let answer = dana.post(&format!("/requests/{ticket}/messages"), &[("text", "It came back.")]).await;
    let new = path(&answer);
    assert_ne!(new, format!("/requests/{ticket}"));
    let page = dana.get(answer.location()).await.text();
    assert!(page.contains("It came back.") && page.contains("opened this new one"), "{page}");
}
