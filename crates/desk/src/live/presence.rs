//! Who has a request open right now, and who writes in it: said by their pages, in memory, shown to staff who see the
//! request.

use std::collections::HashMap;

use rules::{
    access::Action,
    ids::{PersonId, TicketId},
    live::{Doing, PageId, Present},
};

use super::{
    Said,
    nodes::{Call, call},
};
use crate::{Actor, Desk, Error, Result, tickets::seen};

/// What a page says of its reader; `None` when they leave.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub page: PageId,
    pub doing: Option<Doing>,
}

/// Somebody who is at a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub person: PersonId,
    pub name: String,
    pub doing: Doing,
}

/// A page says that its reader is at a request, or leaves it; who else is there.
pub async fn be_present(desk: &Desk, actor: &Actor, id: TicketId, at: At) -> Result<Vec<Here>> {
    let signed = actor.staff(Action::UseDesk)?;
    seen(desk.store.read(), signed, id).await?;
    took(desk, (id, signed.person, at.page), at.doing).await;
    call(desk, &Call::Present { ticket: id, person: signed.person, page: at.page, doing: at.doing }).await;
    Ok(present(desk, actor, &[id]).await?.remove(&id).unwrap_or_default())
}

/// Who else is at each of these requests, of which the reader was shown that they are there.
pub async fn present(desk: &Desk, actor: &Actor, tickets: &[TicketId]) -> Result<HashMap<TicketId, Vec<Here>>> {
    let me = actor.staff(Action::UseDesk)?.person;
    let now = desk.now();
    let there: Vec<_> = {
        let presences = desk.live.presences();
        let at = |id: &TicketId| (*id, presences.at(*id, now));
        tickets.iter().map(at).collect()
    };
    let people: Vec<PersonId> = there.iter().flat_map(|(_, all)| all.iter().map(|it| it.person)).collect();
    if people.iter().all(|person| *person == me) {
        return Ok(HashMap::new());
    }
    let names = store::people::names(desk.store.read(), &people).await?;
    let others = |all: &[Present]| named(all, &names).into_iter().filter(|it| it.person != me).collect::<Vec<_>>();
    let each = there.iter().map(|(id, all)| (*id, others(all)));
    Ok(each.filter(|(_, here)| !here.is_empty()).collect())
}

/// Whether somebody has the request open before them right now.
pub(crate) fn is_before(desk: &Desk, person: PersonId, ticket: TicketId) -> bool {
    desk.live.presences().at(ticket, desk.now()).iter().any(|it| it.person == person)
}

/// Takes a page's word, from here or from another node.
pub(super) async fn took(desk: &Desk, key: (TicketId, PersonId, PageId), doing: Option<Doing>) {
    let is_new = desk.live.presences().say(key, doing, desk.now());
    if is_new {
        announce(desk, key.0).await;
    }
}

/// Says of whom nothing was heard for a while that they left.
pub(super) async fn expire(desk: &Desk) {
    let changed = desk.live.presences().expire(desk.now());
    for ticket in changed {
        announce(desk, ticket).await;
    }
}

/// Tells all who look on who is at a request now.
async fn announce(desk: &Desk, ticket: TicketId) {
    if desk.live.listeners() == 0 {
        return;
    }
    let told = async {
        let facts = store::tickets::facts(desk.store.read(), ticket).await?;
        let there = desk.live.presences().at(ticket, desk.now());
        let people: Vec<PersonId> = there.iter().map(|it| it.person).collect();
        let names = store::people::names(desk.store.read(), &people).await?;
        Ok::<_, Error>(Said::Present { ticket, facts, here: named(&there, &names) })
    };
    match told.await {
        Ok(said) => desk.live.say(said),
        Err(error) => tracing::debug!(%error, "who is at a request could not be said"),
    }
}

fn named(there: &[Present], names: &HashMap<PersonId, String>) -> Vec<Here> {
    let one = |it: &Present| {
        let name = names.get(&it.person)?.clone();
        Some(Here { person: it.person, name, doing: it.doing })
    };
    there.iter().filter_map(one).collect()
}
