//! How statements run: a handle that reads, a transaction that also writes, and rows read by column name.

use std::{
    ops::Deref,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rules::instant::Instant;
use rusqlite::types::FromSql;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, QueryResult, Statement, TryGetable, Value,
};
use serde::de::{DeserializeOwned, IntoDeserializer};

use super::{
    Fullness,
    barrier::Barrier,
    embedded::{self, Readers, Turn},
    said::overhear,
};
use crate::{Error, Result, dialect};

/// Something that answers queries: the readers, or a write transaction that sees its own writes.
#[derive(Debug)]
pub struct Handle(Kind);

#[derive(Debug)]
enum Kind {
    /// Readers of the embedded database.
    Readers(Readers),
    /// Connections to a server, or one that serves a single purpose.
    Pool(DatabaseConnection),
    /// The embedded database's one transaction that writes. What does not fit is noted.
    Turn(Mutex<Turn>, Fullness),
    /// A server's.
    Tx(DatabaseTransaction, Fullness),
}

impl Handle {
    pub(crate) fn readers(readers: Readers) -> Self {
        Self(Kind::Readers(readers))
    }

    pub(crate) fn pool(connection: DatabaseConnection) -> Self {
        Self(Kind::Pool(connection))
    }

    pub(crate) fn backend(&self) -> DbBackend {
        match &self.0 {
            Kind::Readers(_) | Kind::Turn(..) => DbBackend::Sqlite,
            Kind::Pool(c) => c.get_database_backend(),
            Kind::Tx(c, _) => c.get_database_backend(),
        }
    }

    /// All rows of a query, each read by `read`.
    pub(crate) async fn rows<T>(
        &self,
        sql: &str,
        values: Vec<Value>,
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        overhear(sql, &values);
        let rows = match &self.0 {
            Kind::Readers(readers) => {
                // Who asks much lets others go on in between.
                tokio::task::consume_budget().await;
                return readers.lend(|c| embedded::all(c, sql, &values, read));
            }
            Kind::Turn(turn, fullness) => {
                return fullness.heed(embedded::all(locked(turn).connection()?, sql, &values, read));
            }
            Kind::Pool(c) => c.query_all_raw(self.statement(sql, values)).await?,
            Kind::Tx(c, fullness) => {
                fullness.heed(c.query_all_raw(self.statement(sql, values)).await.map_err(Error::from))?
            }
        };
        rows.iter().map(|row| read(&Row::Server(row))).collect()
    }

    /// The first row, if there is one.
    pub(crate) async fn maybe<T>(
        &self,
        sql: &str,
        values: Vec<Value>,
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        overhear(sql, &values);
        let row = match &self.0 {
            Kind::Readers(readers) => {
                tokio::task::consume_budget().await;
                return readers.lend(|c| embedded::first(c, sql, &values, read));
            }
            Kind::Turn(turn, fullness) => {
                return fullness.heed(embedded::first(locked(turn).connection()?, sql, &values, read));
            }
            Kind::Pool(c) => c.query_one_raw(self.statement(sql, values)).await?,
            Kind::Tx(c, fullness) => {
                fullness.heed(c.query_one_raw(self.statement(sql, values)).await.map_err(Error::from))?
            }
        };
        row.map(|row| read(&Row::Server(&row))).transpose()
    }

    /// The first row, or `NotFound`.
    pub(crate) async fn one<T>(
        &self,
        sql: &str,
        values: Vec<Value>,
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.maybe(sql, values, read).await?.ok_or(Error::NotFound)
    }

    fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        Statement::from_sql_and_values(self.backend(), sql, values)
    }

    /// Closes the connections after the statements under way.
    pub async fn close(&self) -> Result<()> {
        match &self.0 {
            Kind::Readers(readers) => {
                readers.close();
                Ok(())
            }
            Kind::Pool(c) => Ok(c.close_by_ref().await?),
            Kind::Turn(..) | Kind::Tx(..) => Ok(()),
        }
    }
}

/// The write transaction.
#[derive(Debug)]
pub struct Tx {
    handle: Handle,
    barrier: Option<Barrier>,
}

impl Deref for Tx {
    type Target = Handle;
    fn deref(&self) -> &Handle {
        &self.handle
    }
}

impl Tx {
    pub(crate) fn embedded(turn: Turn, barrier: Option<Barrier>, fullness: Fullness) -> Self {
        Self { handle: Handle(Kind::Turn(Mutex::new(turn), fullness)), barrier }
    }

    /// A server's commits wait for its own disk.
    pub(crate) fn of_server(transaction: DatabaseTransaction, fullness: Fullness) -> Self {
        Self { handle: Handle(Kind::Tx(transaction, fullness)), barrier: None }
    }

    /// Runs a statement; the number of rows that it touched.
    pub(crate) async fn run(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        overhear(sql, &values);
        match &self.handle.0 {
            Kind::Turn(turn, fullness) => fullness.heed(embedded::run(locked(turn).connection()?, sql, &values)),
            Kind::Tx(c, fullness) => {
                let done = c.execute_raw(self.statement(sql, values)).await.map_err(Error::from);
                Ok(fullness.heed(done)?.rows_affected())
            }
            Kind::Readers(_) | Kind::Pool(_) => Err(Error::broken("a reader does not write")),
        }
    }

    /// Runs an `INSERT … RETURNING id`; the new id.
    pub(crate) async fn insert(&self, sql: &str, values: Vec<Value>) -> Result<i64> {
        self.one(sql, values, |row| row.get("id")).await
    }

    /// What a commit of this connection waits for, as PostgreSQL calls it; on SQLite commits wait at our barrier.
    pub async fn waits_for(&self) -> Result<Option<String>> {
        match dialect::waits_for(self.backend()) {
            Some(question) => self.maybe(question, vec![], |row| row.get("waits")).await,
            None => Ok(None),
        }
    }

    /// Makes everything since `begin` lasting, in the order of commits: returns when it would outlive a power cut. The
    /// turn to write is given back before that wait.
    pub async fn commit(self) -> Result<()> {
        match self.handle.0 {
            Kind::Turn(turn, fullness) => {
                fullness.heed(turn.into_inner().unwrap_or_else(PoisonError::into_inner).commit())?;
            }
            Kind::Tx(transaction, fullness) => fullness.heed(transaction.commit().await.map_err(Error::from))?,
            Kind::Readers(_) | Kind::Pool(_) => {}
        }
        match self.barrier {
            Some(barrier) => barrier.pass().await,
            None => Ok(()),
        }
    }
}

/// What a column of either engine can be read as.
pub(crate) trait Column: TryGetable + FromSql {}
impl<T: TryGetable + FromSql> Column for T {}

/// The transaction for one statement: each runs to its end before another is asked.
fn locked(turn: &Mutex<Turn>) -> MutexGuard<'_, Turn> {
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A row of a result. SQLite tells the name of a column anew each time that it is asked, so they are asked for once.
pub(crate) enum Row<'a> {
    Embedded(&'a rusqlite::Row<'a>, &'a [String]),
    Server(&'a QueryResult),
}

impl Row<'_> {
    /// A column that SQL knows: `i64`, `String`, `bool`, `Vec<u8>`, or an `Option` of one.
    pub(crate) fn get<T: Column>(&self, column: &str) -> Result<T> {
        match self {
            Row::Embedded(row, names) => Ok(row.get(place(names, column)?)?),
            Row::Server(row) => Ok(row.try_get("", column)?),
        }
    }

    pub(crate) fn id<T>(&self, column: &str, id: impl Fn(i64) -> T) -> Result<T> {
        Ok(id(self.get(column)?))
    }

    pub(crate) fn maybe_id<T>(&self, column: &str, id: impl Fn(i64) -> T) -> Result<Option<T>> {
        Ok(self.get::<Option<i64>>(column)?.map(id))
    }

    pub(crate) fn instant(&self, column: &str) -> Result<Instant> {
        Instant::from_micros(self.get(column)?).map_err(Error::broken)
    }

    pub(crate) fn maybe_instant(&self, column: &str) -> Result<Option<Instant>> {
        self.get::<Option<i64>>(column)?.map(Instant::from_micros).transpose().map_err(Error::broken)
    }

    /// A word that is a value of ours: `waiting_for_customer`.
    pub(crate) fn word<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        self.text(column, word)
    }

    pub(crate) fn maybe_word<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        self.get::<Option<String>>(column)?.map(|text| word(&text)).transpose()
    }

    /// A column of JSON text.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        self.text(column, |text| serde_json::from_str(text).map_err(|e| Error::broken(format!("{column}: {e}"))))
    }

    /// Reads a column of text where it lies, as far as the engine lets one.
    fn text<T>(&self, column: &str, read: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        match self {
            Row::Embedded(row, names) => read(
                row.get_ref(place(names, column)?)?
                    .as_str()
                    .map_err(|why| Error::broken(format!("{column}: {why}")))?,
            ),
            Row::Server(row) => read(&row.try_get::<String>("", column)?),
        }
    }
}

fn place(names: &[String], column: &str) -> Result<usize> {
    let place = names.iter().position(|name| name == column);
    place.ok_or_else(|| Error::broken(format!("the statement has no column {column}")))
}

fn word<T: DeserializeOwned>(text: &str) -> Result<T> {
    T::deserialize(text.into_deserializer()).map_err(|why: serde::de::value::Error| Error::broken(why))
}
