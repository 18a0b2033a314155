//! Staff write a note that only staff read. It changes no clock and no turn (TRN-1).

use rules::{
    access::Action,
    events::{Audience, Author, Channel},
    ids::{MessageId, TicketId},
};

use super::{
    reply::{Post, Text, check},
    seen,
};
use crate::{Actor, Desk, Result, scribe::Scribe};

pub async fn note(desk: &Desk, actor: &Actor, id: TicketId, text: Text) -> Result<MessageId> {
    let signed = actor.staff(Action::Note)?;
    seen(desk.store.read(), signed, id).await?;
    check(&text.body)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let post = Post {
        ticket: id,
        author: Author::Staff(signed.person),
        audience: Audience::Internal,
        text: &text,
        channel: Channel::Desk,
        send_at: scribe.now,
    };
    let message = post.write(&mut scribe).await?;
    scribe.settle().await?;
    Ok(message)
}
