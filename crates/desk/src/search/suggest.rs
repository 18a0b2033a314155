//! A subject is being typed: what may answer it is shown under it (REQ-7), and where support ends, if it speaks of that
//! (SCO-1). What was shown is kept.

use rules::{
    keys::{EntryKey, TypeKey},
    scope::recognise,
    search::{PassageOf, Target, Typed},
};
use store::{
    Standing,
    search::{Breadth, Texts, WantedOf},
    suggestions::{self, Sheet},
};

use super::{
    find::{as_customer, ask, passages, tickets},
    follow::findable,
};
use crate::{
    Actor, Desk, Error, Result,
    actor::Signed,
    tickets::{Row, seen_rows},
};

/// Letters before anything is looked for.
const SHORTEST: usize = 3;
/// Each kind has room of its own, so that many requests leave none of the others out.
const REQUESTS: usize = 3;
const SECTIONS: usize = 2;
const SCOPE: usize = 1;
/// More than any policy has.
const PASSAGES: usize = 200;

/// What is typed, and into which form.
#[derive(Clone, Debug)]
pub struct Asked {
    pub request_type: TypeKey,
    /// What tells the form from every other.
    pub form: String,
    pub subject: String,
}

/// What may answer it.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    /// Requests of the reader's and those that they see, the best first.
    pub requests: Vec<Row>,
    /// Sections of the support page, then a line of the scope where it does not speak of one already; the best first.
    pub passages: Vec<PassageOf>,
    /// The line of the scope that it speaks of, unless the reader has waved one away.
    pub scope: Option<EntryKey>,
}

pub async fn suggest(desk: &Desk, actor: &Actor, asked: Asked) -> Result<Suggestions> {
    let signed = actor.signed()?;
    let policy = desk.policy().await?;
    policy.policy().request_type(&asked.request_type).ok_or(Error::NotFound)?;
    let typed = Typed::read(&asked.subject);
    if typed.is_empty() || asked.subject.trim().chars().count() < SHORTEST {
        return Ok(Suggestions::default());
    }
    let sheet = Sheet { person: signed.person, form: &asked.form };
    let before = suggestions::of_form(desk.store.read(), sheet).await?;
    let was_waved_away = before.iter().any(|shown| shown.waved_away_at.is_some());
    let scope = recognise(policy.policy(), &asked.subject).map(|(key, _)| key.clone());
    // It was said, or is about to be: once is enough.
    let lines = if scope.is_some() || was_waved_away { 0 } else { SCOPE };
    let suggested = Suggestions {
        requests: requests(desk, signed, &typed).await?,
        passages: passages_for(desk, &typed, lines).await?,
        scope: scope.filter(|_| !was_waved_away),
    };
    let targets: Vec<Target> =
        suggested.targets().into_iter().filter(|target| before.iter().all(|shown| shown.target != *target)).collect();
    if is_form(&asked.form) {
        remember(desk, sheet, &targets).await;
    }
    Ok(suggested)
}

async fn requests(desk: &Desk, signed: &Signed, typed: &Typed) -> Result<Vec<Row>> {
    let scope = as_customer(signed);
    let of = WantedOf::Requests { scope: Box::new(scope.clone()), within: Texts::Public, asked: Box::default() };
    let found = ask(desk, typed, of, (Breadth::Half, 0, REQUESTS * 2)).await?;
    let mut rows = seen_rows(desk, &scope, &tickets(&found)).await?;
    rows.truncate(REQUESTS);
    Ok(rows)
}

/// What a form of ours carries: without that there is nothing to tie it to.
fn is_form(form: &str) -> bool {
    form.len() == 32 && form.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What has all of the words. Nobody asks in the words of a section alone, so where none has all, the one that has the most
/// of them stands for it: half, and two at least, since one word of a question stands everywhere.
async fn passages_for(desk: &Desk, typed: &Typed, lines: usize) -> Result<Vec<PassageOf>> {
    let findable = findable(desk).await?;
    let found = ask(desk, typed, WantedOf::Passages, (Breadth::All, 0, PASSAGES)).await?;
    let exact = each_kind(passages(&findable, &found), (SECTIONS, lines));
    if !exact.is_empty() || typed.words.len() < 3 {
        return Ok(exact);
    }
    let breadth = if typed.words.len() == 3 { Breadth::Two } else { Breadth::Half };
    let found = ask(desk, typed, WantedOf::Passages, (breadth, 0, PASSAGES)).await?;
    Ok(each_kind(passages(&findable, &found), (1, 0)))
}

/// So many sections and lines of the scope.
fn each_kind(found: Vec<PassageOf>, (sections, lines): (usize, usize)) -> Vec<PassageOf> {
    let is_section = |passage: &PassageOf| matches!(passage, PassageOf::Section(_));
    let (mut shown, mut scope): (Vec<_>, Vec<_>) = found.into_iter().partition(is_section);
    shown.truncate(sections);
    scope.truncate(lines);
    shown.extend(scope);
    shown
}

impl Suggestions {
    fn targets(&self) -> Vec<Target> {
        let requests = self.requests.iter().map(|row| Target::Request(row.ticket.id));
        let passages = self.passages.iter().cloned().map(Target::Passage);
        let scope = self.scope.iter().map(|key| Target::Passage(PassageOf::Scope(key.clone())));
        requests.chain(passages).chain(scope).collect()
    }
}

/// Nobody waits in vain for an answer because it cannot be written down that it was shown.
async fn remember(desk: &Desk, sheet: Sheet<'_>, targets: &[Target]) {
    if targets.is_empty() || desk.standing() != Standing::Writes {
        return;
    }
    let written = async {
        let tx = desk.store.begin().await?;
        suggestions::show(&tx, sheet, targets, desk.now()).await?;
        tx.commit().await
    };
    if let Err(error) = written.await {
        tracing::warn!(%error, "what was shown under a subject could not be written down");
    }
}
