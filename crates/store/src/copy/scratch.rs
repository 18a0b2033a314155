//! A place to try a copy in that is thrown away afterwards: a folder, or a schema of its own beside the tables of a
//! PostgreSQL database, which its owner may make without being allowed to make databases.
//!
//! Who is killed in between leaves the schema behind, and the next one throws it away. A schema in use is known by a lock
//! that the server gives back when its holder dies, wherever that one ran; a process number says less.

use std::{path::Path, str::FromStr};

use sqlx::{
    AssertSqlSafe, Connection, Executor,
    postgres::{PgConnectOptions, PgConnection},
};

use crate::{Error, Place, Result};

/// What every such schema is called, before a number.
const NAME: &str = "firstline_verify_";

/// A place that is to be thrown away.
#[derive(Debug)]
pub struct Scratch {
    pub place: Place,
    /// The schema, and the connection that keeps others from throwing it away.
    schema: Option<(String, PgConnection)>,
}

/// Makes an empty place; `server` is the URL of a PostgreSQL database, where it is to be one. Two of one `number` cannot be
/// on a server at once.
pub async fn scratch(server: Option<&str>, number: u32, folder: &Path) -> Result<Scratch> {
    let folder = folder.to_owned();
    let Some(url) = server else { return Ok(Scratch { place: Place::Folder(folder), schema: None }) };
    let options = PgConnectOptions::from_str(url).map_err(|e| Error::broken(format!("the database's URL: {e}")))?;
    let mut connection = PgConnection::connect_with(&options).await?;
    let name = format!("{NAME}{number}");
    throw_away_left(&mut connection).await?;
    if !is_free(&mut connection, &name).await? {
        return Err(Error::broken(format!("somebody else uses the schema {name} just now; try again")));
    }
    say(&mut connection, format!("CREATE SCHEMA \"{name}\"")).await?;
    let separator = if url.contains('?') { '&' } else { '?' };
    let place = Place::Postgres { url: format!("{url}{separator}options=-c%20search_path%3D{name}"), folder };
    Ok(Scratch { place, schema: Some((name, connection)) })
}

impl Scratch {
    /// Throws away what is on a server; a folder is its maker's.
    pub async fn discard(self) -> Result<()> {
        let Some((name, mut connection)) = self.schema else { return Ok(()) };
        say(&mut connection, format!("DROP SCHEMA \"{name}\" CASCADE")).await?;
        Ok(connection.close().await?)
    }
}

/// Throws away our own schemas that nobody holds any more.
async fn throw_away_left(connection: &mut PgConnection) -> Result<()> {
    let left = sqlx::query_scalar::<_, String>(
        "SELECT nspname::TEXT FROM pg_namespace WHERE nspname ~ $1 AND pg_get_userbyid(nspowner) = current_user",
    );
    for name in left.bind(format!("^{NAME}[0-9]+$")).fetch_all(&mut *connection).await? {
        if is_free(connection, &name).await? {
            say(connection, format!("DROP SCHEMA IF EXISTS \"{name}\" CASCADE")).await?;
            let give_back = sqlx::query("SELECT pg_advisory_unlock(hashtext($1), hashtext($2))").bind(NAME).bind(name);
            give_back.execute(&mut *connection).await?;
        }
    }
    Ok(())
}

/// Whether nobody holds a schema; from here on, this connection does.
async fn is_free(connection: &mut PgConnection, name: &str) -> Result<bool> {
    let taken = sqlx::query_scalar("SELECT pg_try_advisory_lock(hashtext($1), hashtext($2))").bind(NAME).bind(name);
    Ok(taken.fetch_one(connection).await?)
}

async fn say(connection: &mut PgConnection, statement: String) -> Result<()> {
    connection.execute(AssertSqlSafe(statement)).await?;
    Ok(())
}
