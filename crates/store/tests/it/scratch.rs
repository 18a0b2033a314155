//! Places to try a backup in: what a killed process left on a server goes with the next, and what is in use stays.

use sqlx::{Connection, PgConnection};
use store::copy;

use crate::stage::new_database;

async fn schemas(connection: &mut PgConnection) -> Vec<String> {
    let all = "SELECT nspname::TEXT FROM pg_namespace WHERE nspname LIKE 'firstline%' ORDER BY 1";
    sqlx::query_scalar(all).fetch_all(connection).await.unwrap()
}

#[tokio::test]
async fn what_a_killed_trial_left_goes_with_the_next_one_and_what_is_in_use_stays() {
    let (url, folder) = (new_database().await, tempfile::tempdir().unwrap());
    let mut connection = PgConnection::connect(&url).await.unwrap();
    // Killed: its schema is there, and nobody holds it. The last one is not ours.
    for name in ["firstline_verify_1", "firstline_verify_2", "firstline_verify_mine"] {
        let left = format!("CREATE SCHEMA {name}; CREATE TABLE {name}.request (id BIGINT)");
        sqlx::raw_sql(sqlx::AssertSqlSafe(left)).execute(&mut connection).await.unwrap();
    }
    let first = copy::scratch(Some(&url), 2, folder.path()).await.unwrap();
    assert_eq!(schemas(&mut connection).await, ["firstline_verify_2", "firstline_verify_mine"]);
    assert!(copy::is_empty(&first.place).await.unwrap(), "it is made anew");

    let second = copy::scratch(Some(&url), 3, folder.path()).await.unwrap();
    assert_eq!(
        schemas(&mut connection).await,
        ["firstline_verify_2", "firstline_verify_3", "firstline_verify_mine"],
        "the first is still in use"
    );
    let again = copy::scratch(Some(&url), 2, folder.path()).await.unwrap_err();
    assert!(again.to_string().contains("somebody else uses the schema firstline_verify_2"), "{again}");

    first.discard().await.unwrap();
    second.discard().await.unwrap();
    assert_eq!(schemas(&mut connection).await, ["firstline_verify_mine"]);
}
