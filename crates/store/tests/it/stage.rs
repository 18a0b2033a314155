//! A store of its own for each test, on either engine.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use store::{Place, Store};
use tempfile::TempDir;

/// A fresh store; its folder goes with it.
pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) place: Place,
    _folder: TempDir,
}

impl Stage {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().to_owned());
        Self::open(place, folder).await
    }

    /// In a new database of the server that `FIRSTLINE_TEST_POSTGRES` names.
    pub(crate) async fn postgres() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Postgres { url: new_database().await, folder: folder.path().to_owned() };
        Self::open(place, folder).await
    }

    async fn open(place: Place, folder: TempDir) -> Self {
        Self { store: Store::open(&place).await.unwrap(), place, _folder: folder }
    }
}

/// The URL of an empty database.
pub(crate) async fn new_database() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server: PgConnectOptions = server().parse().expect("FIRSTLINE_TEST_POSTGRES holds a URL of PostgreSQL");
    let name = format!("store_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect_with(&server).await.expect("PostgreSQL answers");
    for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    let (address, _) = self::server().rsplit_once('/').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    format!("{address}/{name}")
}

#[expect(clippy::disallowed_methods, reason = "where the test's server listens is known to its environment alone")]
fn server() -> String {
    std::env::var("FIRSTLINE_TEST_POSTGRES").expect(
        "FIRSTLINE_TEST_POSTGRES is not set: run `cargo xtask services cargo test -p store`, or set it to the URL of a \
         PostgreSQL server whose user may create databases",
    )
}
