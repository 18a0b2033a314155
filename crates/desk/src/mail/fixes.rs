//! Where a fix stands for somebody who waits for it (BUG-4, BUG-7, ENT-2). What they are told was decided when it was ordered; what
//! is said of requests and releases is read when it is sent.

use rules::{
    bugs::{
        Stage,
        telling::{Cause, Now, Word},
    },
    ids::{BugId, PersonId, TicketId},
    releases::{Catalogue, Reference, Version, anchors},
};
use serde::{Deserialize, Serialize};

use super::facts::request;
use crate::{
    Desk, Result,
    ports::{About, FixFacts, RequestFacts},
};

/// To who waits for a fix: ids and versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixTold {
    pub bug: BugId,
    pub to: PersonId,
    pub word: Word,
    /// Their requests; none of who only follows it.
    pub requests: Vec<TicketId>,
    pub confirm: Vec<TicketId>,
    pub cloud: bool,
    /// When it was ordered, in microseconds, and which of those letters it is.
    pub at: i64,
    pub place: usize,
}

impl FixTold {
    /// What was said stands in it: a word and the next one may be ordered at one instant.
    pub(super) fn key(&self) -> String {
        let Self { bug, to, at, place, word, .. } = self;
        let said = match word {
            Word::Fixed { version } => format!("fixed-{version}"),
            Word::NeedsLicence { version } => format!("licence-{version}"),
            Word::TakenBack { version, .. } => format!("back-{version}"),
        };
        format!("fix/{bug}/{to}/{at}/{place}/{said}")
    }

    /// The request that it is about, where that is one.
    pub(super) fn only(&self) -> Option<TicketId> {
        match self.requests.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

/// None where nothing is left that its reader sees, or where it was said otherwise meanwhile.
pub(super) async fn about(desk: &Desk, owed: &FixTold) -> Result<Option<About>> {
    let conn = desk.store.read();
    let bug = store::bugs::get(conn, owed.bug).await?;
    let requests = requests(desk, owed).await?;
    if requests.is_empty() && !owed.requests.is_empty() {
        return Ok(None);
    }
    let compiled = desk.policy().await?;
    let catalogue = crate::releases::catalogue(desk).await?;
    let is_public = bug.says.public && bug.life.state.stage() != Stage::Refused;
    if requests.is_empty() && !is_public {
        return Ok(None);
    }
    let base = &desk.settings.base_url;
    let (entry, release) = match told(&owed.word) {
        Some(version) => notes(&catalogue, version, owed.bug, base),
        None => (None, None),
    };
    let withdrawal = match &owed.word {
        Word::TakenBack { version, cause: Cause::Withdrawn, .. } => {
            catalogue.release(version).and_then(|release| release.withdrawn.as_ref())
        }
        _ => None,
    };
    let page = match requests.first() {
        Some(request) => request.url.clone(),
        None => format!("{base}/bugs/{}", owed.bug),
    };
    let confirm = owed.confirm.iter().copied().filter(|id| requests.iter().any(|it| it.id == *id)).collect();
    Ok(Some(About::Fix(FixFacts {
        product: compiled.policy().product.name.clone(),
        bug: owed.bug,
        word: owed.word.clone(),
        confirm,
        cloud: owed.cloud,
        title: is_public.then_some(bug.says.title),
        entry,
        release,
        why: withdrawal.map(|it| it.why.clone()),
        instead: withdrawal.and_then(|it| it.instead.as_ref()).map(ToString::to_string),
        page,
        requests,
    })))
}

/// Those of the requests that their reader sees as things stand now (VIS-3).
async fn requests(desk: &Desk, owed: &FixTold) -> Result<Vec<RequestFacts>> {
    let conn = desk.store.read();
    let mut seen = vec![];
    for id in &owed.requests {
        let facts = store::tickets::facts(conn, *id).await?;
        if crate::tickets::sees(conn, &facts, owed.to).await? {
            seen.push(request(desk, *id).await?);
        }
    }
    Ok(seen)
}

/// The version that has it.
fn told(word: &Word) -> Option<&Version> {
    match word {
        Word::Fixed { version }
        | Word::NeedsLicence { version }
        | Word::TakenBack { now: Now::Fixed { version } | Now::NeedsLicence { version }, .. } => Some(version),
        Word::TakenBack { now: Now::Nothing, .. } => None,
    }
}

/// What a release says of a bug, and where that stands.
fn notes(catalogue: &Catalogue, version: &Version, bug: BugId, base: &str) -> (Option<String>, Option<String>) {
    let Some(release) = catalogue.release(version) else { return (None, None) };
    let page = format!("{base}/releases/{}", release.version);
    let names_it = |note: &rules::releases::Note| note.references().contains(&Reference::Bug(bug));
    match release.notes.iter().position(names_it) {
        Some(place) => {
            let anchor = anchors(&release.version, &release.notes).swap_remove(place);
            (Some(release.notes[place].text.clone()), Some(format!("{page}#{anchor}")))
        }
        None => (None, Some(page)),
    }
}
