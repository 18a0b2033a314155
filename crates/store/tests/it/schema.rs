//! The schema as each engine tells it: written to docs/generated, and compared between the two.

use std::{collections::BTreeSet, fmt::Write, path::Path};

use sqlx::{Connection, PgConnection, Row, SqliteConnection};
use store::Place;

use crate::stage::Stage;

/// A column. `kind` is one of `number`, `truth`, `text`, `bytes`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Column {
    pub(crate) table: String,
    pub(crate) name: String,
    kind: &'static str,
    required: bool,
}

impl Column {
    pub(crate) fn holds_text(&self) -> bool {
        matches!(self.kind, "text" | "bytes")
    }
}

/// An index, or what stands behind a unique constraint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Index {
    table: String,
    columns: String,
    unique: bool,
    partial: bool,
}

/// Rows of text columns.
async fn ask(place: &Place, sql: &str) -> Vec<Vec<String>> {
    match place {
        Place::Folder(folder) => {
            let file = folder.join("db/firstline.db");
            let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| (0..row.len()).map(|n| row.get(n)).collect()).collect()
        }
        Place::Postgres { url, .. } => {
            let mut connection = PgConnection::connect(url).await.unwrap();
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| (0..row.len()).map(|n| row.get(n)).collect()).collect()
        }
    }
}

const SQLITE_COLUMNS: &str = "SELECT t.name, c.name, c.type, CAST(c.\"notnull\" OR c.pk > 0 AS TEXT) FROM sqlite_schema t \
    JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'seaql%'";
const POSTGRES_COLUMNS: &str = "SELECT table_name::TEXT, column_name::TEXT, upper(data_type)::TEXT, \
    CASE is_nullable WHEN 'NO' THEN '1' ELSE '0' END FROM information_schema.columns \
    WHERE table_schema = 'public' AND table_name NOT LIKE 'seaql%'";

/// All columns of the product's tables.
pub(crate) async fn columns(place: &Place) -> Vec<Column> {
    let sql = if matches!(place, Place::Folder(_)) { SQLITE_COLUMNS } else { POSTGRES_COLUMNS };
    let told = ask(place, sql).await.into_iter();
    let mut columns: Vec<Column> = told
        .map(|row| Column {
            table: row[0].clone(),
            name: row[1].clone(),
            kind: match row[2].as_str() {
                "BIGINT" | "INTEGER" => "number",
                "BOOLEAN" => "truth",
                "TEXT" => "text",
                "BLOB" | "BYTEA" => "bytes",
                other => panic!("{row:?}: the engines have no {other} in common"),
            },
            required: row[3] == "1",
        })
        .collect();
    columns.sort();
    columns
}

/// The content of every text column of every row: `table.column` and the text; bytes in so far as they are text.
pub(crate) async fn everything_in(place: &Place) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for column in columns(place).await.iter().filter(|column| column.holds_text()) {
        let (table, name) = (&column.table, &column.name);
        let text = match (place, column.kind) {
            (Place::Postgres { .. }, "bytes") => format!("encode({name}, 'escape')"),
            _ => format!("CAST({name} AS TEXT)"),
        };
        for row in ask(place, &format!("SELECT {text} FROM {table} WHERE {name} IS NOT NULL")).await {
            found.push((format!("{table}.{name}"), row[0].clone()));
        }
    }
    found
}

const SQLITE_INDEXES: &str = "SELECT t.name, (SELECT group_concat(c.name, ',') FROM pragma_index_info(i.name) c), \
    CAST(i.\"unique\" AS TEXT), CAST(i.partial AS TEXT), CASE WHEN i.origin = 'c' THEN i.name ELSE '' END \
    FROM sqlite_schema t JOIN pragma_index_list(t.name) i \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'seaql%'";
const POSTGRES_INDEXES: &str = "SELECT t.relname::TEXT, (SELECT string_agg(a.attname, ',' ORDER BY k.place) \
    FROM unnest(x.indkey) WITH ORDINALITY k(number, place) \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number), \
    CASE WHEN x.indisunique THEN '1' ELSE '0' END, CASE WHEN x.indpred IS NULL THEN '0' ELSE '1' END, i.relname::TEXT \
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE 'seaql%'";

/// Each index with the name that it has on this engine; none for what SQLite makes by itself.
async fn indexes(place: &Place) -> Vec<(Index, String)> {
    let sql = if matches!(place, Place::Folder(_)) { SQLITE_INDEXES } else { POSTGRES_INDEXES };
    let told = ask(place, sql).await.into_iter();
    told.map(|row| {
        let (unique, partial) = (row[2] == "1", row[3] == "1");
        (Index { table: row[0].clone(), columns: row[1].clone(), unique, partial }, row[4].clone())
    })
    // SQLite keeps a counting key in the table itself.
    .filter(|(index, name)| !(name.ends_with("_pkey") && matches!(index.columns.as_str(), "id" | "seq")))
    .collect()
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let (sqlite, postgres) = (Stage::sqlite().await, Stage::postgres().await);
    assert_eq!(columns(&sqlite.place).await, columns(&postgres.place).await);
    let set = |all: &[(Index, String)]| all.iter().map(|(index, _)| index.clone()).collect::<BTreeSet<_>>();
    let (theirs, ours) = (indexes(&postgres.place).await, indexes(&sqlite.place).await);
    assert_eq!(set(&ours), set(&theirs));
    let named = |all: &[(Index, String)]| {
        all.iter().filter(|(_, name)| !name.is_empty()).map(|(_, name)| name.clone()).collect::<BTreeSet<_>>()
    };
    let missing: Vec<_> = named(&ours).difference(&named(&theirs)).cloned().collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test]
async fn what_is_unique_is_named_after_its_table_and_columns() {
    let stage = Stage::postgres().await;
    for (index, name) in indexes(&stage.place).await.into_iter().filter(|(index, _)| index.unique) {
        assert_eq!(name, format!("{}_{}_key", index.table, index.columns.replace(',', "_")));
    }
}

#[tokio::test]
async fn the_committed_schemas_are_those_of_the_migrations() {
    let (sqlite, postgres) = (Stage::sqlite().await, Stage::postgres().await);
    let mut stale = Vec::new();
    for (name, text) in [
        ("schema.sqlite.sql", sqlite_text(&sqlite.place).await),
        ("schema.postgresql.sql", postgres_text(&postgres.place).await),
    ] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated").join(name);
        if std::fs::read_to_string(&file).unwrap_or_default() != text {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, text).unwrap();
            stale.push(name);
        }
    }
    assert!(
        stale.is_empty(),
        "docs/generated: {stale:?} were not up to date and are written anew; look at them and commit"
    );
}

const HEAD: &str = "-- The schema after all migrations. Written by the tests of `store`; do not edit.\n";

/// The statements as SQLite keeps them, without their comments.
async fn sqlite_text(place: &Place) -> String {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND tbl_name NOT LIKE 'seaql%' \
        ORDER BY tbl_name, type DESC, name";
    let mut text = HEAD.to_owned();
    for row in ask(place, sql).await {
        let lines = row[0].lines().filter(|line| !line.trim_start().starts_with("--"));
        writeln!(text, "\n{};", lines.collect::<Vec<_>>().join("\n")).unwrap();
    }
    text
}

/// Tables, then constraints and indexes, as PostgreSQL writes them.
async fn postgres_text(place: &Place) -> String {
    let mut text = HEAD.to_owned();
    let tables = "SELECT c.relname::TEXT, string_agg(format('  %I %s%s%s', a.attname, \
        format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, \
        CASE a.attidentity WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' ELSE '' END), E',\\n' ORDER BY a.attnum) \
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE 'seaql%' \
        GROUP BY c.relname ORDER BY c.relname";
    for row in ask(place, tables).await {
        writeln!(text, "\nCREATE TABLE {} (\n{}\n);", row[0], row[1]).unwrap();
        let parts = format!(
            "SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s;', '{0}', conname, pg_get_constraintdef(oid)) AS line \
             FROM pg_constraint WHERE conrelid = '{0}'::regclass UNION ALL SELECT indexdef || ';' FROM pg_indexes \
             WHERE tablename = '{0}' AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY line",
            row[0]
        );
        for part in ask(place, &parts).await {
            writeln!(text, "{}", part[0]).unwrap();
        }
    }
    text
}
