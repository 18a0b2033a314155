//! Who sees a request, and why somebody does or does not (VIS-1 to 4): for staff who see it themselves, and for the command
//! line. Each answer is the sight of a person's own scope, the value by which everything is decided.

use std::collections::HashMap;

use rules::{
    access::{Action, Circle, Grant, Line, NotShared, Resale, Setting, Sight, TicketFacts, circle},
    ids::{OrganisationId, PersonId, TicketId},
    people::Address,
};
use store::{Handle, organisations::Organisation, tickets::Ticket};

use super::seen;
use crate::{Actor, Desk, Error, Result, actor::Signed};

/// Members looked at for a page.
const MEMBERS: i64 = 50;

/// Who sees a request.
#[derive(Clone, Debug)]
pub struct Seers {
    pub ticket: Ticket,
    pub organisation: Option<Organisation>,
    /// Who filed it for the organisation (ENT-4).
    pub reseller: Option<Organisation>,
    pub circle: Circle,
    /// Who filed it and who was added, also those of them who see it no more.
    pub people: Vec<Seer>,
    /// A page of the members who see it as colleagues, and after whom the next one begins.
    pub colleagues: Vec<Seer>,
    /// Those of the reseller's people who see it (ENT-4), beside the first page.
    pub resellers: Vec<Seer>,
    pub more: Option<PersonId>,
    /// All staff, also those who do not see it.
    pub staff: Vec<(Seer, Vec<Grant>)>,
}

/// Somebody, and what their scope says to the request.
#[derive(Clone, Debug)]
pub struct Seer {
    pub person: PersonId,
    pub name: String,
    /// Empty for who was erased.
    pub address: String,
    pub sight: Sight,
    /// Of the organisations that the sight names.
    pub organisations: HashMap<OrganisationId, String>,
}

/// Everybody who sees it; `after`: the last member of the page before.
pub async fn seers(desk: &Desk, actor: &Actor, id: TicketId, after: Option<PersonId>) -> Result<Seers> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let (facts, _) = seen(conn, signed, id).await?;
    let ticket = store::tickets::get(conn, id).await?;
    let around = around(conn, &facts).await?;
    let mut people = vec![];
    for person in on_it(&facts) {
        people.extend(seer(conn, &facts, person).await?);
    }
    let mut staff = vec![];
    for member in store::people::with_any_grant(conn, &Grant::ALL).await? {
        if let Some(found) = seer(conn, &facts, member.id).await? {
            staff.push((found, store::people::grants(conn, member.id).await?));
        }
    }
    let (colleagues, more) = match facts.organisation.filter(|_| around.circle.colleagues != Setting::Own) {
        Some(organisation) => colleagues_in(conn, &facts, organisation, after).await?,
        None => (vec![], None),
    };
    let resellers = match facts.reseller.filter(|_| around.circle.resellers != Setting::Own && after.is_none()) {
        Some(reseller) => colleagues_in(conn, &facts, reseller, None).await?.0,
        None => vec![],
    };
    let Around { circle, organisation, reseller, .. } = around;
    Ok(Seers { ticket, organisation, reseller, circle, people, colleagues, resellers, more, staff })
}

/// Whether somebody sees it and why, by their address or number: for staff who see it, and for the command line.
pub async fn sight(desk: &Desk, actor: &Actor, id: TicketId, whom: &str) -> Result<Option<(Ticket, Seer)>> {
    let conn = desk.store.read();
    let facts = match actor {
        Actor::Desk(_) => store::tickets::facts(conn, id).await?,
        _ => seen(conn, actor.staff(Action::UseDesk)?, id).await?.0,
    };
    let person = match (whom.trim().parse(), Address::parse(whom)) {
        (Ok(number), _) => Some(PersonId(number)),
        (Err(_), Ok(address)) => store::people::by_address(conn, &address.key()).await?,
        (Err(_), Err(_)) => None,
    };
    let Some(person) = person else { return Ok(None) };
    let Some(seer) = seer(conn, &facts, person).await? else { return Ok(None) };
    Ok(Some((store::tickets::get(conn, id).await?, seer)))
}

/// Who sees a request besides those on it, and who on it does not.
pub(super) struct Around {
    pub circle: Circle,
    pub organisation: Option<Organisation>,
    pub reseller: Option<Organisation>,
    /// They have left since, have to prove their address, or file by a grant no more.
    pub apart: Vec<PersonId>,
}

pub(super) async fn around(conn: &Handle, facts: &TicketFacts) -> Result<Around> {
    let side = async |id: Option<OrganisationId>| match id {
        Some(id) => store::organisations::get(conn, id).await.map(Some),
        None => Ok(None),
    };
    let (organisation, reseller) = (side(facts.organisation).await?, side(facts.reseller).await?);
    let resale = match (&organisation, &reseller) {
        (Some(of), Some(by)) => {
            let stands = store::resales::between(conn, of.id, by.id).await?.is_some();
            Some((by.view(), Resale { organisation: of.id, reseller: by.id, stands }))
        }
        _ => None,
    };
    let view = organisation.as_ref().map(Organisation::view);
    let circle = circle(facts, view.as_ref(), resale.as_ref().map(|(view, resale)| (view, *resale)));
    let mut apart = vec![];
    for person in on_it(facts).into_iter().filter(|person| *person != facts.requester) {
        if !sees(conn, facts, person).await? {
            apart.push(person);
        }
    }
    Ok(Around { circle, organisation, reseller, apart })
}

/// Whether it exists for somebody who is not the reader: who is written to, who stands on a page (VIS-3).
pub(crate) async fn sees(conn: &Handle, facts: &TicketFacts, person: PersonId) -> Result<bool> {
    match Signed::read(conn, person).await {
        Ok(signed) => Ok(signed.scope.sees(facts)),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The requester first.
fn on_it(facts: &TicketFacts) -> Vec<PersonId> {
    let others = facts.participants.iter().copied().filter(|person| *person != facts.requester);
    [facts.requester].into_iter().chain(others).collect()
}

async fn colleagues_in(
    conn: &Handle,
    facts: &TicketFacts,
    organisation: OrganisationId,
    after: Option<PersonId>,
) -> Result<(Vec<Seer>, Option<PersonId>)> {
    let members = store::organisations::members(conn, organisation, after.unwrap_or(PersonId(0)), MEMBERS).await?;
    let is_more = i64::try_from(members.len()).map_err(Error::broken)? == MEMBERS;
    let more = members.last().filter(|_| is_more).map(|last| last.person);
    let mut colleagues = vec![];
    for member in members.iter().filter(|it| !facts.participants.contains(&it.person)) {
        let found = seer(conn, facts, member.person).await?;
        colleagues.extend(found.filter(|it| matches!(it.sight.lines[2], Line::Shared { .. } | Line::Resold { .. })));
    }
    Ok((colleagues, more))
}

/// `None` for who was erased, or never was.
async fn seer(conn: &Handle, facts: &TicketFacts, person: PersonId) -> Result<Option<Seer>> {
    let signed = match Signed::read(conn, person).await {
        Ok(signed) => signed,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let sight = signed.scope.sight(facts);
    let named: Vec<OrganisationId> = sight.lines.into_iter().flat_map(organisations_in).collect();
    let organisations = store::organisations::names(conn, &named).await?;
    Ok(Some(Seer { person, name: signed.name, address: signed.address, sight, organisations }))
}

fn organisations_in(line: Line) -> Vec<OrganisationId> {
    match line {
        Line::AddedAndApart { organisation, .. }
        | Line::Shared { organisation, .. }
        | Line::NotShared(
            NotShared::NoMember { organisation }
            | NotShared::Withheld { organisation, .. }
            | NotShared::FiledBefore { organisation, .. },
        ) => vec![organisation],
        Line::Resold { organisation, reseller } => vec![organisation, reseller],
        _ => vec![],
    }
}
