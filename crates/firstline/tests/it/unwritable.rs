//! A desk that cannot write: who reads goes on reading, everybody is told in their own words, and what was typed comes
//! back.

use std::{io, sync::Arc};

use store::{Disk, Place, Store};
use testkit::{
    Browser, Engine, Scene,
    browser::{Part, demo_site},
};

/// A disk that takes nothing.
#[derive(Debug)]
struct Refusing;

impl Disk for Refusing {
    fn sync(&self) -> io::Result<()> {
        Err(io::Error::other("no"))
    }
}

/// The store again, on a disk that takes nothing from now on.
async fn refusing(scene: &Scene) -> Store {
    let place = Place::Folder(scene.folder.path().to_owned());
    Store::open_on(&place, Some(Arc::new(Refusing))).await.unwrap()
}

/// Their browser, with a session from before.
async fn browser(scene: &Scene, desk: &desk::Desk, address: &str) -> Browser {
    let from = desk::people::Browser { network: "192.0.2.77", agent: "a story", session: None, known: None };
    let entered = desk::people::enter_as(desk, address, from).await.unwrap();
    let mut browser = Browser::at(scene, demo_site());
    browser.set_cookie("session", &entered.token);
    browser
}

const CUSTOMERS: &str = "For the moment nothing can be sent or changed here";
const STAFF: &str = "nothing more is written until Firstline is started anew";

#[tokio::test]
async fn a_disk_that_takes_nothing_is_told_to_each_in_their_words_and_loses_nothing_typed() {
    let mut scene = Scene::open(Engine::Sqlite).await;
    let ticket = scene.files(&scene.dana().await, "question", "How do launches end?").await;
    let before = scene.desk.clone();
    scene.desk.store = refusing(&scene).await;
    let mut dana = browser(&scene, &before, "dana@acme.example").await;
    let mut ines = browser(&scene, &before, &scene.cast.ines().address).await;
    assert!(!dana.get("/requests").await.text().contains(CUSTOMERS), "nobody has tried yet");
    let parts = [
        Part::text("text", "It hangs at <90 %>."),
        Part::file("file.evidence", "launch.log", b"line\n"),
        Part::text("afterwards", "typed behind the file"),
        Part::text("password", "never shown"),
    ];
    let messages = format!("/requests/{ticket}/messages");
    let answer = dana.upload(&messages, &parts).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "60"));
    let page = answer.text();
    for words in ["It hangs at &#60;90 %&#62;.", "typed behind the file", &format!("action=\"{messages}\"")] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("never shown") && !page.contains(CUSTOMERS), "{page}");
    let page = dana.get(&format!("/requests/{ticket}")).await.text();
    assert!(page.contains("How do launches end?") && page.contains(CUSTOMERS), "{page}");
    assert!(!page.contains(STAFF));
    assert!(ines.get("/desk").await.text().contains(STAFF));
    assert!(ines.get(&format!("/desk/requests/{ticket}")).await.text().contains(STAFF));
}

#[tokio::test]
async fn a_session_that_cannot_be_noted_still_reads() {
    let mut scene = Scene::open(Engine::Sqlite).await;
    let mut dana = browser(&scene, &scene.desk, "dana@acme.example").await;
    scene.advance(jiff::SignedDuration::from_hours(30)).await;
    scene.desk.store = refusing(&scene).await;
    let token = dana.cookie("session").unwrap().to_owned();
    dana = Browser::at(&scene, demo_site());
    dana.set_cookie("session", &token);
    for _ in 0..2 {
        let page = dana.get("/requests").await;
        assert!(page.status.is_success() && page.text().contains("dana@acme.example"), "{}", page.text());
    }
}
