//! People and organisations as the index takes them: by their names, addresses and domains, for staff who look for them.

use std::collections::BTreeMap;

use rules::{
    events::{Event, OrganisationEvent, PersonEvent},
    ids::{OrganisationId, PersonId},
    people::Domain,
};
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::fields::{Fields, NO_REQUEST};
use crate::{
    Handle, Result,
    engine::{ToValue, slots, values},
};

/// What has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    Person(PersonId),
    Organisation(OrganisationId),
}

impl Named {
    /// What its document is.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => KIND_PERSON,
            Self::Organisation(_) => KIND_ORGANISATION,
        }
    }

    pub(super) fn id(self) -> i64 {
        match self {
            Self::Person(PersonId(id)) | Self::Organisation(OrganisationId(id)) => id,
        }
    }

    fn number(self) -> u64 {
        self.id().unsigned_abs()
    }

    /// By which its document is taken out.
    fn term(self, fields: &Fields) -> Term {
        Term::from_field_text(fields.entity, &format!("{}:{}", self.kind(), self.number()))
    }
}

pub(super) const KIND_PERSON: &str = "person";
pub(super) const KIND_ORGANISATION: &str = "organisation";

/// One of them, with all that it is found by.
#[derive(Clone, Debug)]
pub(super) struct Names {
    of: Named,
    words: String,
}

/// Whose names read otherwise after an event.
pub(super) fn named_by(event: &Event) -> Vec<Named> {
    match event {
        Event::Person(
            PersonEvent::Verified { person }
            | PersonEvent::Waits { person }
            | PersonEvent::GrantsSet { person }
            | PersonEvent::Erased { person },
        ) => vec![Named::Person(*person)],
        Event::Organisation(
            OrganisationEvent::Opened { organisation, .. }
            | OrganisationEvent::Confirmed { organisation }
            | OrganisationEvent::Renamed { organisation }
            | OrganisationEvent::DomainsSet { organisation, .. }
            | OrganisationEvent::Erased { organisation },
        ) => vec![Named::Organisation(*organisation)],
        Event::Organisation(
            OrganisationEvent::Merged { organisation, into: other }
            | OrganisationEvent::Split { organisation, off: other },
        ) => vec![Named::Organisation(*organisation), Named::Organisation(*other)],
        Event::Ticket(..)
        | Event::Person(_)
        | Event::Organisation(_)
        | Event::Policy(_)
        | Event::Release(_)
        | Event::Bug(_) => vec![],
    }
}

/// The names of those that there are.
pub(super) async fn names(conn: &Handle, all: &[Named]) -> Result<Vec<Names>> {
    let (mut people, mut organisations) = (vec![], vec![]);
    for named in all {
        match named {
            Named::Person(id) => people.push(*id),
            Named::Organisation(id) => organisations.push(*id),
        }
    }
    let mut found = Vec::with_capacity(all.len());
    for chunk in people.chunks(500) {
        found.extend(of_people(conn, chunk).await?);
    }
    for chunk in organisations.chunks(500) {
        found.extend(of_organisations(conn, chunk).await?);
    }
    Ok(found)
}

async fn of_people(conn: &Handle, chunk: &[PersonId]) -> Result<Vec<Names>> {
    let ids = slots(1, chunk.len());
    let values = || chunk.iter().map(ToValue::to_value).collect::<Vec<_>>();
    let sql = format!("SELECT id, name FROM person WHERE id IN ({ids}) AND erased_at IS NULL");
    let read = conn.rows(&sql, values(), |row| Ok((row.id("id", PersonId)?, row.get::<String>("name")?)));
    let mut found: BTreeMap<PersonId, String> = read.await?.into_iter().collect();
    let sql = format!("SELECT person_id, written FROM address WHERE person_id IN ({ids})");
    let read = conn.rows(&sql, values(), |row| Ok((row.id("person_id", PersonId)?, row.get::<String>("written")?)));
    for (person, address) in read.await? {
        if let Some(words) = found.get_mut(&person) {
            add(words, &address);
        }
    }
    Ok(found.into_iter().map(|(id, words)| Names { of: Named::Person(id), words }).collect())
}

async fn of_organisations(conn: &Handle, chunk: &[OrganisationId]) -> Result<Vec<Names>> {
    let ids = slots(1, chunk.len());
    let values = || chunk.iter().map(ToValue::to_value).collect::<Vec<_>>();
    let sql = format!("SELECT id, name FROM organisation WHERE id IN ({ids}) AND erased_at IS NULL");
    let read = conn.rows(&sql, values(), |row| Ok((row.id("id", OrganisationId)?, row.get::<String>("name")?)));
    let mut found: BTreeMap<OrganisationId, String> = read.await?.into_iter().collect();
    let sql = format!("SELECT organisation_id, domain FROM organisation_domain WHERE organisation_id IN ({ids})");
    let read =
        conn.rows(&sql, values(), |row| Ok((row.id("organisation_id", OrganisationId)?, row.get::<String>("domain")?)));
    for (organisation, domain) in read.await? {
        if let Some(words) = found.get_mut(&organisation) {
            add(words, &domain);
            // In the letters that people know, too.
            let letters = Domain::parse(&domain).map(|it| it.unicode().to_owned()).unwrap_or_default();
            if letters != domain {
                add(words, &letters);
            }
        }
    }
    Ok(found.into_iter().map(|(id, words)| Names { of: Named::Organisation(id), words }).collect())
}

fn add(words: &mut String, more: &str) {
    words.push('\n');
    words.push_str(more);
}

/// The next ones by number: people first, then organisations.
pub(super) async fn next(conn: &Handle, after: Named, count: i64) -> Result<Vec<Named>> {
    match after {
        Named::Person(id) => {
            let sql = format!("SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT {count}");
            conn.rows(&sql, values![id], |row| Ok(Named::Person(row.id("id", PersonId)?))).await
        }
        Named::Organisation(id) => {
            let sql = format!("SELECT id FROM organisation WHERE id > $1 ORDER BY id LIMIT {count}");
            conn.rows(&sql, values![id], |row| Ok(Named::Organisation(row.id("id", OrganisationId)?))).await
        }
    }
}

/// Puts names in, in place of what they were; of who is no more, only takes them out.
pub(super) fn put(writer: &IndexWriter, all: &[Named], names: &[Names], fields: &Fields) -> tantivy::Result<()> {
    for named in all {
        writer.delete_term(named.term(fields));
    }
    for Names { of, words } in names {
        let mut document = TantivyDocument::new();
        document.add_text(fields.kind, of.kind());
        document.add_text(fields.kind, NO_REQUEST);
        document.add_text(fields.entity, format!("{}:{}", of.kind(), of.number()));
        document.add_u64(fields.entity_number, of.number());
        document.add_text(fields.names, words);
        writer.add_document(document)?;
    }
    Ok(())
}
