//! Whether the audit is whole: every entry is counted anew and held against the one before and against what it is found by.
//! Reads only; whether an entry fits is `rules::audit`'s.

use std::collections::{BTreeMap, BTreeSet};

use rules::audit::{Broken, Head, follows};

use super::{Kept, after, count_filed, filed, hash_of, would_file};
use crate::{Error, Handle, Result};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The last entry that fits.
    pub head: Head,
    /// The first that does not.
    pub broken: Option<Broken>,
}

/// Entries that are read at once.
const PIECE: i64 = 500;

/// Goes through all of it. Of heads that were kept elsewhere, each has to be there: they find what was cut off at the end, and
/// a chain that was written anew.
pub async fn verify(conn: &Handle, known: &[Head]) -> Result<Verdict> {
    let mut verdict = Verdict { head: Head::default(), broken: None };
    let mut lines = 0;
    loop {
        let read = after(conn, verdict.head.number, PIECE).await?;
        if read.is_empty() {
            break;
        }
        let mut found = found(conn, &read).await?;
        for kept in &read {
            let found = found.remove(&kept.number).unwrap_or_default();
            lines += i64::try_from(found.len()).map_err(Error::broken)?;
            match fits(&verdict.head, kept, &found) {
                Ok(head) => verdict.head = head,
                Err(broken) => return Ok(Verdict { broken: Some(broken), ..verdict }),
            }
        }
    }
    let last = verdict.head.number;
    if count_filed(conn).await? != lines {
        verdict.broken = Some(Broken::Misfiled { number: last + 1 });
    }
    for head in known.iter().filter(|head| head.number > 0) {
        match hash_of(conn, head.number).await? {
            Some(hash) if hash == head.hash => {}
            Some(_) => verdict.broken = Some(Broken::Rewritten { number: head.number }),
            None => verdict.broken = Some(Broken::CutOff { number: head.number, last }),
        }
    }
    Ok(verdict)
}

type Found = BTreeSet<(String, i64)>;

/// By what each of these entries is found.
async fn found(conn: &Handle, read: &[Kept]) -> Result<BTreeMap<i64, Found>> {
    let mut found: BTreeMap<i64, Found> = BTreeMap::new();
    let numbers: Vec<i64> = read.iter().map(|kept| kept.number).collect();
    for (number, thing, id) in filed(conn, &numbers).await? {
        found.entry(number).or_default().insert((thing, id));
    }
    Ok(found)
}

fn fits(head: &Head, kept: &Kept, found: &Found) -> std::result::Result<Head, Broken> {
    let number = kept.number;
    let chained = kept.chained().ok_or(Broken::Changed { number })?;
    let next = follows(head, &chained)?;
    let act = kept.act().ok_or(Broken::Changed { number })?;
    let would: Found = act.about(chained.link.by).iter().map(would_file).collect();
    if would != *found || !kept.is_in_its_area() {
        return Err(Broken::Misfiled { number });
    }
    Ok(next)
}
