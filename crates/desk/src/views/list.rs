//! The requests that a question means, in its order, a page at a time; and how many there are.

use std::collections::{BTreeSet, HashMap};

use rules::{
    access::{Action, Scope},
    ids::TicketId,
    instant::Instant,
    keys::DetailKey,
    query::{Moment, Order, Query},
};
use store::{
    Handle,
    ticket_lists::{self, After, Walk},
    tickets::Ticket,
};

use super::ask::reading;
use crate::{Actor, Desk, Result, licences, tickets::Row};

/// Rows of a page.
const ROWS: usize = 50;
/// Counted up to here; above it says "more".
const COUNTED: usize = 1_000;
/// Things that may have happened since the index was fed last, for which a list is still exact.
const BEHIND: i64 = 1_000;

/// A page of a list, and where the next begins.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    pub rows: Vec<Row>,
    pub more: Option<After>,
    /// The index is not whole yet, so there may be more.
    pub is_building: bool,
}

pub async fn list(desk: &Desk, actor: &Actor, asked: &Query, after: Option<After>) -> Result<Listed> {
    let scope = &reading(actor)?;
    let conn = desk.store.read();
    let Found { mut tickets, is_full, is_building } = found(desk, scope, asked, (after, ROWS + 1)).await?;
    let goes_on = tickets.len() > ROWS || is_full;
    tickets.truncate(ROWS);
    let more = tickets.last().filter(|_| goes_on).map(|it| key(order(asked), it));
    let flags = licences::flags(conn, &*desk.policy().await?, &tickets).await?;
    let mut rows = crate::tickets::rows(desk, tickets).await?;
    for row in &mut rows {
        row.flagged = flags.get(&row.ticket.id).copied();
    }
    Ok(Listed { rows, more, is_building })
}

/// The numbers of all that a question means, in its order, at most so many; and whether there may be more than the index
/// knows.
pub async fn meant_by(desk: &Desk, actor: &Actor, asked: &Query, most: usize) -> Result<(Vec<TicketId>, bool)> {
    let scope = &actor.staff(Action::UseDesk)?.scope;
    let Found { mut tickets, is_building, .. } = found(desk, scope, asked, (None, most)).await?;
    tickets.truncate(most);
    Ok((tickets.into_iter().map(|ticket| ticket.id).collect(), is_building))
}

/// What a question means, in its order.
struct Found {
    tickets: Vec<Ticket>,
    /// The index found as many as it was asked for.
    is_full: bool,
    is_building: bool,
}

async fn found(desk: &Desk, scope: &Scope, asked: &Query, (after, most): (Option<After>, usize)) -> Result<Found> {
    let conn = desk.store.read();
    let order = order(asked);
    if let Some(tickets) = walked(desk, scope, asked, (after, most)).await? {
        return Ok(Found { tickets, is_full: true, is_building: false });
    }
    let touched = desk.store.search().touched_since(conn, BEHIND).await?;
    let is_building = touched.is_none();
    let touched: BTreeSet<TicketId> = touched.unwrap_or_default().into_iter().collect();
    let limit = most + touched.len();
    let page = store::search::Page { scope: scope.clone(), asked: asked.clone(), order, after, limit };
    let found = desk.store.search().list(page).await?;
    let is_full = found.len() == limit;
    let mut ids: BTreeSet<TicketId> = found.into_iter().collect();
    // Whether words stand in what is new, the index alone knows.
    if asked.has_no_words() {
        ids.extend(touched);
    }
    let ids: Vec<TicketId> = ids.into_iter().collect();
    let mut tickets = meant(conn, scope, asked, &ids).await?;
    tickets.retain(|it| after.is_none_or(|after| place(order, key(order, it)) > place(order, after)));
    tickets.sort_by_key(|it| place(order, key(order, it)));
    Ok(Found { tickets, is_full, is_building })
}

/// The least share of all requests that a question means for which they are walked through in their order: what means almost
/// everything finds a page in the first rows, where the index would sort all that it found.
const MANY: f64 = 0.3;

/// The least share for which a page and a little more are: what is asked for by its day stands together, first or not at all.
const SOME: f64 = 0.1;

/// So often more are walked through for those that a page still lacks.
const ROUNDS: usize = 3;

/// The page of a question that means many, from the database alone; none where another way is likely to be shorter. Where the
/// order is by the time that is asked for, the walk begins there, so that the time itself makes nothing rare.
async fn walked(
    desk: &Desk,
    scope: &Scope,
    asked: &Query,
    (after, most): (Option<After>, usize),
) -> Result<Option<Vec<Ticket>>> {
    let order = order(asked);
    let (walk, moment) = match order {
        Order::Filed => (Walk::Filed, Moment::Filed),
        Order::FiledFirst => (Walk::FiledFirst, Moment::Filed),
        Order::Updated => (Walk::Updated, Moment::Updated),
        Order::UpdatedFirst => (Walk::UpdatedFirst, Moment::Updated),
        Order::Best | Order::Queue => return Ok(None),
    };
    if !asked.has_no_words() || most > ROWS + 1 {
        return Ok(None);
    }
    let share = desk.store.search().share(scope.clone(), asked.clone().at_any(moment)).await?;
    if share < SOME {
        return Ok(None);
    }
    let conn = desk.store.read();
    let (from, until) = asked.between(moment);
    let edge = match walk {
        Walk::Filed | Walk::Updated => until,
        Walk::FiledFirst | Walk::UpdatedFirst => from,
    };
    let mut at = after.or(edge.map(before));
    let (mut tickets, mut steps) = (Vec::new(), most + most / 5);
    for _ in 0..ROUNDS {
        let places = ticket_lists::walk(conn, walk, at, steps).await?;
        let ids: Vec<TicketId> = places.iter().map(|place| place.id).collect();
        tickets.extend(meant(conn, scope, asked, &ids).await?);
        if tickets.len() >= most {
            tickets.sort_by_key(|it| place(order, key(order, it)));
            return Ok(Some(tickets));
        }
        at = places.last().copied();
        // Half more than take where they stand evenly.
        steps = ((most - tickets.len()) as f64 * 1.5 / share) as usize;
        if share < MANY || at.is_none() {
            break;
        }
    }
    Ok(None)
}

/// The place before all that is of this instant.
fn before(at: Instant) -> After {
    After { bucket: 0, at: at.micros(), id: TicketId(i64::MIN) }
}

/// How many requests each question means, and the count at which counting stops. As the index knows it.
pub async fn counts(desk: &Desk, actor: &Actor, asked: Vec<Query>) -> Result<(Vec<usize>, usize)> {
    let scope = &actor.staff(Action::UseDesk)?.scope;
    Ok((desk.store.search().counts(scope.clone(), asked, COUNTED).await?, COUNTED))
}

/// A list has no best match; what was changed last is likely to be it.
fn order(asked: &Query) -> Order {
    match asked.order() {
        Order::Best => Order::Updated,
        order => order,
    }
}

/// Those of these requests that exist for the reader and are meant, as they are now.
async fn meant(conn: &Handle, scope: &Scope, asked: &Query, ids: &[TicketId]) -> Result<Vec<Ticket>> {
    let mut tickets = ticket_lists::these(conn, ids).await?;
    let details: HashMap<TicketId, Vec<(DetailKey, String)>> =
        if asked.asks_details() { store::tickets::details_of(conn, ids).await? } else { HashMap::new() };
    tickets.retain(|it| asked.means(&it.facts(details.get(&it.id).map_or(&[], Vec::as_slice))));
    let meant: Vec<TicketId> = tickets.iter().map(|it| it.id).collect();
    let facts = store::tickets::facts_of(conn, &meant).await?;
    tickets.retain(|it| facts.get(&it.id).is_some_and(|facts| scope.sees(facts)));
    Ok(tickets)
}

/// Where a request stands in an order, as a page names it.
fn key(order: Order, ticket: &Ticket) -> After {
    let (bucket, at) = match order {
        Order::Queue => ticket.queue.map_or((i64::MAX, i64::MAX), |place| (place.bucket as i64, place.at.micros())),
        Order::Best | Order::Updated | Order::UpdatedFirst => (0, ticket.updated_at.micros()),
        Order::Filed | Order::FiledFirst => (0, ticket.filed_at.micros()),
    };
    After { bucket, at, id: ticket.id }
}

/// The same as a key that is smaller for what comes first.
fn place(order: Order, key: After) -> (i64, i64, i64) {
    let After { bucket, at, id } = key;
    match order {
        Order::Queue | Order::UpdatedFirst | Order::FiledFirst => (bucket, at, id.0),
        Order::Updated | Order::Best | Order::Filed => (bucket, at.saturating_neg(), id.0.saturating_neg()),
    }
}
