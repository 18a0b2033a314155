//! A single act that is one of many: what a verb's transaction keeps of it besides, so that a job in bulk does it once and
//! knows what it did. The verbs themselves know nothing of it.

use std::sync::{Arc, OnceLock};

use rules::{
    bulk::{Kind, Was, Why},
    events::TicketEvent,
    ids::{BulkJobId, Seq, TicketId},
    instant::Instant,
};
use store::{
    Tx,
    bulk_jobs::{self, WasDone},
};

use crate::{Error, Result};

/// Which request of which job somebody acts on.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    pub(crate) job: BulkJobId,
    pub(crate) ticket: TicketId,
    pub(crate) kind: Kind,
    /// The events that change the same again.
    pub(crate) watches: &'static [&'static str],
    pub(crate) mode: Mode,
    /// Whether something happened to the request.
    pub(crate) happened: Arc<OnceLock<bool>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Nothing is kept: only whether it could be done is asked.
    Try,
    /// It is done, unless the same was changed behind that place of the journal.
    Do { unless: Option<Seq> },
}

impl Batch {
    /// Inside the transaction, before anything is written.
    pub(crate) async fn begin(&self, tx: &Tx) -> Result<()> {
        let Mode::Do { unless: Some(seq) } = self.mode else { return Ok(()) };
        let is_changed = bulk_jobs::changed_since(tx, self.ticket, (self.watches, seq)).await?;
        if is_changed { Err(Error::Conflict) } else { Ok(()) }
    }

    /// What happened is kept with the request of the job; a fault where that was done before.
    pub(crate) async fn keep(&self, tx: &Tx, events: &[(Seq, TicketEvent)], now: Instant) -> Result<()> {
        if events.is_empty() {
            return Ok(bulk_jobs::leave(tx, self.job, (self.ticket, &Why::Same), now).await?);
        }
        let team = store::tickets::get(tx, self.ticket).await?.team;
        let happened: Vec<&TicketEvent> = events.iter().map(|(_, event)| event).collect();
        let was = Was::of(self.kind, &happened, team);
        let done = WasDone { was, seq: events.last().map(|(seq, _)| *seq), at: now };
        let is_first = bulk_jobs::done(tx, self.job, self.ticket, &done).await?;
        if is_first { Ok(()) } else { Err(Error::Conflict) }
    }
}
