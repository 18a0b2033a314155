//! A mail server that says nothing holds up mail, and nothing else.

use std::{future::pending, sync::Arc, time::Duration};

use desk::{
    ports::{Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault},
    schedule,
};
use jiff::SignedDuration;
use rules::events::{Event, TicketEvent};
use testkit::{Mailboxes, on_both};
use tokio::sync::Notify;

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
}
