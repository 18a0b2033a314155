//! A request as a page shows it: what was filed, what was said, what happened, and its clocks.

use std::collections::HashMap;

use futures_util::future::try_join5;
use rules::{
    access::{Action, Circle, Staff, WhySeen},
    events::{Audience, Author, Entry, Event, Redacted, TicketEvent},
    ids::{BulkJobId, OrganisationId, PersonId, Seq, TeamId, TicketId},
    keys::{DeploymentKey, DetailKey, TickKey},
    redaction::Place,
    search::Target,
    sla::Clock,
    teams::Called,
    tickets::{Told, heard, standing, told, turn},
};
use store::{
    attachments::Attachment, messages::Message, organisations::Organisation, redactions::RedactedFile, tickets::Ticket,
};

use super::{
    redaction::{Redactable, may_redact_in},
    refer::{Referred, referred},
    row_clocks::to_show,
    seen,
    sight::{Around, around},
};
use crate::{Actor, Desk, Error, Result, actor::Signed, licences};

/// A request, whole.
#[derive(Clone, Debug)]
pub struct Shown {
    pub ticket: Ticket,
    pub why: WhySeen,
    pub organisation: Option<Organisation>,
    /// Who filed it for the organisation (ENT-4).
    pub reseller: Option<Organisation>,
    pub details: Vec<(DetailKey, String)>,
    pub ticks: Vec<TickKey>,
    /// What this reader may read, in order: no notes and nothing held or taken back for customers.
    pub messages: Vec<Message>,
    pub files: Vec<Attachment>,
    /// Files that were redacted, and what this reader may redact (PRV-2).
    pub gone: Vec<RedactedFile>,
    pub redactable: Redactable,
    /// What happened besides, in order, with the words given for it.
    pub happened: Vec<Happened>,
    pub clocks: Vec<Clock>,
    /// The clock to show first.
    pub clock: Option<Clock>,
    pub names: HashMap<PersonId, String>,
    /// What the messages refer to.
    pub referred: Referred,
    /// What its teams are called, now and before.
    pub teams: HashMap<TeamId, Called>,
    pub participants: Vec<PersonId>,
    /// Those of them who do not see it: they have left since, or have to prove their address.
    pub apart: Vec<PersonId>,
    /// Who sees it besides.
    pub circle: Circle,
    /// The closed request that it goes on with, and those that go on with it, as far as this reader sees them.
    pub continues: Option<TicketId>,
    pub follow_ups: Vec<TicketId>,
    /// Requests that it has to do with, and that were merged into it, as far as this reader sees them.
    pub links: Vec<TicketId>,
    pub merged_here: Vec<TicketId>,
    /// What its requester said after its end.
    pub rating: Option<store::satisfaction::Said>,
    /// To how many requests each job in bulk wrote that wrote in this one; for staff.
    pub at_once: HashMap<BulkJobId, i64>,
}

/// An event, with the words that a person gave for it.
#[derive(Clone, Debug)]
pub struct Happened {
    pub entry: Entry,
    pub words: Option<String>,
}

pub async fn show(desk: &Desk, actor: &Actor, id: TicketId) -> Result<Shown> {
    let signed = actor.signed()?;
    let conn = desk.store.read();
    let (facts, why) = seen(conn, signed, id).await?;
    // What does not follow from each other is asked for together.
    let (mut ticket, mut messages, mut files, details, ticks) = try_join5(
        store::tickets::get(conn, id),
        store::messages::of_ticket(conn, id),
        store::attachments::of_ticket(conn, id),
        store::tickets::details(conn, id),
        store::tickets::ticks(conn, id),
    )
    .await?;
    let (told, remarks, follow_ups, links, merged_here) = try_join5(
        store::events::of_ticket(conn, id),
        store::events::remarks(conn, id),
        store::tickets::follow_ups(conn, id),
        store::ties::links(conn, id),
        store::ties::merged_into(conn, id),
    )
    .await?;
    let is_staff = matches!(why, WhySeen::Staff | WhySeen::TrustedStaff) || signed.scope.staff != Staff::None;
    let now = desk.now();
    messages.retain(|message| message.taken_back_at.is_none() && (is_staff || may_read(message, now)));
    let history = if is_staff { told } else { heard_by_customers(conn, (id, told), now).await? };
    let clocks = crate::clocks::clocks(&history, &*desk.policies().await?)?;
    retell(&mut ticket, &history, &clocks);
    files.retain(|file| file.message.is_none_or(|of| messages.iter().any(|message| message.id == of)));
    let Around { circle, organisation, reseller, apart } = around(conn, &facts).await?;
    let continues = seen_of(conn, signed, ticket.parent.into_iter().collect()).await?.pop();
    let follow_ups = seen_of(conn, signed, follow_ups).await?;
    let links = seen_of(conn, signed, links).await?;
    let merged_here = seen_of(conn, signed, merged_here).await?;
    let rating = rating(conn, &ticket).await?;
    let at_once = if is_staff { at_once(conn, &messages).await? } else { HashMap::new() };
    let mut gone = store::redactions::files(conn, id).await?;
    gone.retain(|file| file.message.is_none_or(|of| messages.iter().any(|message| message.id == of)));
    let redactable = may_redact_in(desk, actor, &ticket).await?;
    let names = names(conn, &history, &messages, &ticket, &facts.participants).await?;
    let referred = referred(conn, &signed.scope, &messages).await?;
    let teams = if is_staff { teams(conn, &history, &ticket).await? } else { HashMap::new() };
    let happened = happened(history, remarks);
    Ok(Shown {
        why,
        organisation,
        reseller,
        details,
        ticks,
        happened: if is_staff { happened } else { told_to_customers(happened, &messages, &gone) },
        clock: to_show(clocks.clone()),
        participants: facts.participants,
        apart,
        circle,
        continues,
        follow_ups,
        links,
        merged_here,
        rating,
        at_once,
        ticket,
        messages,
        files,
        gone,
        redactable,
        clocks,
        names,
        teams,
        referred,
    })
}

/// What its requester said, of one that is over.
async fn rating(conn: &store::Handle, ticket: &Ticket) -> Result<Option<store::satisfaction::Said>> {
    if !ticket.state.is_over() {
        return Ok(None);
    }
    Ok(store::satisfaction::of_ticket(conn, ticket.id).await?.into_iter().map(|(_, said)| said).next())
}

/// To how many requests the messages were sent that were sent to several.
async fn at_once(conn: &store::Handle, messages: &[Message]) -> Result<HashMap<BulkJobId, i64>> {
    let jobs: Vec<BulkJobId> = messages.iter().filter_map(|message| message.bulk).collect();
    Ok(store::bulk_jobs::done_of(conn, &jobs).await?.into_iter().collect())
}

/// Those of the requests that exist for this reader (VIS-3).
async fn seen_of(conn: &store::Handle, signed: &Signed, ids: Vec<TicketId>) -> Result<Vec<TicketId>> {
    let mut visible = Vec::new();
    for id in ids {
        match seen(conn, signed, id).await {
            Ok(_) => visible.push(id),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(visible)
}

/// The history of a request as those outside the desk have heard it.
async fn heard_by_customers(
    conn: &store::Handle,
    (id, history): (TicketId, Vec<Entry>),
    now: rules::instant::Instant,
) -> Result<Vec<Entry>> {
    let held = store::messages::held(conn, &[id], now).await?;
    Ok(heard(history, &held.into_iter().map(|(_, message)| message).collect()))
}

/// State and turn as a history tells them.
pub(super) fn retell(ticket: &mut Ticket, history: &[Entry], clocks: &[Clock]) {
    if let (Some(standing), Some(turn)) = (standing(history), turn(history, clocks)) {
        (ticket.state, ticket.state_since, ticket.turn) = (standing.state, standing.since, turn);
    }
}

/// Customers read what is public and past its hold.
fn may_read(message: &Message, now: rules::instant::Instant) -> bool {
    message.audience == Audience::Public && message.send_at <= now
}

pub(crate) fn happened(history: Vec<Entry>, mut remarks: HashMap<Seq, String>) -> Vec<Happened> {
    history
        .into_iter()
        .map(|entry| {
            let words = remarks.remove(&entry.seq);
            Happened { entry, words }
        })
        .collect()
}

/// What those outside the desk are told of it (VIS-3), beside the messages and files that they have.
pub(crate) fn told_to_customers(
    mut happened: Vec<Happened>,
    messages: &[Message],
    gone: &[RedactedFile],
) -> Vec<Happened> {
    let has = |what: &Redacted| match what {
        Redacted::Passage(Place::Message(id)) => messages.iter().any(|message| message.id == *id),
        Redacted::Passage(place) => matches!(place, Place::Subject | Place::Detail(_)),
        Redacted::File(id) => gone.iter().any(|file| file.id == *id),
    };
    happened.retain_mut(|it| {
        let Event::Ticket(_, event) = &it.entry.event else { return false };
        let told = match event {
            TicketEvent::Redacted { what, .. } if !has(what) => Told::Nothing,
            event => told(event),
        };
        it.words.take_if(|_| told != Told::Whole);
        told != Told::Nothing
    });
    happened
}

async fn teams(conn: &store::Handle, history: &[Entry], ticket: &Ticket) -> Result<HashMap<TeamId, Called>> {
    let of_event = |entry: &Entry| match &entry.event {
        Event::Ticket(_, TicketEvent::TeamSet { from, to }) => [*from, *to],
        _ => [None, None],
    };
    let mut teams: Vec<TeamId> = history.iter().flat_map(of_event).flatten().chain(ticket.team).collect();
    teams.sort_unstable();
    teams.dedup();
    Ok(store::teams::names(conn, &teams).await?)
}

async fn names(
    conn: &store::Handle,
    history: &[Entry],
    messages: &[Message],
    ticket: &Ticket,
    participants: &[PersonId],
) -> Result<HashMap<PersonId, String>> {
    let mut people = vec![ticket.requester];
    people.extend(ticket.assignee);
    people.extend(participants);
    people.extend(history.iter().filter_map(|entry| entry.by.person));
    people.extend(history.iter().filter_map(|entry| match &entry.event {
        Event::Ticket(_, TicketEvent::Assigned { from, to, .. }) => (*to).or(*from),
        Event::Ticket(_, TicketEvent::ParticipantAdded { person } | TicketEvent::ParticipantRemoved { person }) => {
            Some(*person)
        }
        _ => None,
    }));
    people.extend(
        history
            .iter()
            .flat_map(|entry| match &entry.event {
                Event::Ticket(_, TicketEvent::Assigned { shared: Some(shared), .. }) => shared.passed.as_slice(),
                _ => &[],
            })
            .map(|passed| passed.person),
    );
    people.extend(messages.iter().filter_map(|message| match message.author {
        Author::Customer(person) | Author::Staff(person) => Some(person),
        Author::Machine => None,
    }));
    Ok(store::people::names(conn, &people).await?)
}

/// What stands beside a request on the desk.
#[derive(Clone, Debug)]
pub struct Side {
    /// How it stands with its organisation's licence (ENT-1, ENT-2).
    pub licence: licences::Beside,
    /// Other requests of the same organisation, the newest first.
    pub same_organisation: Vec<Ticket>,
    /// Whether this reader watches the request.
    pub watches: bool,
    /// What was shown under the subject while it was typed (REQ-7).
    pub suggested: Vec<Suggested>,
}

/// Something that was shown before the request was filed.
#[derive(Clone, Debug)]
pub struct Suggested {
    pub shown: store::suggestions::Shown,
    /// Of a request.
    pub subject: Option<String>,
}

/// What was opened before filing comes first.
async fn suggested(conn: &store::Handle, signed: &Signed, ticket: TicketId) -> Result<Vec<Suggested>> {
    let mut all = Vec::new();
    for shown in store::suggestions::of_ticket(conn, ticket).await? {
        let subject = match shown.target {
            Target::Request(id) => match seen(conn, signed, id).await {
                Ok(_) => Some(store::tickets::get(conn, id).await?.subject),
                // A security report of the customer's own: for this reader there is none (VIS-2).
                Err(Error::NotFound) => continue,
                Err(error) => return Err(error),
            },
            Target::Passage(_) => None,
        };
        all.push(Suggested { shown, subject });
    }
    all.sort_by(|a, b| b.shown.opened.cmp(&a.shown.opened).then_with(|| a.shown.target.cmp(&b.shown.target)));
    Ok(all)
}

pub async fn beside(
    desk: &Desk,
    actor: &Actor,
    ticket: TicketId,
    (organisation, deployment): (Option<OrganisationId>, Option<&DeploymentKey>),
) -> Result<Side> {
    let signed = actor.staff(Action::UseDesk)?;
    let (conn, compiled) = (desk.store.read(), desk.policy().await?);
    let row = store::tickets::get(conn, ticket).await?;
    let of = (organisation, deployment);
    let licence = licences::beside(conn, &compiled, of, (&row.request_type, row.filed_at, desk.now())).await?;
    let same_organisation = match organisation {
        Some(of) => store::ticket_lists::beside(conn, &signed.scope, of, ticket, 5).await?,
        None => vec![],
    };
    let watches = store::ties::watchers(conn, ticket).await?.contains(&signed.person);
    let suggested = suggested(conn, signed, ticket).await?;
    Ok(Side { licence, same_organisation, watches, suggested })
}
