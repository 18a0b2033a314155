//! A subject is being typed: what may answer it is shown under it (REQ-7), and where support ends, if it speaks of that
//! (SCO-1). What was shown is kept.

use rules::{
    keys::{EntryKey, TypeKey},
    scope::recognise,
    search::{PassageOf, Target, Typed},
};
use store::{
    Standing,
    search::{Breadth, Notes, WantedOf},
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
const REQUESTS: usize = 3;
const SECTIONS: usize = 2;

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
    /// Sections of the support page.
    pub sections: Vec<&'static str>,
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
    let suggested = Suggestions {
        requests: requests(desk, signed, &typed).await?,
        sections: sections(desk, &typed).await?,
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
    let of = WantedOf::Requests { scope: Box::new(scope.clone()), notes: Notes::LeftOut, asked: Box::default() };
    let found = ask(desk, typed, of, (Breadth::Half, REQUESTS * 2)).await?;
    let mut rows = seen_rows(desk, &scope, &tickets(&found)).await?;
    rows.truncate(REQUESTS);
    Ok(rows)
}

/// What a form of ours carries: without that there is nothing to tie it to.
fn is_form(form: &str) -> bool {
    form.len() == 32 && form.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Only what has all of the words: a section says much, and half of a question stands in each.
async fn sections(desk: &Desk, typed: &Typed) -> Result<Vec<&'static str>> {
    let found = ask(desk, typed, WantedOf::Passages, (Breadth::All, SECTIONS * 4)).await?;
    let section = |passage| if let PassageOf::Section(id) = passage { Some(id) } else { None };
    Ok(passages(&findable(desk).await?, &found).into_iter().filter_map(section).take(SECTIONS).collect())
}

impl Suggestions {
    fn targets(&self) -> Vec<Target> {
        let requests = self.requests.iter().map(|row| Target::Request(row.ticket.id));
        let sections = self.sections.iter().map(|id| Target::Passage(PassageOf::Section(id)));
        let scope = self.scope.iter().map(|key| Target::Passage(PassageOf::Scope(key.clone())));
        requests.chain(sections).chain(scope).collect()
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
