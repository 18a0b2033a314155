//! What an index says of itself: it travels in each commit of it, so the two are never apart.

use std::{fs, path::Path};

use rules::ids::{PolicyVersionId, Seq};
use serde::{Deserialize, Serialize};

use super::fields::FORM;
use crate::{Handle, Result, events};

/// How far an index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    form: u32,
    /// Everything in the journal up to here is in it.
    pub seq: Seq,
    /// When that entry was written down: another database has another one there.
    recorded_at: Option<i64>,
    /// While it is being made: the requests up to this number are in it.
    pub upto: Option<i64>,
    /// Before that: the people up to this number are in it, and after them the organisations.
    pub people: Option<i64>,
    pub organisations: Option<i64>,
    /// Whose passages are in it.
    pub policy: Option<PolicyVersionId>,
    /// Somebody was erased or something redacted, and the words may still lie in its files.
    pub purge: bool,
}

impl Mark {
    /// Of an index that is about to be made from the database, whose journal has come to `seq`.
    pub(super) async fn beginning(conn: &Handle, seq: Seq) -> Result<Self> {
        let mark = Self {
            form: FORM,
            seq: Seq(0),
            recorded_at: None,
            upto: Some(0),
            people: Some(0),
            organisations: Some(0),
            policy: None,
            purge: false,
        };
        mark.at(conn, seq).await
    }

    /// The same, as of another entry.
    pub(super) async fn at(self, conn: &Handle, seq: Seq) -> Result<Self> {
        Ok(Self { seq, recorded_at: recorded(conn, seq).await?, ..self })
    }

    /// Whether an index so marked is one of this database, in the form of this release.
    pub(super) async fn fits(&self, conn: &Handle) -> Result<bool> {
        Ok(self.form == FORM && recorded(conn, self.seq).await? == self.recorded_at)
    }

    /// Whether all of the database that was there is in it, in the form of this release.
    pub fn is_whole(&self) -> bool {
        self.form == FORM && self.upto.is_none()
    }

    pub(super) fn written(&self) -> Result<String> {
        serde_json::to_string(self).map_err(crate::Error::broken)
    }

    pub(super) fn read(payload: Option<&str>) -> Option<Self> {
        serde_json::from_str(payload?).ok()
    }
}

/// When the entry of that number was written down; none where there is no such entry.
async fn recorded(conn: &Handle, seq: Seq) -> Result<Option<i64>> {
    let entry = events::after(conn, Seq(seq.0 - 1), 1).await?.into_iter().next();
    Ok(entry.filter(|entry| entry.seq == seq).map(|entry| entry.recorded_at.micros()))
}

/// The mark of the index in a data folder, read beside the process that writes it. None where there is no index.
pub fn peek(folder: &Path) -> Option<Mark> {
    let text = fs::read_to_string(folder.join("search").join("meta.json")).ok()?;
    let meta: serde_json::Value = serde_json::from_str(&text).ok()?;
    Mark::read(meta["payload"].as_str())
}
