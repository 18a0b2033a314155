//! What concerns somebody, found and cut to what its reader may have: a customer's archive holds what their pages show, the
//! staff's for a request for information all that there is.

use std::collections::{BTreeSet, HashMap};

use rules::{
    access::Action,
    audit::Act,
    events::{Audience, Author},
    ids::{OrganisationId, PersonId, TicketId},
    instant::Instant,
    tickets::heard,
};
use store::{Handle, attachments::Attachment, exports};

use super::{
    archive::{Content, File},
    shape,
};
use crate::{
    Actor, Desk, Error, Result,
    actor::Signed,
    scribe::Scribe,
    tickets::{happened, seen, told_to_customers},
};

/// Whom it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Person(PersonId),
    Organisation(OrganisationId),
}

/// Who reads it.
#[derive(Clone, Debug)]
pub enum Lens {
    /// The person themselves: what they see, no notes, nothing that is held.
    Own(Box<Signed>),
    /// Staff who answer a request for information: notes too, of the requests that they see themselves (VIS-2).
    Staff(Box<Signed>),
    /// The desk's own command: everything.
    Desk,
}

/// All of it: the document, and the files that it names.
#[derive(Debug)]
pub struct Gathered {
    pub files: Vec<File>,
    pub requests: usize,
    /// Requests that concern them and that its reader may not see: confidential ones and security reports (VIS-2). The document
    /// says so too.
    pub left_out: usize,
}

/// Gathers it. The desk's own command may for anybody, a person for themselves.
pub async fn gather(desk: &Desk, actor: &Actor, about: About) -> Result<Gathered> {
    let lens = match actor {
        Actor::Desk(_) => Lens::Desk,
        Actor::Person(signed) if about == About::Person(signed.person) => Lens::Own(signed.clone()),
        _ => Lens::Staff(Box::new(actor.staff(Action::ErasePerson)?.clone())),
    };
    let reading = Reading { desk, conn: desk.store.read(), lens, now: desk.now() };
    reading.all(about).await
}

/// Gathers what concerns somebody else, for who hands it out: the audit has it before they do.
pub async fn hand_out(desk: &Desk, actor: &Actor, about: About) -> Result<Gathered> {
    let lens = match actor {
        Actor::Desk(_) => Lens::Desk,
        _ => Lens::Staff(Box::new(actor.staff(Action::ErasePerson)?.clone())),
    };
    let gathered = Reading { desk, conn: desk.store.read(), lens, now: desk.now() }.all(about).await?;
    let scribe = Scribe::begin(desk, actor).await?;
    scribe
        .audit(&match about {
            About::Person(person) => Act::PersonExported { person },
            About::Organisation(organisation) => {
                Act::OrganisationExported { organisation, left_out: gathered.left_out }
            }
        })
        .await?;
    scribe.settle().await?;
    Ok(gathered)
}

struct Reading<'a> {
    desk: &'a Desk,
    conn: &'a Handle,
    lens: Lens,
    now: Instant,
}

impl Reading<'_> {
    async fn all(&self, about: About) -> Result<Gathered> {
        let (people, tickets) = match about {
            About::Person(person) => (vec![person], self.requests_of(person).await?),
            About::Organisation(organisation) => {
                store::organisations::get(self.conn, organisation).await?;
                let people = exports::members(self.conn, organisation).await?;
                (people, exports::requests_for(self.conn, organisation).await?)
            }
        };
        let mut export = shape::Export {
            firstline_export: shape::VERSION,
            made_at: self.now,
            seen_by: if self.is_own() { "customer" } else { "staff" },
            left_out: 0,
            organisation: match about {
                About::Person(_) => None,
                About::Organisation(organisation) => Some(self.organisation(organisation).await?),
            },
            people: vec![],
            requests: vec![],
        };
        for person in &people {
            export.people.push(self.person(*person).await?);
        }
        let mut files = vec![];
        for ticket in &tickets {
            export.requests.extend(self.request(*ticket, about, &mut files).await?);
        }
        let requests = export.requests.len();
        let left_out = if self.is_own() { 0 } else { tickets.len() - requests };
        export.left_out = left_out;
        let document = serde_json::to_vec_pretty(&export).map_err(Error::broken)?;
        files.insert(0, File { path: "export.json".to_owned(), content: Content::Whole(document.into()) });
        Ok(Gathered { files, requests, left_out })
    }

    fn is_own(&self) -> bool {
        matches!(self.lens, Lens::Own(_))
    }

    /// The requests that are somebody's, and for staff those too in which they wrote.
    async fn requests_of(&self, person: PersonId) -> Result<Vec<TicketId>> {
        let mut tickets: BTreeSet<TicketId> = exports::requests_of(self.conn, person).await?.into_iter().collect();
        if !self.is_own() {
            tickets.extend(exports::written_in(self.conn, person).await?);
        }
        Ok(tickets.into_iter().collect())
    }

    async fn organisation(&self, id: OrganisationId) -> Result<shape::Organisation> {
        let licences = store::licences::of_organisation(self.conn, id).await?;
        let mut resales = store::resales::of(self.conn, id).await?;
        resales.extend(store::resales::by(self.conn, id).await?);
        Ok(shape::Organisation {
            number: id,
            name: store::organisations::get(self.conn, id).await?.name,
            domains: store::organisations::domains_of(self.conn, id).await?,
            licences: licences.into_iter().map(shape::KeptLicence::of).collect(),
            resellers: resales.into_iter().map(resale).collect(),
        })
    }

    async fn person(&self, id: PersonId) -> Result<shape::Person> {
        let person = store::people::get(self.conn, id).await?;
        let addresses = store::people::addresses(self.conn, id).await?;
        let memberships = store::organisations::memberships(self.conn, id).await?;
        let sessions = store::sessions::of(self.conn, id).await?;
        let devices = store::push::of(self.conn, id).await?;
        let drafts = store::drafts::of(self.conn, id).await?;
        Ok(shape::Person {
            number: id,
            name: person.name,
            zone: person.zone,
            language: store::people::language(self.conn, id).await?,
            since: person.created_at,
            addresses: addresses
                .into_iter()
                .map(|it| shape::Address { address: it.written, proven_at: it.verified_at })
                .collect(),
            roles: store::people::grants(self.conn, id).await?,
            memberships: memberships
                .into_iter()
                .map(|it| shape::Membership {
                    organisation: it.organisation.id,
                    name: it.organisation.name,
                    role: it.role,
                    since: it.since,
                    until: it.until,
                })
                .collect(),
            sessions: sessions
                .into_iter()
                .map(|it| shape::Session {
                    network: it.network,
                    browser: it.agent,
                    since: it.created_at,
                    last_seen: it.seen_at,
                })
                .collect(),
            devices: devices
                .into_iter()
                .map(|it| shape::Device { browser: it.agent, since: it.created_at, last_sent: it.used_at })
                .collect(),
            drafts: drafts
                .into_iter()
                .map(|it| shape::Draft { purpose: it.purpose, fields: it.fields, saved_at: it.updated_at })
                .collect(),
        })
    }

    /// A request; `None` for one that the reader does not see (VIS-3).
    async fn request(&self, id: TicketId, about: About, files: &mut Vec<File>) -> Result<Option<shape::Request>> {
        if let Lens::Own(signed) | Lens::Staff(signed) = &self.lens {
            match seen(self.conn, signed, id).await {
                Err(Error::NotFound) => return Ok(None),
                seen => drop(seen?),
            }
        }
        let ticket = store::tickets::get(self.conn, id).await?;
        let mut messages = store::messages::of_ticket(self.conn, id).await?;
        messages.retain(|message| message.taken_back_at.is_none());
        let mut attached = store::attachments::of_ticket(self.conn, id).await?;
        let mut history = store::events::of_ticket(self.conn, id).await?;
        if self.is_own() {
            messages.retain(|message| message.audience == Audience::Public && message.send_at <= self.now);
            attached.retain(|file| file.message.is_none_or(|of| messages.iter().any(|message| message.id == of)));
            let held = store::messages::held(self.conn, &[id], self.now).await?;
            history = heard(history, &held.into_iter().map(|(_, message)| message).collect());
        }
        let authors: Vec<PersonId> = messages.iter().filter_map(|message| author(message.author).1).collect();
        let names = store::people::names(self.conn, &authors).await?;
        let mut happened = happened(history, store::events::remarks(self.conn, id).await?);
        if self.is_own() {
            let mut gone = store::redactions::files(self.conn, id).await?;
            gone.retain(|file| file.message.is_none_or(|of| messages.iter().any(|message| message.id == of)));
            happened = told_to_customers(happened, &messages, &gone);
        }
        let happened = happened.into_iter().map(|it| shape::Happened {
            number: it.entry.seq,
            at: it.entry.occurred_at,
            words: it.words,
            what: it.entry.event,
        });
        Ok(Some(shape::Request {
            number: id,
            request_type: ticket.request_type,
            subject: ticket.subject,
            requester: ticket.requester,
            organisation: ticket.organisation,
            reseller: ticket.reseller,
            secrecy: ticket.secrecy,
            channel: ticket.channel,
            state: ticket.state,
            wished: ticket.wish,
            decided: ticket.priority,
            filed_at: ticket.filed_at,
            details: store::tickets::details(self.conn, id).await?,
            ticks: store::tickets::ticks(self.conn, id).await?,
            messages: messages.into_iter().map(|message| said(message, &names)).collect(),
            files: attached.into_iter().map(|file| self.attached(file, files)).collect(),
            happened: happened.collect(),
            ratings: self.ratings(id, about).await?,
            mails: self.mails(id, about).await?,
        }))
    }

    fn attached(&self, file: Attachment, files: &mut Vec<File>) -> shape::Attached {
        let path = format!("files/{}-{}", file.id, safe(&file.name));
        let sha256 = file.blob.as_str().to_owned();
        files.push(File { path: path.clone(), content: Content::Blob(self.desk.store.blobs().clone(), file.blob) });
        shape::Attached {
            number: file.id,
            message: file.message,
            name: file.name,
            media_type: file.media_type,
            bytes: file.bytes,
            sha256,
            path,
        }
    }

    /// What was said after its end: by the person, or, for an organisation, by all.
    async fn ratings(&self, id: TicketId, about: About) -> Result<Vec<shape::Rating>> {
        let said = store::satisfaction::of_ticket(self.conn, id).await?.into_iter();
        let meant = said.filter(|(person, _)| is_meant(about, Some(*person)));
        Ok(meant
            .map(|(person, said)| shape::Rating { person, verdict: said.verdict, words: said.words, at: said.said_at })
            .collect())
    }

    /// The mails about a request: to the person, or, for an organisation, all.
    async fn mails(&self, id: TicketId, about: About) -> Result<Vec<shape::Mail>> {
        let mails = store::outgoing::of_ticket(self.conn, id).await?.into_iter();
        let meant = mails.filter(|mail| is_meant(about, mail.person));
        Ok(meant
            .map(|mail| shape::Mail {
                to: mail.recipient,
                subject: mail.subject,
                written_at: mail.created_at,
                outcome: mail.outcome,
            })
            .collect())
    }
}

fn is_meant(about: About, person: Option<PersonId>) -> bool {
    match about {
        About::Person(of) => person == Some(of),
        About::Organisation(_) => true,
    }
}

fn author(author: Author) -> (&'static str, Option<PersonId>) {
    match author {
        Author::Customer(person) => ("customer", Some(person)),
        Author::Staff(person) => ("staff", Some(person)),
        Author::Machine => ("machine", None),
    }
}

fn said(message: store::messages::Message, names: &HashMap<PersonId, String>) -> shape::Message {
    let (kind, person) = author(message.author);
    shape::Message {
        number: message.id,
        author: kind,
        person,
        name: person.and_then(|person| names.get(&person).cloned()),
        audience: message.audience,
        written_at: message.posted_at,
        text: message.body,
    }
}

/// A file's name without what could lead out of the archive's folder, or names a device.
fn safe(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .take(120)
        .collect();
    kept.trim_matches(['.', ' ']).to_owned()
}

fn resale(kept: store::resales::Resale) -> shape::Resale {
    shape::Resale {
        filed_for: kept.organisation,
        filed_by: kept.reseller,
        offered_to: kept.written,
        offered_at: kept.offered_at,
        taken_at: kept.taken_at,
        ended_at: kept.ended_at,
    }
}
