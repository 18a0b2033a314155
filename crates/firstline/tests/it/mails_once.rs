//! A mail that was taken is not sent again while its outcome cannot be written down.

use std::sync::{Arc, Mutex};

use desk::{
    jobs,
    ports::{Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault},
};
use jiff::SignedDuration;
use testkit::{Mailboxes, Scene, on_both};
use tokio::sync::Notify;

/// Hands a letter over, and then takes the turn to write away from who wants to write that down.
#[derive(Debug)]
struct Blocking {
    mailboxes: Mailboxes,
    store: store::Store,
    turn: Mutex<Option<store::Tx>>,
    taken: Notify,
}

#[async_trait::async_trait]
impl Postman for Blocking {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        self.mailboxes.compose(notice)
    }

    async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault> {
        let accepted = self.mailboxes.send(letter).await?;
        let turn = self.store.begin().await.unwrap();
        *self.turn.lock().unwrap() = Some(turn);
        self.taken.notify_one();
        Ok(accepted)
    }
}

/// The desk's work is broken off between the server's acceptance and our record of it, while the process lives on.
async fn broken_off(scene: &Scene, post: &Arc<Blocking>) -> desk::Desk {
    let mut desk = scene.desk.clone();
    desk.postman = Arc::clone(post) as Arc<dyn Postman>;
    let working = desk.clone();
    let work = tokio::spawn(async move { jobs::run_due(&working).await });
    post.taken.notified().await;
    work.abort();
    assert!(work.await.unwrap_err().is_cancelled());
    post.turn.lock().unwrap().take();
    desk
}

on_both! {
    async fn a_taken_mail_is_written_down_later_and_not_sent_again(scene) {
        let dana = scene.cast.dana().address.clone();
        let filing = scene.form("question", "Which role may only read?").await;
        let ticket = world::file(&scene.desk, &scene.dana().await, filing).await.unwrap();
        let tried = scene.mail.tries(&dana);
        let (mailboxes, store) = (scene.mail.clone(), scene.desk.store.clone());
        let post = Arc::new(Blocking { mailboxes, store, turn: Mutex::default(), taken: Notify::new() });
        let mut desk = broken_off(&scene, &post).await;
        desk.postman = Arc::new(scene.mail.clone());
        assert_eq!(scene.mail.of(&dana), [format!("Receipt {ticket}")]);
        desk::schedule::settle(&desk).await.unwrap();
        let newest = store::outgoing::newest(desk.store.read(), None, 1).await.unwrap();
        assert_eq!(newest[0].outcome.as_deref(), Some("sent"), "written down at the next look, within the job's lease");
        scene.advance(SignedDuration::from_mins(16)).await;
        desk::schedule::settle(&desk).await.unwrap();
        assert_eq!(scene.mail.tries(&dana), tried + 1);
        assert!(store::jobs::all(desk.store.read()).await.unwrap().is_empty());
    }
}
