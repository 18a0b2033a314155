//! What became of a mail: kept in memory from the server's answer on until it is written down, so that a disk or a
//! database that fails just then does not make us send the mail again. A process that dies in between forgets; only
//! then does a copy go out.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rules::{
    events::{Event, TicketEvent, Via},
    ids::OutgoingId,
};
use store::{
    messages::{Delivery, Outcome},
    outgoing::{End, Outgoing},
};

use crate::{Actor, Desk, Error, Result, SecretMails, scribe::Scribe};

/// How long to wait between two tries to write.
const RETRY: Duration = Duration::from_millis(200);

/// What a server said of a mail.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub mail: Outgoing,
    /// Whether the mail carried a link that lets its reader in.
    pub is_secret: bool,
    pub outcome: Outcome,
    pub answer: String,
}

/// Answers that are not written down yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unwritten(Arc<Mutex<Vec<Said>>>);

impl Unwritten {
    pub(crate) fn of(&self, mail: OutgoingId) -> Option<Said> {
        self.all().iter().find(|said| said.mail.id == mail).cloned()
    }

    fn keep(&self, said: Said) {
        self.all().push(said);
    }

    fn forget(&self, mail: OutgoingId) {
        self.all().retain(|said| said.mail.id != mail);
    }

    fn all(&self) -> MutexGuard<'_, Vec<Said>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes an answer down.
pub(super) async fn conclude(desk: &Desk, said: Said) -> Result<()> {
    desk.unwritten.keep(said.clone());
    write(desk, &said).await
}

/// Writes down what could not be written when it was said.
pub(crate) async fn catch_up(desk: &Desk) -> Result<()> {
    let unwritten = desk.unwritten.all().clone();
    for said in unwritten {
        write(desk, &said).await?;
    }
    Ok(())
}

/// Before the process ends, and forgets: tries until all is written or the patience is over.
pub(crate) async fn write_last(desk: &Desk, patience: Duration) {
    let written = tokio::time::timeout(patience, async {
        while let Err(error) = catch_up(desk).await {
            tracing::warn!(%error, "what became of mails cannot be written down yet");
            tokio::time::sleep(RETRY).await;
        }
    });
    if written.await.is_err() {
        let mails = desk.unwritten.all().len();
        tracing::error!(
            mails,
            "mails were sent and that could not be written down: after the next start they go out again"
        );
    }
}

/// The same answer written twice leaves one trace.
pub(super) async fn write(desk: &Desk, said: &Said) -> Result<()> {
    match record(desk, said).await {
        // Erased meanwhile: there is nothing to say it of.
        Ok(()) | Err(Error::NotFound) => {
            desk.unwritten.forget(said.mail.id);
            Ok(())
        }
        Err(error) => Err(error),
    }
}

async fn record(desk: &Desk, said: &Said) -> Result<()> {
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let end = End {
        outcome: if said.outcome == Outcome::Arrived { "sent" } else { "refused" },
        at: scribe.now,
        answer: &said.answer,
        forget_bytes: desk.settings.secret_mails == SecretMails::Forget && said.is_secret,
    };
    store::outgoing::settle(&scribe.tx, said.mail.id, end).await?;
    if let (Some(to), Outcome::Refused | Outcome::Bounced) = (said.mail.person, said.outcome) {
        crate::people::doubt_bounced(&mut scribe, to, &said.answer).await?;
    }
    if let (Some(ticket), Some(message), Some(to)) = (said.mail.ticket, said.mail.message, said.mail.person) {
        let delivery = Delivery { message, to, via: Via::Smtp, outcome: said.outcome, at: scribe.now };
        let new = store::messages::deliver(&scribe.tx, delivery).await?
            || (said.outcome == Outcome::Arrived && store::messages::arrived_after_all(&scribe.tx, delivery).await?);
        let event = match said.outcome {
            Outcome::Arrived => TicketEvent::Delivered { message, to, via: Via::Smtp },
            Outcome::Refused | Outcome::Bounced => TicketEvent::DeliveryRefused { message, to },
        };
        if new {
            let now = scribe.now;
            scribe.record(Event::Ticket(ticket, event), now).await?;
        }
    }
    scribe.settle().await
}
