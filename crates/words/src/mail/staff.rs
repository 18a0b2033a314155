//! Mails about a request to those who work on it: an answer of the customer, an assignment, a clock.

use rules::{events::TargetKind, instant::Instant};

use super::{
    Message, Reader, Request, Text,
    sheet::{Block, Sheet},
};

/// The customer wrote, to the assignee.
pub fn customer_replied(reader: &Reader<'_>, request: &Request<'_>, message: Message<'_>) -> Text {
    let thread = request.thread(reader);
    let subject = match request.subject {
        Some(_) => reader.say("mail-customer-subject", &[("author", message.author.into()), ("thread", thread.into())]),
        None => reader.say("mail-customer-subject-number", &[("thread", thread.into())]),
    };
    for_staff(reader, request, subject, message.blocks(reader, request, "mail-customer"))
}

/// A colleague calls the reader by name in a note, which only staff read.
pub fn called(reader: &Reader<'_>, request: &Request<'_>, message: Message<'_>) -> Text {
    let thread = request.thread(reader);
    let subject = match request.subject {
        Some(_) => reader.say("mail-called-subject", &[("author", message.author.into()), ("thread", thread.into())]),
        None => reader.say("mail-called-subject-number", &[("thread", thread.into())]),
    };
    for_staff(reader, request, subject, message.blocks(reader, request, "mail-called"))
}

/// The request is the reader's now.
pub fn assigned(reader: &Reader<'_>, request: &Request<'_>, by: &str) -> Text {
    let sentence = match request.subject {
        // By its team's way of sharing.
        Some(subject) if by.is_empty() => reader.say("mail-assigned-by-team", &[]) + " " + subject,
        None if by.is_empty() => request.say(reader, "mail-assigned-by-team-number", &[]),
        Some(subject) => reader.say("mail-assigned", &[("by", by.into())]) + " " + subject,
        None => request.say(reader, "mail-assigned-number", &[("by", by.into())]),
    };
    for_staff(reader, request, about(reader, request, "mail-assigned-subject"), vec![Block::Said(sentence)])
}

/// What a customer asks for now instead of before, by the names of the policy, and why.
#[derive(Clone, Copy, Debug)]
pub struct Raise<'a> {
    pub author: &'a str,
    pub before: &'a str,
    pub wish: &'a str,
    pub reason: &'a str,
}

/// The customer asks for a higher priority (REQ-11).
pub fn wish_raised(reader: &Reader<'_>, request: &Request<'_>, raise: Raise<'_>) -> Text {
    let Raise { author, before, wish, reason } = raise;
    let thread = request.thread(reader);
    if request.subject.is_none() {
        let subject = reader.say("mail-wish-raised-subject-number", &[("thread", thread.into())]);
        return for_staff(
            reader,
            request,
            subject,
            vec![Block::Said(request.say(reader, "mail-wish-raised-number", &[]))],
        );
    }
    let subject = reader.say("mail-wish-raised-subject", &[("wish", wish.into()), ("thread", thread.into())]);
    let said = [("author", author.into()), ("wish", wish.into()), ("before", before.into())];
    let blocks = vec![Block::Said(reader.say("mail-wish-raised", &said)), Block::Written(reason)];
    for_staff(reader, request, subject, blocks)
}

/// A part of the time is used (FRT-7).
pub fn warned(reader: &Reader<'_>, request: &Request<'_>, percent: u8, (target, due): (TargetKind, Instant)) -> Text {
    let (when, target) = (reader.when(due), crate::clock::target(target));
    let arguments = [("target", target.into()), ("percent", percent.to_string().into()), ("when", when.into())];
    let sentence = reader.say("mail-warned", &arguments);
    for_staff(reader, request, about(reader, request, "mail-warned-subject"), vec![Block::Said(sentence)])
}

/// The time is over (FRT-7).
pub fn breached(reader: &Reader<'_>, request: &Request<'_>, (target, due): (TargetKind, Instant)) -> Text {
    let target = crate::clock::target(target);
    let sentence = reader.say("mail-breached", &[("target", target.into()), ("when", reader.when(due).into())]);
    for_staff(reader, request, about(reader, request, "mail-breached-subject"), vec![Block::Said(sentence)])
}

/// A request is for the security role alone (SEC-1): its number, and nothing else of it.
pub fn security_report(reader: &Reader<'_>, request: &Request<'_>) -> Text {
    let blocks = vec![Block::Said(request.say(reader, "mail-security", &[]))];
    for_staff(reader, request, about(reader, request, "mail-security-subject"), blocks)
}

/// The word that was promised for then was not given (FRT-7).
pub fn word_overdue(reader: &Reader<'_>, request: &Request<'_>, due: Instant) -> Text {
    let sentence = reader.say("mail-word-overdue", &[("when", reader.when(due).into())]);
    for_staff(reader, request, about(reader, request, "mail-word-overdue-subject"), vec![Block::Said(sentence)])
}

/// A person escalated a request, and why (PLN-3).
pub fn escalated(reader: &Reader<'_>, request: &Request<'_>, (author, reason): (&str, &str)) -> Text {
    let mut blocks = vec![Block::Said(request.say(reader, "mail-escalated", &[("author", author.into())]))];
    // SEC-1: of a security report only its number.
    blocks.extend(request.subject.map(|_| Block::Written(reason)));
    for_staff(reader, request, about(reader, request, "mail-escalated-subject"), blocks)
}

/// The embargo of a report ends soon (SEC-1).
pub fn embargo_near(reader: &Reader<'_>, request: &Request<'_>, until: Instant) -> Text {
    let sentence = request.say(reader, "mail-embargo", &[("when", reader.when(until).into())]);
    for_staff(reader, request, about(reader, request, "mail-embargo-subject"), vec![Block::Said(sentence)])
}

fn about(reader: &Reader<'_>, request: &Request<'_>, key: &str) -> String {
    reader.say(key, &[("thread", request.thread(reader).into())])
}

fn for_staff<'a>(reader: &Reader<'_>, request: &Request<'a>, subject: String, mut blocks: Vec<Block<'a>>) -> Text {
    blocks.push(Block::Link { label: reader.say("mail-open", &[]), url: request.url });
    let foot = vec![reader.say("mail-why-staff", &[("product", request.product.into())])];
    Sheet { subject, blocks, foot }.set(reader)
}
