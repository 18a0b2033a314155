//! From every schema that ever was, in one step: each fixture is a backup of a desk that stood on it, restored by this
//! program, which brings it up to date and tells everything anew from its events.
//!
//! A fixture is made by the release that the schema is of, before another step follows:
//! `FIRSTLINE_BASE_URL=https://help.desk.example FIRSTLINE_DATA_DIR=EMPTY firstline fixture --into
//! crates/firstline/tests/fixtures/schema-N-sqlite`, and with `FIRSTLINE_DATABASE` on an empty database the one of
//! PostgreSQL. N counts the steps.

use std::path::{Path, PathBuf};

use store::{Store, copy};
use testkit::Engine;

use super::{backup::Beside, process::Home};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

fn fixture(steps: usize, engine: Engine) -> PathBuf {
    let name = if engine == Engine::Sqlite { "sqlite" } else { "postgresql" };
    Path::new(FOLDER).join(format!("schema-{steps}-{name}"))
}

async fn every_schema_is_upgraded(engine: Engine) {
    // The newest may still change until a release has it, so only those before it are owed.
    let known = copy::known_steps();
    for steps in 1..=known.len() {
        let from = fixture(steps, engine);
        if steps == known.len() && !from.exists() {
            continue;
        }
        assert!(from.exists(), "{} is missing: make it with the release before step {}", from.display(), steps + 1);
        let beside = Beside::new();
        let place = engine.place(&beside.path("restored")).await;
        let said = beside.run(&place, &["restore", from.to_str().unwrap()]);
        assert!(said.well, "{said:?}");
        assert!(said.out.contains("of 4 requests anew from ") && said.out.contains(" events: 0 differ."), "{said:?}");
        let store = Store::open(&place).await.unwrap();
        assert_eq!(copy::steps(store.read()).await.unwrap(), known);
    }
}

#[tokio::test]
async fn every_schema_of_sqlite_is_upgraded_in_one_step() {
    every_schema_is_upgraded(Engine::Sqlite).await;
}

#[tokio::test]
async fn every_schema_of_postgres_is_upgraded_in_one_step() {
    every_schema_is_upgraded(Engine::Postgres).await;
}

#[test]
fn an_older_program_does_not_start_on_a_newer_database_and_says_what_to_do() {
    let home = Home::new();
    // The name of the step in the file itself, as a later release would have left another one.
    let file = home.path("data/db/firstline.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let name = copy::known_steps().pop().unwrap();
    let at: Vec<usize> =
        bytes.windows(name.len()).enumerate().filter(|(_, w)| *w == name.as_bytes()).map(|(at, _)| at).collect();
    assert!(!at.is_empty());
    for at in at {
        bytes[at..at + 5].copy_from_slice(b"m9999");
    }
    std::fs::write(&file, bytes).unwrap();
    for command in [&["serve"][..], &["policy", "show"]] {
        let refused = home.run(command);
        assert!(!refused.well && refused.error.contains("changed by a newer release of Firstline"), "{refused:?}");
        assert!(
            refused.error.contains("start that release, or restore the copy from before its upgrade"),
            "{refused:?}"
        );
    }
    let looked = home.run(&["doctor"]);
    assert!(
        !looked.well && looked.out.contains("fail schema           a newer release of Firstline changed it"),
        "{looked:?}"
    );
}
