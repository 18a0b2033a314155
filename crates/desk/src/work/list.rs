//! What waits, what failed, what was refused, what was given up.

use std::collections::HashMap;

use jiff::SignedDuration;
use rules::{
    access::{Action, Staff},
    ids::{JobId, OutgoingId, PersonId, TicketId},
    instant::Instant,
    mail::NotOwed,
};
use store::{jobs::Job, outgoing::Outgoing, work::Dropped};

use super::{is_seen, ordered};
use crate::{Actor, Desk, Result, actor::Signed, mail};

/// Rows of a page.
const PAGE: usize = 50;
/// How long refused mails are shown.
const REFUSED_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);
/// What was given up of late.
const DROPPED: i64 = 20;

/// Where a page of work begins.
pub type Mails = (Instant, JobId);

/// What a mail is, as far as its reader may know it.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// `receipt`, `reply`: none for what this release cannot read.
    pub kind: Option<&'static str>,
    pub ticket: Option<TicketId>,
    /// Its address, or the name of whom it is for.
    pub to: Option<String>,
}

/// A mail that was not sent yet.
#[derive(Clone, Debug)]
pub struct WaitingMail {
    pub job: JobId,
    pub about: About,
    pub tries: u32,
    /// When it is tried next; it is parked where there is no such instant.
    pub next: Option<Instant>,
    /// It is being tried, or is held until then.
    pub parked_at: Option<Instant>,
    /// What was said last.
    pub fault: Option<String>,
}

/// Whether a refused mail can be sent again, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    Can,
    /// From before it was kept what was owed.
    Cannot,
    Was {
        by: String,
        at: Instant,
        came: Came,
    },
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    UnderWay,
    Arrived {
        at: Instant,
    },
    /// It stands among those that were refused, as another one.
    Refused,
    /// Somebody gave it up, or its reader was erased.
    Ended,
    Left(NotOwed),
}

/// A mail that a server refused for good.
#[derive(Clone, Debug)]
pub struct RefusedMail {
    pub id: OutgoingId,
    pub kind: String,
    pub ticket: Option<TicketId>,
    pub to: String,
    pub at: Instant,
    pub answer: String,
    pub again: Again,
}

#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// Those that failed for good come first on the page; none of them is tried by itself.
    pub parked: Vec<WaitingMail>,
    pub waiting: Vec<WaitingMail>,
    pub refused: Vec<RefusedMail>,
    /// Where the next page of those that wait begins.
    pub more: Option<Mails>,
}

/// Mails on their way out that the reader may know of, in the order in which they are tried.
pub async fn outbox(desk: &Desk, actor: &Actor, after: Option<Mails>) -> Result<Outbox> {
    let signed = actor.staff(Action::ReadMails)?;
    let conn = desk.store.read();
    let mut jobs = store::work::waiting(conn, mail::KIND, after, limit()).await?;
    let goes_on = jobs.len() > PAGE;
    jobs.truncate(PAGE);
    let more = jobs.last().filter(|_| goes_on).map(|job| (job.run_at, job.id));
    let waiting = mails(desk, signed, jobs).await?;
    if after.is_some() {
        return Ok(Outbox { waiting, more, ..Outbox::default() });
    }
    let parked = store::work::parked(conn, None, MANY).await?;
    let parked = mails(desk, signed, parked.into_iter().filter(|job| job.kind == mail::KIND).collect()).await?;
    let refused = refused(desk, actor, None).await?;
    Ok(Outbox { parked, waiting, refused, more })
}

/// Parked work that is looked through at most.
const MANY: i64 = 200;

fn limit() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}

async fn mails(desk: &Desk, signed: &Signed, jobs: Vec<Job>) -> Result<Vec<WaitingMail>> {
    let conn = desk.store.read();
    let mut mails = vec![];
    for job in jobs {
        let ordered = ordered(&job);
        let ticket = ordered.as_ref().and_then(|it| it.order.ticket());
        if !is_seen(conn, signed, ticket).await? {
            continue;
        }
        let to = match &ordered {
            Some(ordered) => to(conn, ordered).await?,
            None => None,
        };
        mails.push(WaitingMail {
            job: job.id,
            about: About { kind: ordered.map(|it| it.order.kind()), ticket, to },
            tries: job.attempts,
            next: job.parked_at.is_none().then_some(job.run_at),
            parked_at: job.parked_at,
            fault: job.fault,
        });
    }
    Ok(mails)
}

/// Whom a mail is for: its address once it was written, the name of its reader before.
async fn to(conn: &store::Handle, ordered: &mail::Ordered) -> Result<Option<String>> {
    if let Some(mail) = store::outgoing::by_key(conn, &ordered.key).await? {
        return Ok(Some(mail.recipient));
    }
    let Some(person) = ordered.order.person() else { return Ok(None) };
    Ok(store::people::names(conn, &[person]).await?.remove(&person))
}

/// Mails that a server refused in the last thirty days and of which the reader may know, the newest first.
pub async fn refused(desk: &Desk, actor: &Actor, before: Option<(Instant, OutgoingId)>) -> Result<Vec<RefusedMail>> {
    let signed = actor.staff(Action::ReadMails)?;
    let conn = desk.store.read();
    let since = desk.now().plus(-REFUSED_FOR);
    let mut mails = vec![];
    for mail in store::work::refused(conn, since, before, limit()).await?.into_iter().take(PAGE) {
        if is_seen(conn, signed, mail.ticket).await? {
            mails.push(RefusedMail {
                id: mail.id,
                again: again(conn, &mail).await?,
                kind: mail.kind,
                ticket: mail.ticket,
                to: mail.recipient,
                at: mail.outcome_at.unwrap_or(mail.created_at),
                answer: mail.answer.unwrap_or_default(),
            });
        }
    }
    Ok(mails)
}

async fn again(conn: &store::Handle, mail: &Outgoing) -> Result<Again> {
    let Some((at, by)) = mail.again_at.zip(mail.again_by) else {
        return Ok(if mail.ordered.is_some() { Again::Can } else { Again::Cannot });
    };
    let by = store::people::names(conn, &[by]).await?.remove(&by).unwrap_or_default();
    let other = store::outgoing::by_key(conn, &mail::key_again(&mail.key)).await?;
    let came = match (mail.again_left, other) {
        (Some(why), _) => Came::Left(why),
        (None, None) => Came::UnderWay,
        (None, Some(other)) => match (other.outcome.as_deref(), other.outcome_at) {
            (None, _) => Came::UnderWay,
            (Some("sent"), at) => Came::Arrived { at: at.unwrap_or(other.created_at) },
            (Some("refused"), _) => Came::Refused,
            (Some(_), _) => Came::Ended,
        },
    };
    Ok(Again::Was { by, at, came })
}

/// Work that failed for good.
#[derive(Clone, Debug)]
pub struct ParkedWork {
    pub job: JobId,
    pub kind: String,
    pub parked_at: Instant,
    pub tries: u32,
    pub fault: String,
}

#[derive(Clone, Debug, Default)]
pub struct Parked {
    pub work: Vec<ParkedWork>,
    pub more: Option<Mails>,
    /// What was given up of late, and by whom, where the reader sees what it was about.
    pub dropped: Vec<(Dropped, String)>,
}

/// Parked work other than mails.
pub async fn parked(desk: &Desk, actor: &Actor, before: Option<Mails>) -> Result<Parked> {
    let signed = actor.staff(Action::ReadJobs)?;
    let conn = desk.store.read();
    let jobs = store::work::parked(conn, before, MANY).await?;
    let is_full = i64::try_from(jobs.len()).is_ok_and(|count| count == MANY);
    let more = jobs.last().filter(|_| is_full).and_then(|job| Some((job.parked_at?, job.id)));
    let work = jobs.into_iter().filter(|job| job.kind != mail::KIND).map(|job| ParkedWork {
        job: job.id,
        kind: job.kind,
        parked_at: job.parked_at.unwrap_or(job.run_at),
        tries: job.attempts,
        fault: job.fault.unwrap_or_default(),
    });
    let work = work.collect();
    let mut dropped = vec![];
    for it in store::work::dropped(conn, DROPPED).await? {
        if is_seen(conn, signed, it.ticket).await? {
            dropped.push(it);
        }
    }
    let by: Vec<PersonId> = dropped.iter().map(|it| it.by).collect();
    let names: HashMap<PersonId, String> = store::people::names(conn, &by).await?;
    let named = |it: Dropped| {
        let name = names.get(&it.by).cloned().unwrap_or_default();
        (it, name)
    };
    Ok(Parked { work, more, dropped: dropped.into_iter().map(named).collect() })
}

/// How many security reports wait for their sender to prove an address (SEC-1); said to the security role alone.
pub async fn waiting_reports(desk: &Desk, actor: &Actor) -> Result<Option<i64>> {
    let signed = actor.staff(Action::UseDesk)?;
    if signed.scope.staff != Staff::Security {
        return Ok(None);
    }
    Ok(Some(store::parked_reports::count(desk.store.read()).await?))
}
