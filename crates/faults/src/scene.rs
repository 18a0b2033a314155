//! One round's desk with its people, mail server and time, and the way to its end: everything due is done, then the
//! judge reads what is left.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail};
use jiff::SignedDuration;
use rules::instant::Instant;
use store::{Handle, Place, Store};

use crate::{
    crowd::Crowd,
    judge::{self, Kept},
    ledger::Ledger,
    node::{Footing, Node, last_words},
    post_check::{self, Deaths},
    rounds::Round,
    sink::{Mood, Sink},
    stage::{self, Play},
    time::{SetClock, stopwatch},
};

/// How long everything due may take at the end.
const PATIENCE: Duration = Duration::from_secs(120);

/// Looks that find nothing due before it is believed.
const LOOKS: u32 = 20;

/// Whether the journal's numbers may have gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbers {
    Gapless,
    Rising,
}

#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) footing: Footing,
    pub(crate) place: Place,
    pub(crate) play: Play,
    pub(crate) numbers: Numbers,
    pub(crate) clock: SetClock,
    pub(crate) sink: Sink,
    pub(crate) ledger: Ledger,
    pub(crate) deaths: Deaths,
}

impl Scene {
    /// On SQLite in a folder that holds the world already.
    pub(crate) async fn on_sqlite(round: &mut Round, folder: PathBuf) -> Result<Self> {
        Self::on(round, Place::Folder(folder.clone()), folder, None).await
    }

    pub(crate) async fn on(round: &mut Round, place: Place, folder: PathBuf, database: Option<String>) -> Result<Self> {
        let sink = Sink::open(round.dice.split()).await?;
        let log = round.folder.join("desk.log");
        let numbers = if database.is_some() { Numbers::Rising } else { Numbers::Gapless };
        let footing = Footing { folder, database, smtp: sink.port, log };
        let clock = SetClock::at(round.ground.play.start);
        let deaths = Deaths { at: vec![], senders: 1 };
        let play = round.ground.play.clone();
        Ok(Self { footing, place, play, numbers, clock, sink, ledger: Ledger::default(), deaths })
    }

    pub(crate) async fn start(&self) -> Result<Node> {
        Node::start(&self.footing, self.clock.micros()).await
    }

    pub(crate) fn crowd(&self, round: &mut Round, node: &Node) -> Crowd {
        Crowd::at(&node.address, &self.play, &self.ledger, &mut round.dice)
    }

    /// Kills it, and remembers up to where letters had come.
    pub(crate) async fn kill(&mut self, round: &mut Round, node: Node) -> Result<()> {
        node.kill().await?;
        self.sink.quiet().await;
        self.buried();
        round.counts.add("kills", 1);
        Ok(())
    }

    /// A process died, and letters that it had sent whole were read, though they were acknowledged to nobody.
    pub(crate) fn buried(&mut self) {
        self.deaths.at.push(self.sink.letters().len());
    }

    /// Some time of a desk's day: minutes, a night, days, and sometimes backwards.
    pub(crate) async fn jump(&self, round: &mut Round, node: &mut Node) -> Result<()> {
        let by = match round.dice.below(5) {
            0 => SignedDuration::from_secs(15),
            1 => SignedDuration::from_mins(16),
            2 => SignedDuration::from_hours(11),
            3 => SignedDuration::from_hours(75),
            _ => SignedDuration::from_mins(-90),
        };
        self.clock.jump(by);
        round.counts.add("clock jumps", 1);
        node.tell(self.clock.micros()).await
    }

    /// A mood of the mail server for a while.
    pub(crate) fn vary_post(&self, round: &mut Round) {
        let moods = [None, None, Some(Mood::Accept), Some(Mood::Hang), Some(Mood::Refuse), Some(Mood::DieBefore)];
        self.sink.be(round.dice.one_of(&moods).copied().flatten());
    }

    /// What must be true at any instant, also of what a kill left. Reads a copy, so that the next start finds what the kill
    /// left and not what a reader made of it.
    pub(crate) async fn inquest(&self, round: &mut Round) -> Result<Kept> {
        let copy = round.folder.join("copy");
        let place = match &self.place {
            Place::Folder(folder) => {
                tokio::task::block_in_place(|| stage::copy(&folder.join("db"), &copy.join("db")))?;
                Place::Folder(copy.clone())
            }
            postgres => postgres.clone(),
        };
        let conn = Store::look(&place)?;
        let mut kept = judge::read(&conn).await?;
        conn.close().await?;
        kept.outgoing.retain(|mail| mail.id.0 > self.play.last_mail);
        if copy.exists() {
            std::fs::remove_dir_all(&copy)?;
        }
        round.faults.extend(self.ledger.misread());
        let (acts, blobs) = (self.ledger.all(), self.footing.folder.join("blobs"));
        round.faults.extend(tokio::task::block_in_place(|| judge::faults(&kept, &acts, &blobs)));
        if self.numbers == Numbers::Gapless {
            round.faults.extend(judge::journal_gaps(&kept.journal));
        }
        round.faults.extend(post_check::faults(&kept, &self.sink.letters(), &self.deaths));
        Ok(kept)
    }

    /// Lets everything due happen, with a mail server that accepts; then nothing may be lost. The desk is first told to stop
    /// in order, so that it ends what people began, and that is no excuse for a copy.
    pub(crate) async fn end(&mut self, round: &mut Round, node: Node) -> Result<()> {
        self.sink.be(Some(Mood::Accept));
        node.stop(&self.footing.log).await?;
        let mut node = self.start().await?;
        if round.dice.one_in(2) {
            // Nobody came for days: clocks run out, and leads hear of it.
            self.clock.jump(SignedDuration::from_hours(80));
        }
        let conn = Store::look(&self.place)?;
        self.drain(&mut node, &conn).await?;
        conn.close().await?;
        node.kill().await?;
        let kept = self.inquest(round).await?;
        round.faults.extend(post_check::loss(&kept));
        self.count(round, &kept);
        Ok(())
    }

    /// Until nothing was due for a while: one turn of the schedule makes work for the other. The next opening is not waited
    /// for, since another follows it.
    async fn drain(&self, node: &mut Node, conn: &Handle) -> Result<()> {
        let (begun, mut idle) = (stopwatch(), 0);
        while idle < LOOKS {
            let late = store::sla::due(conn, self.now()?, 1).await?;
            let due = self.next_due(conn).await?;
            idle = if due.is_none() && late.is_empty() { idle + 1 } else { 0 };
            if let Some(at) = due.filter(|at| at.micros() > self.clock.micros()) {
                self.clock.set(at.micros() + 1);
            }
            node.tell(self.clock.micros()).await?;
            tokio::time::sleep(Duration::from_millis(15)).await;
            if begun.elapsed() > PATIENCE || !node.lives() {
                let jobs = store::jobs::all(conn).await?;
                bail!("what is due is not done: {jobs:?}, {late:?}\n{}", last_words(&self.footing.log));
            }
        }
        Ok(())
    }

    async fn next_due(&self, conn: &Handle) -> Result<Option<Instant>> {
        let now = self.now()?;
        let jobs = store::jobs::all(conn).await?;
        let waiting = jobs.into_iter().filter(|job| job.parked_at.is_none());
        Ok(waiting.filter(|job| job.kind != desk::opening::KIND || job.run_at <= now).map(|job| job.run_at).min())
    }

    fn now(&self) -> Result<Instant> {
        Instant::from_micros(self.clock.micros()).map_err(|e| anyhow::anyhow!("{e}")).context("the time")
    }

    fn count(&self, round: &mut Round, kept: &Kept) {
        let acts = self.ledger.all();
        round.counts.add("acts tried", acts.len());
        round.counts.add("acts acknowledged", acts.iter().filter(|act| act.acknowledged.is_some()).count());
        round
            .counts
            .add("files acknowledged", acts.iter().filter(|a| a.acknowledged.is_some() && a.file.is_some()).count());
        round.counts.add("events", kept.journal.len());
        round.counts.add("breaches and warnings", judge::told_of_clocks(&kept.journal).count());
        round.counts.add("mails kept", kept.outgoing.len());
        round.counts.add("refusals", self.sink.refused().len());
        post_check::count(&mut round.counts, &self.sink.letters(), &self.deaths);
    }
}
