//! From the desk's notices to the texts of `words`: what a mail says, and whether a person wrote it.

use desk::{
    mail::OrganisationTold,
    ports::{About, CircularFacts, DigestLine, FixFacts, Lowered, Notice, Opens, RequestFacts, ScopeFacts},
};
use rules::{access::Setting, instant::Instant};
use words::mail::{
    self, Answers, Conversion, Decision, Link, Message, OutOfScope, Raise, Reader, Redacted, Request, Text,
};

/// Who speaks in a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice<'a> {
    /// A member of staff, by name: the mail is what they wrote.
    Person(&'a str),
    /// The desk, by itself (RFC 3834).
    Machine,
}

/// A receipt, with what is in force instead of a wish.
fn filed(
    reader: &Reader<'_>,
    request: &RequestFacts,
    (receipt, lowered): (&str, &Option<Lowered>),
    (due, opens): (Option<Instant>, &Option<Opens>),
) -> Text {
    let instead = lowered.as_ref().map(|it| Decision {
        wish: &it.wish,
        decided: &it.priority,
        reason: it.why.as_deref().unwrap_or_default(),
    });
    let opens = opens.as_ref().map(|it| (it.at, it.zone.as_deref()));
    mail::receipt(reader, &named(request), (receipt, instead), (due, opens))
}

fn of_scope(scope: &ScopeFacts) -> OutOfScope<'_> {
    let ScopeFacts { name, text, except, instead, link, reason } = scope;
    let (except, instead, link) = (except.as_deref(), instead.as_deref(), link.as_deref());
    OutOfScope { name, text, except, instead, link, reason }
}

/// The text of a notice.
pub(crate) fn text(notice: &Notice, answers: Answers) -> Text {
    let to = &notice.to;
    let reader = &Reader { lang: words::lang::Lang::En, name: &to.name, zone: to.zone.as_deref(), answers };
    match &notice.about {
        About::Verification { product, link, expires } => mail::verification(reader, product, until(link, *expires)),
        About::ReportLink { product, link, expires } => mail::report_link(reader, product, until(link, *expires)),
        About::AlreadyRegistered { product, sign_in, reset } => already(reader, product, (sign_in, reset)),
        About::PasswordReset { product, link, expires } => mail::password_reset(reader, product, until(link, *expires)),
        About::Proof { product, link, expires } => mail::proof(reader, product, until(link, *expires)),
        About::PasswordChanged { product } => mail::password_changed(reader, product),
        About::Receipt { request, receipt, lowered, due, opens } => {
            filed(reader, request, (receipt, lowered), (*due, opens))
        }
        About::Reply { request, author, body, files } => {
            mail::reply(reader, &named(request), Message { author, body, files })
        }
        About::CustomerReplied { request, author, body } => {
            mail::customer_replied(reader, &named(request), said(author, body))
        }
        About::Called { request, author, body } => mail::called(reader, &named(request), said(author, body)),
        About::StateChanged { request, state, because } => {
            mail::state_changed(reader, &named(request), *state, *because)
        }
        About::Reminded { request, until } => mail::reminded(reader, &named(request), *until),
        About::PriorityDecided { request, wish, decided, reason } => {
            mail::priority_decided(reader, &named(request), Decision { wish, decided, reason })
        }
        About::WishRaised { request, author, before, wish, reason } => {
            mail::wish_raised(reader, &named(request), Raise { author, before, wish, reason })
        }
        About::Converted { request, before, reason, priority, missing, points } => {
            let (now, priority) = (request.type_name.as_str(), priority.as_deref());
            let conversion = Conversion { before, now, reason, priority, missing, points: *points };
            mail::converted(reader, &named(request), conversion)
        }
        About::Invitation { product, name, by, link, expires } => {
            mail::invitation(reader, of(product, name, link), by.as_deref(), *expires)
        }
        About::ResaleOffered { product, name, page, expires } => {
            mail::resale_offered(reader, of(product, name, page), *expires)
        }
        About::Resale { product, name, reseller, begun, page } => {
            mail::resale(reader, of(product, name, page), reseller, *begun)
        }
        About::Merger { product, name, other, merged, setting, page } => {
            merger(reader, of(product, name, page), (other, *merged), *setting)
        }
        About::Organisation { product, name, what, page } => organisation(reader, of(product, name, page), *what),
        About::ClosedDays { product, days, page } => mail::closed_days(reader, product, days, page),
        About::MonthReport { month, summary, page } => mail::month_report(reader, *month, summary, page),
        About::Opening { came, due, others, page } => digest(reader, (came, due), *others, page),
        About::Fix(facts) => fix(reader, facts),
        About::Circular(facts) => circular(reader, facts),
        About::Admission { product, refused, page } => mail::admission(reader, product, refused.as_deref(), page),
        About::SecurityReport { request } => mail::security_report(reader, &named(request)),
        About::Added { request, by, goes_on } => added(reader, request, (by, *goes_on)),
        About::Merged { request, survivor } => mail::merged(reader, &named(request), &named(survivor)),
        About::Escalated { request, author, reason } => mail::escalated(reader, &named(request), (author, reason)),
        About::WordOverdue { request, due } => mail::word_overdue(reader, &named(request), *due),
        About::OutOfScope { request, scope } => mail::out_of_scope(reader, &named(request), of_scope(scope)),
        About::Redacted { request, is_file, why, words } => {
            mail::redacted(reader, &named(request), &Redacted { is_file: *is_file, why: *why, words })
        }
        About::AskRating { request, url } => mail::ask_rating(reader, &named(request), url),
        About::EmbargoNear { request, until } => mail::embargo_near(reader, &named(request), *until),
        About::Assigned { request, by } => mail::assigned(reader, &named(request), by),
        About::Warned { request, percent, owed, due } => mail::warned(reader, &named(request), *percent, (*owed, *due)),
        About::Breached { request, owed, due } => mail::breached(reader, &named(request), (*owed, *due)),
    }
}

fn fix(reader: &Reader<'_>, facts: &FixFacts) -> Text {
    let requests: Vec<_> = facts.requests.iter().map(named).collect();
    let told = mail::Fix {
        product: &facts.product,
        bug: facts.bug,
        word: &facts.word,
        requests: &requests,
        confirm: &facts.confirm,
        cloud: facts.cloud,
        title: facts.title.as_deref(),
        entry: facts.entry.as_deref(),
        release: facts.release.as_deref(),
        why: facts.why.as_deref(),
        instead: facts.instead.as_deref(),
        page: &facts.page,
    };
    mail::fix(reader, &told)
}

fn added(reader: &Reader<'_>, request: &RequestFacts, (by, goes_on): (&str, bool)) -> Text {
    match goes_on {
        true => mail::inherited(reader, &named(request)),
        false => mail::added(reader, &named(request), by),
    }
}

fn circular(reader: &Reader<'_>, facts: &CircularFacts) -> Text {
    let CircularFacts { product, subject, body, author, why, organisation, page } = facts;
    let organisation = organisation.as_deref();
    mail::circular(reader, &mail::Circular { product, subject, body, author, why: *why, organisation, page })
}

fn said<'a>(author: &'a str, body: &'a str) -> Message<'a> {
    Message { author, body, files: &[] }
}

fn already(reader: &Reader<'_>, product: &str, (sign_in, reset): (&str, &str)) -> Text {
    mail::already_registered(reader, product, sign_in, reset)
}

fn digest(reader: &Reader<'_>, (came, due): (&[DigestLine], &[DigestLine]), others: usize, page: &str) -> Text {
    let (came, due): (Vec<_>, Vec<_>) = (came.iter().map(line).collect(), due.iter().map(line).collect());
    mail::opening(reader, &mail::Digest { came: &came, due: &due, others }, page)
}

fn line(it: &DigestLine) -> mail::DigestLine<'_> {
    let DigestLine { number, subject, whose, priority, due } = it;
    mail::DigestLine { number: number.0, subject: subject.as_deref(), whose, priority, due: *due }
}

fn until(url: &str, expires: Instant) -> Link<'_> {
    Link { url, expires }
}

fn of<'a>(product: &'a str, name: &'a str, page: &'a str) -> mail::Organisation<'a> {
    mail::Organisation { product, name, page }
}

/// That an organisation ended in another, or is one of its own again.
fn merger(reader: &Reader<'_>, of: mail::Organisation<'_>, (other, merged): (&str, bool), setting: Setting) -> Text {
    match merged {
        true => mail::organisation_merged(reader, of, other, setting),
        false => mail::organisation_split(reader, of, other, setting),
    }
}

fn organisation(reader: &Reader<'_>, of: mail::Organisation<'_>, what: OrganisationTold) -> Text {
    match what {
        OrganisationTold::SharingSet { setting, earlier } => mail::sharing_set(reader, of, setting, earlier),
        // Those about two are told by texts of their own.
        OrganisationTold::Left
        | OrganisationTold::Merged { .. }
        | OrganisationTold::Split { .. }
        | OrganisationTold::ResaleBegun { .. }
        | OrganisationTold::ResaleEnded { .. } => mail::left(reader, of),
        OrganisationTold::NoManager => mail::no_manager(reader, of),
    }
}

/// Who speaks. Confidential replies do not say who wrote them (SEC-1).
pub(crate) fn voice(about: &About) -> Voice<'_> {
    match about {
        About::Reply { request, author, .. } if request.subject.is_some() => Voice::Person(author),
        _ => Voice::Machine,
    }
}

/// Whether the address is proven to be the reader's, so that the name given with it may be used.
pub(crate) fn name_is_theirs(about: &About) -> bool {
    !matches!(
        about,
        About::Verification { .. } | About::ReportLink { .. } | About::Invitation { .. } | About::ResaleOffered { .. }
    )
}

fn named(request: &RequestFacts) -> Request<'_> {
    Request { number: request.id, product: &request.product, subject: request.subject.as_deref(), url: &request.url }
}
