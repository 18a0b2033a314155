//! The database itself: where it lives, one writer at a time, many readers.

mod handle;
pub(crate) mod open;
mod said;
#[cfg(test)]
mod tests;
mod values;

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait};

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
}

impl Store {
    /// Opens the database, brings its schema up to date, and opens the blobs beside it.
    pub async fn open(place: &Place) -> Result<Self> {
        crate::migrations::run(place).await?;
        Ok(Self {
            writer: open::writers(place).await?,
            reader: Arc::new(Handle::pool(open::readers(place)?)),
            blobs: Blobs::open(place.blobs())?,
        })
    }

    /// Opens it for making a world that is worth nothing until it is whole: commits wait for no disk. Only
    /// `sync` makes it last; until then a power cut may ruin the database.
    pub async fn open_unsynced(place: &Place) -> Result<Self> {
        let mut store = Self::open(place).await?;
        store.blobs = Blobs::open_unsynced(place.blobs())?;
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
        let tx = Tx::new(self.writer.begin_with_options(options).await?);
        if let Some(statement) = dialect::take_turn(tx.backend()) {
            tx.run(statement, vec![]).await?;
        }
        Ok(tx)
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
