//! A list in the data folder that outlives the database: what a restore must do again. A line each; only whole lines
//! count, since a crash may have torn the last one.

use std::{
    fs::OpenOptions,
    io::{self, Read, Seek, SeekFrom, Write},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{Error, Result, engine::sync_folder};

/// One such list; one at a time writes it.
#[derive(Clone, Debug)]
pub(crate) struct List {
    file: PathBuf,
    turn: Arc<Mutex<()>>,
}

/// The whole lines of a text, each with its end.
pub(crate) fn whole(text: &str) -> &str {
    text.rfind('\n').map_or("", |end| &text[..=end])
}

impl List {
    pub(crate) fn at(file: PathBuf) -> Self {
        Self { file, turn: Arc::default() }
    }

    /// Appends the lines that `missing` says of the whole ones, and returns when the disk has them; how many.
    pub(crate) fn add(&self, missing: impl FnOnce(&str) -> io::Result<Vec<String>>) -> io::Result<usize> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !self.file.exists();
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(&self.file)?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let whole = whole(&text);
        let missing = missing(whole)?;
        if !missing.is_empty() {
            file.set_len(whole.len() as u64)?;
            file.seek(SeekFrom::End(0))?;
            file.write_all(format!("{}\n", missing.join("\n")).as_bytes())?;
            file.sync_all()?;
        }
        if let (true, Some(folder)) = (is_new, self.file.parent()) {
            sync_folder(folder)?;
        }
        Ok(missing.len())
    }

    /// The same, off the threads that answer.
    pub(crate) async fn note(
        &self,
        missing: impl FnOnce(&str) -> io::Result<Vec<String>> + Send + 'static,
    ) -> Result<usize> {
        let list = self.clone();
        let noted = tokio::task::spawn_blocking(move || list.add(missing).map_err(|e| (list.file, e))).await;
        noted.map_err(Error::broken)?.map_err(|(file, e)| Error::broken(format!("{}: {e}", file.display())))
    }
}
