//! Lists of requests, a page at a time, with all that their rows show.

use std::collections::BTreeSet;

use rules::{
    access::{Action, Scope, Staff},
    ids::{MessageId, OrganisationId, PersonId, TeamId, TicketId},
    sla::Clock,
    teams::Called,
    tickets::heard,
};
use store::{
    ticket_lists::{self, After, View},
    tickets::Ticket,
};

use super::{
    row_clocks::{row_clocks, to_show},
    show::retell,
};
use crate::{Actor, Desk, Result, actor::Signed, licences};

/// Rows of a page.
const ROWS: i64 = 50;
/// Views are counted up to here; above it says "more".
const COUNTED: i64 = 1000;

/// A request in a list.
#[derive(Clone, Debug)]
pub struct Row {
    pub ticket: Ticket,
    pub requester: String,
    pub organisation: Option<String>,
    pub assignee: Option<String>,
    pub team: Option<Called>,
    /// ENT-2: how its licence stands, where it was filed without one that counts. Only in views of the desk.
    pub flagged: Option<rules::entitlement::Standing>,
    /// The clock that its strip shows: the one that runs, else the last.
    pub clock: Option<Clock>,
}

/// A page of a list, and where the next begins.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub rows: Vec<Row>,
    /// The last row, when there are more behind it.
    pub more: Option<After>,
}

/// A page of a desk's view.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub view: View,
    pub after: Option<After>,
}

pub async fn desk_view(desk: &Desk, actor: &Actor, wanted: Wanted) -> Result<Page> {
    let signed = actor.staff(Action::UseDesk)?;
    let Wanted { view, after } = wanted;
    let tickets = ticket_lists::desk(desk.store.read(), &signed.scope, view, after, ROWS + 1).await?;
    let flags = licences::flags(desk.store.read(), &*desk.policy().await?, &tickets).await?;
    let mut page = page(desk, tickets, |ticket| After::row(view, ticket)).await?;
    for row in &mut page.rows {
        row.flagged = flags.get(&row.ticket.id).copied();
    }
    Ok(page)
}

/// How many requests each of the desk's views holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub needs_answer: i64,
    pub unassigned: i64,
    pub mine: i64,
    /// The count at which counting stops.
    pub most: i64,
}

pub async fn desk_counts(desk: &Desk, actor: &Actor) -> Result<Counts> {
    let signed = actor.staff(Action::UseDesk)?;
    let (conn, scope) = (desk.store.read(), &signed.scope);
    let views = [View::Unassigned, View::Mine(signed.person)];
    let [unassigned, mine] = ticket_lists::counts(conn, scope, views, COUNTED).await?;
    // What nobody has taken needs an answer: where that is more than is counted, so is the whole.
    let [needs_answer] = if unassigned < COUNTED {
        ticket_lists::counts(conn, scope, [View::NeedsAnswer], COUNTED).await?
    } else {
        [COUNTED]
    };
    Ok(Counts { needs_answer, unassigned, mine, most: COUNTED })
}

/// How many requests one view holds, and the count at which counting stops.
pub async fn count_view(desk: &Desk, actor: &Actor, view: View) -> Result<(usize, usize)> {
    let signed = actor.staff(Action::UseDesk)?;
    let [count] = ticket_lists::counts(desk.store.read(), &signed.scope, [view], COUNTED).await?;
    let whole = |count: i64| usize::try_from(count).map_err(crate::Error::broken);
    Ok((whole(count)?, whole(COUNTED)?))
}

/// A person's own requests and those they were added to.
pub async fn own(desk: &Desk, actor: &Actor, before: Option<TicketId>) -> Result<Page> {
    let signed = actor.signed()?;
    let tickets = ticket_lists::own(desk.store.read(), &signed.scope, before, ROWS + 1).await?;
    heard_outside(desk, page(desk, tickets, by_number).await?).await
}

/// Those of them that are of the organisation that the person files for, and of none.
pub async fn own_here(desk: &Desk, actor: &Actor, before: Option<TicketId>) -> Result<Page> {
    let signed = actor.signed()?;
    let Some(organisation) = signed.organisation() else { return own(desk, actor, before).await };
    let here = signed.with_ended(organisation);
    let tickets = ticket_lists::own_for(desk.store.read(), &signed.scope, &here, before, ROWS + 1).await?;
    heard_outside(desk, page(desk, tickets, by_number).await?).await
}

/// What an organisation's people share with this person.
pub async fn colleagues(
    desk: &Desk,
    actor: &Actor,
    organisation: OrganisationId,
    before: Option<TicketId>,
) -> Result<Page> {
    let signed = actor.signed()?;
    let tickets = ticket_lists::colleagues(desk.store.read(), &signed.scope, organisation, before, ROWS + 1).await?;
    heard_outside(desk, page(desk, tickets, by_number).await?).await
}

/// A page as those outside the desk have heard it: a reply within its hold has not been said yet.
async fn heard_outside(desk: &Desk, mut page: Page) -> Result<Page> {
    let conn = desk.store.read();
    let ids: Vec<TicketId> = page.rows.iter().map(|row| row.ticket.id).collect();
    let held = store::messages::held(conn, &ids, desk.now()).await?;
    for row in &mut page.rows {
        let of_row = |(ticket, message): &(TicketId, MessageId)| (*ticket == row.ticket.id).then_some(*message);
        let held: BTreeSet<MessageId> = held.iter().filter_map(of_row).collect();
        if !held.is_empty() {
            let history = heard(crate::clocks::history(conn, row.ticket.id).await?, &held);
            let clocks = crate::clocks::clocks(&history, &*desk.policies().await?)?;
            retell(&mut row.ticket, &history, &clocks);
            row.clock = to_show(clocks);
        }
    }
    Ok(page)
}

fn by_number(ticket: &Ticket) -> After {
    After { bucket: 0, at: 0, id: ticket.id }
}

async fn page(desk: &Desk, mut tickets: Vec<Ticket>, after: impl Fn(&Ticket) -> After) -> Result<Page> {
    let rows = usize::try_from(ROWS).map_err(crate::Error::broken)?;
    let more = tickets.len() > rows;
    tickets.truncate(rows);
    let more = tickets.last().filter(|_| more).map(after);
    Ok(Page { rows: self::rows(desk, tickets).await?, more })
}

/// Tickets with the names and clocks that their rows show: five queries for any number of them.
pub(crate) async fn rows(desk: &Desk, tickets: Vec<Ticket>) -> Result<Vec<Row>> {
    let conn = desk.store.read();
    let people: Vec<PersonId> =
        tickets.iter().flat_map(|ticket| [Some(ticket.requester), ticket.assignee]).flatten().collect();
    let organisations: Vec<OrganisationId> = tickets.iter().filter_map(|ticket| ticket.organisation).collect();
    let people = store::people::names(conn, &people).await?;
    let organisations = store::organisations::names(conn, &organisations).await?;
    let teams: Vec<TeamId> = tickets.iter().filter_map(|ticket| ticket.team).collect();
    let teams = store::teams::names(conn, &teams).await?;
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let mut clocks = row_clocks(desk, &ids).await?;
    let name = |id: PersonId| people.get(&id).cloned().unwrap_or_default();
    Ok(tickets
        .into_iter()
        .map(|ticket| Row {
            requester: name(ticket.requester),
            organisation: ticket.organisation.and_then(|id| organisations.get(&id).cloned()),
            assignee: ticket.assignee.map(name),
            team: ticket.team.and_then(|id| teams.get(&id).cloned()),
            flagged: None,
            clock: clocks.remove(&ticket.id),
            ticket,
        })
        .collect())
}

/// Those of these requests that exist for a reader (VIS-3), in this order; told to those outside the desk as they have
/// heard it.
pub(crate) async fn seen_rows(desk: &Desk, scope: &Scope, ids: &[TicketId]) -> Result<Vec<Row>> {
    let conn = desk.store.read();
    let facts = store::tickets::facts_of(conn, ids).await?;
    let seen: Vec<TicketId> =
        ids.iter().filter(|id| facts.get(id).is_some_and(|facts| scope.sees(facts))).copied().collect();
    let tickets = ticket_lists::these(conn, &seen).await?;
    let mut page = Page { rows: rows(desk, tickets).await?, more: None };
    if scope.staff == Staff::None {
        page = heard_outside(desk, page).await?;
    }
    page.rows.sort_by_key(|row| seen.iter().position(|id| *id == row.ticket.id));
    Ok(page.rows)
}

/// Everybody who can be given a request, by name.
pub async fn people(desk: &Desk, actor: &Actor) -> Result<Vec<(PersonId, String)>> {
    actor.staff(Action::UseDesk)?;
    staff(desk.store.read()).await
}

/// Everybody who answers requests, by name.
pub(super) async fn staff(conn: &store::Handle) -> Result<Vec<(PersonId, String)>> {
    use rules::access::Grant;
    let grants = [Grant::Agent, Grant::Lead, Grant::Security];
    let people = store::people::with_any_grant(conn, &grants).await?;
    Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
}

/// Names as a page shows them beside the rows of a person.
impl Signed {
    /// The organisations whose people share requests with this person.
    pub fn shared_by(&self) -> Vec<(OrganisationId, String)> {
        let shares = |id: &OrganisationId| self.scope.colleagues.iter().any(|c| c.organisation == *id);
        let ended = self.ended.iter().map(|(id, name, _)| (*id, name.clone()));
        self.organisations
            .iter()
            .cloned()
            .chain(ended)
            .chain(self.resold.iter().cloned())
            .filter(|(id, _)| shares(id))
            .collect()
    }
}
