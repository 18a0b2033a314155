//! A customer who was asked to confirm a fix says that it is still there (BUG-4): the request is ours again, with the version in
//! which they saw it.

use rules::{
    access::CustomerAction,
    bugs::BugRefusal,
    events::{Because, State, TicketEvent},
    ids::TicketId,
    keys::DetailKey,
    policy::DetailKind,
    refusal::{Fault, FieldFault},
    releases::Version,
    tickets::{Mover, may_step},
};

use super::refused;
use crate::{
    Actor, Desk, Error, Result,
    scribe::Scribe,
    tickets::{Text, customer, hear},
};

#[derive(Clone, Debug)]
pub struct StillThere {
    /// The version in which they saw it, as typed.
    pub version: String,
    pub text: Text,
}

pub async fn still_there(desk: &Desk, actor: &Actor, id: TicketId, input: StillThere) -> Result<()> {
    let signed = customer(desk.store.read(), actor, id, CustomerAction::ConfirmFix).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let Some(version) = Version::read(&input.version) else {
        return Err(Error::Invalid(vec![FieldFault { field: "version".into(), fault: Fault::NoVersion }]));
    };
    crate::tickets::check_words(&input.text.body)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if ticket.state != State::ToConfirm {
        return Err(refused(BugRefusal::NothingToConfirm));
    }
    let message = hear(&mut scribe, id, signed.person, &input.text).await?;
    let form = policy.form_of(&ticket.request_type);
    let asked = form.into_iter().find(|(_, detail)| detail.kind == DetailKind::Version).map(|(key, _)| key.clone());
    if let Some(key) = asked {
        let details: [(DetailKey, String); 1] = [(key.clone(), version.to_string())];
        store::tickets::add_details(&scribe.tx, id, &details).await?;
        scribe.ticket(id, TicketEvent::DetailsGiven { details: vec![key], message: Some(message) }).await?;
    }
    let (from, to, because) = (ticket.state, State::Open, Because::CustomerReplied);
    may_step(from, to, Mover::Customer, because)?;
    scribe.ticket(id, TicketEvent::StateChanged { from, to, because }).await?;
    scribe.settle().await
}
