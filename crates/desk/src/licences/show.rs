//! One licence, and what it has said before (ENT-1).

use jiff::civil::Date;
use rules::{
    access::Action,
    entitlement::Terms,
    ids::{ApiTokenId, LicenceId, OrganisationId, PersonId},
    instant::Instant,
};
use store::{licences::Kept, organisations::Organisation};

use super::set::of_organisation;
use crate::{Actor, Desk, Result};

/// Changes that are shown, the newest.
const VERSIONS: i64 = 50;

/// A licence for staff.
#[derive(Clone, Debug)]
pub struct One {
    pub organisation: Organisation,
    pub kept: Kept,
    /// The newest first.
    pub said: Vec<Said>,
    pub today: Date,
}

/// What was said of it, when and by whom.
#[derive(Clone, Debug)]
pub struct Said {
    pub at: Instant,
    pub by: SaidBy,
    pub terms: Terms,
}

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaidBy {
    Person(String),
    /// A program, by what its token is called.
    Program(String),
    /// The command line; or before it was kept who did.
    Unknown,
}

pub async fn show(desk: &Desk, actor: &Actor, of: (OrganisationId, LicenceId)) -> Result<One> {
    actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let organisation = store::organisations::get(conn, of.0).await?;
    let kept = of_organisation(conn, of).await?;
    let versions = store::licences::versions(conn, of.1, VERSIONS).await?;
    let people: Vec<PersonId> = versions.iter().filter_map(|version| version.by).collect();
    let names = store::people::names(conn, &people).await?;
    let tokens: Vec<ApiTokenId> = versions.iter().filter_map(|version| version.token).collect();
    let tokens = store::tokens::names(conn, &tokens).await?;
    let said = versions.into_iter().map(|version| Said {
        at: version.at,
        by: match (version.by, version.token) {
            (Some(person), _) => SaidBy::Person(names.get(&person).cloned().unwrap_or_default()),
            (None, Some(token)) => SaidBy::Program(tokens.get(&token).cloned().unwrap_or_default()),
            (None, None) => SaidBy::Unknown,
        },
        terms: version.terms,
    });
    let today = desk.policy().await?.hours().date_of(desk.now());
    Ok(One { organisation, kept, said: said.collect(), today })
}
