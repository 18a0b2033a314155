//! What was redacted, in a list beside the database that outlives it: what a restore brings back is redacted again (PRV-2).
//!
//! `redactions.log` in the data folder, a line of JSON each: ids, places, and keyed digests by which a passage is known again,
//! never what it was. The database knows as well, so a line that a crash swallowed is written at the next look. Only whole
//! lines count.

use std::{collections::HashSet, path::Path};

use rules::{
    events::Redacted,
    ids::{AttachmentId, TicketId},
    instant::Instant,
    redaction::{Print, Redactor},
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, Store,
    engine::values,
    list_beside::{List, whole},
};

/// The list's name in the data folder and in a backup.
pub const FILE: &str = "redactions.log";

/// Something was redacted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redaction {
    pub at: Instant,
    pub ticket: TicketId,
    /// By which the request is known: after a restore its number may be given to another.
    pub filed_at: Instant,
    pub by: Redactor,
    pub what: Redacted,
    /// Of passages, which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Print>,
    /// Whether they went wherever in the request they stood.
    #[serde(default)]
    pub everywhere: bool,
    /// Of a file, all that went with it, and whether their names did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AttachmentId>,
    #[serde(default)]
    pub names: bool,
    /// The day that the marks name.
    pub on: jiff::civil::Date,
}

impl Redaction {
    /// As a line, without its end.
    pub fn line(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::broken)
    }
}

/// A line that is none: its number, from 1 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRedaction(pub usize);

/// The whole lines of a list.
pub fn read(text: &str) -> std::result::Result<Vec<Redaction>, NoRedaction> {
    let lines = whole(text).lines().enumerate().filter(|(_, line)| !line.is_empty());
    lines.map(|(at, line)| serde_json::from_str(line).map_err(|_| NoRedaction(at + 1))).collect()
}

/// The list of a data folder.
pub(crate) fn in_folder(folder: &Path) -> List {
    List::at(folder.join(FILE))
}

/// Those of `lines` that are not among the whole ones.
fn missing(whole: &str, lines: &[String]) -> Vec<String> {
    let noted: HashSet<&str> = whole.lines().collect();
    lines.iter().filter(|line| !noted.contains(line.as_str())).cloned().collect()
}

impl Store {
    /// Writes down in the list what was redacted and is not in it yet; how many.
    pub async fn note_redactions(&self) -> Result<usize> {
        let sql = "SELECT line FROM redaction ORDER BY id";
        let lines = self.read().rows(sql, values![], |row| row.get::<String>("line")).await?;
        self.append(lines).await
    }

    /// Takes another list's entries in.
    pub async fn add_redactions(&self, redactions: &[Redaction]) -> Result<usize> {
        let lines: Result<Vec<String>> = redactions.iter().map(Redaction::line).collect();
        self.append(lines?).await
    }

    async fn append(&self, lines: Vec<String>) -> Result<usize> {
        if lines.is_empty() {
            return Ok(0);
        }
        self.redactions.note(move |whole| Ok(missing(whole, &lines))).await
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rules::redaction::Place;

    use super::*;

    fn redaction(ticket: i64) -> Redaction {
        Redaction {
            at: "2026-11-20T16:40:00Z".parse().unwrap(),
            ticket: TicketId(ticket),
            filed_at: "2026-11-19T16:40:00Z".parse().unwrap(),
            by: Redactor::Customer,
            what: Redacted::Passage(Place::Subject),
            passages: vec![],
            everywhere: true,
            files: vec![],
            names: false,
            on: jiff::civil::date(2026, 11, 20),
        }
    }

    #[test]
    fn prv_2_a_torn_end_is_written_anew_and_nothing_twice() {
        let folder = tempfile::tempdir().unwrap();
        let log = in_folder(folder.path());
        let lines = [redaction(17).line().unwrap(), redaction(18).line().unwrap()];
        fs::write(folder.path().join(FILE), format!("{}\n{}", lines[0], &lines[1][..20])).unwrap();
        let text = fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert_eq!(read(&text), Ok(vec![redaction(17)]), "a torn line does not count");
        assert_eq!(log.add(|whole| Ok(missing(whole, &lines))).unwrap(), 1);
        assert_eq!(log.add(|whole| Ok(missing(whole, &lines))).unwrap(), 0);
        let text = fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert_eq!(read(&text), Ok(vec![redaction(17), redaction(18)]));
        assert_eq!(read("{}\n"), Err(NoRedaction(1)));
    }
}
