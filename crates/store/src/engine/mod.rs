//! The database itself: where it lives, one writer at a time, many readers, and when a commit is lasting.

mod barrier;
mod disk;
mod handle;
pub(crate) mod open;
#[cfg(test)]
mod power_cut_test;
mod said;
#[cfg(test)]
mod tests;
mod values;

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use barrier::Barrier;
pub(crate) use disk::make_folder;
pub use disk::{Disk, syncs_a_second};
pub(crate) use handle::Row;
pub use handle::{Handle, Tx};
pub use open::Place;
pub use said::{Said, overheard};
pub(crate) use values::{ToValue, slots, values, word};

use crate::{Result, blobs::Blobs, dialect};

/// Everything that is kept: the database and the blobs.
#[derive(Clone, Debug)]
pub struct Store {
    writer: DatabaseConnection,
    reader: Arc<Handle>,
    blobs: Blobs,
    /// Where commits of SQLite wait for the disk; those of PostgreSQL have waited for it themselves.
    barrier: Option<Barrier>,
}

impl Store {
    /// Opens the database, brings its schema up to date, and opens the blobs beside it.
    pub async fn open(place: &Place) -> Result<Self> {
        let log = place.embedded().map(|folder| Arc::new(disk::Log::beside(&folder.join(open::FILE))) as Arc<dyn Disk>);
        Self::open_on(place, log).await
    }

    /// The same, with another disk under SQLite's log: for tests.
    pub async fn open_on(place: &Place, log: Option<Arc<dyn Disk>>) -> Result<Self> {
        crate::migrations::run(place).await?;
        Ok(Self {
            writer: open::writers(place).await?,
            reader: Arc::new(Handle::pool(open::readers(place)?)),
            blobs: Blobs::open(place.blobs())?,
            barrier: log.map(Barrier::new),
        })
    }

    /// Opens what is there for reading alone, beside or after the process that writes it.
    pub fn look(place: &Place) -> Result<Handle> {
        Ok(Handle::pool(open::readers(place)?))
    }

    /// Opens it for making a world that is worth nothing until it is whole: commits wait for no disk. Only
    /// `sync` makes it last; until then a power cut may ruin the database.
    pub async fn open_unsynced(place: &Place) -> Result<Self> {
        let mut store = Self::open(place).await?;
        store.blobs = Blobs::open_unsynced(place.blobs())?;
        store.barrier = None;
        if let Some(statement) = dialect::wait_for_no_disk(store.reader.backend()) {
            store.writer.execute_unprepared(statement).await?;
        }
        Ok(store)
    }

    /// Makes all that was written since `open_unsynced` at that place last. Then open it anew to serve.
    pub async fn sync(&self, place: &Place) -> Result<()> {
        Blobs::sync(&place.blobs()).map_err(crate::Error::broken)?;
        for statement in dialect::sync(self.reader.backend()) {
            self.writer.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    /// Reads, outside of any transaction.
    pub fn read(&self) -> &Handle {
        &self.reader
    }

    /// Begins the one write transaction; others wait for their turn. Dropped without `commit`, it leaves no trace.
    pub async fn begin(&self) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = Tx::new(self.writer.begin_with_options(options).await?, self.barrier.clone());
        self.can_last()?;
        if let Some(statement) = dialect::take_turn(tx.backend()) {
            tx.run(statement, vec![]).await?;
        }
        Ok(tx)
    }

    /// Whether what is written now can become lasting: not after the disk has refused the log.
    pub fn can_last(&self) -> Result<()> {
        self.barrier.as_ref().map_or(Ok(()), Barrier::check)
    }

    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// Closes the connections after the statements under way.
    pub async fn close(&self) -> Result<()> {
        self.writer.close_by_ref().await?;
        self.reader.close().await
    }
}
