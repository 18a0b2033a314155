//! A bug and its issue are brought together: the issue is made where there is none yet, both are compared with what they agreed on, one
//! follows the other, and what was said crosses over. Each thing that was sent is noted in a transaction of its own; who is killed between
//! sending and noting finds it again by its marker, or by what the tracker has.

use jiff::SignedDuration;
use rules::{
    bugs::{BugRefusal, Stage},
    ids::BugId,
    instant::Instant,
    refusal::Refusal,
    releases::Version,
    tracker::{Act, Agreed, Face, Fault, Issue, Marked, Sides, Taken, Waits, Wish, decide, marker, take},
};
use store::tracker::Link;

use super::{PLANNED, Stop, access, conclude, said};
use crate::{
    Actor, Desk, Error, Result,
    bugs::step_in,
    jobs::Done,
    ports::{Access, NewIssue},
    scribe::Scribe,
};

/// How long one worker may be at a bug before another may; longer than all that it sends.
const BUSY: SignedDuration = SignedDuration::from_mins(3);
/// How much the tracker's clock may be behind ours.
const SKEW: SignedDuration = SignedDuration::from_mins(10);
/// Pages of issues that are looked through for one that was made; behind them is nothing that we made just now.
const PAGES: u32 = 10;
/// Bugs of each stage that are looked through for what is planned.
const LOOKED_AT: i64 = 500;

type Stopping<T> = std::result::Result<T, Stop>;

pub(super) async fn bring_together(desk: &Desk, bug: BugId) -> Result<Done> {
    let Some((tracker, access)) = access::known(desk).await? else { return Ok(Done::Finished) };
    let tx = desk.store.begin().await?;
    let now = desk.now();
    let link = match store::tracker::link(&tx, bug).await? {
        // Of another place: it stays as it was.
        None => return Ok(Done::Finished),
        Some(link) if !link.repository.eq_ignore_ascii_case(&tracker.repository) => return Ok(Done::Finished),
        Some(link) => link,
    };
    if !store::tracker::claim(&tx, bug, (now, now.plus(BUSY))).await? {
        return Ok(Done::Again { fault: "another worker is at it".to_owned() });
    }
    tx.commit().await?;
    let done = match access {
        Ok(access) => Pair { desk, access: &access, link }.together().await,
        Err(fault) => Err(Stop::Fault(fault)),
    };
    let fault = match done {
        Ok(()) => None,
        Err(Stop::Fault(fault)) => Some(fault),
        Err(Stop::Error(error)) => {
            let _ = note(desk, bug, None).await;
            return Err(error);
        }
    };
    note(desk, bug, fault.as_ref()).await?;
    Ok(fault.as_ref().map_or(Done::Finished, conclude))
}

/// How it ended.
async fn note(desk: &Desk, bug: BugId, fault: Option<&Fault>) -> Result<()> {
    let tx = desk.store.begin().await?;
    store::tracker::end(&tx, bug, fault).await?;
    Ok(tx.commit().await?)
}

/// A bug and its issue, while they are brought together.
struct Pair<'a> {
    desk: &'a Desk,
    access: &'a Access,
    link: Link,
}

impl Pair<'_> {
    async fn together(mut self) -> Stopping<()> {
        let issue = match self.link.issue {
            Some(number) => self.desk.tracker.issue(self.access, number).await?,
            None => self.made().await?,
        };
        self.compare(issue).await?;
        said::cross_over(self.desk, self.access, &mut self.link).await
    }

    async fn keep(&self) -> Result<()> {
        let tx = self.desk.store.begin().await?;
        store::tracker::set_link(&tx, &self.link).await?;
        Ok(tx.commit().await?)
    }

    /// The issue of a bug that has none yet. Where one was asked for before, and nobody knows what came of it, it is looked for first.
    async fn made(&mut self) -> Stopping<Issue> {
        let bug = self.link.bug;
        let base_url = &self.desk.settings.base_url;
        let marker = marker(Marked::Bug(bug), base_url);
        let found = match self.link.tried_at {
            Some(since) => self.find(&marker, since).await?,
            None => {
                self.link.tried_at = Some(self.desk.now());
                self.keep().await?;
                None
            }
        };
        let issue = match found {
            Some(issue) => issue,
            None => {
                let conn = self.desk.store.read();
                let kept = store::bugs::get(conn, bug).await?;
                let counted = store::bugs::counted(conn, &[bug]).await?.remove(&bug).unwrap_or_default();
                let new = NewIssue {
                    bug,
                    title: &kept.says.title,
                    about: &kept.says.about,
                    organisations: counted.organisations,
                    link: &format!("{base_url}/desk/bugs/{bug}"),
                    marker: &marker,
                };
                self.desk.tracker.create(self.access, &new).await?
            }
        };
        (self.link.issue, self.link.tried_at) = (Some(issue.number), None);
        self.link.url.clone_from(&issue.url);
        self.keep().await?;
        Ok(issue)
    }

    async fn find(&self, marker: &str, since: Instant) -> Stopping<Option<Issue>> {
        for page in 1..=PAGES {
            let found = self.desk.tracker.changed(self.access, since.plus(-SKEW), page).await?;
            if let Some(issue) = found.items.into_iter().find(|it| !it.is_change && it.body.contains(marker)) {
                return Ok(Some(issue));
            }
            if found.is_last {
                break;
            }
        }
        Ok(None)
    }

    /// One side follows the other.
    async fn compare(&mut self, issue: Issue) -> Stopping<()> {
        let bug = self.link.bug;
        let mut scribe = Scribe::begin(self.desk, &Actor::TRACKER).await?;
        // What somebody did meanwhile counts.
        let Some(link) = store::tracker::link(&scribe.tx, bug).await? else { return Err(Error::NotFound.into()) };
        self.link = link;
        let life = store::bugs::get(&scribe.tx, bug).await?.life;
        let ours = Wish::of(&life);
        let sides = Sides {
            ours: &ours,
            ours_at: self.link.wanted_at,
            theirs: &issue.face,
            theirs_at: issue.updated_at,
            agreed: &self.link.agreed,
        };
        let act = match decide(sides) {
            _ if self.link.insists && !ours.is_met_by(&issue.face) => Act::Send(ours.sent(&issue.face)),
            act => act,
        };
        match act {
            Act::Send(face) => {
                // Nothing was written; nobody waits for the tracker with the writer's turn in hand.
                drop(scribe);
                return self.send(&ours, &issue, &face).await;
            }
            Act::Nothing => {}
            Act::Agree => {
                self.link.agreed = Agreed { ours, theirs: issue.face.clone() };
                self.link.waits = None;
            }
            Act::Take => {
                let waits = self.take(&mut scribe, &life, &issue.face).await?;
                let ours = Wish::of(&store::bugs::get(&scribe.tx, bug).await?.life);
                self.link.agreed = Agreed { ours, theirs: issue.face.clone() };
                self.link.waits = waits;
            }
        }
        self.seen(&issue, scribe.now);
        store::tracker::set_link(&scribe.tx, &self.link).await?;
        scribe.settle().await?;
        Ok(())
    }

    fn seen(&mut self, issue: &Issue, now: Instant) {
        self.link.milestone.clone_from(&issue.milestone);
        self.link.url.clone_from(&issue.url);
        (self.link.synced_at, self.link.insists) = (Some(now), false);
    }

    /// The bug follows its issue.
    async fn take(&self, scribe: &mut Scribe<'_>, life: &rules::bugs::Bug, theirs: &Face) -> Result<Option<Waits>> {
        let catalogue = crate::bugs::catalogue(self.desk, &scribe.tx).await?;
        let mut planned: Vec<Version> = vec![];
        if theirs.milestone.is_some() {
            for stage in PLANNED {
                let bugs = store::bugs::in_stage(&scribe.tx, stage, LOOKED_AT).await?;
                planned.extend(bugs.iter().filter_map(|bug| bug.life.state.planned().cloned()));
            }
        }
        let Taken { steps, waits } = take(life, theirs, &catalogue, |version| planned.contains(version));
        for step in steps {
            let moved = step_in(scribe, &catalogue, (life.id, step)).await?;
            moved.map_err(|why| Error::from(Refusal::Bug(BugRefusal::NotMoved(why))))?;
        }
        Ok(waits)
    }

    /// The issue follows its bug.
    async fn send(&mut self, ours: &Wish, issue: &Issue, face: &Face) -> Stopping<()> {
        let after = self.desk.tracker.change(self.access, issue, face).await?;
        let now = self.desk.now();
        self.link.agreed = Agreed { ours: ours.clone(), theirs: after.face.clone() };
        // Where it may not be changed, a tracker may answer well and leave it as it was.
        self.link.waits = (!ours.is_met_by(&after.face)).then_some(Waits::NotTaken);
        self.seen(&after, now);
        Ok(self.keep().await?)
    }
}

/// Whether a bug in this stage can have an issue made of it: one that is none needs none.
pub(super) fn may_have_issue(stage: Stage) -> bool {
    stage != Stage::Refused
}
