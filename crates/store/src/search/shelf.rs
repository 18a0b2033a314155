//! An index on the disk, open for reading: opened where it fits the database, made anew where it does not.

use std::{
    fmt, fs, io,
    path::Path,
    sync::{PoisonError, RwLock},
};

use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, directory::MmapDirectory};

use super::{fields::Fields, mark::Mark, tokens};
use crate::{Error, Result};

/// The index, and the mark of what searches see of it.
pub(super) struct Shelf {
    pub(super) index: Index,
    pub(super) fields: Fields,
    reader: IndexReader,
    mark: RwLock<Mark>,
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("mark", &self.mark()).finish_non_exhaustive()
    }
}

impl Shelf {
    /// The index of a folder with its mark; none where there is none that reads.
    pub(super) fn open(folder: &Path) -> Option<(Index, Mark)> {
        let directory = MmapDirectory::open(folder).ok()?;
        let index = Index::open(directory).ok()?;
        (index.schema() == Fields::lay().0).then_some(())?;
        let mark = Mark::read(index.load_metas().ok()?.payload.as_deref())?;
        Some((index, mark))
    }

    /// An empty one; whatever was in the folder goes.
    pub(super) fn create(folder: &Path) -> Result<Index> {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::from_io(&error, folder)),
            _ => {}
        }
        fs::create_dir_all(folder).map_err(|error| Error::from_io(&error, folder))?;
        let directory = MmapDirectory::open(folder).map_err(Error::broken)?;
        Ok(Index::create(directory, Fields::lay().0, tantivy::IndexSettings::default())?)
    }

    pub(super) fn on(index: Index, mark: Mark) -> Result<Self> {
        index.tokenizers().register(tokens::NAME, tokens::Words::default());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, fields: Fields::lay().1, reader, mark: RwLock::new(mark) })
    }

    /// Searches see what was committed last, and that it is marked so.
    pub(super) fn turn_over(&self, mark: Mark) -> Result<()> {
        self.reader.reload()?;
        *self.mark.write().unwrap_or_else(PoisonError::into_inner) = mark;
        Ok(())
    }

    pub(super) fn mark(&self) -> Mark {
        *self.mark.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }
}
