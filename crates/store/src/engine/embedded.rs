//! Connections to the embedded database: one that writes, and as many that read as threads do so at once. Statements
//! run on the thread that asks. Handing them to a thread of the connection's own, as sqlx does, costs a page of twenty
//! queries as much as everything else about it; a query takes microseconds and finds its pages in memory.

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    sync::{Arc, Mutex as Lock, PoisonError},
    time::Duration,
};

use rusqlite::{
    Connection, OpenFlags,
    types::{ToSqlOutput, Value as Lite, ValueRef},
};
use sea_orm::Value;
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::{Instant, sleep, timeout},
};

use super::{
    handle::Row,
    open::{PATIENCE, PREPARED},
};
use crate::{Error, Result, dialect};

/// Pages in the log from which on it is brought into the database, as SQLite has it by itself.
const LOG_PAGES: i32 = 1000;
/// How often it is tried whether another process has ended its turn to write.
const AGAIN: Duration = Duration::from_millis(5);

/// How often it is tried to empty the log while somebody reads in it, and how long apart.
const SCRUBS: usize = 20;
const SOON: Duration = Duration::from_millis(50);

/// How a connection is set up. The whole file is mapped: beyond what is mapped, each page is a call to the system and a copy;
/// the size bounds addresses and takes no memory. The barrier syncs the log before a commit is acknowledged; checkpoints sync
/// by themselves. What is deleted or written over is zeroed where it stood (PRV-1, PRV-2).
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; \
     PRAGMA cache_size = -16384; PRAGMA mmap_size = 1099511627776; PRAGMA temp_store = MEMORY; \
     PRAGMA secure_delete = ON;";

fn connect(path: &Path, settings: &[&str]) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    for settings in settings {
        connection.execute_batch(settings)?;
    }
    Ok(connection)
}

/// Connections that read. They are made when they are needed, and the one that came back last is lent first.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    /// `None` once closed.
    idle: Lock<Option<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, idle: Lock::new(Some(vec![])) }
    }

    /// Has a connection for as long as `read` takes.
    pub(super) fn lend<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = self.idle().as_mut().ok_or_else(closed)?.pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.path, &[SETTINGS, "PRAGMA query_only = ON"])?,
        };
        // Of a connection whose statement failed one does not know what is wrong with it: it does not come back.
        let answer = read(&connection)?;
        if let Some(idle) = &mut *self.idle() {
            idle.push(connection);
        }
        Ok(answer)
    }

    pub(super) fn close(&self) {
        *self.idle() = None;
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connection that writes, for one transaction after the other. It stays: were it exchanged, SQLite might take its
/// log away and make another.
#[derive(Clone, Debug)]
pub(crate) struct Writer(Arc<Mutex<Option<Connection>>>);

impl Writer {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let connection = connect(path, &[SETTINGS])?;
        connection.wal_hook(Some(|_, pages| {
            COMMITTED.set(pages);
            Ok(())
        }));
        // A log whose sync failed in an earlier run may lie in the kernel's memory only: nothing is written behind it.
        run(&connection, dialect::EMPTY_THE_LOG, &[])?;
        connection.busy_timeout(Duration::ZERO)?;
        Ok(Self(Arc::new(Mutex::new(Some(connection)))))
    }

    /// Begins a transaction when it is this one's turn.
    pub(super) async fn begin(&self) -> Result<Turn> {
        let turn = Turn(self.turn().await?);
        // Another process may write just now. Waiting for it inside of SQLite would hold up everything on this thread.
        let asked = Instant::now();
        loop {
            match turn.begin() {
                Err(Error::Busy(_)) if asked.elapsed() < PATIENCE => sleep(AGAIN).await,
                begun => return begun.map(|()| turn),
            }
        }
    }

    /// Brings the log into the database and empties it, so that nothing of what was written over is left in it. `false` while
    /// somebody reads an older state.
    pub(super) async fn empty_the_log(&self) -> Result<bool> {
        for _ in 0..SCRUBS {
            let turn = self.turn().await?;
            let emptied = tokio::task::spawn_blocking(move || {
                let busy = |row: &Row<'_>| row.get::<i64>("busy");
                Ok::<_, Error>(first(turn.as_ref().ok_or_else(closed)?, dialect::EMPTY_THE_LOG, &[], busy)? == Some(0))
            });
            if emptied.await.map_err(Error::broken)?? {
                return Ok(true);
            }
            sleep(SOON).await;
        }
        Ok(false)
    }

    /// Runs a statement outside of any transaction.
    pub(super) async fn run(&self, sql: &str) -> Result<()> {
        let turn = self.turn().await?;
        run(turn.as_ref().ok_or_else(closed)?, sql, &[]).map(drop)
    }

    pub(super) async fn close(&self) {
        *self.0.lock().await = None;
    }

    async fn turn(&self) -> Result<OwnedMutexGuard<Option<Connection>>> {
        let turn = timeout(PATIENCE, Arc::clone(&self.0).lock_owned()).await;
        turn.map_err(|_| Error::Busy(format!("no turn to write came within {} s", PATIENCE.as_secs())))
    }
}

thread_local! {
    /// Pages that the log held after the last commit on this thread.
    static COMMITTED: Cell<i32> = const { Cell::new(0) };
}

/// A write transaction. Dropped without `commit`, it leaves no trace.
#[derive(Debug)]
pub(crate) struct Turn(OwnedMutexGuard<Option<Connection>>);

impl Turn {
    fn begin(&self) -> Result<()> {
        Ok(self.connection()?.execute_batch("BEGIN IMMEDIATE")?)
    }

    pub(super) fn connection(&self) -> Result<&Connection> {
        self.0.as_ref().ok_or_else(closed)
    }

    pub(super) fn commit(self) -> Result<()> {
        COMMITTED.set(0);
        self.connection()?.execute_batch("COMMIT")?;
        if COMMITTED.get() >= LOG_PAGES {
            // The next turn waits for it, and who reads does not.
            tokio::task::spawn_blocking(move || self.bring_in());
        }
        Ok(())
    }

    /// Brings the log into the database. What does not go now goes with a later commit.
    fn bring_in(&self) {
        let Some(connection) = &*self.0 else { return };
        if let Err(error) = run(connection, dialect::BRING_IN_THE_LOG, &[]) {
            tracing::warn!(%error, "the log could not be brought into the database yet");
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(connection) = &*self.0 else { return };
        // When a commit does not fit on the disk, SQLite has taken everything back by itself.
        if !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be taken back");
        }
    }
}

/// All rows of a query, each read by `read`.
pub(super) fn all<T>(
    on: &Connection,
    sql: &str,
    values: &[Value],
    read: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = prepare(on, sql, values)?;
    let names = names(&statement);
    let mut rows = statement.raw_query();
    let mut answers = Vec::new();
    while let Some(row) = rows.next()? {
        answers.push(read(&Row::Embedded(row, &names))?);
    }
    Ok(answers)
}

/// The first row, if there is one.
pub(super) fn first<T>(
    on: &Connection,
    sql: &str,
    values: &[Value],
    read: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let mut statement = prepare(on, sql, values)?;
    let names = names(&statement);
    let mut rows = statement.raw_query();
    rows.next()?.map(|row| read(&Row::Embedded(row, &names))).transpose()
}

fn names(statement: &rusqlite::Statement<'_>) -> Vec<String> {
    statement.column_names().into_iter().map(str::to_owned).collect()
}

/// Runs a statement, whatever it answers; the number of rows that it touched.
pub(super) fn run(on: &Connection, sql: &str, values: &[Value]) -> Result<u64> {
    let mut statement = prepare(on, sql, values)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(on.changes())
}

/// A statement with its parameters. `$1` is a name to SQLite, which looks for it among all names of the statement each
/// time; `?1` is a place.
fn prepare<'a>(on: &'a Connection, sql: &str, values: &[Value]) -> Result<rusqlite::CachedStatement<'a>> {
    let mut statement = on.prepare_cached(&sql.replace('$', "?"))?;
    for place in 1..=statement.parameter_count() {
        let value = values.get(place - 1);
        let value = value.ok_or_else(|| Error::broken(format!("parameter {place} of {sql} has no value")))?;
        statement.raw_bind_parameter(place, output(value)?)?;
    }
    Ok(statement)
}

fn output(value: &Value) -> Result<ToSqlOutput<'_>> {
    Ok(match value {
        Value::BigInt(Some(number)) => ToSqlOutput::Owned(Lite::Integer(*number)),
        Value::Bool(Some(flag)) => ToSqlOutput::Owned(Lite::Integer(i64::from(*flag))),
        Value::String(Some(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Value::Bytes(Some(bytes)) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        Value::BigInt(None) | Value::Bool(None) | Value::String(None) | Value::Bytes(None) => {
            ToSqlOutput::Owned(Lite::Null)
        }
        other => return Err(Error::broken(format!("{other:?} is no value that is kept"))),
    })
}

fn closed() -> Error {
    Error::Busy("the database is closed".to_owned())
}
