//! Colleagues' requests are asked for with one click: the policy's ready-made request, filed as it stands (VIS-1).

use rules::{
    entitlement::may_file,
    events::Channel,
    ids::{OrganisationId, PersonId, TicketId},
};
use store::Handle;

use super::open::{Seed, plant};
use crate::{Actor, Desk, Error, Result, actor::FilesFor, licences, scribe::Scribe};

/// Files it for one of the person's organisations; one that is still open is the answer.
pub async fn ask_visibility(desk: &Desk, actor: &Actor, organisation: OrganisationId) -> Result<TicketId> {
    let signed = actor.signed()?;
    let is_own = |it: &&FilesFor| it.organisation == organisation && it.reseller.is_none();
    let own = signed.files_for.iter().find(is_own).ok_or(Error::NotFound)?;
    let policies = desk.policies().await?;
    let kept = policies.at(desk.now())?;
    let policy = kept.policy.policy();
    let ready = policy.visibility.request.as_ref().ok_or(Error::NotFound)?;
    let kind = policy.request_type(&ready.request_type).ok_or(Error::NotFound)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let form = match asked_before(&scribe.tx, signed.person, organisation).await? {
        Asked::Open(ticket) => {
            scribe.settle().await?;
            return Ok(ticket);
        }
        Asked::Next(form) => form,
    };
    let at = (&*kept.policy, scribe.now);
    let entitled = licences::judged_for(&scribe.tx, (Some(own), signed.person), None, at).await?;
    may_file(policy, &ready.request_type, Channel::Portal, &entitled)?;
    let seed = Seed {
        requester: signed.person,
        organisation: Some(organisation),
        reseller: None,
        plan: entitled.plan,
        request_type: ready.request_type.clone(),
        subject: rules::mail::one_line(ready.subject.say("en")),
        details: vec![],
        ticks: vec![],
        wish: ready.priority.clone(),
        channel: Channel::Portal,
        secrecy: kind.secrecy,
        parent: None,
        sent_form: Some(form),
        filed_at: None,
        clock_from: None,
    };
    let id = plant(&mut scribe, kept, &seed).await?;
    scribe.settle().await?;
    Ok(id)
}

enum Asked {
    Open(TicketId),
    /// What the next one is told apart by.
    Next(String),
}

async fn asked_before(conn: &Handle, person: PersonId, organisation: OrganisationId) -> Result<Asked> {
    let mut count = 0_u32;
    loop {
        let form = format!("visibility/{organisation}/{count}");
        match store::tickets::by_form(conn, person, &form).await? {
            None => return Ok(Asked::Next(form)),
            Some(ticket) if !store::tickets::get(conn, ticket).await?.state.is_over() => {
                return Ok(Asked::Open(ticket));
            }
            Some(_) => count += 1,
        }
    }
}
