//! Search and suggestions as a browser meets them.

use testkit::{Browser, Engine, Scene};

use super::forms::Sheet;

async fn scene() -> Scene {
    Scene::open(Engine::Sqlite).await
}

#[tokio::test]
async fn req_7_dana_types_opens_and_files_and_ines_reads_what_she_had_seen() {
    let scene = scene().await;
    let dana = scene.dana().await;
    scene.files(&dana, "question", "Launches <b>stay</b> open overnight").await;
    desk::search::catch_up(&scene.desk).await.unwrap();
    let mut browser = Browser::of(&scene, scene.cast.dana()).await;
    let page = browser.get("/requests/new/question").await;
    assert!(page.text().contains("data-suggest=\"/suggestions\""));
    let form = page.field("form").unwrap();
    let typed = [("type", "question"), ("form", form.as_str()), ("subject", "launches stay")];
    let shown = browser.post("/suggestions", &typed).await;
    assert_eq!(shown.status, 200);
    let text = shown.text();
    assert!(text.contains("Launches &#60;b&#62;stay&#60;/b&#62; open overnight"), "{text}");
    assert!(text.contains("Below the subject is one page that may answer this."), "{text}");
    assert!(text.contains("data-opened=\"request/"), "{text}");
    let target = text.split("data-opened=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let opened = [("form", form.as_str()), ("target", target.as_str())];
    assert_eq!(browser.post("/suggestions/opened", &opened).await.status, 204);
    let other = [("form", form.as_str()), ("target", "request/4711")];
    assert_eq!(browser.post("/suggestions/opened", &other).await.status, 404);
    let filing = scene.form("question", "Launches stay open at weekends").await;
    let sent = browser.upload("/requests", &Sheet::of(filing).with("form", &form).parts()).await;
    let number = sent.location().trim_start_matches("/requests/").split('?').next().unwrap().to_owned();
    let beside = Browser::of(&scene, scene.cast.ines()).await.get(&format!("/desk/requests/{number}")).await.text();
    assert!(beside.contains("Shown before filing") && beside.contains("overnight: opened"), "{beside}");
}

#[tokio::test]
async fn sco_1_the_panel_says_kindly_where_support_ends_and_goes_when_it_is_something_else() {
    let scene = scene().await;
    let mut browser = Browser::of(&scene, scene.cast.dana()).await;
    let form = browser.get("/requests/new/question").await.field("form").unwrap();
    let subject = "How do I configure allure-pytest";
    let typed = [("type", "question"), ("form", form.as_str()), ("subject", subject)];
    let text = browser.post("/suggestions", &typed).await.text();
    assert!(text.contains("Is this about Allure Framework and Allure Report?"), "{text}");
    assert!(text.contains("Support does not cover this.") && text.contains("discussions on GitHub"), "{text}");
    assert!(text.contains("You can send it all the same"), "{text}");
    let no = [("form", form.as_str()), ("target", "scope/framework")];
    assert_eq!(browser.post("/suggestions/waved-away", &no).await.status, 204);
    assert!(!browser.post("/suggestions", &typed).await.text().contains("Allure Report"));
    let filing = scene.form("question", subject).await;
    let sent = browser.upload("/requests", &Sheet::of(filing).with("form", &form).parts()).await;
    assert_eq!(sent.status, 303);
    let number = sent.location().trim_start_matches("/requests/").split('?').next().unwrap().to_owned();
    let beside = Browser::of(&scene, scene.cast.ines()).await.get(&format!("/desk/requests/{number}")).await.text();
    assert!(beside.contains("Allure Framework and Allure Report: “something else”"), "{beside}");
}

#[tokio::test]
async fn req_7_results_show_the_passage_and_nothing_found_helps_on() {
    let scene = scene().await;
    let (dana, ines) = (scene.dana().await, scene.ines().await);
    let ticket = scene.files(&dana, "question", "A lantern flickers").await;
    scene.replies(&ines, ticket, "Please **trim** the wick, <script>alert(1)</script> and `ERR_17` goes.").await;
    desk::search::catch_up(&scene.desk).await.unwrap();
    let mut desk = Browser::of(&scene, scene.cast.ines()).await;
    let found = desk.get("/desk/search?q=wick+err_17").await.text();
    assert!(found.contains("the <mark>wick</mark>") && found.contains("<mark>ERR_17</mark>"), "{found}");
    assert!(!found.contains("<script>alert"), "{found}");
    assert!(desk.get("/desk").await.text().contains("action=\"/desk/search\""));
    assert!(desk.get("/desk/search?q=zzyzx").await.text().contains("Try fewer or other words"));
    assert!(desk.get("/desk/search").await.text().contains("Type a few words"));
    let mut visitor = Browser::visitor(&scene);
    let page = visitor.get("/search?q=holidays").await.text();
    assert!(page.contains("href=\"/support#hours\""), "{page}");
    assert!(visitor.get("/search?q=lantern").await.text().contains("Sign in to search your requests too"));
    assert!(visitor.get("/").await.text().contains("action=\"/search\""));
    assert_eq!(visitor.get("/desk/search?q=lantern").await.status, 303);
}
