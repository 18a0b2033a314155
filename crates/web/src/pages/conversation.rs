//! The conversation of a request: messages, and what happened between them. The same for customers and agents,
//! apart from internal notes, which a customer's page is never given.

use askama::Template;

use super::{
    html::{Safe, parts},
    parts::{Face, Link, Tag, When},
};

/// One entry, in the order of time.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "most entries are messages")]
pub enum Said {
    Message(Message),
    /// What happened between two messages; several fold away.
    Events(Events),
}

#[derive(Clone, Debug, Template)]
#[template(path = "parts/message.html")]
pub struct Message {
    /// For the anchor `#m17`.
    pub id: i64,
    /// "You", or a name.
    pub author: String,
    pub face: Face,
    pub at: When,
    pub kind: MessageKind,
    /// Cleaned HTML from `words::markdown`.
    pub body: Safe,
    /// What the form asked for, with the answers; the first message of a request.
    pub details: Vec<Detail>,
    pub files: Vec<HeldFile>,
    /// "File redacted: server.log, log, 14.2 MB".
    pub gone: Vec<String>,
    /// Where a passage of it is redacted (PRV-2), for who may.
    pub redact: Option<String>,
    /// A remark under it: "sent by mail", "not delivered: mailbox full".
    pub remark: Option<String>,
    /// Where a lead rules that it was no first response (FRT-2), of one that counts as such.
    pub ruling: Option<String>,
    /// That it went to several requests at once; with an address where the reader may look at that.
    pub at_once: Option<Link>,
    /// Where staff make it a request of its own: the address, and the types that there are.
    pub split: Option<Splitting>,
}

/// A message of a customer that may become a request of its own.
#[derive(Clone, Debug)]
pub struct Splitting {
    pub action: String,
    pub types: Vec<super::form::Choice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    Public,
    /// Staff only.
    Note,
}

#[derive(Clone, Debug)]
pub struct Detail {
    pub label: String,
    pub answer: Safe,
    /// Where a passage of it is redacted, for who may.
    pub redact: Option<String>,
}

/// A file that came with a message.
#[derive(Clone, Debug)]
pub struct HeldFile {
    /// `/attachments/{id}`; of an archive, which nobody reads as it came, none.
    pub href: Option<String>,
    pub name: String,
    /// "14.2 MB".
    pub size: String,
    /// "probably a part. It has exactly 500 lines, …"
    pub doubt: Option<Tag>,
    /// "Masked: 2 passwords."
    pub remark: Option<String>,
    /// Where staff get it as it came, when they say why (LOG-3).
    pub original: Option<String>,
    /// Where it is redacted, for who may (PRV-2).
    pub redact: Option<String>,
}

impl HeldFile {
    pub fn new(href: &str, name: &str, size: &str) -> Self {
        Self {
            href: Some(href.into()),
            name: name.into(),
            size: size.into(),
            doubt: None,
            remark: None,
            original: None,
            redact: None,
        }
    }
}

#[derive(Clone, Debug, Template)]
#[template(path = "parts/events.html")]
pub struct Events {
    /// "3 changes, Tue 11:46 to 12:02"; shown when there are several.
    pub summary: String,
    pub lines: Vec<EventLine>,
}

#[derive(Clone, Debug)]
pub struct EventLine {
    /// "Ines decided Medium instead of High: one customer, and uploading again brings the files back."
    pub words: String,
    pub at: When,
}

parts!(Message, Events);

impl Message {
    pub fn is_note(&self) -> bool {
        self.kind == MessageKind::Note
    }
}
