//! The schema, step by step. A step that landed is never edited; a change is a new step. Decides when steps run: on
//! start, one node at a time, after a copy of what is there, and never on a schema that a newer release has changed.

mod steps;
#[cfg(test)]
mod tests;

use std::{fs::File, path::Path};

use sea_orm::{ConnectionTrait, DatabaseConnection};
use sea_orm_migration::{MigrationTrait, MigratorTrait, seaql_migrations};

use crate::{
    Error, Result, copy, dialect,
    engine::{Place, open},
};
use steps::STEPS;

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS.iter().map(|step| Box::new(*step) as Box<dyn MigrationTrait>).collect()
    }
}

/// Brings the schema up to date.
pub(crate) async fn run(place: &Place) -> Result<()> {
    up::<Migrator>(place).await
}

/// The steps that this program knows, in their order.
pub(crate) fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

/// Makes the schema that these steps make, in a place without one: that of a copy.
pub(crate) async fn first(place: &Place, steps: &[String]) -> Result<()> {
    let known = names();
    if known.get(..steps.len()) != Some(steps) {
        return Err(Error::broken(format!(
            "there is no way from the steps {steps:?} to what this release knows: {known:?}"
        )));
    }
    let connection = open::migrant(place).await?;
    let count = u32::try_from(steps.len()).map_err(Error::broken)?;
    let done = Migrator::up(&connection, Some(count)).await;
    connection.close_by_ref().await?;
    Ok(done?)
}

async fn up<M: MigratorTrait>(place: &Place) -> Result<()> {
    // Held until the end of this function, or of the process.
    let _lock = match place.embedded() {
        Some(folder) => Some(lock(folder.join("migration.lock")).await?),
        None => None,
    };
    let connection = open::migrant(place).await?;
    let done = up_on::<M>(&connection, place).await;
    connection.close_by_ref().await?;
    done
}

async fn up_on<M: MigratorTrait>(connection: &DatabaseConnection, place: &Place) -> Result<()> {
    if let Some(lock) = dialect::migration_lock(connection.get_database_backend()) {
        connection.execute_unprepared(lock).await?;
    }
    let applied = M::get_migration_models(connection).await?;
    refuse_newer(&applied, &M::migrations())?;
    let pending = M::get_pending_migrations(connection).await?;
    let (Some(next), false) = (pending.first(), applied.is_empty()) else {
        return Ok(M::up(connection, None).await?);
    };
    if let Some(folder) = place.embedded() {
        copy_before(connection, &folder, next.name()).await?;
    }
    Ok(M::up(connection, None).await?)
}

fn refuse_newer(applied: &[seaql_migrations::Model], known: &[Box<dyn MigrationTrait>]) -> Result<()> {
    let is_known = |version: &str| known.iter().any(|step| step.name() == version);
    match applied.iter().map(|step| step.version.as_str()).find(|version| !is_known(version)) {
        None => Ok(()),
        Some(version) => Err(Error::broken(format!(
            "this database was changed by a newer release of Firstline, which this one does not know (step {version}); \
             start that release, or restore the copy from before its upgrade"
        ))),
    }
}

/// Waits for the lock of another process that migrates the same folder.
async fn lock(file: std::path::PathBuf) -> Result<File> {
    let locked = tokio::task::spawn_blocking(move || {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let opened = File::create(&file)?;
        opened.lock().map(|()| opened)
    });
    locked.await.map_err(Error::broken)?.map_err(|e| Error::broken(format!("the lock of the migration: {e}")))
}

/// A whole copy of the embedded database, named after the step that it is from before.
async fn copy_before(connection: &DatabaseConnection, folder: &Path, step: &str) -> Result<()> {
    let (half, whole) = (folder.join("copy.half"), folder.join(format!("before-{step}.db")));
    let failed = |e: std::io::Error| Error::broken(format!("the copy before the migration, {}: {e}", whole.display()));
    match std::fs::remove_file(&half) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(failed(e)),
        _ => {}
    }
    copy::vacuum_into(connection, &half).await?;
    std::fs::rename(&half, &whole).map_err(failed)?;
    tracing::info!(copy = %whole.display(), "the database was copied before its migration");
    Ok(())
}
