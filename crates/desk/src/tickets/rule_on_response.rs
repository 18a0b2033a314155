//! A lead rules that a message was no first response: it neither attempted an answer nor asked for what is
//! needed (FRT-2). Never the other way round.

use rules::{
    access::Action,
    events::{Audience, Author, TicketEvent},
    ids::{MessageId, TicketId},
    refusal::Refusal,
};

use super::seen;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

pub async fn rule_on_response(
    desk: &Desk,
    actor: &Actor,
    id: TicketId,
    message: MessageId,
    reason: &str,
) -> Result<()> {
    let signed = actor.staff(Action::RuleOnResponse)?;
    seen(desk.store.read(), signed, id).await?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let kept = store::messages::get(&scribe.tx, message).await?;
    let fits = kept.ticket == id && kept.audience == Audience::Public && matches!(kept.author, Author::Staff(_));
    if !fits || kept.taken_back_at.is_some() {
        return Err(Error::NotFound);
    }
    scribe.ticket_because(id, TicketEvent::Ruled { message }, reason).await?;
    scribe.settle().await
}
