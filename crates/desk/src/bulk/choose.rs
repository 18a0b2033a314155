//! The requests of a job: those that were ticked, or all that a view holds at this moment. What arrives later is not touched.

use std::collections::HashSet;

use rules::{
    access::Action,
    bulk::{BulkRefusal, MOST, Phase, Standing},
    ids::{BulkJobId, TicketId},
    query::Query,
};
use store::{
    bulk_jobs::{self, NewBulkJob},
    ticket_lists::{self, View},
};

use super::refused;
use crate::{Actor, Desk, Result, views};

/// Which requests.
#[derive(Clone, Debug)]
pub enum Chosen {
    These(Vec<TicketId>),
    View(View),
}

pub async fn choose(desk: &Desk, actor: &Actor, chosen: Chosen) -> Result<BulkJobId> {
    let scope = &actor.staff(Action::UseDesk)?.scope;
    let conn = desk.store.read();
    let tickets = match chosen {
        Chosen::These(mut ids) => {
            let mut known = HashSet::new();
            ids.retain(|id| known.insert(*id));
            check(ids.len())?;
            let facts = store::tickets::facts_of(conn, &ids).await?;
            ids.retain(|id| facts.get(id).is_some_and(|facts| scope.sees(facts)));
            ids
        }
        Chosen::View(view) => {
            let most = i64::try_from(MOST + 1).map_err(crate::Error::broken)?;
            let found = ticket_lists::desk(conn, scope, view, None, most).await?;
            found.into_iter().map(|ticket| ticket.id).collect()
        }
    };
    keep(desk, actor, tickets).await
}

/// All that a question means.
pub async fn choose_question(desk: &Desk, actor: &Actor, asked: &Query) -> Result<BulkJobId> {
    actor.staff(Action::UseDesk)?;
    let (tickets, is_building) = views::meant_by(desk, actor, asked, MOST + 1).await?;
    if is_building {
        return Err(refused(BulkRefusal::StillBuilding));
    }
    keep(desk, actor, tickets).await
}

fn check(count: usize) -> Result<()> {
    match count {
        0 => Err(refused(BulkRefusal::NothingChosen)),
        count if count > MOST => Err(refused(BulkRefusal::TooMany { limit: MOST })),
        _ => Ok(()),
    }
}

async fn keep(desk: &Desk, actor: &Actor, tickets: Vec<TicketId>) -> Result<BulkJobId> {
    let signed = actor.staff(Action::UseDesk)?;
    check(tickets.len())?;
    let total = i64::try_from(tickets.len()).map_err(crate::Error::broken)?;
    let rows: Vec<_> = tickets.into_iter().map(|ticket| (ticket, None)).collect();
    let tx = desk.store.begin().await?;
    let new = NewBulkJob { by: signed.person, phase: Phase::Chosen, total, undoes: None, now: desk.now() };
    let id = bulk_jobs::insert(&tx, new).await?;
    bulk_jobs::add(&tx, id, Standing::Waiting, &rows).await?;
    tx.commit().await?;
    Ok(id)
}
