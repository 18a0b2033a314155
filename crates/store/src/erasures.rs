//! Who was erased, in a list beside the database that outlives it: what a restore brings back is erased again (PRV-1).
//!
//! `erasures.log` in the data folder, a line each: instant and number of the person, nothing that says who they were.
//! The database knows as well, so a line that a crash swallowed is written at the next look. Only whole lines count: the
//! torn end of one could name somebody else.

use std::{collections::HashSet, io, path::Path};

use rules::{ids::PersonId, instant::Instant};

use crate::{
    Handle, Result, Store,
    engine::values,
    list_beside::{List, whole},
};

/// The list's name in the data folder and in a backup.
pub const FILE: &str = "erasures.log";

/// Somebody was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Erasure {
    pub person: PersonId,
    pub at: Instant,
}

impl Erasure {
    fn line(&self) -> String {
        format!("{} {}", self.at, self.person)
    }
}

/// A line that is none: its number, from 1 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoErasure(pub usize);

/// The whole lines of a list.
pub fn read(text: &str) -> std::result::Result<Vec<Erasure>, NoErasure> {
    let lines = whole(text).lines().enumerate().filter(|(_, line)| !line.is_empty());
    lines.map(|(at, text)| line(text).ok_or(NoErasure(at + 1))).collect()
}

fn line(text: &str) -> Option<Erasure> {
    let (at, person) = text.split_once(' ')?;
    Some(Erasure { person: PersonId(person.parse().ok().filter(|id| *id > 0)?), at: at.parse().ok()? })
}

/// As lines.
pub fn written<'a>(erasures: impl IntoIterator<Item = &'a Erasure>) -> String {
    erasures.into_iter().map(|erasure| erasure.line() + "\n").collect()
}

/// The list of a data folder.
pub(crate) fn in_folder(folder: &Path) -> List {
    List::at(folder.join(FILE))
}

/// Those of `erasures` that the whole lines do not name, as lines.
fn missing(whole: &str, erasures: &[Erasure]) -> io::Result<Vec<String>> {
    let noted = read(whole).map_err(|NoErasure(line)| io::Error::other(format!("line {line} is no erasure")))?;
    let noted: HashSet<PersonId> = noted.into_iter().map(|erasure| erasure.person).collect();
    Ok(erasures.iter().filter(|erasure| !noted.contains(&erasure.person)).map(Erasure::line).collect())
}

impl Store {
    /// Writes down in the list who is erased and not in it yet; how many.
    pub async fn note_erasures(&self) -> Result<usize> {
        self.add_erasures(erased(self.read()).await?).await
    }

    /// Takes another list's entries in.
    pub async fn add_erasures(&self, erasures: Vec<Erasure>) -> Result<usize> {
        if erasures.is_empty() {
            return Ok(0);
        }
        self.erasures.note(move |whole| missing(whole, &erasures)).await
    }
}

/// Everybody whom the database knows as erased.
async fn erased(conn: &Handle) -> Result<Vec<Erasure>> {
    let sql = "SELECT id, erased_at FROM person WHERE erased_at IS NOT NULL ORDER BY erased_at, id";
    let read =
        |row: &crate::engine::Row<'_>| Ok(Erasure { person: row.id("id", PersonId)?, at: row.instant("erased_at")? });
    conn.rows(sql, values![], read).await
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn erasure(person: i64) -> Erasure {
        Erasure { person: PersonId(person), at: "2026-11-20T16:40:00Z".parse().unwrap() }
    }

    #[test]
    fn only_whole_lines_count() {
        assert_eq!(read("2026-11-20T16:40:00Z 17\n2026-11-20T16:40:00Z 1"), Ok(vec![erasure(17)]));
        assert_eq!(read(""), Ok(vec![]));
        for text in ["17\n", "2026-11-20 17\n", "2026-11-20T16:40:00Z -1\n", "2026-11-20T16:40:00Z Dana\n"] {
            assert_eq!(read(text), Err(NoErasure(1)), "{text}");
        }
    }

    #[test]
    fn a_torn_end_is_written_anew_and_nobody_twice() {
        let folder = tempfile::tempdir().unwrap();
        let log = in_folder(folder.path());
        fs::write(folder.path().join(FILE), "2026-11-20T16:40:00Z 17\n2026-11-20T16:40:00Z 1").unwrap();
        assert_eq!(log.add(|whole| missing(whole, &[erasure(17), erasure(18)])).unwrap(), 1);
        assert_eq!(log.add(|whole| missing(whole, &[erasure(17), erasure(18)])).unwrap(), 0);
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), written(&[erasure(17), erasure(18)]));
    }
}
