//! What happened since a backup and must not come back: who was erased is erased again (PRV-1), what was redacted is redacted
//! again (PRV-2). Both stand in lists beside the database, which outlive it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use desk::Desk;
use store::{
    erasures::{self, Erasure, NoErasure, Whom},
    redaction_list::{self, NoRedaction, Redaction},
};

use crate::text_file;

/// Lists of the old data folder, where they are named.
#[derive(Debug, Default)]
pub(crate) struct Later {
    pub(crate) erasures: Option<PathBuf>,
    pub(crate) redactions: Option<PathBuf>,
}

/// What the lists at hand name, and whether one of them may know of more than the backup.
#[derive(Debug)]
pub(super) struct Lists {
    erased: (Vec<Erasure>, bool),
    redacted: (Vec<Redaction>, bool),
}

impl Lists {
    pub(super) fn of(from: &Path, data: &Path, later: &Later) -> anyhow::Result<Self> {
        let erased = files(erasures::FILE, (from, data), later.erasures.as_deref());
        let redacted = files(redaction_list::FILE, (from, data), later.redactions.as_deref());
        Ok(Self {
            erased: (all(&erased.0, read_erasures)?, erased.1),
            redacted: (all(&redacted.0, read_redactions)?, redacted.1),
        })
    }

    /// Does it all again; what there is to say of it.
    pub(super) async fn apply(&self, desk: &Desk) -> anyhow::Result<Vec<String>> {
        let (erased, is_later) = &self.erased;
        let again = desk::people::erase_again(desk, erased).await.context("who was erased is back")?;
        let mut said = vec![match (is_later, again.len()) {
            (_, count) if count > 0 => erased_again(&again),
            (true, _) => "Nobody was erased after the backup, by the list.".to_owned(),
            (false, _) => {
                "No list of erasures from after the backup was at hand, so whoever was erased since is back. If the \
                 old data folder is left, empty the new one and restore again with --erasures OLD/erasures.log."
                    .to_owned()
            }
        }];
        let (redacted, is_later) = &self.redacted;
        let again = desk::tickets::redact_again(desk, redacted).await.context("what was redacted is back")?;
        said.push(match (is_later, again.len()) {
            (_, count) if count > 0 => format!("Redacted again what was redacted after the backup: {count}."),
            (true, _) => "Nothing was redacted after the backup, by the list.".to_owned(),
            (false, _) => {
                "No list of redactions from after the backup was at hand, so whatever was redacted since is back. If the \
                 old data folder is left, empty the new one and restore again with --redactions OLD/redactions.log."
                    .to_owned()
            }
        });
        Ok(said)
    }
}

/// Who was erased after the backup, and is again.
fn erased_again(again: &[Whom]) -> String {
    let organisations = again.iter().filter(|whom| matches!(whom, Whom::Organisation(_))).count();
    let people = match again.len() - organisations {
        0 => None,
        1 => Some("one person".to_owned()),
        count => Some(format!("{count} people")),
    };
    let organisations = match organisations {
        0 => None,
        1 => Some("one organisation".to_owned()),
        count => Some(format!("{count} organisations")),
    };
    let said = people.into_iter().chain(organisations).collect::<Vec<_>>().join(" and ");
    let were = if again.len() == 1 { "was" } else { "were" };
    format!("Erased {said} again, who {were} erased after the backup.")
}

/// The lists that there are, and whether one of them is not the backup's own.
fn files(name: &str, (from, data): (&Path, &Path), list: Option<&Path>) -> (Vec<PathBuf>, bool) {
    let beside = Some(data.join(name)).filter(|file| file.exists());
    let later: Vec<PathBuf> = list.map(Path::to_owned).into_iter().chain(beside).collect();
    let is_later = !later.is_empty();
    let own = Some(from.join(name)).filter(|file| file.exists());
    (later.into_iter().chain(own).collect(), is_later)
}

fn all<T>(files: &[PathBuf], read: impl Fn(&Path, &str) -> anyhow::Result<Vec<T>>) -> anyhow::Result<Vec<T>> {
    let mut all = Vec::new();
    for file in files {
        all.extend(read(file, &text_file::read(file)?)?);
    }
    Ok(all)
}

fn read_erasures(file: &Path, text: &str) -> anyhow::Result<Vec<Erasure>> {
    erasures::read(text).map_err(|NoErasure(line)| {
        anyhow::anyhow!(
            "{}, line {line}: this is no erasure; a line is an instant and the number of a person, such as \
             \"2026-11-20T16:40:00Z 17\"",
            file.display()
        )
    })
}

fn read_redactions(file: &Path, text: &str) -> anyhow::Result<Vec<Redaction>> {
    redaction_list::read(text).map_err(|NoRedaction(line)| {
        anyhow::anyhow!(
            "{}, line {line}: this is no redaction; take the file as Firstline wrote it, or remove that line",
            file.display()
        )
    })
}
