//! Jobs in bulk that were begun: one's own, and for who watches over them everybody's.

use rules::{
    access::{Action, may},
    bulk::Kind,
    ids::BulkJobId,
};
use store::bulk_jobs::{self, BulkJob};

use crate::{Actor, Desk, Result};

/// Rows of a page.
const PAGE: usize = 50;

/// A page of them, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Each with the name of who began it, and what it does.
    pub jobs: Vec<(BulkJob, String, Option<Kind>)>,
    /// The last one, when there are more behind it.
    pub more: Option<BulkJobId>,
    /// Whether the reader sees those of others too.
    pub of_all: bool,
}

pub async fn list(desk: &Desk, actor: &Actor, before: Option<BulkJobId>) -> Result<Listed> {
    let signed = actor.staff(Action::UseDesk)?;
    let of_all = may(signed.grants, Action::WatchBulk);
    let conn = desk.store.read();
    let whose = if of_all { None } else { Some(signed.person) };
    let limit = i64::try_from(PAGE + 1).map_err(crate::Error::broken)?;
    let mut jobs = bulk_jobs::begun(conn, whose, before.unwrap_or(BulkJobId(i64::MAX)), limit).await?;
    let more = jobs.get(PAGE - 1).filter(|_| jobs.len() > PAGE).map(|job| job.id);
    jobs.truncate(PAGE);
    let people: Vec<_> = jobs.iter().map(|job| job.by).collect();
    let names = store::people::names(conn, &people).await?;
    let mut listed = vec![];
    for job in jobs {
        let act = match job.undoes {
            Some(other) => bulk_jobs::get(conn, other).await?.act,
            None => job.act.clone(),
        };
        let name = names.get(&job.by).cloned().unwrap_or_default();
        listed.push((job, name, act.map(|act| act.kind())));
    }
    Ok(Listed { jobs: listed, more, of_all })
}
