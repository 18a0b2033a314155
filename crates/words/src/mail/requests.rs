//! Mails about a request to those who take part in it: receipt, reply, change of state, decided priority.

use rules::{
    events::{Because, State},
    ids::TicketId,
    instant::Instant,
};

use super::{
    Answers, Reader, Text,
    sheet::{Block, Sheet},
};

/// A request as a mail may name it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub number: TicketId,
    pub product: &'a str,
    /// `None` for what may only be named by its number (SEC-1).
    pub subject: Option<&'a str>,
    pub url: &'a str,
}

/// What somebody wrote.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    pub author: &'a str,
    /// Markdown.
    pub body: &'a str,
    /// The names of the files that came with it.
    pub files: &'a [String],
}

/// A priority that differs from the wished one (PRI-2); names as the policy gives them.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub wish: &'a str,
    pub decided: &'a str,
    pub reason: &'a str,
}

/// The request is filed: its number, the policy's text for the type (Markdown), what is in force instead of a wish beyond
/// what is allowed (PRI-3), the aim if there is one, and when the desk opens, with its zone, where nobody is here (HRS-3).
pub fn receipt(
    reader: &Reader<'_>,
    request: &Request<'_>,
    (text, lowered): (&str, Option<Decision<'_>>),
    (due, opens): (Option<Instant>, Option<(Instant, Option<&str>)>),
) -> Text {
    let mut blocks = match request.subject {
        Some(subject) => {
            vec![Block::Said(request.say(reader, "mail-receipt", &[("subject", subject.into())])), Block::Written(text)]
        }
        None => vec![Block::Said(request.say(reader, "mail-receipt-number", &[]))],
    };
    blocks.retain(|block| !matches!(block, Block::Written(text) if text.trim().is_empty()));
    blocks.extend(lowered.map(|it| {
        let said = [("wish", it.wish.into()), ("decided", it.decided.into()), ("why", it.reason.into())];
        Block::Said(reader.say("mail-receipt-lowered", &said).trim().to_owned())
    }));
    blocks.extend(opens.map(|opens| Block::Said(closed(reader, opens))));
    blocks.extend(due.map(|due| Block::Said(reader.say("mail-due", &[("when", reader.when(due).into())]))));
    request.for_requester(reader, request.thread(reader), blocks)
}

/// That nobody is here, and when the desk opens: by its clock, and by the reader's where that shows otherwise.
fn closed(reader: &Reader<'_>, (at, zone): (Instant, Option<&str>)) -> String {
    let (desk, own) = (Reader { zone, ..*reader }.when(at), reader.when(at));
    if desk == own || reader.zone.is_none() {
        return reader.say("mail-receipt-closed", &[("desk", desk.into())]);
    }
    reader.say("mail-receipt-closed-both", &[("desk", desk.into()), ("own", own.into())])
}

/// What a member of staff wrote.
pub fn reply(reader: &Reader<'_>, request: &Request<'_>, message: Message<'_>) -> Text {
    let blocks = message.blocks(reader, request, "mail-reply");
    let subject = reader.say("mail-thread-answer", &[("thread", request.thread(reader).into())]);
    request.for_requester(reader, subject, blocks)
}

/// The state changed without a message.
pub fn state_changed(reader: &Reader<'_>, request: &Request<'_>, state: State, because: Because) -> Text {
    let key = match (state, because) {
        (_, Because::Merged) => "mail-state-merged",
        (State::New, _) => "mail-state-new",
        (State::Open, Because::Bounced) => "mail-state-open-bounced",
        (State::Open, _) => "mail-state-open",
        (State::WaitingForCustomer, _) => "mail-state-waiting",
        (State::WithDevelopers, _) => "mail-state-developers",
        (State::ToConfirm, _) => "mail-state-confirm",
        (State::Solved, Because::TimeRanOut) => "mail-state-solved-time",
        (State::Solved, _) => "mail-state-solved",
        (State::Closed, _) => "mail-state-closed",
    };
    let blocks = vec![Block::Said(request.say(reader, key, &[]))];
    request.for_requester(reader, request.thread(reader), blocks)
}

/// The desk still waits for an answer, and what happens without one (REQ-9).
pub fn reminded(reader: &Reader<'_>, request: &Request<'_>, until: Instant) -> Text {
    let when = [("when", reader.when(until).into())];
    let blocks = vec![
        Block::Said(request.say(reader, "mail-reminded", &[])),
        Block::Said(request.say(reader, "mail-reminded-until", &when)),
    ];
    request.for_requester(reader, request.thread(reader), blocks)
}

/// Another priority than the wished one was decided (PRI-2).
pub fn priority_decided(reader: &Reader<'_>, request: &Request<'_>, decision: Decision<'_>) -> Text {
    let Decision { wish, decided, reason } = decision;
    let blocks = match request.subject {
        Some(_) => vec![
            Block::Said(reader.say("mail-decided", &[("wish", wish.into()), ("decided", decided.into())])),
            Block::Written(reason),
        ],
        None => vec![Block::Said(request.say(reader, "mail-decided-number", &[]))],
    };
    request.for_requester(reader, request.thread(reader), blocks)
}

/// It is of another type now (REQ-8).
#[derive(Clone, Copy, Debug)]
pub struct Conversion<'a> {
    pub before: &'a str,
    pub now: &'a str,
    /// Markdown; may be empty.
    pub reason: &'a str,
    /// What is in force now, where that is not what was wished (PRI-4).
    pub priority: Option<&'a str>,
    /// What the new type asks for and the request does not have.
    pub missing: &'a [String],
    /// How many points it wants ticked.
    pub points: usize,
}

pub fn converted(reader: &Reader<'_>, request: &Request<'_>, conversion: Conversion<'_>) -> Text {
    let Conversion { before, now, reason, priority, missing, points } = conversion;
    if request.subject.is_none() {
        let blocks = vec![Block::Said(request.say(reader, "mail-converted-number", &[]))];
        return request.for_requester(reader, request.thread(reader), blocks);
    }
    let names = [("before", before.into()), ("now", now.into())];
    let mut blocks = vec![Block::Said(request.say(reader, "mail-converted", &names))];
    if !reason.trim().is_empty() {
        blocks.extend([Block::Said(reader.say("mail-converted-reason", &[])), Block::Written(reason)]);
    }
    let clamped = priority.map(|it| reader.say("mail-converted-priority", &[("priority", it.into())]));
    blocks.extend(clamped.map(Block::Said));
    let points = crate::lacks::points_to_confirm(reader.lang, points);
    let missing: Vec<String> = missing.iter().chain(&points).map(|it| format!("- {it}")).collect();
    let missing = missing.join("\n");
    if !missing.is_empty() {
        blocks.extend([Block::Said(reader.say("mail-converted-missing", &[])), Block::Written(&missing)]);
    }
    request.for_requester(reader, request.thread(reader), blocks)
}

/// The reader goes on with it in the place of a colleague who left (REG-7).
pub fn inherited(reader: &Reader<'_>, request: &Request<'_>) -> Text {
    let said = request.say(reader, "mail-added-heir", &[("subject", request.subject.unwrap_or_default().into())]);
    request.for_requester(reader, request.thread(reader), vec![Block::Said(said)])
}

/// The reader was added to it.
pub fn added(reader: &Reader<'_>, request: &Request<'_>, by: &str) -> Text {
    let key = if request.subject.is_some() { "mail-added" } else { "mail-added-number" };
    let subject = request.subject.unwrap_or_default();
    let said = request.say(reader, key, &[("by", by.into()), ("subject", subject.into())]);
    request.for_requester(reader, request.thread(reader), vec![Block::Said(said)])
}

/// It goes on in another (FRT-5); the mail leads there.
pub fn merged<'a>(reader: &Reader<'_>, request: &Request<'a>, survivor: &Request<'a>) -> Text {
    let number = [("survivor", survivor.number.to_string().into())];
    let said = request.say(reader, "mail-merged", &number);
    let subject = request.thread(reader);
    Request { url: survivor.url, ..*request }.for_requester(reader, subject, vec![Block::Said(said)])
}

/// The entry of the scope that a request falls under (SCO-1); all but `link` is Markdown.
#[derive(Clone, Copy, Debug)]
pub struct OutOfScope<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub except: Option<&'a str>,
    pub instead: Option<&'a str>,
    pub link: Option<&'a str>,
    pub reason: &'a str,
}

pub fn out_of_scope<'a>(reader: &Reader<'_>, request: &Request<'a>, scope: OutOfScope<'a>) -> Text {
    let OutOfScope { name, text, except, instead, link, reason } = scope;
    let name = crate::markdown::plain(name);
    let mut blocks =
        vec![Block::Said(request.say(reader, "mail-out-of-scope", &[("name", name.into())])), Block::Written(text)];
    for (key, words) in [("mail-out-of-scope-except", except), ("mail-out-of-scope-instead", instead)] {
        if let Some(words) = words {
            blocks.extend([Block::Said(reader.say(key, &[])), Block::Written(words)]);
        }
    }
    blocks.extend(link.map(|url| Block::Link { label: reader.say("mail-out-of-scope-link", &[]), url }));
    if !reason.trim().is_empty() {
        blocks.push(Block::Written(reason));
    }
    blocks.push(Block::Said(reader.say("mail-out-of-scope-again", &[])));
    request.for_requester(reader, request.thread(reader), blocks)
}

/// Staff took something out of it (PRV-2): by the number alone, since a subject may have been what went.
pub fn redacted<'a>(reader: &Reader<'_>, request: &Request<'a>, what: &Redacted<'a>) -> Text {
    let key = if what.is_file { "redaction-mail-file" } else { "redaction-mail-passage" };
    let why = crate::redaction::because(reader.lang, what.why, what.words);
    let why = why.trim_end_matches('.').to_owned();
    let bare = Request { subject: None, ..*request };
    let blocks = vec![
        Block::Said(bare.say(reader, key, &[("why", why.into())])),
        Block::Said(reader.say("redaction-mail-nobody", &[])),
    ];
    bare.for_requester(reader, bare.thread(reader), blocks)
}

/// What staff took out of a request.
#[derive(Clone, Copy, Debug)]
pub struct Redacted<'a> {
    pub is_file: bool,
    pub why: Option<rules::redaction::Reason>,
    pub words: &'a str,
}

/// It is over: how it went. A click on an answer is all that is asked.
pub fn ask_rating(reader: &Reader<'_>, request: &Request<'_>, url: &str) -> Text {
    let (good, bad) = (format!("{url}?verdict=good"), format!("{url}?verdict=bad"));
    let blocks = vec![
        Block::Said(request.say(reader, "mail-rating", &[])),
        Block::Link { label: reader.say("mail-rating-good", &[]), url: &good },
        Block::Link { label: reader.say("mail-rating-bad", &[]), url: &bad },
    ];
    let foot = vec![request.say(reader, "mail-why-request", &[("product", request.product.into())])];
    Sheet { subject: request.thread(reader), blocks, foot }.set(reader)
}

impl<'a> Request<'a> {
    /// What all mails about it have in their subject, so that programs show them as one conversation.
    pub(super) fn thread(&self, reader: &Reader<'_>) -> String {
        match self.subject {
            Some(subject) => self.say(reader, "mail-thread", &[("subject", subject.into())]),
            None => self.say(reader, "mail-thread-number", &[]),
        }
    }

    /// A sentence that may use `$number`.
    pub(super) fn say(&self, reader: &Reader<'_>, key: &str, arguments: &super::Arguments<'_>) -> String {
        let mut all = vec![("number", self.number.to_string().into())];
        all.extend(arguments.iter().cloned());
        reader.say(key, &all)
    }

    fn for_requester(&self, reader: &Reader<'_>, subject: String, mut blocks: Vec<Block<'a>>) -> Text {
        let why = self.say(reader, "mail-why-request", &[("product", self.product.into())]);
        let mut foot = vec![why];
        if reader.answers == Answers::Unread {
            foot.push(reader.say("mail-unread", &[]));
        }
        blocks.push(Block::Link { label: reader.say("mail-answer", &[]), url: self.url });
        Sheet { subject, blocks, foot }.set(reader)
    }
}

impl<'a> Message<'a> {
    /// Who wrote what; of what is confidential only that somebody did (`{key}-number`).
    pub(super) fn blocks(&self, reader: &Reader<'_>, request: &Request<'_>, key: &str) -> Vec<Block<'a>> {
        if request.subject.is_none() {
            return vec![Block::Said(request.say(reader, &format!("{key}-number"), &[]))];
        }
        let mut blocks =
            vec![Block::Said(reader.say(key, &[("author", self.author.into())])), Block::Written(self.body)];
        if !self.files.is_empty() {
            let files = self.files.join(", ");
            blocks.push(Block::Said(reader.say("mail-files", &[("files", files.into())])));
        }
        blocks
    }
}
