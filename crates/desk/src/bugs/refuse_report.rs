//! Staff refuse a report, and the customer reads why (BUG-2): it works as documented, it is known as another bug, it could not
//! be reproduced, or it is out of scope. The words are a reply like any other, and count as one (FRT-2).

use rules::{
    access::Action,
    bugs::{BugRefusal, Refused, Stage},
    events::{Hand, TicketEvent},
    ids::{BugId, TicketId},
    policy::Stand,
    refusal::Refusal,
    tickets::AfterReply,
};

use super::{accept::is_report, refused};
use crate::{
    Actor, Desk, Result,
    scribe::Scribe,
    tickets::{Replied, Text, check_words, say, seen_ticket},
};

#[derive(Clone, Debug)]
pub struct RefusedReport {
    pub why: Refused,
    /// What the customer reads.
    pub text: Text,
    pub after: AfterReply,
}

pub async fn refuse_report(desk: &Desk, actor: &Actor, id: TicketId, input: RefusedReport) -> Result<Replied> {
    let signed = actor.staff(Action::Reply)?;
    seen_ticket(desk.store.read(), signed, id).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    input.why.check(BugId(0)).map_err(|why| refused(BugRefusal::NotMoved(why)))?;
    check_words(&input.text.body)?;
    if let Refused::OutOfScope { entry } = &input.why
        && policy.scope.get(entry).is_none_or(|entry| entry.stand == Stand::Covered)
    {
        return Err(Refusal::NoScopeEntry.into());
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if !is_report(policy, &ticket) {
        return Err(refused(BugRefusal::NotAReport { request_type: ticket.request_type }));
    }
    if ticket.state.is_over() {
        return Err(Refusal::RequestEnded.into());
    }
    if let Some(joined) = store::bugs::of_ticket(&scribe.tx, id).await? {
        return Err(refused(BugRefusal::InBug(joined)));
    }
    if let Refused::DuplicateOf(bug) = input.why {
        watch(&mut scribe, bug, ticket.requester).await?;
    }
    scribe.ticket(id, TicketEvent::ReportRefused { why: input.why.kind() }).await?;
    let replied = say(&mut scribe, (&ticket, signed.person), &input.text, (input.after, Hand::Written)).await?;
    scribe.settle().await?;
    Ok(replied)
}

/// Who reported what is known hears of its fix all the same.
async fn watch(scribe: &mut Scribe<'_>, bug: BugId, requester: rules::ids::PersonId) -> Result<()> {
    match store::bugs::get(&scribe.tx, bug).await {
        Ok(kept) if kept.life.state.stage() == Stage::Refused => Err(refused(BugRefusal::WasRefused(bug))),
        Ok(_) => {
            store::bugs::follow(&scribe.tx, bug, requester, scribe.now).await?;
            super::order(scribe, bug).await
        }
        Err(store::Error::NotFound) => Err(refused(BugRefusal::NoSuchBug { written: bug.to_string() })),
        Err(error) => Err(error.into()),
    }
}
