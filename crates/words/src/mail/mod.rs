//! What the mails say that go out. Decides subject, text and HTML from facts; which mail goes to whom is
//! decided by the desk, headers and bytes are made by the crate `mail`.
//!
//! A request whose subject is not given may only be named by its number (SEC-1): then no author, text, type
//! or reason is in the mail either, whatever the facts hold.

mod accounts;
mod circular;
mod fixes;
mod html;
mod opening;
mod organisations;
mod reports;
mod requests;
mod sheet;
mod staff;
#[cfg(test)]
mod tests;

pub use accounts::{Link, already_registered, password_changed, password_reset, proof, report_link, verification};
pub use circular::{Circular, circular};
pub use fixes::{Fix, fix};
pub use opening::{Digest, DigestLine, opening};
pub use organisations::{
    Organisation, admission, closed_days, invitation, left, no_manager, organisation_merged, organisation_split,
    resale, resale_offered, sharing_set,
};
pub use reports::month_report;
pub use requests::{
    Conversion, Decision, Message, OutOfScope, Redacted, Request, added, ask_rating, converted, inherited, merged,
    out_of_scope, priority_decided, receipt, redacted, reminded, reply, state_changed,
};
pub use staff::{
    Raise, assigned, breached, called, customer_replied, embargo_near, escalated, security_report, warned, wish_raised,
    word_overdue,
};

use fluent_bundle::FluentValue;
use rules::instant::Instant;

use crate::lang::Lang;

/// Whom a mail is written for.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub lang: Lang,
    /// As the person gave it; empty when it should not be said.
    pub name: &'a str,
    /// IANA name of the reader's zone; UTC when unknown.
    pub zone: Option<&'a str>,
    pub answers: Answers,
}

/// What happens to a mail that answers ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// It reaches the request.
    Read,
    /// Nobody reads it; the mail says so and names the page.
    Unread,
}

/// A mail as people read it: the subject in one line, and the same content twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub subject: String,
    pub plain: String,
    pub html: String,
}

/// Arguments of a sentence.
type Arguments<'a> = [(&'a str, FluentValue<'a>)];

impl Reader<'_> {
    fn say(&self, key: &str, arguments: &Arguments<'_>) -> String {
        self.lang.say(key, arguments)
    }

    /// An instant with date, time and zone, as the reader's clock shows it.
    fn when(&self, instant: Instant) -> String {
        let zone = self.zone.and_then(|name| jiff::tz::TimeZone::get(name).ok()).unwrap_or(jiff::tz::TimeZone::UTC);
        let local = instant.timestamp().to_zoned(zone.clone());
        let city = zone.iana_name().and_then(|name| name.rsplit_once('/')).map(|(_, city)| city.replace('_', " "));
        let zone = city.map_or("UTC".to_owned(), |city| self.say("mail-zone-city", &[("city", city.into())]));
        let day = local.strftime("%A %-d %B %Y").to_string();
        let time = local.strftime("%H:%M").to_string();
        self.say("mail-when", &[("day", day.into()), ("time", time.into()), ("zone", zone.into())])
    }
}

/// `text` as it can stand in one line of a header or sentence: runs of white space and of characters that
/// nobody sees (controls, marks that turn the reading direction) become one space.
pub fn one_line(text: &str) -> String {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.split(unseen).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
