//! A place to try a copy in that is thrown away afterwards: a folder, or a schema of its own beside the tables of a
//! PostgreSQL database, which its owner may make without being allowed to make databases.

use std::{path::Path, str::FromStr};

use sqlx::{
    AssertSqlSafe, Connection, Executor,
    postgres::{PgConnectOptions, PgConnection},
};

use crate::{Error, Place, Result};

/// Makes an empty place; `server` is the URL of a PostgreSQL database, where it is to be one. `name` is a word.
pub async fn scratch(server: Option<&str>, name: &str, folder: &Path) -> Result<Place> {
    let folder = folder.to_owned();
    let Some(url) = server else { return Ok(Place::Folder(folder)) };
    say(url, format!("CREATE SCHEMA \"{name}\"")).await?;
    let separator = if url.contains('?') { '&' } else { '?' };
    Ok(Place::Postgres { url: format!("{url}{separator}options=-c%20search_path%3D{name}"), folder })
}

/// Throws away what `scratch` made on a server; a folder is its maker's.
pub async fn discard(server: &str, name: &str) -> Result<()> {
    say(server, format!("DROP SCHEMA \"{name}\" CASCADE")).await
}

async fn say(url: &str, statement: String) -> Result<()> {
    let options = PgConnectOptions::from_str(url).map_err(|e| Error::broken(format!("the database's URL: {e}")))?;
    let mut connection = PgConnection::connect_with(&options).await?;
    connection.execute(AssertSqlSafe(statement)).await?;
    connection.close().await?;
    Ok(())
}
