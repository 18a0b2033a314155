//! Who was erased, in a list beside the database that outlives it: what a restore brings back is erased again (PRV-1).
//!
//! `erasures.log` in the data folder, a line each: instant and number of the person, or `organisation` and its number;
//! nothing that says who they were.
//! The database knows as well, so a line that a crash swallowed is written at the next look. Only whole lines count: the
//! torn end of one could name somebody else.

use std::{collections::HashSet, io, path::Path};

use rules::{
    ids::{OrganisationId, PersonId},
    instant::Instant,
};

use crate::{
    Handle, Result, Store,
    engine::values,
    list_beside::{List, whole},
};

/// The list's name in the data folder and in a backup.
pub const FILE: &str = "erasures.log";

/// Who is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whom {
    Person(PersonId),
    Organisation(OrganisationId),
}

/// Somebody was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Erasure {
    pub whom: Whom,
    pub at: Instant,
}

impl Erasure {
    fn line(&self) -> String {
        match self.whom {
            Whom::Person(person) => format!("{} {person}", self.at),
            Whom::Organisation(organisation) => format!("{} organisation {organisation}", self.at),
        }
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
    let (at, whom) = text.split_once(' ')?;
    let number = |text: &str| text.parse().ok().filter(|id| *id > 0);
    let whom = match whom.strip_prefix("organisation ") {
        Some(id) => Whom::Organisation(OrganisationId(number(id)?)),
        None => Whom::Person(PersonId(number(whom)?)),
    };
    Some(Erasure { whom, at: at.parse().ok()? })
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
    let noted: HashSet<Whom> = noted.into_iter().map(|erasure| erasure.whom).collect();
    Ok(erasures.iter().filter(|erasure| !noted.contains(&erasure.whom)).map(Erasure::line).collect())
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
    let mut erased = conn
        .rows(sql, values![], |row| {
            Ok(Erasure { whom: Whom::Person(row.id("id", PersonId)?), at: row.instant("erased_at")? })
        })
        .await?;
    let sql = "SELECT id, erased_at FROM organisation WHERE erased_at IS NOT NULL ORDER BY erased_at, id";
    let organisations = conn.rows(sql, values![], |row| {
        Ok(Erasure { whom: Whom::Organisation(row.id("id", OrganisationId)?), at: row.instant("erased_at")? })
    });
    erased.extend(organisations.await?);
    Ok(erased)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn erasure(person: i64) -> Erasure {
        Erasure { whom: Whom::Person(PersonId(person)), at: "2026-11-20T16:40:00Z".parse().unwrap() }
    }

    #[test]
    fn an_organisation_is_told_from_a_person() {
        let whom = Whom::Organisation(OrganisationId(3));
        let of = Erasure { whom, ..erasure(1) };
        assert_eq!(read(&written(&[of, erasure(3)])), Ok(vec![of, erasure(3)]));
        assert_eq!(read("2026-11-20T16:40:00Z organisation Acme\n"), Err(NoErasure(1)));
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
