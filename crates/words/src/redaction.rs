//! What was redacted, in words (PRV-2): the mark in a text, the line of a conversation, reasons, places.

use fluent_bundle::FluentValue;
use rules::{
    events::Redacted,
    redaction::{Mark, Place, Reason, Redactor},
};

use crate::{lang::Lang, time::long_date};

/// What stands where something was: "redacted by support, 26 November 2026".
pub fn mark(lang: Lang, mark: Mark) -> String {
    let key = match mark.by {
        Redactor::Customer => "redaction-mark-customer",
        Redactor::Support => "redaction-mark-support",
    };
    lang.say(key, &[("day", long_date(lang, mark.on).into())])
}

/// Something was redacted.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    /// "Ines", "You".
    pub who: &'a str,
    pub what: &'a Redacted,
    pub others: u32,
    pub why: Option<Reason>,
    /// What they said besides.
    pub words: &'a str,
}

/// The line of a conversation: "Ines redacted a passage of a message: it held a secret".
pub fn happened(lang: Lang, happened: Happened<'_>) -> String {
    let Happened { who, what, others, why, words } = happened;
    let (key, more) = match what {
        Redacted::Passage(Place::Subject) => ("redaction-passage-subject", "redaction-others"),
        Redacted::Passage(Place::Detail(_)) => ("redaction-passage-details", "redaction-others"),
        Redacted::Passage(Place::Message(_)) => ("redaction-passage-message", "redaction-others"),
        Redacted::Passage(_) => ("redaction-passage-other", "redaction-others"),
        Redacted::File(_) => ("redaction-file", "redaction-other-files"),
    };
    let mut line = lang.say(key, &[("who", who.into())]);
    if others > 0 {
        line.push_str(&lang.say(more, &[("others", FluentValue::from(others))]));
    }
    let why = because(lang, why, words);
    match why.is_empty() {
        true => line,
        false => lang.say("redaction-because", &[("line", line.into()), ("why", why.into())]),
    }
}

/// Why: what was chosen, and what was said besides; something else is what was said.
pub fn because(lang: Lang, why: Option<Reason>, words: &str) -> String {
    let words = words.trim();
    let chosen = why.filter(|why| *why != Reason::Other || words.is_empty());
    let chosen = chosen.map(|why| lang.say(&format!("redaction-{}", why.as_str()), &[]));
    let said = Some(words.to_owned()).filter(|words| !words.is_empty());
    chosen.into_iter().chain(said).collect::<Vec<_>>().join(". ")
}

/// A reason, to be chosen.
pub fn choice(lang: Lang, why: Reason) -> String {
    lang.say(&format!("redaction-choice-{}", why.as_str()), &[])
}

/// What a line says of a file that is gone: "File redacted: log, 14.2 MB".
pub fn file(lang: Lang, facts: &str) -> String {
    lang.say("redaction-file-line", &[("facts", facts.into())])
}

/// Where it stands besides, by the name of a kind of place: "in 2 other messages".
pub fn elsewhere(lang: Lang, place: &str, count: usize) -> String {
    lang.say(&format!("redaction-in-{place}"), &[("count", FluentValue::from(count))])
}

/// A kind of place in a list.
pub fn listed(lang: Lang, place: &str) -> String {
    lang.say(&format!("redaction-list-{place}"), &[])
}

#[cfg(test)]
mod tests {
    use rules::ids::MessageId;

    use super::*;

    #[test]
    fn prv_2_a_line_says_who_where_and_why() {
        let what = Redacted::Passage(Place::Message(MessageId(7)));
        let line = |others, why, words| happened(Lang::En, Happened { who: "Ines", what: &what, others, why, words });
        assert_eq!(line(0, None, ""), "Ines redacted a passage of a message");
        assert_eq!(
            line(2, Some(Reason::Secret), ""),
            "Ines redacted a passage of a message, and 2 other places where it stood: it held a secret, such as a \
             password or a key"
        );
        assert_eq!(line(0, Some(Reason::Other), "By law."), "Ines redacted a passage of a message: By law.");
        let file = Happened {
            who: "You",
            what: &Redacted::File(rules::ids::AttachmentId(3)),
            others: 1,
            why: None,
            words: "",
        };
        assert_eq!(happened(Lang::En, file), "You redacted a file, and one that belongs to it");
    }

    #[test]
    fn prv_2_every_word_of_it_is_there() {
        for why in Reason::ALL {
            assert!(!choice(Lang::En, why).contains('{') && !because(Lang::En, Some(why), "").contains('{'), "{why:?}");
        }
        for by in [Redactor::Customer, Redactor::Support] {
            let said = mark(Lang::En, Mark { by, on: jiff::civil::date(2026, 11, 26) });
            assert!(said.contains("2026") && !said.contains('{'), "{said}");
        }
    }
}
