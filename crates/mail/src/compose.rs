//! A notice as the bytes of RFC 5322 and MIME. Decides headers: who it is from, the thread it belongs to, and
//! that machines do not answer it. The same notice always gives the same bytes.

use std::time::{Duration, SystemTime};

use desk::ports::{ComposeFault, Composed, Notice};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MessageBuilder, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use rules::instant::Instant;
use words::mail::{Answers, Text, one_line};

use crate::{
    thread,
    translate::{self, Voice},
};

/// The longest subject and name in characters; longer ones are cut off with an ellipsis. The page has them whole.
const SUBJECT_LIMIT: usize = 250;
const NAME_LIMIT: usize = 100;

/// Whom mails are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// As people see it: "Larkspur support".
    pub name: String,
    /// The header's and the envelope's address; its domain is that of Message-IDs.
    pub address: String,
    /// Where answers go and are read; `None` where no mail is taken in, and every mail says so.
    pub reply_to: Option<String>,
}

/// Composes mails in the name of a sender.
#[derive(Clone, Debug)]
pub struct Composer {
    name: String,
    address: Address,
    reply_to: Option<Address>,
}

impl Composer {
    /// Fails, naming it, when one of the sender's addresses is none.
    pub fn new(sender: &Sender) -> Result<Self, ComposeFault> {
        let reply_to = sender.reply_to.as_deref().map(|reply_to| address("reply_to", reply_to)).transpose()?;
        Ok(Self { name: short(&sender.name, NAME_LIMIT), address: address("sender", &sender.address)?, reply_to })
    }

    /// The mail that says `notice`.
    pub fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        let answers = if self.reply_to.is_some() { Answers::Read } else { Answers::Unread };
        let text = translate::text(notice, answers);
        let recipient = address("recipient", &notice.to.address)?;
        let subject = short(&text.subject, SUBJECT_LIMIT);
        let message = self
            .headers(notice, &recipient)?
            .subject(&subject)
            .multipart(alternative(text))
            .map_err(|fault| ComposeFault(fault.to_string()))?;
        Ok(Composed {
            sender: self.address.to_string(),
            recipient: recipient.to_string(),
            subject,
            bytes: message.formatted(),
        })
    }

    fn headers(&self, notice: &Notice, recipient: &Address) -> Result<MessageBuilder, ComposeFault> {
        let domain = self.address.domain();
        let voice = translate::voice(&notice.about);
        let name = if translate::name_is_theirs(&notice.about) { notice.to.name.as_str() } else { "" };
        let mut builder = Message::builder()
            .date(system_time(notice.now))
            .from(Mailbox::new(Some(self.speaker(voice)), self.address.clone()))
            .to(mailbox(name, recipient.clone()))
            .message_id(Some(thread::message_id(&notice.key, domain)?));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(Mailbox::new(Some(self.name.clone()), reply_to.clone()));
        }
        if let Some(ticket) = notice.thread {
            let root = thread::root(ticket, domain);
            builder = builder.in_reply_to(root.clone()).references(root);
        }
        if voice == Voice::Machine {
            // RFC 3834, 5: other machines do not answer this one; the second is what Exchange heeds.
            builder = with(builder, "Auto-Submitted", "auto-generated");
            builder = with(builder, "X-Auto-Response-Suppress", "All");
        }
        Ok(builder)
    }

    fn speaker(&self, voice: Voice<'_>) -> String {
        match voice {
            Voice::Person(author) => short(&format!("{author} ({})", self.name), NAME_LIMIT),
            Voice::Machine => self.name.clone(),
        }
    }
}

/// Quoted-printable never holds `=_` (RFC 2045, 6.7), so no text that anybody writes can end its part.
const BOUNDARY: &str = "=_part";

/// Text and HTML of the same content, the better one last (RFC 2046, 5.1.4).
fn alternative(text: Text) -> MultiPart {
    let part = |content_type: ContentType, content: String| {
        let encoded = SinglePart::builder().header(content_type).header(ContentTransferEncoding::QuotedPrintable);
        encoded.body(content)
    };
    let parts = MultiPart::alternative().boundary(BOUNDARY);
    parts.singlepart(part(ContentType::TEXT_PLAIN, text.plain)).singlepart(part(ContentType::TEXT_HTML, text.html))
}

fn with(builder: MessageBuilder, name: &'static str, value: &str) -> MessageBuilder {
    builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned()))
}

/// An address that can stand in an envelope. A line break in it would be a header of its own.
fn address(whose: &str, text: &str) -> Result<Address, ComposeFault> {
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(ComposeFault(format!("{whose}: {text:?} holds white space or control characters")));
    }
    text.parse().map_err(|fault| ComposeFault(format!("{whose}: {text:?} is no address ({fault})")))
}

fn mailbox(name: &str, address: Address) -> Mailbox {
    Mailbox::new(Some(short(name, NAME_LIMIT)).filter(|name| !name.is_empty()), address)
}

/// One line of at most `limit` characters.
fn short(text: &str, limit: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(limit) {
        Some(_) => line.chars().take(limit - 1).chain(['…']).collect(),
        None => line,
    }
}

/// Whole seconds, as the header has them; before 1970 is no date of a mail.
fn system_time(instant: Instant) -> SystemTime {
    let seconds = u64::try_from(instant.timestamp().as_second()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}
