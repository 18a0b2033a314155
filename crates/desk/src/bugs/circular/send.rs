//! It is sent: to exactly those whom its sender saw, decided and kept in one transaction, and once for a form however often that comes.

use rules::{
    access::Action,
    bugs::BugRefusal,
    events::{BugEvent, Event},
    ids::{BugId, CircularId},
};
use store::circulars::NewCircular;

use super::{
    preview::{Draft, Preview, check, look},
    step::order,
};
use crate::{Actor, Desk, Error, Result, bugs::refused, scribe::Scribe};

#[derive(Clone, Debug)]
pub struct ToSend {
    pub draft: Draft,
    /// What tells its form from every other.
    pub form: String,
    /// Of what its sender looked at.
    pub mark: String,
}

#[derive(Clone, Debug)]
pub enum Sent {
    Sent(CircularId),
    /// Who gets it, or what it says, is not what was looked at: nothing was sent.
    Otherwise(Box<Preview>),
}

pub async fn send_circular(desk: &Desk, actor: &Actor, bug: BugId, sent: ToSend) -> Result<Sent> {
    let signed = actor.staff(Action::ManageBugs)?;
    check(&sent.draft)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if let Some(known) = store::circulars::by_form(&scribe.tx, &sent.form).await? {
        scribe.settle().await?;
        return Ok(Sent::Sent(known));
    }
    let (found, preview) = look(desk, &scribe.tx, (bug, signed.person), &sent.draft).await?;
    if preview.mark != sent.mark || !preview.unfit.is_empty() {
        return Ok(Sent::Otherwise(Box::new(preview)));
    }
    if found.to.is_empty() {
        return Err(refused(BugRefusal::NobodyToWriteTo));
    }
    let number = |n: usize| u64::try_from(n).map_err(Error::broken);
    let new = NewCircular {
        bug,
        form: &sent.form,
        texts: &sent.draft.texts,
        choice: &sent.draft.choice,
        by: signed.person,
        left_out: found.left.len(),
        now: scribe.now,
    };
    let circular = store::circulars::insert(&scribe.tx, new, &found.to).await?;
    let (people, now) = (number(found.to.len())?, scribe.now);
    scribe.record(Event::Bug(BugEvent::Wrote { bug, circular, people }), now).await?;
    order(&mut scribe, circular).await?;
    scribe.settle().await?;
    desk.bug_moved(bug).await;
    Ok(Sent::Sent(circular))
}
