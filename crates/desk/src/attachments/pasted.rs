//! A log that was pasted between what somebody writes becomes a file of their draft (LOG-1).

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use rules::{ids::DraftId, logs::pasted};
use store::attachments::Attachment;

use super::{NewFile, attach};
use crate::{Actor, Desk, Result};

/// What is left of a text, and the file that the rest became.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// Where the log stood, the file's name stands.
    pub text: String,
    pub file: Attachment,
}

/// What the file is called.
const NAME: &str = "pasted.log";

/// Makes a file of the log in a text, if there is one of more than 30 lines. `field` is what it is given for.
pub async fn take_pasted(
    desk: &Desk,
    actor: &Actor,
    draft: DraftId,
    field: &str,
    text: &str,
) -> Result<Option<Pasted>> {
    // Browsers send lines as RFC 2046 has them.
    let text = text.replace("\r\n", "\n");
    let Some((at, _)) = pasted(&text) else { return Ok(None) };
    let log = Bytes::copy_from_slice(&text.as_bytes()[at.clone()]);
    let new = NewFile { draft, field: field.to_owned(), name: NAME.to_owned() };
    let file = attach(desk, actor, new, stream::iter([Ok::<_, Infallible>(log)])).await?;
    let text = format!("{}[{NAME}]\n{}", &text[..at.start], &text[at.end..]);
    Ok(Some(Pasted { text: text.trim().to_owned(), file }))
}
