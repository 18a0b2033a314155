//! The search index: Tantivy, embedded in the data folder, and derived from the database alone. It is fed from the journal,
//! whose last number applied travels in the index's own commit; an index that is missing, broken, of another form or ahead
//! of its database is made anew beside the work. It holds facts (whose a request is, how secret) and words, never texts and
//! never computed permissions: what a reader may find is their scope, read into the query (VIS-3).
//!
//! Which passages of the policy there are, and what of the hits is shown, is the desk's. Every node of a desk on PostgreSQL
//! has its own.

mod conditions;
mod feed;
mod fields;
mod find;
mod list;
mod mark;
mod material;
mod named;
mod scope;
mod shelf;
mod terms;
mod tokens;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use rules::{access::Scope, ids::TicketId, query::Query};
use tokio::sync::Mutex;

pub use feed::{Followed, Policy};
pub use find::{Breadth, Found, Hit, Texts, Wanted, WantedOf};
pub use list::Page;
pub use mark::{Mark, peek};
pub use named::Named;

use crate::Result;
use shelf::Shelf;

/// The index of a desk, opened when it is first followed.
#[derive(Clone, Debug)]
pub struct Search {
    folder: PathBuf,
    /// What searches read.
    shelf: Arc<RwLock<Option<Arc<Shelf>>>>,
    /// Who writes: one at a time.
    feed: Arc<Mutex<Option<feed::Feed>>>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has opened it yet.
    Absent,
    /// It is being made: requests up to this number are in it.
    Building {
        upto: i64,
    },
    Ready,
}

impl Search {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.join("search"), shelf: Arc::default(), feed: Arc::default() }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How far it is, and what it was marked with last.
    pub fn standing(&self) -> (Standing, Option<Mark>) {
        match self.open_shelf().map(|shelf| shelf.mark()) {
            None => (Standing::Absent, None),
            Some(mark) => match mark.upto {
                Some(upto) => (Standing::Building { upto }, Some(mark)),
                None => (Standing::Ready, Some(mark)),
            },
        }
    }

    /// Gives back files and threads, after the work under way.
    pub async fn close(&self) {
        if let Some(feed) = self.feed.lock().await.take() {
            feed.close().await;
        }
        self.put(None);
    }

    /// Whether any file of the index still knows a word: for who wants to see that an erasure is complete.
    pub fn knows(&self, written: &str) -> Result<bool> {
        self.open_shelf().map_or(Ok(false), |shelf| terms::knows(&shelf, written))
    }

    fn open_shelf(&self) -> Option<Arc<Shelf>> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, shelf: Option<Arc<Shelf>>) {
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = shelf;
    }

    /// A page of requests, as the index knows them. Nothing while there is no index yet.
    pub async fn list(&self, page: Page) -> Result<Vec<TicketId>> {
        let Some(shelf) = self.open_shelf() else { return Ok(vec![]) };
        let found = tokio::task::spawn_blocking(move || list::list(&shelf, &page));
        found.await.map_err(crate::Error::broken)?
    }

    /// About which share of all requests is meant, from 0 to 1; none while there is no index.
    pub async fn share(&self, scope: Scope, asked: Query) -> Result<f64> {
        let Some(shelf) = self.open_shelf() else { return Ok(0.0) };
        let share = tokio::task::spawn_blocking(move || list::share(&shelf, &scope, &asked));
        share.await.map_err(crate::Error::broken)?
    }

    /// How many requests each of these means, counted up to `most`.
    pub async fn counts(&self, scope: Scope, asked: Vec<Query>, most: usize) -> Result<Vec<usize>> {
        let Some(shelf) = self.open_shelf() else { return Ok(vec![0; asked.len()]) };
        let counted = tokio::task::spawn_blocking(move || {
            asked.iter().map(|asked| list::count(&shelf, &scope, asked, most)).collect()
        });
        counted.await.map_err(crate::Error::broken)?
    }

    /// The requests of which something happened that the index may not know yet. None while it is being made, or where more
    /// than `most` things happened.
    pub async fn touched_since(&self, conn: &crate::Handle, most: i64) -> Result<Option<Vec<TicketId>>> {
        let (Standing::Ready, Some(mark)) = self.standing() else { return Ok(None) };
        let entries = crate::events::after(conn, mark.seq, most + 1).await?;
        if i64::try_from(entries.len()).map_err(crate::Error::broken)? > most {
            return Ok(None);
        }
        let mut touched: Vec<TicketId> = entries.iter().filter_map(|entry| entry.event.ticket()).collect();
        touched.sort_unstable();
        touched.dedup();
        Ok(Some(touched))
    }

    /// Finds what a reader may find. Nothing while there is no index yet.
    pub async fn find(&self, wanted: Wanted) -> Result<Found> {
        let Some(shelf) = self.open_shelf() else { return Ok(Found::default()) };
        let found = tokio::task::spawn_blocking(move || find::find(&shelf, &wanted));
        found.await.map_err(crate::Error::broken)?
    }
}

impl From<tantivy::TantivyError> for crate::Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Broken(format!("the search index: {error}"))
    }
}

/// Everything that the index asks of the database, once: for the test of plans.
#[cfg(test)]
pub(crate) async fn say_all(store: &crate::Store, ticket: TicketId, person: rules::ids::PersonId) {
    let conn = store.read();
    let now = rules::instant::Instant::from_micros(0).unwrap();
    material::of(store, &[ticket], now).await.unwrap();
    material::of_person(conn, person).await.unwrap();
    let all = [Named::Person(person), Named::Organisation(rules::ids::OrganisationId(1))];
    named::names(conn, &all).await.unwrap();
    for after in all {
        named::next(conn, after, 100).await.unwrap();
    }
}
