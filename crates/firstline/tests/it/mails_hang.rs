//! A mail server that says nothing holds up mail, and nothing else.

use std::{future::pending, sync::Arc, time::Duration};

use desk::{
    ports::{Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault},
    schedule,
};
use jiff::SignedDuration;
use rules::events::{Event, TicketEvent};
use testkit::{Mailboxes, on_both};
use tokio::sync::{Notify, Semaphore};

/// Never answers.
#[derive(Debug)]
struct Silent {
    mailboxes: Mailboxes,
    asked: Notify,
}

#[async_trait::async_trait]
impl Postman for Silent {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        self.mailboxes.compose(notice)
    }

    async fn send(&self, _: Letter<'_>) -> Result<Accepted, SendFault> {
        self.asked.notify_one();
        pending().await
    }
}

/// Answers when it is let.
#[derive(Debug)]
struct Slow {
    mailboxes: Mailboxes,
    asked: Notify,
    answers: Semaphore,
}

#[async_trait::async_trait]
impl Postman for Slow {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        self.mailboxes.compose(notice)
    }

    async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault> {
        self.asked.notify_one();
        self.answers.acquire().await.expect("it is never closed").forget();
        self.mailboxes.send(letter).await
    }
}

on_both! {
    async fn frt_7_a_breach_is_told_while_mail_hangs(scene) {
        let silent = Arc::new(Silent { mailboxes: scene.mail.clone(), asked: Notify::new() });
        let mut desk = scene.desk.clone();
        desk.postman = Arc::clone(&silent) as Arc<dyn Postman>;
        let filing = scene.form("question", "Which role may only read?").await;
        let ticket = world::file(&desk, &scene.dana().await, filing).await.unwrap();
        let running = desk.clone();
        let schedule = tokio::spawn(async move { schedule::run(&running, pending()).await });
        silent.asked.notified().await;
        scene.stage.clock.set(desk.now().plus(SignedDuration::from_hours(24 * 10)));
        desk.wake();
        let breached = async {
            let is_breach = |event: &Event| matches!(event, Event::Ticket(_, TicketEvent::Breached { .. }));
            while !desk::clocks::history(desk.store.read(), ticket).await.unwrap().iter().any(|e| is_breach(&e.event)) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), breached).await.expect("the breach is in the journal");
        schedule.abort();
    }

    async fn a_desk_that_is_told_to_stop_ends_the_mail_it_is_at_and_begins_no_other(scene) {
        let slow = Arc::new(Slow { mailboxes: scene.mail.clone(), asked: Notify::new(), answers: Semaphore::new(0) });
        let mut desk = scene.desk.clone();
        desk.postman = Arc::clone(&slow) as Arc<dyn Postman>;
        for subject in ["One", "Two", "Three"] {
            let filing = scene.form("question", subject).await;
            world::file(&desk, &scene.dana().await, filing).await.unwrap();
        }
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = desk.clone();
        let schedule = tokio::spawn(async move { schedule::run(&running, async { drop(stopped.await) }).await });
        slow.asked.notified().await;
        stop.send(()).unwrap();
        tokio::task::yield_now().await;
        slow.answers.add_permits(10);
        tokio::time::timeout(Duration::from_secs(30), schedule).await.expect("it stops").unwrap();
        assert_eq!(scene.mails(scene.cast.dana()).len(), 1);
        let owed = store::jobs::all(desk.store.read()).await.unwrap();
        assert_eq!(owed.iter().filter(|job| job.kind == "mail").count(), 2, "the others are still owed");
    }
}
