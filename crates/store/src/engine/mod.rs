//! The database itself: where it lives, one writer at a time, many readers, and when a commit is lasting.

mod barrier;
mod disk;
mod embedded;
mod handle;
pub(crate) mod open;
#[cfg(test)]
mod power_cut_test;
mod room;
mod said;
mod signals;
#[cfg(test)]
mod tests;
mod values;

use std::sync::Arc;

use sea_orm::{DatabaseConnection, TransactionTrait};
use tokio::time::Instant;

use barrier::Barrier;
pub use disk::{Disk, syncs_a_second};
pub(crate) use disk::{make_folder, sync_folder};
pub(crate) use handle::Row;
pub use handle::{Handle, Tx};
pub use open::Place;
pub(crate) use room::Fullness;
pub use room::{Room, Standing};
pub use said::{Said, overheard};
pub use signals::Calls;
pub(crate) use values::{ToValue, slots, values, word};

use crate::{Result, blobs::Blobs, dialect};

/// Everything that is kept: the database and the blobs.
#[derive(Clone, Debug)]
pub struct Store {
    place: Arc<Place>,
    writer: Writer,
    reader: Arc<Handle>,
    blobs: Blobs,
    /// Where commits of SQLite wait for the disk; those of PostgreSQL have waited for it themselves.
    barrier: Option<Barrier>,
    /// Whether a write did not fit.
    fullness: Fullness,
    pub(crate) erasures: crate::list_beside::List,
    pub(crate) redactions: crate::list_beside::List,
    search: crate::search::Search,
}

/// Where write transactions begin.
#[derive(Clone, Debug)]
pub(crate) enum Writer {
    Embedded(embedded::Writer),
    /// A few connections, which wait for the same lock.
    Server(DatabaseConnection),
}

impl Writer {
    /// Runs a statement of the embedded database outside of any transaction.
    async fn run(&self, statement: &str) -> Result<()> {
        match self {
            Writer::Embedded(writer) => writer.run(statement).await,
            Writer::Server(_) => Err(crate::Error::broken("a server's settings are its own")),
        }
    }

    async fn close(&self) -> Result<()> {
        match self {
            Writer::Embedded(writer) => {
                writer.close().await;
                Ok(())
            }
            Writer::Server(pool) => Ok(pool.close_by_ref().await?),
        }
    }
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
        let fullness = Fullness::default();
        Ok(Self {
            place: Arc::new(place.clone()),
            writer: open::writer(place).await?,
            reader: Arc::new(open::readers(place)?),
            blobs: Blobs::open(place.blobs(), fullness.clone())?,
            barrier: log.map(Barrier::new),
            fullness,
            erasures: crate::erasures::in_folder(place.folder()),
            redactions: crate::redaction_list::in_folder(place.folder()),
            search: crate::search::Search::in_folder(place.folder()),
        })
    }

    /// Opens what is there for reading alone, beside or after the process that writes it.
    pub fn look(place: &Place) -> Result<Handle> {
        open::readers(place)
    }

    /// Opens it for making a world that is worth nothing until it is whole: commits wait for no disk. Only
    /// `sync` makes it last; until then a power cut may ruin the database.
    pub async fn open_unsynced(place: &Place) -> Result<Self> {
        let mut store = Self::open(place).await?;
        store.blobs = Blobs::open_unsynced(place.blobs())?;
        store.barrier = None;
        if let Some(statement) = dialect::wait_for_no_disk(store.reader.backend()) {
            store.writer.run(statement).await?;
        }
        Ok(store)
    }

    /// Makes all that was written since `open_unsynced` at that place last. Then open it anew to serve.
    pub async fn sync(&self, place: &Place) -> Result<()> {
        Blobs::sync(&place.blobs()).map_err(crate::Error::broken)?;
        for statement in dialect::sync(self.reader.backend()) {
            self.writer.run(statement).await?;
        }
        Ok(())
    }

    /// Has nothing left on the disk of what was written over and deleted, as far as that is this process's: the log of the
    /// embedded database is brought in and emptied. `false` when somebody reads an older state for too long; the next look does it.
    pub async fn scrub(&self) -> Result<bool> {
        match &self.writer {
            Writer::Embedded(writer) => writer.empty_the_log().await,
            Writer::Server(_) => Ok(true),
        }
    }

    /// Writes the embedded database anew, without what older copies left between its rows. Nobody else may use it meanwhile.
    pub async fn rewrite(&self) -> Result<bool> {
        if let Writer::Embedded(_) = &self.writer {
            self.writer.run(dialect::WRITE_ANEW).await?;
        }
        self.scrub().await
    }

    /// Where all of it lies.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Reads, outside of any transaction.
    pub fn read(&self) -> &Handle {
        &self.reader
    }

    /// Begins the one write transaction; others wait for their turn. Dropped without `commit`, it leaves no trace.
    pub async fn begin(&self) -> Result<Tx> {
        let asked = Instant::now();
        let tx = match &self.writer {
            Writer::Embedded(writer) => {
                Tx::embedded(writer.begin().await?, self.barrier.clone(), self.fullness.clone())
            }
            Writer::Server(pool) => Tx::of_server(pool.begin().await?, self.fullness.clone()),
        };
        self.can_last()?;
        if let Some(statement) = dialect::take_turn(tx.backend()) {
            tx.run(statement, vec![]).await?;
        }
        metrics::histogram!("firstline_writer_wait_seconds").record(asked.elapsed());
        Ok(tx)
    }

    /// Whether what is written now can become lasting: not after the disk has refused the log.
    pub fn can_last(&self) -> Result<()> {
        self.barrier.as_ref().map_or(Ok(()), Barrier::check)
    }

    /// Whether what is written now is kept.
    pub fn standing(&self) -> Standing {
        match self.can_last() {
            Err(_) => Standing::Stopped,
            Ok(()) if self.fullness.is_noted() => Standing::Full,
            Ok(()) => Standing::Writes,
        }
    }

    /// After something did not fit: tries whether it would now. An error says what is still in the way.
    pub async fn try_again(&self) -> Result<()> {
        if !self.fullness.is_noted() {
            return Ok(());
        }
        for folder in self.place.embedded().into_iter().chain([self.place.blobs()]) {
            room::try_folder(&folder)?;
        }
        if let Some(statement) = dialect::try_writing(self.reader.backend()) {
            let tx = self.begin().await?;
            tx.run(statement, vec![]).await?;
            tx.commit().await?;
        }
        self.fullness.forget();
        Ok(())
    }

    /// Whether the database is a file in the data folder.
    pub fn is_embedded(&self) -> bool {
        self.place.embedded().is_some()
    }

    /// What the disk of the data folder has left.
    pub fn room(&self) -> Result<Room> {
        Room::of(&self.place.embedded().unwrap_or_else(|| self.place.blobs()))
    }

    /// Bytes of the embedded database's file and of the log beside it.
    pub(crate) fn file_bytes(&self) -> (u64, u64) {
        let bytes = |name: &str| {
            let file = self.place.embedded().map(|folder| folder.join(name));
            file.and_then(|file| file.metadata().ok()).map_or(0, |file| file.len())
        };
        (bytes(open::FILE), bytes(&format!("{}-wal", open::FILE)))
    }

    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// The index of what can be searched.
    pub fn search(&self) -> &crate::search::Search {
        &self.search
    }

    /// Closes the connections after the statements under way.
    pub async fn close(&self) -> Result<()> {
        self.search.close().await;
        self.writer.close().await?;
        self.reader.close().await
    }
}
