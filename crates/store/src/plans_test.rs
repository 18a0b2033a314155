//! No statement reads a whole table or sorts what an index could give in order: every statement that the store
//! knows is overheard while it runs on a filled database, and both engines are asked how they would run it.

use sea_orm::DbBackend;

use crate::{Handle, Said, Store, overheard};

#[path = "../tests/it/cast.rs"]
mod cast;
mod filled;
mod said;
#[path = "../tests/it/stage.rs"]
mod stage;

use stage::Stage;

/// Everything that the store says, once each.
async fn everything_said(store: &Store) -> Vec<Said> {
    let world = filled::fill(store).await;
    let ((), mut heard) = overheard(said::say_everything(store, &world)).await;
    heard.sort_by(|a, b| a.sql.cmp(&b.sql));
    heard.dedup_by(|a, b| a.sql == b.sql);
    heard.retain(|said| !said.sql.starts_with("SELECT pg_advisory"));
    assert!(heard.len() > 100, "only {} statements were heard", heard.len());
    heard
}

async fn plan(conn: &Handle, Said { sql, values }: &Said) -> Vec<String> {
    let (explain, column) = match conn.backend() {
        DbBackend::Postgres => ("EXPLAIN (COSTS FALSE)", "QUERY PLAN"),
        _ => ("EXPLAIN QUERY PLAN", "detail"),
    };
    let lines = conn.rows(&format!("{explain} {sql}"), values.clone(), |row| row.get::<String>(column)).await;
    lines.unwrap_or_else(|error| panic!("{sql}\n{error}"))
}

/// The statements whose plan has a line that `is_bad`.
async fn faults(conn: &Handle, said: &[Said], is_bad: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for statement in said {
        let plan = plan(conn, statement).await;
        if plan.iter().any(|line| is_bad(line)) {
            faults.push(format!("{}\n    {}", statement.sql, plan.join("\n    ")));
        }
    }
    faults
}

/// `SCAN t` without an index walks the table; `SCAN counted` walks what a limited subquery gave.
fn is_bad_for_sqlite(line: &str) -> bool {
    let scans = line.starts_with("SCAN ") && !line.contains(" USING ");
    (scans && line != "SCAN counted" && line != "SCAN CONSTANT ROW") || line.contains("TEMP B-TREE")
}

fn is_bad_for_postgres(line: &str) -> bool {
    let node = line.trim_start().trim_start_matches("->").trim_start();
    node.starts_with("Seq Scan") || node.starts_with("Sort") || node.starts_with("Incremental Sort")
}

#[tokio::test]
async fn sqlite_finds_everything_by_an_index() {
    let stage = Stage::sqlite().await;
    let said = everything_said(&stage.store).await;
    let fresh = faults(stage.store.read(), &said, is_bad_for_sqlite).await;
    assert!(fresh.is_empty(), "before ANALYZE:\n{}", fresh.join("\n"));
    let tx = stage.store.begin().await.unwrap();
    tx.run("ANALYZE", vec![]).await.unwrap();
    tx.commit().await.unwrap();
    let again = Store::open(&stage.place).await.unwrap();
    let known = faults(again.read(), &said, is_bad_for_sqlite).await;
    assert!(known.is_empty(), "after ANALYZE:\n{}", known.join("\n"));
}

/// An index of a few rows that no statement uses: the planner has taken a larger one, and walks all of its rows.
#[tokio::test]
async fn sqlite_uses_each_index_of_a_few_rows() {
    let stage = Stage::sqlite().await;
    let said = everything_said(&stage.store).await;
    let conn = stage.store.read();
    let mut used = String::new();
    for statement in &said {
        used.extend(plan(conn, statement).await.into_iter().map(|line| line + " "));
    }
    let sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX % WHERE %' ORDER BY name";
    let of_few = conn.rows(sql, vec![], |row| row.get::<String>("name")).await.unwrap();
    let idle: Vec<_> = of_few.iter().filter(|name| !used.contains(&format!("INDEX {name} "))).collect();
    assert!(idle.is_empty() && !of_few.is_empty(), "{idle:?}");
}

#[tokio::test]
async fn postgres_can_find_everything_by_an_index() {
    let stage = Stage::postgres().await;
    let said = everything_said(&stage.store).await;
    let tx = stage.store.begin().await.unwrap();
    // What is left then has no index that would do.
    for setting in ["SET LOCAL enable_seqscan = off", "SET LOCAL enable_sort = off", "ANALYZE"] {
        tx.run(setting, vec![]).await.unwrap();
    }
    let faults = faults(&tx, &said, is_bad_for_postgres).await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
