//! Opening a database: connections, pools and pragmas.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    Handle, Writer,
    embedded::{self, Readers},
    make_folder,
};
use crate::{Error, Result, dialect};

/// Where things are kept.
#[derive(Clone, Debug)]
pub enum Place {
    /// One folder: `db/firstline.db` and `blobs/`.
    Folder(PathBuf),
    /// A PostgreSQL server by URL; blobs in a folder.
    Postgres { url: String, folder: PathBuf },
}

impl Place {
    /// The data folder.
    pub fn folder(&self) -> &Path {
        match self {
            Place::Folder(folder) | Place::Postgres { folder, .. } => folder,
        }
    }

    /// The folder of the blobs.
    pub fn blobs(&self) -> PathBuf {
        self.folder().join("blobs")
    }

    /// The folder of the embedded database, if it is one.
    pub(crate) fn embedded(&self) -> Option<PathBuf> {
        match self {
            Place::Folder(folder) => Some(folder.join("db")),
            Place::Postgres { .. } => None,
        }
    }
}

impl Place {
    /// Makes an empty database `name` on a PostgreSQL server, whose URL names another one of it.
    pub async fn new_postgres(server: &str, name: &str, folder: &Path) -> Result<Self> {
        let name = name.replace('"', "");
        let options = on_server(server, format!("CREATE DATABASE \"{name}\"")).await?;
        let url = options.database(&name).to_url_lossy().to_string();
        Ok(Place::Postgres { url, folder: folder.to_owned() })
    }

    /// Removes database `name` from a PostgreSQL server, whose URL names another one of it. Who is connected loses it.
    pub async fn drop_postgres(server: &str, name: &str) -> Result<()> {
        let name = name.replace('"', "");
        on_server(server, format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")).await.map(drop)
    }
}

/// Has a server carry out a statement outside of any transaction; how it is reached.
async fn on_server(server: &str, statement: String) -> Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(server).map_err(|e| Error::broken(format!("the server's URL: {e}")))?;
    let mut connection = PgConnection::connect_with(&options).await.map_err(Error::broken)?;
    connection.execute(AssertSqlSafe(statement)).await.map_err(Error::broken)?;
    connection.close().await.map_err(Error::broken)?;
    Ok(options)
}

/// The file of the embedded database, in its folder.
pub(crate) const FILE: &str = "firstline.db";

/// Statements that each connection keeps prepared.
pub(super) const PREPARED: usize = 500;
/// How long a statement waits for another before it gives up.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// Who writes: one connection to SQLite, a few to PostgreSQL, where they wait for the same lock.
pub(super) async fn writer(place: &Place) -> Result<Writer> {
    match place {
        Place::Folder(_) => {
            // Bringing in the log that an earlier run left may take a while.
            let path = file_of(place)?;
            let opened = tokio::task::spawn_blocking(move || embedded::Writer::open(&path));
            Ok(Writer::Embedded(opened.await.map_err(Error::broken)??))
        }
        Place::Postgres { url, .. } => {
            let options = lasting(postgres(url)?).await?;
            let pool = PgPoolOptions::new().max_connections(4).acquire_timeout(PATIENCE);
            Ok(Writer::Server(SqlxPostgresConnector::from_sqlx_postgres_pool(pool.connect_with(options).await?)))
        }
    }
}

/// Has commits wait for the server's disk, whatever it is set to; what is stronger than that stays.
async fn lasting(options: PgConnectOptions) -> Result<PgConnectOptions> {
    let mut connection = PgConnection::connect_with(&options).await?;
    let (commit, fsync): (String, String) =
        sqlx::query_as(dialect::POSTGRES_WAITS).fetch_one(&mut connection).await.map_err(Error::from)?;
    connection.close().await?;
    if fsync != "on" {
        tracing::warn!(
            "this PostgreSQL runs with fsync off: a power cut may take away what was acknowledged, or all of it"
        );
    }
    Ok(if commit == "off" { options.options([("synchronous_commit", "on")]) } else { options })
}

/// Who reads. Connections are made when they are needed.
pub(super) fn readers(place: &Place) -> Result<Handle> {
    match place {
        Place::Folder(_) => Ok(Handle::readers(Readers::new(file_of(place)?))),
        Place::Postgres { url, .. } => {
            let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE);
            let pool = pool.connect_lazy_with(postgres(url)?.options([("default_transaction_read_only", "on")]));
            Ok(Handle::pool(SqlxPostgresConnector::from_sqlx_postgres_pool(pool)))
        }
    }
}

/// A file that nobody writes, for reading; nothing is left beside it.
pub(crate) fn file(path: &Path) -> Result<DatabaseConnection> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
    let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.connect_lazy_with(options)))
}

/// One connection for a migration, which may take its time.
pub(crate) async fn migrant(place: &Place) -> Result<DatabaseConnection> {
    match place {
        Place::Folder(_) => {
            let options = SqliteConnectOptions::new()
                .filename(file_of(place)?)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // No barrier stands behind it.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(PATIENCE);
            let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
            Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.connect_with(options).await?))
        }
        Place::Postgres { url, .. } => {
            let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
            let patient = [("lock_timeout", "0"), ("idle_in_transaction_session_timeout", "0")];
            let pool = pool.connect_with(postgres(url)?.options(patient)).await?;
            Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
        }
    }
}

/// The embedded database's file, whose folder is made.
fn file_of(place: &Place) -> Result<PathBuf> {
    let folder = place.embedded().ok_or_else(|| Error::broken("a server's database lies in no folder"))?;
    make_folder(&folder).map_err(|e| Error::broken(format!("{}: {e}", folder.display())))?;
    Ok(folder.join(FILE))
}

/// The lock that orders commits must not stay with a node that hangs or has vanished from the network.
pub(super) fn postgres(url: &str) -> Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(url).map_err(|e| Error::broken(format!("the database's URL: {e}")))?;
    Ok(options.statement_cache_capacity(PREPARED).application_name("firstline").options([
        ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "60s"),
        ("tcp_keepalives_idle", "10"),
        ("tcp_keepalives_interval", "5"),
        ("tcp_keepalives_count", "3"),
    ]))
}
