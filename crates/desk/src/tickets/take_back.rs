//! A reply is taken back within its hold: nobody saw it, and it is as if never sent.

use rules::{
    access::Action,
    events::{Author, Because, Event, State, TicketEvent},
    ids::{MessageId, TicketId},
    refusal::Refusal,
};

use super::seen;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Takes it back; its text, to go on writing.
pub async fn take_back(desk: &Desk, actor: &Actor, id: TicketId, message: MessageId) -> Result<String> {
    let signed = actor.staff(Action::Reply)?;
    seen(desk.store.read(), signed, id).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let kept = store::messages::get(&scribe.tx, message).await?;
    if kept.ticket != id || kept.author != Author::Staff(signed.person) {
        return Err(Error::NotFound);
    }
    if !store::messages::take_back(&scribe.tx, message, scribe.now).await? {
        return Err(Refusal::HoldOver.into());
    }
    scribe.ticket(id, TicketEvent::TakenBack { message }).await?;
    if let Some((from, to)) = moved_with(&scribe, id, message).await? {
        scribe.ticket(id, TicketEvent::StateChanged { from, to, because: Because::StaffDecided }).await?;
    }
    scribe.settle().await?;
    Ok(kept.body)
}

/// The state to go back to, when the reply moved the request and nothing has moved it since.
async fn moved_with(scribe: &Scribe<'_>, id: TicketId, message: MessageId) -> Result<Option<(State, State)>> {
    let history = store::events::of_ticket(&scribe.tx, id).await?;
    let posted = history.iter().position(
        |entry| matches!(&entry.event, Event::Ticket(_, TicketEvent::Posted(posted)) if posted.message == message),
    );
    let mut moves = history.iter().skip(posted.unwrap_or(history.len())).filter_map(|entry| match &entry.event {
        Event::Ticket(_, TicketEvent::StateChanged { from, to, because }) => Some((*from, *to, *because)),
        _ => None,
    });
    Ok(match (moves.next(), moves.next()) {
        // A request that was new has been looked at: it is open, not new again.
        (Some((from, to, Because::StaffReplied)), None) => {
            let back = if from == State::New { State::Open } else { from };
            (back != to).then_some((to, back))
        }
        _ => None,
    })
}
