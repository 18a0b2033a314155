//! Has a mail sent again that a server refused, once the address or the server was put right. It is written anew, as it may be
//! said now and to the address of now; once for each refusal, however often it is pressed.

use rules::{access::Action, audit::Act, ids::OutgoingId, mail::NotOwed};

use super::is_seen;
use crate::{
    Actor, Desk, Error, Result,
    mail::{self, Ordered},
    scribe::Scribe,
};

/// Why it is not sent, where that is known at once.
pub async fn send_again(desk: &Desk, actor: &Actor, id: OutgoingId) -> Result<std::result::Result<(), NotOwed>> {
    let refused = store::outgoing::get(desk.store.read(), id).await?;
    let signed = actor.staff(Action::ReadMails)?;
    if !is_seen(desk.store.read(), signed, refused.ticket).await? {
        return Err(Error::NotFound);
    }
    if refused.again_at.is_some() {
        // Pressed twice: it is on its way.
        return Ok(Ok(()));
    }
    let Some(ordered) = refused.ordered.as_deref().filter(|_| refused.outcome.as_deref() == Some("refused")) else {
        return Err(Error::Conflict);
    };
    let order = serde_json::from_str(ordered).map_err(Error::broken)?;
    let ordered = Ordered { key: mail::key_again(&refused.key), order, again_of: Some(id) };
    if let Err(why) = mail::is_owed(desk, &ordered).await? {
        return Ok(Err(why));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::outgoing::send_again(&scribe.tx, id, (signed.person, scribe.now)).await? {
        let (ticket, person) = (ordered.order.ticket(), ordered.order.person());
        scribe.audit(&Act::MailSentAgain { mail: id, ticket, person }).await?;
        let now = scribe.now;
        scribe.enqueue(mail::KIND, &ordered.key, &ordered, now).await?;
    }
    scribe.settle().await?;
    Ok(Ok(()))
}
