//! The advisory of a security report: which versions are affected, what is made public, and until when nothing is said
//! (SEC-1). The role is reminded a week before that ends, and when it ends.

use jiff::{SignedDuration, civil::Date};
use rules::{
    access::Action,
    events::{Secrecy, TicketEvent},
    ids::TicketId,
    instant::Instant,
};
use store::advisories::Advisory;

use super::seen;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// How long before its end an embargo is reminded of.
const BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);
const BATCH: i64 = 200;
/// Characters of the text and of the versions.
const LONGEST: usize = 100_000;

/// A draft as it was typed.
#[derive(Clone, Debug)]
pub struct Draft {
    pub affected: String,
    pub body: String,
    /// The first day on which something may be said, in the desk's zone.
    pub embargo_until: Option<Date>,
}

/// What there is of it, and the name of who changed it last.
pub async fn advisory(desk: &Desk, actor: &Actor, id: TicketId) -> Result<Option<(Advisory, String)>> {
    reported(desk, actor, id).await?;
    let conn = desk.store.read();
    let Some(kept) = store::advisories::of_ticket(conn, id).await? else { return Ok(None) };
    let by = store::people::get(conn, kept.changed_by).await?.name;
    Ok(Some((kept, by)))
}

pub async fn keep_advisory(desk: &Desk, actor: &Actor, id: TicketId, draft: Draft) -> Result<()> {
    let person = reported(desk, actor, id).await?;
    let compiled = desk.policy().await?;
    let embargo_until = match draft.embargo_until {
        Some(day) => Some(day.to_zoned(compiled.hours().zone().clone()).map_err(Error::broken)?.timestamp().into()),
        None => None,
    };
    let mut scribe = Scribe::begin(desk, actor).await?;
    let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
    let kept = Advisory {
        affected: cut(draft.affected.trim()),
        body: cut(draft.body.trim()),
        embargo_until,
        remind_at: embargo_until.and_then(|until| next_reminder(until, scribe.now)),
        changed_by: person,
        changed_at: scribe.now,
    };
    store::advisories::keep(&scribe.tx, id, &kept).await?;
    scribe.ticket(id, TicketEvent::AdvisoryKept { embargo_until }).await?;
    scribe.settle().await
}

/// A week before, then at the end itself.
fn next_reminder(until: Instant, now: Instant) -> Option<Instant> {
    [until.plus(-BEFORE), until].into_iter().find(|at| *at > now)
}

/// Only a security report has an advisory, and only the role keeps it.
async fn reported(desk: &Desk, actor: &Actor, id: TicketId) -> Result<rules::ids::PersonId> {
    let signed = actor.staff(Action::KeepAdvisory)?;
    let (facts, _) = seen(desk.store.read(), signed, id).await?;
    if facts.secrecy == Secrecy::Security { Ok(signed.person) } else { Err(Error::NotFound) }
}

/// Reminds of every embargo whose end comes near; how many there were.
pub(super) async fn remind(desk: &Desk) -> Result<usize> {
    let mut reminded = 0;
    loop {
        let near = store::advisories::to_remind(desk.store.read(), desk.now(), BATCH).await?;
        if near.is_empty() {
            return Ok(reminded);
        }
        for id in near {
            let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
            let kept = store::advisories::of_ticket(&scribe.tx, id).await?;
            // Inside the transaction: another node may have been faster.
            let due = kept.filter(|it| it.remind_at.is_some_and(|at| at <= scribe.now)).and_then(|it| it.embargo_until);
            let Some(until) = due else { continue };
            store::advisories::set_remind_at(&scribe.tx, id, next_reminder(until, scribe.now)).await?;
            scribe.ticket(id, TicketEvent::EmbargoNear { until }).await?;
            scribe.settle().await?;
            reminded += 1;
        }
    }
}
