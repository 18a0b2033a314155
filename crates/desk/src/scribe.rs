//! The end of every verb: events go into the journal, what follows from them is done in the same transaction,
//! and everything lasts together or not at all.

use std::collections::BTreeSet;

use futures_util::future::BoxFuture;
use rules::{
    audit::Act,
    events::{By, Event, NewEntry, TicketEvent},
    ids::{ApiTokenId, BulkJobId, Seq, TicketId},
    instant::Instant,
};
use store::Tx;

use crate::{
    Actor, Desk, Result, audited,
    batch::{Batch, Mode},
    clocks, reactions,
};

/// A write transaction that keeps a journal.
pub(crate) struct Scribe<'a> {
    pub desk: &'a Desk,
    pub tx: Tx,
    pub by: By,
    /// Who it is for the audit.
    audited: By,
    /// The token with which a program came.
    pub token: Option<ApiTokenId>,
    pub now: Instant,
    touched: BTreeSet<TicketId>,
    woken: bool,
    /// Of which many it is one, and what happened in it.
    batch: Option<Batch>,
    happened: Vec<(Seq, TicketEvent)>,
}

impl<'a> Scribe<'a> {
    /// Begins the transaction of a verb.
    pub(crate) async fn begin(desk: &'a Desk, actor: &Actor) -> Result<Self> {
        let tx = desk.store.begin().await?;
        // Read the time inside, so that instants rise in the order of commits.
        let token = match actor {
            Actor::Program { token, .. } => Some(*token),
            _ => None,
        };
        let batch = match actor {
            Actor::Person(signed) => signed.batch.clone(),
            _ => None,
        };
        if let Some(batch) = &batch {
            batch.begin(&tx).await?;
        }
        Ok(Self {
            desk,
            tx,
            by: actor.by(),
            audited: actor.audited(),
            token,
            now: desk.now(),
            touched: BTreeSet::new(),
            woken: false,
            batch,
            happened: vec![],
        })
    }

    /// Writes down what happened to a request.
    pub(crate) async fn ticket(&mut self, ticket: TicketId, event: TicketEvent) -> Result<Seq> {
        self.record(Event::Ticket(ticket, event), self.now).await
    }

    /// The same, with the words that the person gave for it.
    pub(crate) async fn ticket_because(&mut self, ticket: TicketId, event: TicketEvent, words: &str) -> Result<Seq> {
        let seq = self.ticket(ticket, event).await?;
        if !words.trim().is_empty() {
            store::events::remark(&self.tx, seq, ticket, words.trim()).await?;
        }
        Ok(seq)
    }

    /// Writes down what happened, and when, and does what follows. Boxed, since what follows may write down more, and so
    /// that not every verb has a copy of all that may follow.
    pub(crate) fn record(&mut self, event: Event, occurred_at: Instant) -> BoxFuture<'_, Result<Seq>> {
        Box::pin(self.write_down(event, occurred_at))
    }

    async fn write_down(&mut self, event: Event, occurred_at: Instant) -> Result<Seq> {
        let entry = NewEntry { event, by: self.by, occurred_at, recorded_at: self.now, cause: None, depth: 0 };
        let seq = store::events::append(&self.tx, &entry).await?;
        if let Some(ticket) = entry.event.ticket() {
            self.touched.insert(ticket);
        }
        if self.batch.is_some()
            && let Event::Ticket(_, event) = &entry.event
        {
            self.happened.push((seq, event.clone()));
        }
        if let Some(act) = audited::of_event(&self.tx, &entry.event).await? {
            self.audit(&act).await?;
        }
        reactions::follow(self, &entry).await?;
        Ok(seq)
    }

    /// Writes down in the audit what no event tells.
    pub(crate) async fn audit(&self, act: &Act) -> Result<()> {
        // What follows by itself from a person's act is no act of theirs.
        let by = if self.by.person == self.audited.person { self.audited } else { self.by };
        store::audit::append(&self.tx, (self.now, by), act).await?;
        Ok(())
    }

    /// The job in bulk of which it is a part.
    pub(crate) fn bulk(&self) -> Option<BulkJobId> {
        self.batch.as_ref().map(|batch| batch.job)
    }

    /// Has clocks, turn and place of a request told anew at the end, also without an event.
    pub(crate) fn touch(&mut self, ticket: TicketId) {
        self.touched.insert(ticket);
    }

    /// Queues work to run by itself from `run_at` on.
    pub(crate) async fn enqueue(
        &mut self,
        kind: &str,
        key: &str,
        payload: &impl serde::Serialize,
        run_at: Instant,
    ) -> Result<()> {
        let payload = serde_json::to_string(payload).map_err(crate::Error::broken)?;
        let job = store::jobs::NewJob { kind, payload: &payload, unique_key: Some(key), run_at, now: self.now };
        store::jobs::enqueue(&self.tx, job).await?;
        self.woken = true;
        Ok(())
    }

    /// Brings clocks, turns and places in the queue up to the events, and makes everything lasting. A verb that found
    /// nothing to do ends here too: what it saw was perhaps not lasting yet, and its answer stands on it.
    pub(crate) async fn settle(self) -> Result<()> {
        if let Some(batch) = &self.batch {
            let _ = batch.happened.set(!self.happened.is_empty());
            if batch.mode == Mode::Try {
                // It could be done: that was the question.
                return Ok(());
            }
            batch.keep(&self.tx, &self.happened, self.now).await?;
        }
        if !self.touched.is_empty() {
            let policies = self.desk.policies().await?;
            for ticket in &self.touched {
                clocks::tell(&self.tx, &policies, *ticket, self.now).await?;
            }
        }
        self.tx.commit().await?;
        self.desk.was_written();
        if self.woken {
            self.desk.wake.notify_one();
        }
        Ok(())
    }
}
