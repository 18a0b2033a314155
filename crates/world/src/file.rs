//! Somebody files a request as a browser would: the files go into a draft first, then the form is sent.

use std::convert::Infallible;

use bytes::Bytes;
use desk::{
    Actor, Desk, Result,
    attachments::{NewFile, attach},
    drafts::{self, Typed},
    tickets::{self, NewTicket, Text},
};
use futures_util::stream;
use rules::{
    events::Channel,
    ids::{DraftId, TicketId},
};

use crate::{File, Filing};

/// Files it on the portal; its number.
pub async fn file(desk: &Desk, actor: &Actor, filing: Filing) -> Result<TicketId> {
    let draft = draft(desk, actor, &format!("request/{}", filing.request_type), &filing.files).await?;
    let new = NewTicket {
        request_type: filing.request_type,
        filled: filing.filled,
        draft,
        organisation: None,
        confidential: false,
        channel: Channel::Portal,
        sent_form: None,
    };
    tickets::open(desk, actor, new).await
}

/// A message without files.
pub fn text(body: &str) -> Text {
    Text { body: body.to_owned(), draft: None, channel: None }
}

/// A draft that holds the files; none for no files.
async fn draft(desk: &Desk, actor: &Actor, purpose: &str, files: &[File]) -> Result<Option<DraftId>> {
    if files.is_empty() {
        return Ok(None);
    }
    let typed = Typed { draft: None, purpose: purpose.to_owned(), fields: [].into() };
    let draft = drafts::save(desk, actor, typed).await?;
    for file in files {
        let new = NewFile { draft, field: file.field.clone(), name: file.name.clone() };
        attach(desk, actor, new, stream::iter([Ok::<Bytes, Infallible>(file.content.clone())])).await?;
    }
    Ok(Some(draft))
}
