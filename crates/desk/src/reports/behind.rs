//! The requests behind a number of a report.

use std::collections::HashMap;

use rules::{
    access::Action,
    ids::TicketId,
    instant::Instant,
    reports::{Days, Fact, Figure, WhyLate, why_late},
    tickets::Whose,
};
use store::{
    reports::{self, AfterFact, Group},
    ticket_lists,
    tickets::Ticket,
};

use crate::{Actor, Desk, Error, Result, clocks, tickets};

/// Requests of a page.
const PAGE: usize = 50;

/// A number of a report.
#[derive(Clone, Debug)]
pub struct Asked {
    pub figure: Figure,
    pub days: Days,
    pub group: Option<Group>,
}

/// One request behind it. What happened to a request twice is counted and stands here twice.
#[derive(Clone, Debug)]
pub struct Behind {
    pub row: tickets::Row,
    /// What was counted; none of what waits now.
    pub fact: Option<Fact>,
    /// Of a late first response.
    pub why_late: Option<WhyLate>,
}

/// A page of them, and where the next begins.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    pub rows: Vec<Behind>,
    pub more: Option<AfterFact>,
}

/// Exactly what the number counts, the newest first.
pub async fn behind(desk: &Desk, actor: &Actor, asked: &Asked, after: Option<AfterFact>) -> Result<Listed> {
    let scope = &actor.staff(Action::ReadReports)?.scope;
    let (conn, now) = (desk.store.read(), desk.now());
    let limit = i64::try_from(PAGE + 1).map_err(Error::broken)?;
    let mut found: Vec<(Option<Fact>, AfterFact)> = match asked.figure.facts() {
        Some((kind, how)) => {
            let span = asked.days.span(desk.policy().await?.hours().zone()).ok_or(Error::NotFound)?.of(kind, now);
            let asked = reports::Behind { kind, how, group: asked.group.clone(), span };
            let facts = reports::behind(conn, scope, &asked, after, limit).await?;
            facts.into_iter().map(|(fact, at)| (Some(fact), at)).collect()
        }
        None => {
            let whose = if asked.figure == Figure::Ours { Whose::Ours } else { Whose::Theirs };
            let before = after.map(|(_, ticket, _)| ticket);
            let ids = reports::waiting_page(conn, scope, (whose, asked.group.as_ref()), before, limit).await?;
            ids.into_iter().map(|id| (None, (now, id, 0))).collect()
        }
    };
    let goes_on = found.len() > PAGE;
    found.truncate(PAGE);
    let more = found.last().filter(|_| goes_on).map(|(_, at)| *at);
    let late = if asked.figure == Figure::Late { reasons(desk, &found, now).await? } else { HashMap::new() };
    let ids: Vec<TicketId> = found.iter().map(|(_, (_, ticket, _))| *ticket).collect();
    let read: HashMap<TicketId, Ticket> =
        ticket_lists::these(conn, &ids).await?.into_iter().map(|ticket| (ticket.id, ticket)).collect();
    let rows = tickets::rows(desk, ids.iter().filter_map(|id| read.get(id).cloned()).collect()).await?;
    let rows: HashMap<TicketId, tickets::Row> = rows.into_iter().map(|row| (row.ticket.id, row)).collect();
    let rows = found.into_iter().filter_map(|(fact, (at, id, _))| {
        Some(Behind { row: rows.get(&id)?.clone(), fact, why_late: late.get(&(id, at)).copied() })
    });
    Ok(Listed { rows: rows.collect(), more })
}

/// Why each of these first responses was late.
async fn reasons(
    desk: &Desk,
    found: &[(Option<Fact>, AfterFact)],
    now: Instant,
) -> Result<HashMap<(TicketId, Instant), WhyLate>> {
    let policies = desk.policies().await?;
    let ids: Vec<TicketId> = found.iter().map(|(_, (_, ticket, _))| *ticket).collect();
    let mut reasons = HashMap::new();
    for (ticket, history) in store::events::of_tickets(desk.store.read(), &ids).await? {
        let clocks = clocks::clocks(&history, &policies)?;
        for (_, (at, ..)) in found.iter().filter(|(_, (_, of, _))| *of == ticket) {
            reasons.extend(why_late(&clocks, *at, now).map(|why| ((ticket, *at), why)));
        }
    }
    Ok(reasons)
}
