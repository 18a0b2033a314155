//! Requests that are meant by a question, in an order, in pages; and how many there are. The index is a moment behind the
//! database, so whoever lists adds what was touched since ([`super::Search::touched_since`]) and checks each row.

use rules::{
    access::Scope,
    ids::TicketId,
    query::{Order, Query as Asked},
};
use tantivy::{
    DocAddress, DocSet, Order as Direction, Searcher, TERMINATED,
    collector::{TopDocs, sort_key::SortByStaticFastValue},
    query::{EnableScoring, Query},
};

use super::{
    conditions::behind,
    fields::{BUCKET, FILED, QUEUE_AT, TICKET, UPDATED},
    find::{Texts, requests},
    shelf::Shelf,
};
use crate::{Error, Result, ticket_lists::After};

/// A page of requests.
#[derive(Clone, Debug)]
pub struct Page {
    pub scope: Scope,
    pub asked: Asked,
    /// Not the best match first: that is [`super::Search::find`]'s.
    pub order: Order,
    pub after: Option<After>,
    pub limit: usize,
}

pub(super) fn list(shelf: &Shelf, page: &Page) -> Result<Vec<TicketId>> {
    let (searcher, fields) = (shelf.searcher(), shelf.fields);
    let behind = page.after.map(|after| behind(&fields, page.order, after));
    let meant = requests((&searcher, &fields), &page.scope, Texts::All, &page.asked, behind)?;
    meant.map_or(Ok(vec![]), |meant| sorted(&searcher, &meant, page.order, page.limit.max(1)))
}

/// By a key that ends in the request's number: what was found need not be looked up again.
fn sorted(searcher: &Searcher, query: &dyn Query, order: Order, limit: usize) -> Result<Vec<TicketId>> {
    let top = TopDocs::with_limit(limit);
    let number = SortByStaticFastValue::<u64>::for_field(TICKET);
    let by_time = |field, direction| {
        let at = SortByStaticFastValue::<i64>::for_field(field);
        let by = TopDocs::with_limit(limit).order_by(((at, direction), (number.clone(), direction)));
        numbers(searcher.search(query, &by)?, |(_, number)| number)
    };
    let (more, less) = (Direction::Asc, Direction::Desc);
    Ok(match order {
        Order::Filed => by_time(FILED, less)?,
        Order::FiledFirst => by_time(FILED, more)?,
        Order::Best | Order::Updated => by_time(UPDATED, less)?,
        Order::UpdatedFirst => by_time(UPDATED, more)?,
        Order::Queue => {
            let bucket = SortByStaticFastValue::<u64>::for_field(BUCKET);
            let at = SortByStaticFastValue::<i64>::for_field(QUEUE_AT);
            let by = top.order_by(((bucket, more), (at, more), (number, more)));
            numbers(searcher.search(query, &by)?, |(_, _, number)| number)?
        }
    })
}

fn numbers<K>(found: Vec<(K, DocAddress)>, number: impl Fn(K) -> Option<u64>) -> Result<Vec<TicketId>> {
    let known = found.into_iter().filter_map(|(key, _)| number(key));
    known.map(|number| i64::try_from(number).map(TicketId).map_err(Error::broken)).collect()
}

/// How many there are, counted up to `most`.
pub(super) fn count(shelf: &Shelf, scope: &Scope, asked: &Asked, most: usize) -> Result<usize> {
    let (searcher, fields) = (shelf.searcher(), shelf.fields);
    let Some(meant) = requests((&searcher, &fields), scope, Texts::All, asked, None)? else { return Ok(0) };
    let weight = meant.weight(EnableScoring::disabled_from_searcher(&searcher))?;
    let mut count = 0;
    for segment in searcher.segment_readers() {
        let mut found = weight.scorer(segment, 1.0)?;
        let alive = segment.alive_bitset();
        while found.doc() != TERMINATED && count < most {
            count += usize::from(alive.is_none_or(|alive| alive.is_alive(found.doc())));
            found.advance();
        }
    }
    Ok(count)
}

/// Requests that are looked at to tell which share of all is meant.
const SAMPLE: u32 = 256;

/// About which share of all requests is meant, told from a sample spread over the largest part of the index.
pub(super) fn share(shelf: &Shelf, scope: &Scope, asked: &Asked) -> Result<f64> {
    let (searcher, fields) = (shelf.searcher(), shelf.fields);
    let Some(meant) = requests((&searcher, &fields), scope, Texts::All, asked, None)? else { return Ok(0.0) };
    let Some(segment) = searcher.segment_readers().iter().max_by_key(|segment| segment.num_docs()) else {
        return Ok(0.0);
    };
    let weight = meant.weight(EnableScoring::disabled_from_searcher(&searcher))?;
    let mut found = weight.scorer(segment, 1.0)?;
    let step = (segment.max_doc() / SAMPLE).max(1);
    let (mut tried, mut meant) = (0_u32, 0_u32);
    for at in (0..segment.max_doc()).step_by(usize::try_from(step).map_err(Error::broken)?) {
        if segment.alive_bitset().is_some_and(|alive| !alive.is_alive(at)) {
            continue;
        }
        tried += 1;
        let next = if found.doc() < at { found.seek(at) } else { found.doc() };
        meant += u32::from(next == at);
    }
    Ok(f64::from(meant) / f64::from(tried.max(1)))
}
