//! What one of those who look on hears: by their scope alone (VIS-3), from the entry on that their page knew. Who they are
//! is asked again from time to time, and at once when it may be otherwise.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::SignedDuration;
use rules::{
    access::{Action, may},
    ids::{BugId, BulkJobId, PersonId, Seq, TicketId},
    live::{Told, What},
};
use tokio::{
    sync::{
        broadcast::{Receiver, error::RecvError},
        watch,
    },
    time::{Interval, MissedTickBehavior, interval},
};

use super::{
    Here, Live, Said,
    follow::{ENTRIES, of_entries},
};
use crate::{Actor, Desk, Error, Result, actor::Signed, people};

/// How often it is asked whether they are still signed in.
const CHECK: Duration = Duration::from_secs(30);
/// Streams of one person, at most: one for each of their browsers, and those that are just being left.
const STREAMS: usize = 20;
/// When one may come again who had too many.
const LATER: SignedDuration = SignedDuration::from_secs(30);

/// What is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something happened to a request; `seq` is the entry up to which this is known.
    Request { seq: Seq, ticket: TicketId, what: What, by: Option<PersonId> },
    /// A request that they saw is no longer theirs to see.
    Gone { seq: Seq, ticket: TicketId },
    /// Who else is at a request now.
    Present { ticket: TicketId, here: Vec<Here> },
    /// A job in bulk that they see is further.
    Job { job: BulkJobId },
    /// Telling of a bug, or a message about it, is further.
    Bug { bug: BugId },
    /// Something is at their bell that no entry of the journal says.
    Bell,
    /// More happened than was kept for them: a page that shows anything is to be looked at anew.
    Reload { seq: Seq },
    /// They are no longer signed in, or no longer staff. Nothing follows.
    Over,
}

/// Somebody's ear at the desk.
#[derive(Debug)]
pub struct Ear {
    desk: Desk,
    signed: Signed,
    said: Receiver<Arc<Said>>,
    over: watch::Receiver<bool>,
    checks: Interval,
    /// Up to which entry of the journal they know.
    seen: Seq,
    waiting: VecDeque<Heard>,
    has_ended: bool,
    _turn: Turn,
}

/// What an ear waits for.
enum Came {
    Over,
    Time,
    Said(std::result::Result<Arc<Said>, RecvError>),
}

/// Counts as one of a person's streams.
#[derive(Debug)]
struct Turn(Live, PersonId);

impl Turn {
    fn take(desk: &Desk, person: PersonId) -> Result<Self> {
        let mut listening = desk.live.listening();
        let open = listening.entry(person).or_default();
        if *open >= STREAMS {
            return Err(Error::Limited { until: desk.now().plus(LATER) });
        }
        *open += 1;
        Ok(Self(desk.live.clone(), person))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut listening = self.0.listening();
        if let Some(open) = listening.get_mut(&self.1) {
            *open -= 1;
            if *open == 0 {
                listening.remove(&self.1);
            }
        }
    }
}

/// Listens from after the entry `since` on; from now on where there is none.
pub async fn listen(desk: &Desk, actor: &Actor, since: Option<Seq>) -> Result<Ear> {
    let signed = actor.staff(Action::UseDesk)?.clone();
    let turn = Turn::take(desk, signed.person)?;
    // Before anything is read: what is written from here on is said, what was written before is read.
    let said = desk.live.0.said.subscribe();
    {
        let mut followed = desk.live.0.followed.lock().await;
        if followed.is_none() {
            *followed = Some(store::events::last(desk.store.read()).await?);
        }
    }
    let mut checks = interval(CHECK);
    checks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    checks.reset();
    let mut ear = Ear {
        desk: desk.clone(),
        signed,
        said,
        over: desk.live.0.over.subscribe(),
        checks,
        seen: store::events::last(desk.store.read()).await?,
        waiting: VecDeque::new(),
        has_ended: false,
        _turn: turn,
    };
    match since {
        // Of another database, or of this one before a restore.
        Some(since) if since > ear.seen => ear.waiting.push_back(Heard::Reload { seq: ear.seen }),
        Some(since) => ear.catch_up(since).await?,
        None => {}
    }
    Ok(ear)
}

impl Ear {
    /// Up to which entry they know.
    pub fn seen(&self) -> Seq {
        self.seen
    }

    /// The next thing that they hear; `None` when the desk stops, or after `Over`.
    pub async fn next(&mut self) -> Option<Heard> {
        loop {
            if let Some(heard) = self.waiting.pop_front() {
                return Some(heard);
            }
            if self.has_ended {
                return None;
            }
            let came = tokio::select! {
                biased;
                _ = self.over.wait_for(|over| *over) => Came::Over,
                _ = self.checks.tick() => Came::Time,
                said = self.said.recv() => Came::Said(said),
            };
            match came {
                Came::Time => self.check().await,
                Came::Said(Ok(said)) => self.take(&said).await,
                Came::Said(Err(RecvError::Lagged(_))) => self.look_anew().await,
                Came::Over | Came::Said(Err(RecvError::Closed)) => return None,
            }
        }
    }

    /// What was written since a page was read.
    async fn catch_up(&mut self, since: Seq) -> Result<()> {
        let entries = store::events::after(self.desk.store.read(), since, ENTRIES).await?;
        if i64::try_from(entries.len()).map_err(Error::broken)? == ENTRIES {
            self.waiting.push_back(Heard::Reload { seq: self.seen });
            return Ok(());
        }
        self.seen = since;
        for told in of_entries(self.desk.store.read(), &entries).await? {
            self.hear(&told);
        }
        self.seen = entries.last().map_or(since, |entry| entry.seq);
        Ok(())
    }

    async fn take(&mut self, said: &Said) {
        match said {
            Said::Told(told) => self.hear(told),
            Said::Present { ticket, facts, here } => {
                if self.signed.scope.sees(facts) {
                    let others = here.iter().filter(|it| it.person != self.signed.person).cloned().collect();
                    self.waiting.push_back(Heard::Present { ticket: *ticket, here: others });
                }
            }
            Said::Job { job, by, begun } => {
                let watches = *begun && may(self.signed.grants, Action::WatchBulk);
                if *by == self.signed.person || watches {
                    self.waiting.push_back(Heard::Job { job: *job });
                }
            }
            Said::Bug { bug } => self.waiting.push_back(Heard::Bug { bug: *bug }),
            Said::Bell { person } if *person == self.signed.person => self.waiting.push_back(Heard::Bell),
            Said::Bell { .. } => {}
            Said::Otherwise { person } => {
                if person.is_none_or(|person| person == self.signed.person) {
                    self.check().await;
                }
            }
        }
    }

    fn hear(&mut self, told: &Told) {
        if told.seq <= self.seen {
            return;
        }
        self.seen = told.seq;
        let (seq, ticket) = (told.seq, told.ticket);
        self.waiting.extend(told.heard(&self.signed.scope).map(|heard| match heard {
            rules::live::Heard::Request => Heard::Request { seq, ticket, what: told.what, by: told.by },
            rules::live::Heard::Gone => Heard::Gone { seq, ticket },
        }));
    }

    /// What they missed is read by looking, not told.
    async fn look_anew(&mut self) {
        match store::events::last(self.desk.store.read()).await {
            Ok(seq) => {
                self.seen = seq;
                self.waiting.push_back(Heard::Reload { seq });
            }
            Err(error) => self.let_go(&error),
        }
    }

    /// Asks again who they are and what they see.
    async fn check(&mut self) {
        match people::again(&self.desk, &self.signed).await {
            Ok(Some(signed)) if signed.grants.is_staff() => self.signed = signed,
            Ok(_) => {
                self.has_ended = true;
                self.waiting.push_back(Heard::Over);
            }
            Err(error) => self.let_go(&error),
        }
    }

    /// Nobody goes on hearing while it is not known whether they may: they come again and are asked at the door.
    fn let_go(&mut self, error: &dyn std::fmt::Display) {
        tracing::warn!(%error, "somebody who looked on was let go");
        self.has_ended = true;
    }
}
