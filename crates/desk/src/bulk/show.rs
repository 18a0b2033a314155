//! A job as a page shows it: what it does, how far it is, which requests it changes and which it leaves out and why. Requests
//! that its reader does not see are counted, and no more.

use std::collections::HashMap;

use rules::{
    access::Action,
    bulk::{Act, Standing, Was, Why, Within},
    ids::{BulkJobId, PersonId, TeamId, TicketId},
    teams::Called,
};
use store::bulk_jobs::{self, BulkJob, BulkRow};

use super::visible;
use crate::{
    Actor, Desk, Result,
    tickets::{self, Row},
};

/// Rows of a list.
const ROWS: usize = 25;

/// Behind which places its lists begin.
#[derive(Clone, Copy, Debug, Default)]
pub struct From {
    pub changed: i64,
    pub left: i64,
}

/// How many of its requests stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub waiting: i64,
    pub ready: i64,
    pub done: i64,
    pub left: i64,
}

#[derive(Clone, Debug)]
pub struct Shown {
    pub job: BulkJob,
    pub by: String,
    pub stopped_by: Option<String>,
    pub counts: Counts,
    /// Those that change or were changed, the latter once the job has begun.
    pub changed: Vec<ShownRow>,
    pub more_changed: Option<i64>,
    pub left: Vec<ShownRow>,
    pub more_left: Option<i64>,
    /// How many are left out for which reason, the most first.
    pub reasons: Vec<(Why, i64)>,
    /// What the job that this one puts back did.
    pub undoes: Option<Act>,
    /// The job that put this one back.
    pub undone_by: Option<BulkJobId>,
    /// Whether the reader may put it back.
    pub may_undo: bool,
    /// Whether the reader began it.
    pub is_mine: bool,
    /// People whom it names.
    pub names: HashMap<PersonId, String>,
    /// Teams that it names, also those that ended.
    pub teams: HashMap<TeamId, Called>,
}

/// A request of it; `row` is none where the reader does not see it.
#[derive(Clone, Debug)]
pub struct ShownRow {
    pub ticket: Option<Row>,
    pub standing: Standing,
    pub why: Option<Why>,
    pub was: Option<Was>,
}

pub async fn show(desk: &Desk, actor: &Actor, id: BulkJobId, from: From) -> Result<Shown> {
    let (signed, mut job) = visible(desk, actor, id).await?;
    let conn = desk.store.read();
    let counts = counts(bulk_jobs::counts(conn, id).await?);
    let limit = i64::try_from(ROWS + 1).map_err(crate::Error::broken)?;
    let changes = if job.started_at.is_some() { Standing::Done } else { Standing::Ready };
    let changed = bulk_jobs::page(conn, id, changes, (from.changed, limit)).await?;
    let left = bulk_jobs::page(conn, id, Standing::Left, (from.left, limit)).await?;
    let undoes = match job.undoes {
        Some(other) => bulk_jobs::get(conn, other).await?.act,
        None => None,
    };
    let is_mine = job.by == signed.person;
    if !is_mine {
        // It may say what its reader may not read.
        job.words = None;
    }
    let undone_by = bulk_jobs::that_undoes(conn, id).await?;
    let kind = job.act.as_ref().map(Act::kind).filter(|kind| kind.can_be_undone());
    let is_over = job.ended_at.is_some() && counts.done > 0 && undone_by.is_none() && job.undoes.is_none();
    let mut reasons = bulk_jobs::reasons(conn, id).await?;
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let people = named(&job, &changed);
    let teams = store::teams::names(conn, &teams(&job, undoes.as_ref(), &changed)).await?;
    let (changed, more_changed) = rows(desk, actor, changed).await?;
    let (left, more_left) = rows(desk, actor, left).await?;
    let names = store::people::names(conn, &people).await?;
    let name = |person: PersonId| names.get(&person).cloned().unwrap_or_default();
    Ok(Shown {
        by: name(job.by),
        stopped_by: job.stopped_by.map(name),
        may_undo: is_over && kind.is_some_and(|kind| actor.staff(kind.action()).is_ok()),
        counts,
        changed,
        more_changed,
        left,
        more_left,
        reasons,
        undoes,
        undone_by,
        is_mine,
        names,
        teams,
        job,
    })
}

fn counts(all: Vec<(Standing, i64)>) -> Counts {
    let mut counts = Counts::default();
    for (standing, count) in all {
        match standing {
            Standing::Waiting => counts.waiting = count,
            Standing::Ready => counts.ready = count,
            Standing::Done => counts.done = count,
            Standing::Left => counts.left = count,
        }
    }
    counts
}

/// Whom it names.
fn named(job: &BulkJob, rows: &[BulkRow]) -> Vec<PersonId> {
    let taker = match &job.act {
        Some(Act::Assign { to }) => *to,
        Some(Act::Team { within: Within::Of { person }, .. }) => *person,
        _ => None,
    };
    let were = rows.iter().filter_map(|row| match &row.was {
        Some(Was::Assignee(person) | Was::Team { within: Within::Of { person }, .. }) => *person,
        _ => None,
    });
    let mut people: Vec<PersonId> = were.chain(taker).chain(job.stopped_by).chain([job.by]).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Which teams it names.
fn teams(job: &BulkJob, undoes: Option<&Act>, rows: &[BulkRow]) -> Vec<TeamId> {
    let into = |act: &Act| match act {
        Act::Team { to, .. } => *to,
        _ => None,
    };
    let were = rows.iter().filter_map(|row| match &row.was {
        Some(Was::Team { team, .. }) => *team,
        _ => None,
    });
    let mut teams: Vec<TeamId> = were.chain(job.act.as_ref().and_then(into)).chain(undoes.and_then(into)).collect();
    teams.sort_unstable();
    teams.dedup();
    teams
}

/// A page of them, and the place behind which there are more.
async fn rows(desk: &Desk, actor: &Actor, mut rows: Vec<BulkRow>) -> Result<(Vec<ShownRow>, Option<i64>)> {
    let scope = &actor.staff(Action::UseDesk)?.scope;
    let goes_on = rows.len() > ROWS;
    rows.truncate(ROWS);
    let more = rows.last().filter(|_| goes_on).map(|row| row.place);
    let ids: Vec<TicketId> = rows.iter().map(|row| row.ticket).collect();
    let mut seen: HashMap<TicketId, Row> =
        tickets::seen_rows(desk, scope, &ids).await?.into_iter().map(|row| (row.ticket.id, row)).collect();
    let shown = rows.into_iter().map(|row| ShownRow {
        ticket: seen.remove(&row.ticket),
        standing: row.standing,
        why: row.why,
        was: row.was,
    });
    Ok((shown.collect(), more))
}
