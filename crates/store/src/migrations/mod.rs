//! The schema, step by step. A step that landed is never edited; a change is a new step.

mod m0001_first;

use sea_orm::{ConnectionTrait, DatabaseConnection};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::{Result, dialect};

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_first::Migration)]
    }
}

/// Brings the schema up to date, one node at a time. A database that a newer release has changed is refused.
pub(crate) async fn run(writer: &DatabaseConnection) -> Result<()> {
    let Some((lock, unlock)) = dialect::migration_lock(writer.get_database_backend()) else {
        return up(writer).await;
    };
    writer.execute_unprepared(lock).await?;
    let done = up(writer).await;
    writer.execute_unprepared(unlock).await?;
    done
}

async fn up(writer: &DatabaseConnection) -> Result<()> {
    Migrator::up(writer, None).await.map_err(|error| {
        let text = error.to_string();
        if text.contains("is missing") {
            crate::Error::broken(format!(
                "this database was changed by a newer release of Firstline, which this one does not know ({text}); \
                 start that release, or restore the copy from before its upgrade"
            ))
        } else {
            error.into()
        }
    })
}
