//! Staff give a request to somebody or to a team, take it, or put it back.

use rules::{
    access::Action,
    events::{Audience, Author, By, Channel, TicketEvent},
    ids::{PersonId, TeamId, TicketId},
    refusal::Refusal,
    teams::Shared,
};

use super::{
    reply::{Post, Text, check},
    seen,
};
use crate::{Actor, Desk, Error, Result, actor::Signed, scribe::Scribe};

/// Whose it becomes; `None` puts it back.
#[derive(Clone, Copy, Debug)]
pub struct Assignment {
    pub to: Option<PersonId>,
}

/// Whose and which team's it becomes.
#[derive(Clone, Debug)]
pub struct Handing {
    pub team: Option<TeamId>,
    pub to: Option<PersonId>,
    /// For who takes it.
    pub note: Option<Text>,
}

/// What is to be done.
struct Wanted<'a> {
    /// The team stays unless given.
    team: Option<Option<TeamId>>,
    /// Who has it keeps it unless given.
    to: Option<Option<PersonId>>,
    note: Option<&'a Text>,
}

pub async fn assign(desk: &Desk, actor: &Actor, id: TicketId, input: Assignment) -> Result<()> {
    hand(desk, actor, id, Wanted { team: None, to: Some(input.to), note: None }).await
}

/// The same, with a note of why for who takes it, in one.
pub async fn hand_over(desk: &Desk, actor: &Actor, id: TicketId, input: Assignment, note: &Text) -> Result<()> {
    hand(desk, actor, id, Wanted { team: None, to: Some(input.to), note: Some(note) }).await
}

/// Gives it to a team, and within it to somebody or to nobody.
pub async fn hand_to_team(desk: &Desk, actor: &Actor, id: TicketId, input: &Handing) -> Result<()> {
    let wanted = Wanted { team: Some(input.team), to: Some(input.to), note: input.note.as_ref() };
    hand(desk, actor, id, wanted).await
}

/// It changes its team, or leaves it; who has it keeps it.
pub async fn move_to_team(desk: &Desk, actor: &Actor, id: TicketId, team: Option<TeamId>) -> Result<()> {
    hand(desk, actor, id, Wanted { team: Some(team), to: None, note: None }).await
}

async fn hand(desk: &Desk, actor: &Actor, id: TicketId, wanted: Wanted<'_>) -> Result<()> {
    let signed = actor.staff(Action::Assign)?;
    if wanted.note.is_some() {
        actor.staff(Action::Note)?;
    }
    seen(desk.store.read(), signed, id).await?;
    if let Some(note) = wanted.note {
        check(&note.body)?;
    }
    if let Some(Some(to)) = wanted.to {
        can_take(desk, id, to).await?;
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    if let Some(text) = wanted.note {
        let post = Post {
            ticket: id,
            author: Author::Staff(signed.person),
            audience: Audience::Internal,
            text,
            channel: Channel::Desk,
            send_at: scribe.now,
        };
        post.write(&mut scribe).await?;
    }
    if let Some(team) = wanted.team {
        set_team(&mut scribe, id, team).await?;
    }
    if let Some(to) = wanted.to {
        give(&mut scribe, id, (to, None)).await?;
    }
    scribe.settle().await
}

/// It belongs to that team, or to none.
pub(crate) async fn set_team(scribe: &mut Scribe<'_>, id: TicketId, to: Option<TeamId>) -> Result<()> {
    let from = store::tickets::get(&scribe.tx, id).await?.team;
    if from == to {
        return Ok(());
    }
    if let Some(team) = to
        && store::teams::get(&scribe.tx, team).await?.ended_at.is_some()
    {
        return Err(Error::NotFound);
    }
    store::teams::set(&scribe.tx, id, to).await?;
    scribe.ticket(id, TicketEvent::TeamSet { from, to }).await.map(drop)
}

/// It goes on: where its team ended meanwhile it is all people's.
pub(crate) async fn leave_ended_team(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let Some(team) = store::tickets::get(&scribe.tx, id).await?.team else { return Ok(()) };
    if store::teams::get(&scribe.tx, team).await?.ended_at.is_none() {
        return Ok(());
    }
    let by = std::mem::replace(&mut scribe.by, By::rule());
    let done = set_team(scribe, id, None).await;
    scribe.by = by;
    done
}

/// It is somebody's, or nobody's; `shared`: a team's way of sharing says so. Who gets one in a team stands last in its line.
pub(crate) async fn give(
    scribe: &mut Scribe<'_>,
    id: TicketId,
    (to, shared): (Option<PersonId>, Option<Shared>),
) -> Result<()> {
    let row = store::tickets::get(&scribe.tx, id).await?;
    if row.assignee == to && shared.is_none() {
        return Ok(());
    }
    store::tickets::set_assignee(&scribe.tx, id, to).await?;
    if let Some((team, person)) = row.team.zip(to) {
        store::teams::take_turn(&scribe.tx, team, person).await?;
    }
    let event = TicketEvent::Assigned { from: row.assignee, to, away_until: None, shared };
    scribe.ticket(id, event).await.map(drop)
}

/// A customer wrote: what is in the hands of somebody who is away goes back to all.
pub(crate) async fn put_back_where_away(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let Some(assignee) = store::tickets::get(&scribe.tx, id).await?.assignee else { return Ok(()) };
    let Some(until) = store::away::until(&scribe.tx, assignee, scribe.now).await? else { return Ok(()) };
    store::tickets::set_assignee(&scribe.tx, id, None).await?;
    let by = std::mem::replace(&mut scribe.by, By::rule());
    let event = TicketEvent::Assigned { from: Some(assignee), to: None, away_until: Some(until), shared: None };
    let done = scribe.ticket(id, event).await;
    scribe.by = by;
    done.map(drop)
}

/// Only who sees it and may answer it can have it (VIS-2).
async fn can_take(desk: &Desk, id: TicketId, to: PersonId) -> Result<()> {
    let taker = Signed::read(desk.store.read(), to).await?;
    seen(desk.store.read(), &taker, id).await?;
    if rules::access::may(taker.grants, Action::Reply) {
        return Ok(());
    }
    Err(if taker.grants.is_staff() { Refusal::MayNot { action: Action::Reply }.into() } else { Error::NotFound })
}
