//! What a file turned out to be, in sentences: its kind, what it lacks, what was masked in it (LOG-1 to LOG-3).

mod ways;

use std::collections::BTreeMap;

use rules::logs::{EVENT_LOG, Kind, Partial, Span, archive::NotOpened, mask::Secret};

use crate::{lang::Lang, size::limit};

pub use ways::{Way, ways};

/// "a picture".
pub fn kind(lang: Lang, kind: Kind) -> String {
    lang.say("log-kind", &[("kind", kind.as_str().into())])
}

/// Why it does not count as a log.
pub fn refused(lang: Lang, kind: Kind, media_type: &str) -> String {
    if media_type == EVENT_LOG {
        return lang.say("log-refused-event-log", &[]);
    }
    lang.say("log-refused", &[("kind", kind.as_str().into())])
}

/// Where a file went that was offered as a log and is none.
pub fn kept_elsewhere(lang: Lang, field: &str) -> String {
    lang.say("log-kept-elsewhere", &[("field", field.into())])
}

/// Why it is probably a part.
pub fn partial(lang: Lang, why: &Partial) -> String {
    let key = format!("log-partial-{}", why.as_str().replace('_', "-"));
    match why {
        Partial::Lines { lines } => lang.say(&key, &[("lines", (*lines).into())]),
        Partial::Size { kibibytes } => lang.say(&key, &[("kibibytes", (*kibibytes).into())]),
        Partial::Short { seconds, spoken_hours } => {
            lang.say(&key, &[("span", length(lang, *seconds).into()), ("hours", (*spoken_hours).into())])
        }
        Partial::Empty | Partial::FirstLineCut | Partial::LastLineCut | Partial::NoStartUp => lang.say(&key, &[]),
    }
}

fn length(lang: Lang, seconds: i64) -> String {
    let (key, count) = if seconds < 120 { ("log-seconds", seconds) } else { ("log-minutes", seconds / 60) };
    lang.say(key, &[("count", count.into())])
}

/// "Masked: 2 passwords, 1 token."; nothing where nothing was.
pub fn masked(lang: Lang, counts: &BTreeMap<Secret, u64>) -> Option<String> {
    let said = |(secret, count): (&Secret, &u64)| {
        lang.say(&format!("log-masked-{}", secret.as_str().replace('_', "-")), &[("count", (*count).into())])
    };
    let what: Vec<String> = counts.iter().filter(|(_, count)| **count > 0).map(said).collect();
    (!what.is_empty()).then(|| lang.say("log-masked", &[("what", what.join(", ").into())]))
}

/// "1200 lines".
pub fn lines(lang: Lang, count: u64) -> String {
    lang.say("log-lines", &[("count", count.into())])
}

/// "2026-11-20 09:12:01 to 2026-11-20 16:31:55", as the log writes them.
pub fn span(lang: Lang, span: &Span) -> String {
    lang.say("log-span", &[("from", span.from.as_str().into()), ("to", span.to.as_str().into())])
}

/// Whether it looks whole, in a few words.
pub fn verdict(lang: Lang, partial: &[Partial]) -> String {
    lang.say(if partial.is_empty() { "log-looks-whole" } else { "log-probably-partial" }, &[])
}

/// What stands beside a file that does not do for what it was offered as.
pub fn not_asked(lang: Lang) -> String {
    lang.say("log-not-asked", &[])
}

/// That pasted lines became a file.
pub fn pasted(lang: Lang, lines: u64, name: &str) -> String {
    lang.say("log-pasted", &[("lines", lines.into()), ("name", name.into())])
}

/// What is said of a partial log before it is sent.
pub fn told(lang: Lang, name: &str, partial: &[Partial]) -> String {
    let why: Vec<String> = partial.iter().map(|why| self::partial(lang, why)).collect();
    lang.say("log-told", &[("name", name.into()), ("why", why.join(" ").into())])
}

/// That a file is removed by itself, and when.
pub fn expires(lang: Lang, when: &str) -> String {
    lang.say("file-expires", &[("when", when.into())])
}

/// How long the file of an open request stays (LOG-5).
pub fn expires_after(lang: Lang, days: u32) -> String {
    lang.say("file-expires-after", &[("days", days.into())])
}

/// For what a file was offered, and why it was not taken as that (LOG-1).
pub fn offered(lang: Lang, asked: &str, why: &str) -> String {
    lang.say("file-offered", &[("asked", asked.into()), ("why", why.into())])
}

/// That an archive holds nothing to read.
pub fn nothing_inside(lang: Lang) -> String {
    lang.say("log-archive-nothing", &[])
}

/// Which files of an archive were left out, and what to do; `None` where none was.
pub fn left_out(lang: Lang, names: &[String]) -> Option<String> {
    let named = crate::time::list(lang, names.to_vec());
    (!names.is_empty())
        .then(|| lang.say("log-archive-left-out", &[("names", named.into()), ("count", names.len().into())]))
}

/// That a text may be no log.
pub fn doubtful(lang: Lang) -> String {
    lang.say("log-doubtful", &[])
}

/// Why an archive was not opened, and what to do.
pub fn not_opened(lang: Lang, why: &NotOpened) -> String {
    match why {
        NotOpened::Locked => lang.say("log-archive-locked", &[]),
        NotOpened::Damaged => lang.say("log-archive-damaged", &[]),
        NotOpened::Unknown => lang.say("log-archive-unknown", &[]),
        NotOpened::TooMany { limit } => lang.say("log-archive-many", &[("limit", (*limit).into())]),
        NotOpened::TooLarge { limit_bytes } => lang.say("log-archive-large", &[("limit", limit(*limit_bytes).into())]),
        NotOpened::Bomb { times } => lang.say("log-archive-bomb", &[("times", (*times).into())]),
        NotOpened::TooDeep { limit } => lang.say("log-archive-deep", &[("limit", (*limit).into())]),
        NotOpened::Outside { name } => lang.say("log-archive-outside", &[("name", name.as_str().into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_1_each_kind_and_refusal_has_words() {
        for of in Kind::ALL {
            assert!(!kind(Lang::En, of).contains('{'), "{of:?}");
            assert!(!refused(Lang::En, of, "").contains('{'), "{of:?}");
        }
        let picture = refused(Lang::En, Kind::Picture, "image/png");
        assert_eq!(picture, "A picture of a log cannot be searched or analysed. Please send the text itself.");
    }

    #[test]
    fn log_2_each_doubt_has_words() {
        let all = [
            Partial::Empty,
            Partial::FirstLineCut,
            Partial::LastLineCut,
            Partial::NoStartUp,
            Partial::Lines { lines: 500 },
            Partial::Size { kibibytes: 48 },
            Partial::Short { seconds: 30, spoken_hours: 3 },
        ];
        let said: Vec<String> = all.iter().map(|why| partial(Lang::En, why)).collect();
        assert_eq!(said[4], "It has exactly 500 lines, as if only the last ones had been asked for.");
        assert_eq!(said[6], "It covers 30 seconds, and you write of 3 hours.");
        assert!(said.iter().all(|said| !said.contains('{')), "{said:?}");
    }

    #[test]
    fn log_3_what_was_masked_is_counted_by_kind() {
        let counts = [(Secret::Token, 2), (Secret::PrivateKey, 1)].into();
        assert_eq!(masked(Lang::En, &counts).unwrap(), "Masked: 2 tokens, 1 private key.");
        assert_eq!(masked(Lang::En, &BTreeMap::new()), None);
    }
}
