//! Opening a database: pools and pragmas.

use std::{path::PathBuf, str::FromStr, time::Duration};

use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{Error, Result};

/// Where things are kept.
#[derive(Clone, Debug)]
pub enum Place {
    /// One folder: `db/firstline.db` and `blobs/`.
    Folder(PathBuf),
    /// A PostgreSQL server by URL; blobs in a folder.
    Postgres { url: String, folder: PathBuf },
}

impl Place {
    /// The folder of the blobs.
    pub(crate) fn blobs(&self) -> PathBuf {
        match self {
            Place::Folder(folder) | Place::Postgres { folder, .. } => folder.join("blobs"),
        }
    }
}

impl Place {
    /// Makes an empty database `name` on a PostgreSQL server, whose URL names another one of it.
    pub async fn new_postgres(server: &str, name: &str, folder: &std::path::Path) -> Result<Self> {
        let options = PgConnectOptions::from_str(server).map_err(|e| Error::broken(format!("the server's URL: {e}")))?;
        let mut connection = PgConnection::connect_with(&options).await.map_err(Error::broken)?;
        let statement = format!("CREATE DATABASE \"{}\"", name.replace('"', ""));
        connection.execute(AssertSqlSafe(statement)).await.map_err(Error::broken)?;
        connection.close().await.map_err(Error::broken)?;
        let url = options.database(name).to_url_lossy().to_string();
        Ok(Place::Postgres { url, folder: folder.to_owned() })
    }
}

/// Statements that each connection keeps prepared.
const PREPARED: usize = 500;
/// How long a statement waits for another before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// The writer's pool and the readers'.
pub(super) async fn connect(place: &Place) -> Result<(DatabaseConnection, DatabaseConnection)> {
    match place {
        Place::Folder(folder) => sqlite(&folder.join("db")).await,
        Place::Postgres { url, .. } => postgres(url).await,
    }
}

async fn sqlite(folder: &std::path::Path) -> Result<(DatabaseConnection, DatabaseConnection)> {
    std::fs::create_dir_all(folder).map_err(|e| Error::broken(format!("{}: {e}", folder.display())))?;
    let options = SqliteConnectOptions::new()
        .filename(folder.join("firstline.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged survives a power cut: the log is synced before a commit answers.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(PREPARED)
        .pragma("cache_size", "-16384")
        .pragma("mmap_size", "268435456")
        .pragma("temp_store", "memory");
    let writer = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .connect_with(options.clone())
        .await
        .map_err(Error::broken)?;
    let reader = SqlitePoolOptions::new()
        .max_connections(4)
        .acquire_timeout(PATIENCE)
        .connect_lazy_with(options.pragma("query_only", "on"));
    Ok((
        SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
    ))
}

async fn postgres(url: &str) -> Result<(DatabaseConnection, DatabaseConnection)> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|e| Error::broken(format!("the database's URL: {e}")))?
        .statement_cache_capacity(PREPARED)
        .application_name("firstline");
    let pool = |size| PgPoolOptions::new().max_connections(size).acquire_timeout(PATIENCE);
    let writer = pool(4).connect_with(options.clone()).await.map_err(Error::broken)?;
    let reader = pool(8).connect_lazy_with(options);
    Ok((
        SqlxPostgresConnector::from_sqlx_postgres_pool(writer),
        SqlxPostgresConnector::from_sqlx_postgres_pool(reader),
    ))
}
