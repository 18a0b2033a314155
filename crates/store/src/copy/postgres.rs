//! A database of a PostgreSQL server, table by table, as `COPY` writes it: all read in one snapshot, and put back in one
//! transaction. Needs nothing but the connection that the desk has anyway.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use futures_util::StreamExt;
use sea_orm::{ConnectionTrait, SqlxPostgresConnector};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolCopyExt, PgPoolOptions},
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncWriteExt},
};

use super::{Copied, Kind, Named, STEPS, Table, failed, named, order, steps, tables};
use crate::{
    Error, Handle, Place, Result, dialect,
    engine::{make_folder, values},
    migrations,
};

pub(super) async fn take(url: &str, folder: &Path) -> Result<Copied> {
    make_folder(folder).map_err(failed(folder))?;
    // One connection: what is begun on it holds for all that follows.
    let pool = alone(url).await?;
    let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
    connection.execute_unprepared(dialect::SNAPSHOT).await?;
    let conn = Handle::pool(connection);
    let mut kept = Vec::new();
    for name in tables(&conn).await?.into_iter().filter(|name| name != STEPS) {
        let columns = columns(&conn, &name).await?;
        let counted_to = counted_to(&conn, &name, &columns).await?;
        let rows = copy_out(&pool, &name, &columns, &folder.join(file_of(&name))).await?;
        kept.push(Table { name, rows, columns, counted_to });
    }
    let Named { blobs, policies, audit } = named(&conn).await?;
    let steps = steps(&conn).await?;
    conn.close().await?;
    let files = kept.iter().map(|table| file_of(&table.name)).collect();
    Ok(Copied { kind: Kind::Postgresql, files, steps, tables: kept, blobs, policies, audit })
}

async fn alone(url: &str) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(url).map_err(|e| Error::broken(format!("the database's URL: {e}")))?;
    let options = options.application_name("firstline backup").options([("idle_in_transaction_session_timeout", "0")]);
    let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    Ok(pool.connect_with(options).await?)
}

fn file_of(table: &str) -> PathBuf {
    PathBuf::from(format!("{table}.copy"))
}

async fn columns(conn: &Handle, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT column_name::TEXT AS name FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";
    conn.rows(sql, values![table], |row| row.get("name")).await
}

/// The last number of the table's key, which is its first column.
async fn counted_to(conn: &Handle, table: &str, columns: &[String]) -> Result<Option<i64>> {
    let Some(sequence) = sequence(conn, table, columns).await? else { return Ok(None) };
    let sql = format!("SELECT CASE WHEN is_called THEN last_value END AS counted FROM {sequence}");
    conn.one(&sql, values![], |row| row.get("counted")).await
}

async fn sequence(conn: &Handle, table: &str, columns: &[String]) -> Result<Option<String>> {
    let Some(first) = columns.first() else { return Ok(None) };
    let sql = "SELECT pg_get_serial_sequence(quote_ident($1), $2) AS sequence";
    conn.one(sql, values![table, first], |row| row.get("sequence")).await
}

/// Copies a table into a file; its rows, which are the lines: a line break in a text is written as `\n`.
async fn copy_out(pool: &PgPool, table: &str, columns: &[String], path: &Path) -> Result<i64> {
    let mut file = File::create(path).await.map_err(failed(path))?;
    let statement = format!("COPY \"{table}\" ({}) TO STDOUT", listed(columns));
    let mut pieces = pool.copy_out_raw(&statement).await?;
    let mut rows = 0_i64;
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        rows += piece.iter().map(|byte| i64::from(*byte == b'\n')).sum::<i64>();
        file.write_all(&piece).await.map_err(failed(path))?;
    }
    file.sync_all().await.map_err(failed(path))?;
    Ok(rows)
}

fn listed(columns: &[String]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

pub(super) async fn put(place: &Place, folder: &Path, steps: &[String], kept: &[Table]) -> Result<()> {
    let Place::Postgres { url, .. } = place else { return Err(Error::broken("this copy is of PostgreSQL")) };
    migrations::first(place, steps).await?;
    let pool = alone(url).await?;
    let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
    connection.execute_unprepared("BEGIN").await?;
    let conn = Handle::pool(connection.clone());
    let names: Vec<String> = kept.iter().map(|table| table.name.clone()).collect();
    let needs = conn.rows(NEEDS, values![], |row| Ok((row.get("name")?, row.get("needs")?))).await?;
    for name in order::after_what_they_need(&names, &needs)? {
        let Some(table) = kept.iter().find(|table| table.name == name) else { continue };
        copy_in(&pool, table, &folder.join(file_of(&name))).await?;
        if let Some((sequence, counted)) = sequence(&conn, &name, &table.columns).await?.zip(table.counted_to) {
            conn.rows("SELECT setval($1::regclass, $2)", values![sequence, counted], |_| Ok(())).await?;
        }
    }
    connection.execute_unprepared("COMMIT").await?;
    conn.close().await
}

const NEEDS: &str = "SELECT of.relname::TEXT AS name, needed.relname::TEXT AS needs FROM pg_constraint c \
    JOIN pg_class of ON of.oid = c.conrelid JOIN pg_class needed ON needed.oid = c.confrelid \
    WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace";

async fn copy_in(pool: &PgPool, table: &Table, path: &Path) -> Result<()> {
    let mut file = File::open(path).await.map_err(failed(path))?;
    let statement = format!("COPY \"{}\" ({}) FROM STDIN", table.name, listed(&table.columns));
    let mut into = pool.copy_in_raw(&statement).await?;
    let mut piece = vec![0; 256 * 1024];
    loop {
        match file.read(&mut piece).await.map_err(failed(path))? {
            0 => break,
            read => into.send(&piece[..read]).await?,
        };
    }
    into.finish().await?;
    Ok(())
}
