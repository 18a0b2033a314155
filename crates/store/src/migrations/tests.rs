//! Shows what happens to a database of another release.

use sea_orm::{DbBackend, DbErr};
use sea_orm_migration::{MigrationName, SchemaManager};
use sha2::{Digest, Sha256};

use super::*;
use crate::{Store, people};

/// A later release, with one more step.
struct Later;

#[async_trait::async_trait]
impl MigratorTrait for Later {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut steps = Migrator::migrations();
        steps.push(Box::new(Nicknames));
        steps
    }
}

struct Nicknames;

impl MigrationName for Nicknames {
    fn name(&self) -> &str {
        "m9999_nicknames"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Nicknames {
    async fn up(&self, manager: &SchemaManager) -> std::result::Result<(), DbErr> {
        let added = manager.get_connection().execute_unprepared("ALTER TABLE person ADD COLUMN nickname TEXT");
        added.await.map(drop)
    }
}

fn instant() -> rules::instant::Instant {
    "2026-11-20T16:40:00Z".parse().unwrap()
}

#[tokio::test]
async fn an_upgrade_copies_what_is_there_first() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    let store = Store::open(&place).await.unwrap();
    let tx = store.begin().await.unwrap();
    let dana = people::insert(&tx, "Dana", instant()).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    assert!(!folder.path().join("db/before-m9999_nicknames.db").exists(), "a database at its start is not copied");

    up::<Later>(&place).await.unwrap();

    let kept = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(kept.path().join("db")).unwrap();
    std::fs::copy(folder.path().join("db/before-m9999_nicknames.db"), kept.path().join("db").join(open::FILE)).unwrap();
    let before = Store::open(&Place::Folder(kept.path().to_owned())).await.unwrap();
    assert_eq!(people::get(before.read(), dana).await.unwrap().name, "Dana");
}

#[tokio::test]
async fn an_older_release_refuses_a_newer_schema_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    up::<Later>(&place).await.unwrap();

    let refusal = Store::open(&place).await.unwrap_err().to_string();

    assert!(refusal.contains("newer release of Firstline"), "{refusal}");
    assert!(refusal.contains("m9999_nicknames"), "{refusal}");
    assert!(refusal.contains("start that release, or restore the copy"), "{refusal}");
}

/// The texts of steps that landed, by the hash of what they say to both engines: databases stand on them, and fixtures of
/// PostgreSQL are put back through them.
const LANDED: &[(&str, &str)] = &[
    ("m0001_first", "541af5bd665cb89dceed914e6cdd3394227842067528e42719ceb39d3dc9f53a"),
    ("m0002_licences", "f8ec93ca4796e37acbbd2e0925b95d0ba5fc0ec17db74b6ba5c0ed6684d7332f"),
    ("m0003_requests_whole", "9f3d7088f7f72fc63a1a42ef31351d2388115acbc1a97966db0969b21c9e46e5"),
    ("m0004_requests_and_organisations", "428ed94418fcd954ecbaf38f5b1d65ed5f88d92428869e0261af33c0c207c972"),
    ("m0005_organisations_whole", "61d6ff6c24d43a3142418ae22a00d0979c22e26b7fe5f46de650153826e9f611"),
    ("m0006_resellers", "cbc3a31e0f326fa8b954d10d94b24a59f11a4f623ff93e8711013fbeb98db719"),
    ("m0007_named_and_asked", "a26e6837f0b40ea79774b1549e4238f869fd8e062031b33dec70133c9a88fca1"),
    ("m0008_working_together", "2cc22e0a73664f03bf9e302c36015c1aa897f8e2443a81c5a785443ed754ecc9"),
];

#[test]
fn a_step_that_landed_is_never_edited() {
    for (name, hash) in LANDED {
        let texts = STEPS.iter().find(|step| step.name == *name).expect("a step that landed stays").texts;
        let mut digest = Sha256::new();
        for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
            texts.iter().for_each(|text| digest.update(dialect::schema(backend, text)));
        }
        let is: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(is, *hash, "{name} was changed: a change of the schema is a new step");
    }
}
