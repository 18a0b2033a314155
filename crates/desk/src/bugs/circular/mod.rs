//! What staff write to exactly those whom a bug affects: tried first, sent once, and answered in one request each. It is a notice: it
//! answers nothing and stops no clock (FRT-2).

mod answer;
mod preview;
mod send;
mod step;

pub use answer::{Own, answer_circular, answered_by, own_circular};
pub(crate) use answer::{joined_by_answer, own_words};
pub use preview::{Draft, Preview, Sample, Shown as ShownRecipient, Skipped, preview_circular};
pub use send::{Sent, ToSend, send_circular};
pub(crate) use step::{CIRCULAR, step_circular};
pub use store::circulars::{Circular, Written};

use std::collections::HashMap;

use rules::{
    access::Action,
    bugs::affected::{Holder, Letter, LetterBug, Lot},
    ids::{BugId, OrganisationId, PersonId, TicketId},
    templates::{self, Named},
};
use store::Handle;

use super::affected::holder_names;
use crate::{Actor, Desk, Result};

/// How many are listed on a bug's page.
const LISTED: i64 = 20;
/// Answers that are named beside one.
const ANSWERS: i64 = 100;

/// One that was sent, with who sent it and the requests that its answers opened.
#[derive(Clone, Debug)]
pub struct Listed {
    pub circular: Circular,
    pub by: String,
    pub answers: Vec<TicketId>,
}

/// What was written about a bug, the last first.
pub async fn circulars(desk: &Desk, actor: &Actor, bug: BugId) -> Result<Vec<Listed>> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let all = store::circulars::of_bug(conn, bug, LISTED).await?;
    let names = store::people::names(conn, &all.iter().map(|it| it.by).collect::<Vec<_>>()).await?;
    let mut listed = vec![];
    for circular in all {
        let answers = store::circulars::answers(conn, circular.id, ANSWERS).await?;
        // Another's security report is none for them (VIS-2).
        let seen = crate::tickets::seen_rows(desk, &signed.scope, &answers).await?;
        let by = names.get(&circular.by).cloned().unwrap_or_default();
        listed.push(Listed { by, answers: seen.into_iter().map(|row| row.ticket.id).collect(), circular });
    }
    Ok(listed)
}

/// What a letter to somebody may name.
struct Facts {
    product: String,
    bug: LetterBug,
    sender: Named,
    names: HashMap<Holder, String>,
    people: HashMap<PersonId, String>,
}

impl Facts {
    async fn of(
        desk: &Desk,
        conn: &Handle,
        (bug, sender): (BugId, PersonId),
        to: &[(PersonId, Option<OrganisationId>)],
    ) -> Result<Self> {
        let kept = store::bugs::get(conn, bug).await?;
        let mut people: Vec<PersonId> = to.iter().map(|(person, _)| *person).collect();
        people.push(sender);
        let people = store::people::names(conn, &people).await?;
        let holders: Vec<Holder> = to.iter().filter_map(|(_, id)| id.map(Holder::Organisation)).collect();
        Ok(Self {
            product: desk.policy().await?.policy().product.name.clone(),
            bug: LetterBug { name: format!("BUG-{bug}"), title: kept.says.title },
            sender: Named::of(people.get(&sender).map_or("", String::as_str)),
            names: holder_names(conn, &holders).await?,
            people,
        })
    }

    fn letter(&self, person: PersonId, organisation: Option<OrganisationId>, lot: &Lot) -> Letter {
        let named = |name: Option<&String>| Named::of(name.map_or("", String::as_str));
        let versions: Vec<String> = lot.versions.iter().map(ToString::to_string).collect();
        Letter {
            reader: named(self.people.get(&person)),
            organisation: named(organisation.and_then(|id| self.names.get(&Holder::Organisation(id)))),
            sender: self.sender.clone(),
            version: versions.join(", "),
            fix: lot.fix.as_ref().map_or_else(String::new, ToString::to_string),
            needs_licence: lot.fix_needs_licence,
            bug: self.bug.clone(),
            product: self.product.clone(),
        }
    }
}

/// A subject and a text, filled in.
pub(crate) struct Filled {
    pub subject: String,
    pub body: String,
}

fn fill(written: &Written, letter: &Letter) -> std::result::Result<Filled, templates::Fault> {
    let subject = rules::mail::one_line(&templates::fill_with(&written.subject, letter)?);
    Ok(Filled { subject, body: templates::fill_with(&written.body, letter)? })
}

/// The text in somebody's language, else the first one.
fn of_language<'t>(texts: &'t [Written], language: Option<&str>) -> Option<&'t Written> {
    let base = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    let own = language.and_then(|own| {
        let exact = texts.iter().find(|it| it.language.eq_ignore_ascii_case(own));
        exact.or_else(|| texts.iter().find(|it| base(&it.language) == base(own)))
    });
    own.or_else(|| texts.first())
}
